// The tables and columns of this version, in one form for both kinds of database. They are read from tables that the
// migrations have just made, in memory: so a new table or a new column is here by itself.
import { inMemory } from '../../config/database-place.ts'
import { seconds, systemClock } from '../../time.ts'
import { connectDatabase, type Database } from '../connect.ts'
import { migrate } from '../migrate.ts'

export type ColumnKind = 'bytes' | 'integer' | 'text'

export interface TableShape {
  name: string
  /** The columns of the primary key, in their order: rows are read in the order of these. */
  key: string[]
  /** In the order in which a row has them. What the database works out itself is left out. */
  columns: Record<string, ColumnKind>
}

/** They belong to the database and not to the site: each database gets its own. */
const ofTheDatabase = ['gatelodge_migrations', 'gatelodge_leases']

const kinds: Record<string, ColumnKind> = { BLOB: 'bytes', INTEGER: 'integer', TEXT: 'text' }

/** In the order in which they are made: accounts first. */
export async function shapesOfTables(): Promise<TableShape[]> {
  const settings = { databaseUrl: inMemory, databaseConnections: 1, databaseTimeout: seconds(5) }
  const database = await connectDatabase(settings, systemClock)
  try {
    await migrate(database, systemClock)
    return await shapesIn(database)
  } finally {
    await database.close()
  }
}

async function shapesIn({ read }: Database): Promise<TableShape[]> {
  const tables = await read("select name from sqlite_master where type = 'table' order by rowid", [])
  const ours = tables.map(({ name }) => String(name)).filter((name) => !ofTheDatabase.includes(name))
  return Promise.all(
    ours.map(async (name) => {
      const columns = await read('select name, type, pk from pragma_table_info(?)', [name])
      const keyed = columns.filter(({ pk }) => Number(pk) > 0).sort((left, right) => Number(left.pk) - Number(right.pk))
      return {
        name,
        key: keyed.map((column) => String(column.name)),
        columns: Object.fromEntries(columns.map((column) => [column.name, kindOf(name, column)])),
      }
    }),
  )
}

function kindOf(table: string, { name, type }: Record<string, unknown>): ColumnKind {
  const kind = kinds[String(type).toUpperCase()]
  if (!kind) throw new Error(`The column ${table}.${name} has the type ${type}, which no backup knows.`)
  return kind
}
