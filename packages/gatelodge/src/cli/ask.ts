// Questions of a command to the person who gave it. A program that has nobody to ask says so with options.
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { random } from '../identity/sealing.ts'
import type { Option } from './command.ts'

export const withoutAsking: Option = { name: 'yes', about: 'do not ask first' }
export const withReason: Option = { name: 'reason', value: 'TEXT', about: 'why, for the record' }
/** Nothing is done without it. */
export const withNeededReason: Option = { ...withReason, about: 'why, for the record; required' }
export const passwordOptions: Option[] = [
  { name: 'password-file', value: 'FILE', about: 'read the password from a file; - is the standard input' },
  { name: 'generate-password', about: 'make one and print it' },
]

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

/** @returns undefined where none was given: stderr has said so unless it may be missing. */
export async function passwordFrom(options: Options): Promise<{ password: string; isMade: boolean } | undefined> {
  if (options['generate-password'] !== undefined) return { password: generated(), isMade: true }
  const file = options['password-file']
  // The line break behind it is the editor's, not the password's.
  if (file !== undefined)
    return { password: readFileSync(file === '-' ? 0 : file, 'utf8').replace(/\r?\n$/, ''), isMade: false }
  if (!process.stdin.isTTY) return undefined
  return { password: await askHidden('Password: '), isMade: false }
}

/** Four groups of five: 100 random bits. */
function generated(): string {
  const signs = 'abcdefghijklmnopqrstuvwxyz234567'
  const all = [...random(20)].map((byte) => signs[byte % signs.length]).join('')
  return all.replace(/.{5}(?=.)/g, '$&-')
}

/** Nothing of what is typed shows. */
export async function askHidden(question: string): Promise<string> {
  process.stderr.write(question)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  const password = await terminal.question('')
  terminal.close()
  process.stderr.write('\n')
  return password
}
