// What goes wrong with a file, as it is said at the terminal.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { finished } from '../../tests/support/command-line.ts'
import { whyFailed } from './why.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatelodge-'))

it.each([
  [['restore', 'nowhere.backup'], 'There is no file nowhere.backup.'],
  [['restore', join(folder, 'no/site.backup'), '--check'], `There is no folder ${join(folder, 'no')}.`],
  [['import', 'nowhere.csv', '--dry-run'], 'There is no file nowhere.csv.'],
  [['import', '.', '--format', 'csv', '--dry-run'], 'A folder was named where a file is needed.'],
  [['copy', 'file:nowhere', 'sqlite:new.sqlite'], 'There is no file nowhere.'],
])('%j says which file it is about', async (words, said) => {
  const environment = { GATELODGE_DATA_DIR: folder }
  await finished(['migrate', 'up'], environment)
  const { code, err } = await finished(words, environment, folder)
  expect(err).toContain(`${said}\n`)
  expect(err).not.toContain('ENOENT')
  expect(code).toBe(1)
})

it('a database file that cannot be used leads to the doctor', () => {
  const error = Object.assign(new Error('attempt to write a readonly database'), { errcode: 8 })
  expect(whyFailed(error)).toBe(
    'The database file cannot be used: attempt to write a readonly database. "gatelodge doctor" says what to do.',
  )
})

it('keeps what it has no better words for, with its cause', () => {
  expect(whyFailed(new Error('no', { cause: new Error('because') }))).toBe('no: because')
  expect(whyFailed(Object.assign(new Error('ENOENT: spawn'), { code: 'ENOENT' }))).toBe('ENOENT: spawn')
  expect(whyFailed(Object.assign(new Error('x'), { code: 'constructor' }))).toBe('x')
})
