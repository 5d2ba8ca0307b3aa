// All rows as they are at one moment, while others go on writing. They come in the order of their keys, a page at a time, so
// memory holds one page.
import { type Kysely, sql } from 'kysely'
import type { Database } from '../connect.ts'
import { type Key, keyOf, lineOf } from './row.ts'
import type { TableShape } from './shape.ts'

export interface Snapshot {
  count(table: TableShape): Promise<number>
  /** All rows, or those whose key comes behind that of the line. */
  lines(table: TableShape): AsyncGenerator<string>
}

/** Their tables have names that come from the schema, and no types. */
export type AnyTables = Kysely<Record<string, Record<string, unknown>>>

const pageSize = 250

/** @param work everything that it reads is of the same moment, the one at which it begins. */
export async function atOneMoment<T>({ db, dialect }: Database, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  return db.connection().execute(async (connection) => {
    for (const statement of dialect.beginSnapshot) await statement.execute(connection)
    try {
      return await work(snapshotOn(connection as unknown as AnyTables))
    } finally {
      // Nothing was written. On a connection that is gone there is nothing to end.
      await sql`rollback`.execute(connection).catch(() => {})
    }
  })
}

function snapshotOn(db: AnyTables): Snapshot {
  return {
    async count({ name }) {
      const { total } = await db
        .selectFrom(name)
        .select(({ fn }) => fn.countAll().as('total'))
        .executeTakeFirstOrThrow()
      return Number(total)
    },
    lines: (table) => linesOf(db, table),
  }
}

/** Of rows as each statement finds them. */
export async function* linesOf(db: AnyTables, table: TableShape): AsyncGenerator<string> {
  let after: Key | undefined
  for (;;) {
    const page: string[] = (await pageOf(db, table, after)).map((row) => lineOf(table, row))
    yield* page
    const last = page.at(-1)
    if (last === undefined || page.length < pageSize) return
    after = keyOf(table, last)
  }
}

function pageOf(db: AnyTables, { name, key, columns }: TableShape, after: Key | undefined) {
  const all = db.selectFrom(name).select(Object.keys(columns)).limit(pageSize)
  const sorted = key.reduce((query, column) => query.orderBy(column), all)
  if (!after) return sorted.execute()
  // Written out, because MySQL reads `(a, b) > (x, y)` through the whole table.
  return sorted
    .where((row) =>
      row.or(
        key.map((column, at) =>
          row.and([
            ...key.slice(0, at).map((before, index) => row(before, '=', after[index])),
            row(column, '>', after[at]),
          ]),
        ),
      ),
    )
    .execute()
}
