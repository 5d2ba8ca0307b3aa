// Questions of a command to the person who gave it. A program that has nobody to ask says so with options.
import { createInterface } from 'node:readline/promises'
import type { Option } from './command.ts'

export const withoutAsking: Option = { name: 'yes', about: 'do not ask first' }
export const withReason: Option = { name: 'reason', value: 'TEXT', about: 'why, for the record' }
type Options = Record<string, string | undefined>

/** Before something is destroyed. Where nobody can be asked, `--yes` says it. @returns whether to go on. */
export async function isSure(question: string, options: Options): Promise<boolean> {
  if (options.yes !== undefined) return true
  if (!process.stdin.isTTY) {
    console.error('Nothing was done: nobody can be asked here. Say --yes to do it.')
    return false
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question(`${question} [y/N] `)
  terminal.close()
  return /^y(?:es)?$/i.test(answer.trim())
}
