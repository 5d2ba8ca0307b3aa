// Databases and files of a test that moves a site from one to the other.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject, onTestFinished } from 'vitest'
import { connectDatabase, type Database } from '../../src/database/connect.ts'
import { atOneMoment } from '../../src/database/content/read.ts'
import { lineOf } from '../../src/database/content/row.ts'
import { shapesOfTables } from '../../src/database/content/shape.ts'
import { insertLines } from '../../src/database/content/write.ts'
import { digest } from '../../src/identity/sealing.ts'
import { seconds, systemClock } from '../../src/time.ts'
import { collected } from '../support/collected.ts'
import { ask, type DatabaseName } from '../support/databases.ts'

export const secret = 'a-secret-for-tests-0123456789-abcdefgh'
export const folder = () => mkdtempSync(join(tmpdir(), 'gatelodge-kept-'))

/** Without tables, and gone when the test ends. */
export async function emptyDatabase(name: DatabaseName): Promise<string> {
  if (name === 'SQLite') return `sqlite:${join(folder(), 'other.sqlite')}`
  const server = inject('mysqlUrl')
  const database = `gatelodge_test_${randomBytes(6).toString('hex')}`
  await ask(server, `create database ${database}`)
  onTestFinished(async () => void (await ask(server, `drop database ${database}`)))
  return `${server}/${database}`
}

/** @returns the path of a file that holds it. */
export function passphraseIn(place: string, passphrase = 'correct horse battery'): string {
  const path = join(place, 'passphrase')
  writeFileSync(path, `${passphrase}\n`, { mode: 0o600 })
  return path
}

export async function on<T>(databaseUrl: string, work: (database: Database) => Promise<T>): Promise<T> {
  const settings = { databaseUrl, databaseConnections: 4, databaseTimeout: seconds(20) }
  const database = await connectDatabase(settings, systemClock)
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

/** Every row of every table, as lines. */
export function everything(url: string): Promise<Record<string, string[]>> {
  return on(url, async (database) => {
    const tables = await shapesOfTables()
    return atOneMoment(database, async (snapshot) => {
      const all: Record<string, string[]> = {}
      for (const table of tables) all[table.name] = await collected(snapshot.lines(table))
      return all
    })
  })
}

/** Many rows that mean nothing, so that a command takes its time. */
export function fillWithAttempts(url: string, count: number): Promise<void> {
  return on(url, async (database) => {
    const table = (await shapesOfTables()).find(({ name }) => name === 'gatelodge_attempts')
    if (!table) throw new Error('there is no such table')
    const rest = { tries: 1, waits_until: 2, forgotten_at: Number.MAX_SAFE_INTEGER }
    for (let from = 0; from < count; from += 250) {
      const lines = Array.from({ length: 250 }, (_, at) =>
        lineOf(table, { attempt_key: digest(`${from + at}`), ...rest }),
      )
      await insertLines(database, table, lines)
    }
  })
}

export async function rowsIn(url: string, table: 'gatelodge_attempts' | 'gatelodge_accounts'): Promise<number> {
  return on(url, async ({ db, dialect }) => {
    if (!(await dialect.hasTable(db as never, table))) return 0
    const { n } = await db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll().as('n'))
      .executeTakeFirstOrThrow()
    return Number(n)
  })
}
