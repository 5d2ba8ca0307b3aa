// `gatelodge words`
import { english } from '../text/catalogue.ts'
import type { ExitCode } from './command.ts'

export async function run(): Promise<ExitCode> {
  console.log(JSON.stringify(english.messages, null, 2))
  return 0
}
