// Fills an empty database with all rows of another place, and compares both at the end. What was begun and not finished goes
// on where it stopped: what is there and equal stays, all else is put right.
import type { Kysely, Transaction } from 'kysely'
import { systemClock } from '../../time.ts'
import type { Database } from '../connect.ts'
import { migrate, namesInLedger } from '../migrate.ts'
import type { Tables } from '../schema.ts'
import { fillingAmong, markFinished, markUnfinished } from '../unfinished.ts'
import { createSum, isSameSum, sumOf, type TableSum } from './checksum.ts'
import { pairsOf } from './pairs.ts'
import { type AnyTables, atOneMoment, linesOf } from './read.ts'
import type { TableShape } from './shape.ts'
import { deleteLines, inBatches, insertLines } from './write.ts'

/** Where the rows come from. */
export interface RowSource {
  /** Of all tables, in the order in which they are filled. */
  tables: TableShape[]
  /** All rows of one, in the order of their keys. It may be asked for twice. */
  lines(table: TableShape): AsyncIterable<string>
}

/** What cannot be filled stays as it is. */
export class NotFilled extends Error {
  override name = 'NotFilled'
}

/**
 * @param filling names what fills it, such as `restore 7c9e6679`.
 * @returns whether an earlier run had begun. @throws {NotFilled} where something is in it that is not of an earlier run.
 */
export async function beginFilling(database: Database, tables: TableShape[], filling: string): Promise<boolean> {
  const earlier = fillingAmong(await namesInLedger(database))
  if (earlier === filling) return true
  if (earlier !== undefined)
    throw new NotFilled(
      `Another command has begun to fill this database and was not finished (${earlier}). Take an empty one.`,
    )
  await migrate(database, systemClock)
  const full = await tableWithRows(database, tables)
  if (full)
    throw new NotFilled(
      `This database is not empty: there are rows in ${full}. Nothing was changed. Take an empty one.`,
    )
  const outcome = await database.transact(
    async (trx) => {
      await markUnfinished(untyped(trx), filling, systemClock.now())
      // The one row that a new database has. The other place has its own.
      await trx.deleteFrom('gatelodge_groups').execute()
      return true
    },
    async () => ((await namesInLedger(database)).includes(`unfinished ${filling}`) ? true : undefined),
  )
  if (outcome === 'duplicate') throw new NotFilled('The same command runs already.')
  return false
}

/** A new database has one group, and nothing else. */
async function tableWithRows({ db }: Database, tables: TableShape[]): Promise<string | undefined> {
  for (const { name } of tables) {
    const rows = await (db as unknown as AnyTables).selectFrom(name).selectAll().limit(2).execute()
    const isNew =
      rows.length === 0 || (name === 'gatelodge_groups' && rows.length === 1 && rows[0]?.name === 'administrators')
    if (!isNew) return name
  }
  return undefined
}

/** @param onRows is called with the number of rows that were done, now and then. @returns what the source holds. */
export async function fill(
  database: Database,
  source: RowSource,
  { isResumed, onRows }: { isResumed: boolean; onRows: (done: number) => void },
): Promise<Map<string, TableSum>> {
  const sums = new Map<string, TableSum>()
  let done = 0
  for (const table of source.tables) {
    if (isResumed) await removeOthers(database, source, table)
    const summing = createSum()
    const missing = inBatches((lines) => insertLines(database, table, lines))
    for await (const { wanted, there } of pairsOf(table, source.lines(table), linesThere(database, table, isResumed))) {
      if (wanted === undefined) continue
      summing.add(wanted)
      if (there === undefined) await missing.add(wanted)
      done += 1
      if (done % 250 === 0) onRows(done)
    }
    await missing.flush()
    sums.set(table.name, summing.sum())
  }
  onRows(done)
  return sums
}

/** What an earlier run has written and is not so any more. It goes first, so that no unique key is in the way. */
async function removeOthers(database: Database, source: RowSource, table: TableShape): Promise<void> {
  const others = inBatches((lines) => deleteLines(database, table, lines))
  const there = linesThere(database, table, true)
  const first = await there.next()
  await there.return(undefined)
  if (first.done) return
  const pairs = pairsOf(table, source.lines(table), linesThere(database, table, true))
  for await (const { wanted, there } of pairs) if (there !== undefined && there !== wanted) await others.add(there)
  await others.flush()
}

async function* linesThere({ db }: Database, table: TableShape, isResumed: boolean): AsyncGenerator<string> {
  if (isResumed) yield* linesOf(db as unknown as AnyTables, table)
}

/** @returns the names of the tables that are not equal, after all was read again; none: the database is finished. */
export async function finishFilling(
  database: Database,
  tables: TableShape[],
  filling: string,
  wanted: ReadonlyMap<string, TableSum>,
): Promise<string[]> {
  const differing = await atOneMoment(database, async (snapshot) => {
    const names: string[] = []
    for (const table of tables) {
      if (!isSameSum(await sumOf(snapshot, table), wanted.get(table.name))) names.push(table.name)
    }
    return names
  })
  if (differing.length === 0) await markFinished(database.db as unknown as Kysely<unknown>, filling)
  return differing
}

const untyped = (trx: Transaction<Tables>) => trx as unknown as Kysely<unknown>
