// `gatelodge words`
import { templateOfWords } from '../text/text-overrides.ts'
import type { ExitCode } from './command.ts'

export async function run(): Promise<ExitCode> {
  console.log(JSON.stringify(templateOfWords(), null, 2))
  return 0
}
