// Every suite that touches the database runs on SQLite and on MySQL (or MariaDB), in a database of its own.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { afterAll, beforeAll, describe, inject } from 'vitest'
import { fromDriver } from '../../src/database/connect.ts'
import type { Driver } from '../../src/database/driver.ts'
import { connectMysql, type MysqlOptions } from '../../src/database/mysql.ts'
import { connectSqlite } from '../../src/database/sqlite.ts'
import type { Replacements } from '../../src/services.ts'
import { seconds, systemClock } from '../../src/time.ts'

export type DatabaseName = 'SQLite' | 'MySQL'

export interface TestDatabase {
  name: DatabaseName
  /** Filled before the suite's own hooks run. */
  url: string
}

/** Describes one suite twice. What it makes is gone when it ends. */
export function onEachDatabase(title: string, suite: (database: TestDatabase) => void): void {
  onSqlite(title, suite)
  onMysql(title, suite)
}

/** Once, for what cannot differ between databases. */
export function onSqlite(title: string, suite: (database: TestDatabase) => void): void {
  describe(`${title} on SQLite`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'gatelodge-'))
    suite({ name: 'SQLite', url: `sqlite:${join(folder, 'test.sqlite')}` })
    afterAll(() => rmSync(folder, { recursive: true, force: true }))
  })
}

/** The same for what MySQL alone has. */
export function onMysql(title: string, suite: (database: TestDatabase) => void): void {
  describe(`${title} on MySQL`, () => {
    const server = inject('mysqlUrl')
    const name = `gatelodge_test_${randomBytes(6).toString('hex')}`
    beforeAll(() => ask(server, `create database ${name}`))
    suite({ name: 'MySQL', url: `${server}/${name}` })
    afterAll(() => ask(server, `drop database ${name}`))
  })
}

/** On SQLite, and on MySQL at the level that we ask for and at the one that is its default. */
export function atEachLevel(
  title: string,
  suite: (database: TestDatabase, replaced: () => Replacements) => void,
): void {
  onEachDatabase(title, (database) => suite(database, () => ({})))
  onMysql(`${title} at REPEATABLE READ`, (database) => {
    suite(database, () => ({ database: fromDriver(openDriver(database, 'repeatable read')) }))
  })
}

/** As the product opens it: for a test that wants to stand in between. */
export function openDriver(database: TestDatabase, isolation: MysqlOptions['isolation'] = 'read committed'): Driver {
  if (database.name === 'SQLite') return connectSqlite(database.url.slice('sqlite:'.length))
  return connectMysql({ url: database.url, connections: 10, timeout: seconds(5), clock: systemClock, isolation })
}

/** Sends one statement past the product, as an operator would. */
export async function ask(url: string, text: string): Promise<Record<string, unknown>[]> {
  const connection = await createConnection({ uri: url, disableEval: true })
  try {
    const [rows] = await connection.query(text)
    return rows as Record<string, unknown>[]
  } finally {
    await connection.end()
  }
}
