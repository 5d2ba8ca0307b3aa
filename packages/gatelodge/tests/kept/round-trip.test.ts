// Every value of every column comes back as it was, from each kind of database to each.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openBackup } from '../../src/cli/backup/read.ts'
import { checkBackup, rowsInBackup } from '../../src/cli/backup/tables.ts'
import { writeBackup } from '../../src/cli/backup/write.ts'
import { manifestOf } from '../../src/cli/backup.ts'
import { connectDatabase, type Database } from '../../src/database/connect.ts'
import { beginFilling, fill, finishFilling } from '../../src/database/content/fill.ts'
import { atOneMoment, type Snapshot } from '../../src/database/content/read.ts'
import { lineOf } from '../../src/database/content/row.ts'
import { shapesOfTables, type TableShape } from '../../src/database/content/shape.ts'
import { insertLines } from '../../src/database/content/write.ts'
import { migrate } from '../../src/database/migrate.ts'
import { seconds, systemClock } from '../../src/time.ts'
import { collected } from '../support/collected.ts'
import { onMysql, type TestDatabase } from '../support/databases.ts'
import { anyRows, columnsOf } from './any-rows.ts'

const quiet = { at() {}, end() {} }
const open = (databaseUrl: string) =>
  connectDatabase({ databaseUrl, databaseConnections: 4, databaseTimeout: seconds(20) }, systemClock)

async function linesIn(snapshot: Snapshot, tables: TableShape[]): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {}
  for (const table of tables) all[table.name] = await collected(snapshot.lines(table))
  return all
}

async function empty({ db }: Database, tables: TableShape[]) {
  for (const { name } of tables) await db.deleteFrom(name as 'gatelodge_accounts').execute()
}

/** By a backup, encrypted or not, into an empty database. */
async function carry(from: Database, to: Database, tables: TableShape[], passphrase: string | undefined) {
  const path = join(mkdtempSync(join(tmpdir(), 'gatelodge-kept-')), 'all.backup')
  await atOneMoment(from, async (snapshot) => {
    const manifest = await manifestOf(from, tables, snapshot, { secrets: [], withSecret: false })
    await writeBackup(path, snapshot, { manifest, passphrase, progress: quiet })
  })
  const backup = await openBackup(path, async () => passphrase)
  if (!backup) throw new Error('no passphrase')
  const { manifest } = await checkBackup(backup, quiet)
  const filling = `restore ${manifest.id}`
  const isResumed = await beginFilling(to, tables, filling)
  const sums = await fill(to, rowsInBackup(backup, tables), { isResumed, onRows: () => {} })
  expect(await finishFilling(to, tables, filling, sums)).toEqual([])
}

onMysql('Rows of every table', (database: TestDatabase) => {
  it('come back as they were: MySQL, SQLite, MySQL', async () => {
    const [server, file] = [await open(database.url), await open('sqlite::memory:')]
    for (const one of [server, file]) await migrate(one, systemClock)
    const tables = await shapesOfTables()
    const columns = await columnsOf(database.url)
    const told = tables.flatMap(({ name, columns: own }) => Object.keys(own).map((column) => `${name}.${column}`))
    // The list of the program, made on SQLite, has what a server has: nothing is forgotten in a backup.
    expect(told.sort()).toEqual(columns.map(({ table, name }) => `${table}.${name}`).sort())

    const met = new Set<string>()
    const everyValue = fc.asyncProperty(anyRows(columns), fc.boolean(), async (rows, isEncrypted) => {
      await empty(server, tables)
      await empty(file, tables)
      const wanted: Record<string, string[]> = {}
      for (const table of tables) {
        const lines = (rows[table.name] ?? []).map((row) => lineOf(table, row))
        if (lines.length > 0) met.add(table.name)
        if (lines.length > 0) await insertLines(server, table, lines)
        wanted[table.name] = lines.sort()
      }
      const sorted = async (from: Database) => {
        const all = await atOneMoment(from, (snapshot) => linesIn(snapshot, tables))
        return Object.fromEntries(Object.entries(all).map(([name, lines]) => [name, [...lines].sort()]))
      }
      expect(await sorted(server)).toEqual(wanted)
      await carry(server, file, tables, isEncrypted ? 'a passphrase for tests' : undefined)
      expect(await sorted(file)).toEqual(wanted)
      await empty(server, tables)
      await carry(file, server, tables, undefined)
      expect(await sorted(server)).toEqual(wanted)
    })
    await fc.assert(everyValue, { numRuns: 12 })
    expect(met.size).toBe(tables.length)
    await Promise.all([server.close(), file.close()])
  })
})
