// Random rows for every table that there is, within what its columns on MySQL take: which tables and columns those are is
// asked of a server, so that a new one is tried by itself.
import fc from 'fast-check'
import { digest } from '../../src/identity/sealing.ts'
import { ask } from '../support/databases.ts'

interface Column {
  table: string
  name: string
  type: string
  length: number | null
  charset: string | null
  isNullable: boolean
  isUnique: boolean
}

type Value = Buffer | number | string | null
export type AnyRows = Record<string, Record<string, Value>[]>

/** @param url a database with the tables. */
export async function columnsOf(url: string): Promise<Column[]> {
  const rows = await ask(
    url,
    `select c.table_name as t, c.column_name as n, c.data_type as type, c.character_maximum_length as length,
      c.character_set_name as charset, c.is_nullable as nullable,
      exists (select 1 from information_schema.statistics s where s.table_schema = database() and s.non_unique = 0
        and s.table_name = c.table_name and s.column_name = c.column_name) as uniq
    from information_schema.columns c where c.table_schema = database() and c.extra not like '%GENERATED%'
      and c.table_name not in ('gatelodge_migrations', 'gatelodge_leases') order by c.table_name, c.ordinal_position`,
  )
  return rows.map((row) => ({
    table: String(row.t),
    name: String(row.n),
    type: String(row.type),
    length: row.length === null ? null : Number(row.length),
    charset: row.charset === null ? null : String(row.charset),
    isNullable: row.nullable === 'YES',
    isUnique: Number(row.uniq) === 1,
  }))
}

export function anyRows(columns: Column[]): fc.Arbitrary<AnyRows> {
  const tables = [...new Set(columns.map(({ table }) => table))]
  const rowsOf = (table: string) =>
    fc
      .tuple(
        fc.nat(),
        fc.array(fc.record(recordOf(columns.filter((column) => column.table === table))), { maxLength: 5 }),
      )
      .map(([seed, rows]) => rows.map((row, at) => withDistinct(columns, table, row, `${seed} ${at}`, at)))
  return fc.record(Object.fromEntries(tables.map((table) => [table, rowsOf(table)])))
}

function recordOf(columns: Column[]): Record<string, fc.Arbitrary<Value>> {
  return Object.fromEntries(
    columns.map((column) => [
      column.name,
      column.isNullable ? fc.option(anyValue(column), { nil: null }) : anyValue(column),
    ]),
  )
}

function anyValue({ type, length, charset }: Column): fc.Arbitrary<Value> {
  if (type === 'binary') {
    const bytes = fc.uint8Array({ minLength: length ?? 0, maxLength: length ?? 0 })
    return bytes.map((value) => Buffer.from(value))
  }
  if (type === 'int') return fc.oneof(fc.integer(), fc.constantFrom(0, 2 ** 31 - 1, -(2 ** 31)))
  if (type === 'bigint') return fc.oneof(fc.maxSafeInteger(), fc.constantFrom(Number.MAX_SAFE_INTEGER, -1, 0))
  const longest = type === 'text' ? 16_000 : (length ?? 0)
  if (charset === 'ascii') return textOf(fc.string({ unit: 'binary-ascii', maxLength: longest }), longest, 'z')
  return textOf(fc.string({ unit: 'binary', maxLength: longest }), longest, '🗝')
}

/** Anything, and what has broken programs before: NUL, line breaks, quotes, the longest that fits. */
const textOf = (any: fc.Arbitrary<string>, longest: number, sign: string) =>
  fc.oneof(
    any,
    fc.constantFrom('', '\0', 'a\0b', '\r\n', '"\\\'', '\t{"a":[1]}', ' ', 'null', sign, sign.repeat(longest)),
  )

/** What must be unique is; names that are keys are as the product makes them. The first rows are all zeros and all ones. */
function withDistinct(columns: Column[], table: string, row: Record<string, Value>, seed: string, at: number) {
  const distinct = columns.filter((column) => column.table === table && column.isUnique)
  const values = distinct.map(({ name, type, length }): [string, Value] => {
    if (type !== 'binary') return [name, digest(`${name} ${seed}`).toString('hex').slice(0, 60)]
    const fill = at === 0 ? 0 : 255
    return [name, at < 2 ? Buffer.alloc(length ?? 0, fill) : digest(`${name} ${seed}`).subarray(0, length ?? 0)]
  })
  return { ...row, ...Object.fromEntries(values) }
}
