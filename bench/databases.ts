// The two kinds of database that are measured, and fresh, empty ones of each.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Connection, createConnection } from 'mysql2/promise'
import { startServer } from '../packages/gatelodge/tests/support/mysql-server.ts'

export type DatabaseName = 'SQLite' | 'MySQL'

export interface BenchDatabase {
  name: DatabaseName
  /** What it is, for the heading of the table. */
  version: string
  /** Makes an empty database. @returns its URL. */
  fresh(): Promise<string>
  /** Milliseconds of processor time of the server so far; NaN where it is none, or not a process of this machine. */
  processorTime(): number
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
    processorTime: () => Number.NaN,
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
  const pid = await processOf(connection)
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
    processorTime: () => processorTimeOf(pid),
    async close() {
      for (const name of made) await connection.query(`drop database ${name}`)
      await connection.end()
      await server.stop()
    },
  }
}

/** undefined: the server is on another machine, or belongs to a user whose files we may not read. */
async function processOf(connection: Connection): Promise<number | undefined> {
  const [rows] = await connection.query('select @@pid_file as file, @@datadir as folder')
  const [place] = rows as { file: string; folder: string }[]
  try {
    return Number(readFileSync(resolve(place?.folder ?? '', place?.file ?? ''), 'utf8'))
  } catch {
    return undefined
  }
}

/** With that of threads that have ended; in hundredths of a second, as Linux counts it. */
function processorTimeOf(pid: number | undefined): number {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [user, system] = text.slice(text.lastIndexOf(') ')).split(' ').slice(12, 14)
    return (Number(user) + Number(system)) * 10
  } catch {
    return Number.NaN
  }
}
