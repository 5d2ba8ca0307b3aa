// Every suite that touches the database runs on SQLite and on MySQL (or MariaDB), in a database of its own.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { afterAll, beforeAll, describe, inject } from 'vitest'

export type DatabaseName = 'SQLite' | 'MySQL'

export interface TestDatabase {
  name: DatabaseName
  /** Filled before the suite's own hooks run. */
  url: string
}

/** Describes one suite twice. What it makes is gone when it ends. */
export function onEachDatabase(title: string, suite: (database: TestDatabase) => void): void {
  describe(`${title} on SQLite`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'gatelodge-'))
    suite({ name: 'SQLite', url: `sqlite:${join(folder, 'test.sqlite')}` })
    afterAll(() => rmSync(folder, { recursive: true, force: true }))
  })
  onMysql(title, suite)
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
