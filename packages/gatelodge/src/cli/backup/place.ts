// Which database is meant by a word. A password never stands in the arguments, where other users of the machine read it.
import { readFileSync } from 'node:fs'
import { databaseInTheClear } from '../../config/across.ts'
import { databaseAddress } from '../../config/addresses.ts'
import { inMemory } from '../../config/database-place.ts'
import type { Settings } from '../../config/schema.ts'
import { readServerUrl } from '../../config/server-url.ts'

/** @returns the settings with that database; or why there is none, in a sentence without any password. */
export function settingsAt(word: string, settings: Settings): Settings | { why: string } {
  const given = urlFrom(word)
  if (typeof given === 'object') return given
  const { data: url, error } = databaseAddress.safeParse(given)
  if (url === undefined) return { why: `${word}: expected: ${error?.issues[0]?.message}` }
  if (url === inMemory) return { why: `${inMemory} exists in one process only, so it cannot be copied.` }
  const chosen = { ...settings, databaseUrl: url.replace(/^mariadb:/, 'mysql:') }
  const [fault] = settings.mode === 'production' ? databaseInTheClear(chosen, () => word) : []
  return fault ? { why: `${word}: expected: ${fault.allowed}` } : chosen
}

/** `sqlite:PATH` and `mysql://user@host/name` as they are; else the name of a variable, or `file:PATH`. */
function urlFrom(word: string): string | { why: string } {
  if (word.startsWith('sqlite:')) return word
  if (word.startsWith('file:')) return readFileSync(word.slice('file:'.length), 'utf8').trim()
  if (!/^[A-Z_][A-Z\d_]*$/i.test(word)) return ofServer(word)
  const { [word]: url, [`${word}_FILE`]: file } = process.env
  const found = url || (file && readFileSync(file, 'utf8').trim())
  return found || { why: `There is no variable ${word}, and no ${word}_FILE.` }
}

function ofServer(word: string): string | { why: string } {
  const read = readServerUrl(word)
  if ('needed' in read)
    return { why: 'A database is sqlite:PATH, file:PATH of a file with its URL, or the name of a variable with it.' }
  if (!read.password) return word
  return {
    why: 'Others can read a password here. Put the URL into a variable or a file, and give its name, or file:PATH.',
  }
}
