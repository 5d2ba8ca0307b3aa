// `gatelodge words`
import { english } from '../text/catalogue.ts'
import type { ExitCode } from './command.ts'
import type { Told } from './verbs.ts'

export const verbs: Record<string, Told> = {
  '': { words: '', summary: 'print all texts as JSON; a file with those that you change is what `words` takes' },
}

export async function run(): Promise<ExitCode> {
  console.log(JSON.stringify(english.messages, null, 2))
  return 0
}
