// The two kinds of database that are measured, and fresh, empty ones of each.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { startServer } from '../packages/gatelodge/tests/support/mysql-server.ts'

export type DatabaseName = 'SQLite' | 'MySQL'

export interface BenchDatabase {
  name: DatabaseName
  /** What it is, for the heading of the table. */
  version: string
  /** Makes an empty database. @returns its URL. */
  fresh(): Promise<string>
  /** Removes whatever `fresh` made. */
  close(): Promise<void>
}

export function openDatabase(name: DatabaseName): Promise<BenchDatabase> {
  return name === 'SQLite' ? openSqlite() : openMysql()
}

async function openSqlite(): Promise<BenchDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'gatelodge-bench-'))
  let count = 0
  return {
    name: 'SQLite',
    version: `SQLite ${process.versions.sqlite}`,
    async fresh() {
      count += 1
      return `sqlite:${join(folder, `${count}.sqlite`)}`
    },
    close: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

// As durable as in production: a change that was confirmed to a person survives a power cut.
const durable = ['--innodb-flush-log-at-trx-commit=1', '--log-bin=bench', '--sync-binlog=1']

async function openMysql(): Promise<BenchDatabase> {
  const given = process.env.BENCH_MYSQL_URL?.replace(/\/$/, '')
  const server = given ? { url: given, stop: async () => {} } : await startServer(durable)
  const connection = await createConnection(server.url)
  const [rows] = await connection.query('select version() as version')
  const version = (rows as { version: string }[])[0]?.version ?? ''
  const made: string[] = []
  return {
    name: 'MySQL',
    version: version.includes('MariaDB') ? version : `MySQL ${version}`,
    async fresh() {
      const name = `gatelodge_bench_${randomBytes(4).toString('hex')}`
      await connection.query(`create database ${name}`)
      made.push(name)
      return `${server.url}/${name}`
    },
    async close() {
      for (const name of made) await connection.query(`drop database ${name}`)
      await connection.end()
      await server.stop()
    },
  }
}
