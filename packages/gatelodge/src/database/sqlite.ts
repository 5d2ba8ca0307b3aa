// The embedded database: node:sqlite behind the few methods that Kysely's SQLite dialect calls.
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { SqliteDialect } from 'kysely'
import type { Milliseconds } from '../time.ts'
import { sqlite } from './dialect.ts'
import type { Driver, ReadRow } from './driver.ts'

/** So long SQLite waits for a lock, as its `busy_timeout` says. */
const lockWait: Milliseconds = 200

const inMemory = ':memory:'

/**
 * Opens (and where needed makes) the file. Two connections: one writes, one reads what is committed. What is in memory
 * belongs to one connection, which then does both.
 */
export function connectSqlite(file: string): Driver {
  const writer = file === inMemory ? new DatabaseSync(inMemory) : openWriter(file)
  const reader = file === inMemory ? writer : openReader(file)
  const prepared = new Map<string, StatementSync>()

  return {
    dialect: sqlite,
    timeout: lockWait,
    kyselyDialect: new SqliteDialect({ database: forKysely(writer) }),
    async read(text, values) {
      let statement = prepared.get(text)
      if (!statement) {
        statement = reader.prepare(text)
        prepared.set(text, statement)
      }
      return statement.all(...(values as SQLInputValue[])).map((row) => withBuffers(row) as ReadRow)
    },
    async check() {
      reader.prepare('select 1').get()
    },
    async close() {
      // Kysely has closed the other one.
      if (reader.isOpen) reader.close()
    },
  }
}

function openWriter(file: string): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  // Ours alone, also in a folder that others may read; SQLite gives the files beside it the same mode.
  closeSync(openSync(file, 'a', 0o600))
  const writer = new DatabaseSync(file)
  // FULL: a change that was confirmed to a person survives a power cut.
  writer.exec('pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 200')
  return writer
}

function openReader(file: string): DatabaseSync {
  const reader = new DatabaseSync(file)
  reader.exec('pragma query_only = on; pragma busy_timeout = 200')
  return reader
}

/** Lists of many lengths have a text each; all others together are fewer. */
const mostPrepared = 500

function forKysely(database: DatabaseSync) {
  const prepared = new Map<string, ReturnType<typeof prepare>>()
  const prepare = (text: string) => {
    // Two transactions that begin by reading and both then write would end in a deadlock: take the write lock first.
    const statement = database.prepare(text === 'begin' ? 'begin immediate' : text)
    return {
      reader: statement.columns().length > 0,
      all: (values: readonly unknown[]) => statement.all(...(values as SQLInputValue[])).map(withBuffers),
      run: (values: readonly unknown[]) => statement.run(...(values as SQLInputValue[])),
      iterate: (values: readonly unknown[]) => statement.iterate(...(values as SQLInputValue[])),
    }
  }
  return {
    close: () => database.close(),
    prepare(text: string) {
      const known = prepared.get(text)
      if (known) return known
      if (prepared.size === mostPrepared) prepared.clear()
      const statement = prepare(text)
      prepared.set(text, statement)
      return statement
    },
  }
}

/** node:sqlite gives bytes as Uint8Array, mysql2 as Buffer; the rest of the program knows Buffers only. */
function withBuffers(row: Record<string, unknown>): Record<string, unknown> {
  for (const name in row) {
    const value = row[name]
    if (value instanceof Uint8Array) row[name] = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  }
  return row
}
