// Rows of one table, some at a time: each time one transaction.
import type { Transaction } from 'kysely'
import type { Database } from '../connect.ts'
import type { Tables } from '../schema.ts'
import type { AnyTables } from './read.ts'
import { keyOf, rowOf } from './row.ts'
import type { TableShape } from './shape.ts'

/** Rows, and characters, of one statement: below what a server takes in one packet. */
const mostRows = 250
const mostText = 1024 * 1024

/** Collects lines, and hands them on when there are enough. */
export function inBatches(work: (lines: string[]) => Promise<void>) {
  let lines: string[] = []
  let length = 0
  async function flush() {
    if (lines.length > 0) await work(lines)
    lines = []
    length = 0
  }
  return {
    async add(line: string) {
      lines.push(line)
      length += line.length
      if (lines.length === mostRows || length >= mostText) await flush()
    },
    flush,
  }
}

/** @throws {Error} where another program writes there too. */
export async function insertLines(database: Database, table: TableShape, lines: string[]): Promise<void> {
  const rows = lines.map((line) => rowOf(table, line))
  const outcome = await database.transact(
    async (trx) => {
      await any(trx).insertInto(table.name).values(rows).execute()
      return 'written' as const
    },
    // They are one transaction: where one is there, all are.
    async (db) => ((await isThere(db as unknown as AnyTables, table, lines[0] ?? '')) ? 'written' : undefined),
  )
  if (outcome === 'duplicate')
    throw new Error(`Another program writes into ${table.name}. Stop it, and run the same command again.`)
}

export async function deleteLines(database: Database, table: TableShape, lines: string[]): Promise<void> {
  await database.transact(
    async (trx) => {
      for (const line of lines) {
        const all = any(trx).deleteFrom(table.name)
        const values = keyOf(table, line)
        await table.key.reduce((query, column, at) => query.where(column, '=', values[at]), all).execute()
      }
      return true
    },
    // Twice is the same as once.
    async () => undefined,
  )
}

async function isThere(db: AnyTables, table: TableShape, line: string): Promise<boolean> {
  const values = keyOf(table, line)
  const all = db.selectFrom(table.name).select(table.key)
  const row = await table.key
    .reduce((query, column, at) => query.where(column, '=', values[at]), all)
    .executeTakeFirst()
  return row !== undefined
}

const any = (trx: Transaction<Tables>) => trx as unknown as AnyTables
