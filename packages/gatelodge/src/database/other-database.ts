// The table of another program, row by row: it is read once, in one SELECT, and nothing is written there.
import { DatabaseSync } from 'node:sqlite'
import { type Connection, createConnection, type FieldPacket } from 'mysql2'
import { serversOf } from './mysql.ts'

export interface TableQuery {
  table: string
  join?: {
    table: string
    /** A column of each that is the same. */
    on: readonly [own: string, other: string]
    /** Of the other: only rows with this value. */
    where?: readonly [column: string, value: string]
  }
}

export interface OtherTable {
  count: number
  /** Columns of the joined table have its name and a dot before theirs. */
  rows: AsyncIterable<Record<string, unknown>>
}

/** @throws {Error} where it cannot be opened, and for names that no table has. */
export async function openOtherTable(url: string, query: TableQuery): Promise<OtherTable> {
  return url.startsWith('sqlite:') ? ofSqlite(url.slice('sqlite:'.length), query) : ofMysql(url, query)
}

function ofSqlite(path: string, query: TableQuery): OtherTable {
  const database = new DatabaseSync(path, { readOnly: true })
  const { select, count, values } = statementsOf(query, '"')
  const total = database.prepare(count).get(...values) as { total: number }
  async function* rows() {
    const statement = database.prepare(select)
    const names = statement.columns().map(({ table, name }) => nameOf(query, table, name))
    statement.setReturnArrays(true)
    for (const row of statement.iterate(...values)) yield named(names, row as unknown as unknown[])
    database.close()
  }
  return { count: total.total, rows: rows() }
}

/** Two connections, so that none is open before the first row is asked for: a command with one open never ends. */
async function ofMysql(url: string, query: TableQuery): Promise<OtherTable> {
  const { select, count, values } = statementsOf(query, '`')
  const connection = connectTo(url)
  const total = await new Promise<number>((resolve, reject) => {
    connection.execute(count, values, (error, found) =>
      error ? reject(error) : resolve(Number((found as { total: number }[])[0]?.total)),
    )
  }).finally(() => connection.destroy())
  return { count: total, rows: rowsOf(url, select, values, query) }
}

const connectTo = (url: string): Connection =>
  createConnection({ ...serversOf(url)[0], charset: 'utf8mb4', dateStrings: true, disableEval: true })

async function* rowsOf(url: string, sql: string, values: string[], query: TableQuery) {
  const connection = connectTo(url)
  const asked = connection.execute({ sql, rowsAsArray: true }, values)
  let names: string[] = []
  asked.on('fields', (fields: FieldPacket[]) => {
    names = fields.map(({ orgTable, name }) => nameOf(query, orgTable ?? null, name))
  })
  try {
    for await (const row of asked.stream({ highWaterMark: 500 })) yield named(names, row as unknown[])
  } finally {
    connection.destroy()
  }
}

function statementsOf({ table, join }: TableQuery, sign: '"' | '`') {
  const quoted = (name: string) => quote(name, sign)
  const own = quoted(table)
  const parts = [`from ${own}`]
  if (join) {
    const other = quoted(join.table)
    parts.push(`left join ${other} on ${own}.${quoted(join.on[0])} = ${other}.${quoted(join.on[1])}`)
    if (join.where) parts.push(`and ${other}.${quoted(join.where[0])} = ?`)
  }
  const values: string[] = join?.where ? [join.where[1]] : []
  return { select: `select * ${parts.join(' ')}`, count: `select count(*) as total ${parts.join(' ')}`, values }
}

/** Names come from the person who runs the import; what could end the quotes is no name. `name.table` is a table of another schema. */
function quote(name: string, sign: '"' | '`'): string {
  if (!/^[\p{L}\p{N}_$ -]{1,64}(?:\.[\p{L}\p{N}_$ -]{1,64})?$/u.test(name))
    throw new Error(`"${name}" names no table or column.`)
  return name
    .split('.')
    .map((part) => sign + part + sign)
    .join('.')
}

function nameOf({ join }: TableQuery, table: string | null, name: string): string {
  return join && table === join.table ? `${table}.${name}` : name
}

function named(names: string[], row: unknown[]): Record<string, unknown> {
  const values: Record<string, unknown> = Object.create(null)
  names.forEach((name, at) => {
    values[name] = row[at]
  })
  return values
}
