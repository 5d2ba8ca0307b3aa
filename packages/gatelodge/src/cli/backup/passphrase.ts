// The passphrase of a backup: typed where nobody can read along, or read from a file or the standard input.
import { readFileSync } from 'node:fs'
import { isSame } from '../../identity/sealing.ts'
import { askHidden } from '../ask.ts'
import type { Option } from '../command.ts'

export const passphraseFile: Option = {
  name: 'passphrase-file',
  value: 'FILE',
  about: 'read the passphrase from a file; - is the standard input',
}

/** Who has the file can guess as often as they like. */
const shortest = 12

type Options = Record<string, string | undefined>

/** For a new backup. @returns undefined where none can be used: stderr has said why. */
export async function newPassphrase(options: Options): Promise<string | undefined> {
  const passphrase = await passphraseFor('A new passphrase for this file: ', options)
  if (passphrase === undefined) return undefined
  if ([...passphrase].length < shortest) {
    console.error(
      `A passphrase has ${shortest} characters or more: anyone who gets the file can guess as often as they like.`,
    )
    return undefined
  }
  if (options['passphrase-file'] !== undefined) return passphrase
  if (isSame(passphrase, await askHidden('The same again: '))) return passphrase
  console.error('These are two different ones. Nothing was written.')
  return undefined
}

/** Of a file that is there. @returns undefined where nobody can be asked: stderr has said so. */
export async function passphraseFor(question: string, options: Options): Promise<string | undefined> {
  const file = options['passphrase-file']
  // The line break behind it is the editor's, not the passphrase's.
  if (file !== undefined) return readFileSync(file === '-' ? 0 : file, 'utf8').replace(/\r?\n$/, '')
  if (process.stdin.isTTY) return askHidden(question)
  console.error(
    'Nobody can be asked for the passphrase here. Name its file: --passphrase-file FILE, or - for the standard input.',
  )
  return undefined
}
