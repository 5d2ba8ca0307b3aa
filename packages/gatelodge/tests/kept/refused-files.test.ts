// What is no backup, or not the one that was written, is refused before anything is written, and says why.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { beforeAll, expect, it } from 'vitest'
import { checkTables } from '../../src/cli/backup/manifest.ts'
import { openBackup } from '../../src/cli/backup/read.ts'
import { checkBackup } from '../../src/cli/backup/tables.ts'
import { writeBackup } from '../../src/cli/backup/write.ts'
import { manifestOf } from '../../src/cli/backup.ts'
import { atOneMoment } from '../../src/database/content/read.ts'
import { shapesOfTables } from '../../src/database/content/shape.ts'
import { onSqlite } from '../support/databases.ts'
import { useApp } from '../support/make-app.ts'
import { changed, withoutOneRow } from './changed.ts'
import { folder, on } from './places.ts'

const quiet = { at() {}, end() {} }
const passphrase = 'correct horse battery'
type Change = (file: Buffer) => Buffer

onSqlite('A file that is refused', (database) => {
  const app = useApp(database)
  const place = folder()

  beforeAll(async () => {
    await app().visitor().register()
    for (const [name, typed] of [
      ['plain', undefined],
      ['encrypted', passphrase],
    ] as const)
      await on(database.url, (own) =>
        atOneMoment(own, async (snapshot) => {
          const manifest = await manifestOf(own, await shapesOfTables(), snapshot, { secrets: [], withSecret: false })
          await writeBackup(join(place, name), snapshot, { manifest, passphrase: typed, progress: quiet })
        }),
      )
  })

  async function read(name: string, change: Change): Promise<number> {
    const path = join(place, 'changed')
    writeFileSync(path, change(readFileSync(join(place, name))))
    const backup = await openBackup(path, async () => passphrase)
    if (!backup) throw new Error('no passphrase')
    const { manifest, rows } = await checkBackup(backup, quiet)
    checkTables(manifest, await shapesOfTables())
    return rows
  }

  it.each(['plain', 'encrypted'])('is not the %s one that was written', async (name) => {
    expect(await read(name, (file) => file)).toBeGreaterThan(3)
  })

  it.each<[string, string, Change, string]>([
    ['was encrypted and cut', 'encrypted', (file) => file.subarray(0, -20), 'cut off or altered'],
    [
      'was encrypted and has only its first line',
      'encrypted',
      (file) => file.subarray(0, file.indexOf(10) + 1),
      'cut off',
    ],
    ['was encrypted and has half of its first line', 'encrypted', (file) => file.subarray(0, 60), 'its end is missing'],
    ['was cut', 'plain', (file) => file.subarray(0, -20), 'its end is missing'],
    [
      'was cut at a line',
      'plain',
      (file) => gzipSync(gunzipSync(file).toString().split('\n').slice(0, -2).join('\n')),
      'its end is missing',
    ],
    [
      'has another first line',
      'plain',
      (file) => changed(file, '"name"', '"mane"'),
      'first line of this backup cannot be read',
    ],
    [
      'has another count',
      'plain',
      (file) => changed(file, '"gatelodge_accounts","rows":1,', '"gatelodge_accounts","rows":2,'),
      'was altered',
    ],
    ['has an altered row', 'plain', (file) => changed(file, 'Ada Lovelace', 'Eve Lovelace'), 'was altered'],
    ['lacks a row', 'plain', withoutOneRow, 'was altered'],
    ['lacks a table', 'plain', (file) => changed(file, '{"table":"gatelodge_passwords"}', ''), 'was altered'],
    ['has lines behind its end', 'plain', (file) => gzipSync(`${gunzipSync(file)}{}\n`), 'was altered'],
    [
      'has bytes that were changed',
      'plain',
      (file) => Buffer.concat([file.subarray(0, 300), Buffer.alloc(20), file.subarray(320)]),
      'was altered',
    ],
    ['is no backup', 'plain', () => Buffer.from('hello'), 'no backup of Gatelodge'],
    ['is compressed, and no backup', 'plain', () => gzipSync('hello\n'), 'no backup of Gatelodge'],
    ['begins with a line that no backup has', 'plain', () => gzipSync('['.repeat(5 * 1024 * 1024)), 'was altered'],
    ['is empty', 'plain', () => Buffer.alloc(0), 'not complete'],
    ['has a later format', 'plain', (file) => changed(file, '"version":1', '"version":2'), 'has the format 2'],
    [
      'is of a newer version',
      'plain',
      (file) => changed(file, '"0001-baseline"', '"0001-baseline","0002-x"'),
      'newer version',
    ],
    ['is of an older version', 'plain', (file) => changed(file, '["0001-baseline"]', '[]'), 'older version'],
    [
      'has a column less',
      'plain',
      (file) => changed(file, ',"last_used_at":"integer"}', '}'),
      'not those of this version|was altered',
    ],
  ])('%s', async (_, name, change, said) => {
    await expect(read(name, change)).rejects.toThrow(new RegExp(said))
  })
})
