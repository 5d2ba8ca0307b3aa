// A row as a line of text, the same from both kinds of database: a JSON array of its columns. Bytes are base64, whole numbers
// are numbers, text is text.
import type { ColumnKind, TableShape } from './shape.ts'

export type Row = Record<string, Buffer | number | string | null>

export function lineOf({ columns }: TableShape, row: Record<string, unknown>): string {
  return JSON.stringify(Object.keys(columns).map((column) => written(row[column])))
}

function written(value: unknown): unknown {
  return Buffer.isBuffer(value) ? value.toString('base64') : value
}

/** @throws {Error} for what is no row of that table. */
export function rowOf({ name, columns }: TableShape, line: string): Row {
  const values = JSON.parse(line) as unknown
  const names = Object.keys(columns)
  if (!Array.isArray(values) || values.length !== names.length) throw new Error(`This is no row of ${name}.`)
  return Object.fromEntries(names.map((column, at) => [column, read(`${name}.${column}`, columns[column], values[at])]))
}

function read(place: string, kind: ColumnKind | undefined, value: unknown): Row[string] {
  if (value === null) return null
  if (kind === 'integer' && Number.isSafeInteger(value)) return value as number
  if (kind === 'text' && typeof value === 'string') return value
  if (kind === 'bytes' && typeof value === 'string') {
    const bytes = Buffer.from(value, 'base64')
    if (bytes.toString('base64') === value) return bytes
  }
  throw new Error(`This is no value of ${place}.`)
}

export type Key = (Buffer | number | string)[]

export function keyOf(shape: TableShape, line: string): Key {
  const row = rowOf(shape, line)
  return shape.key.map((column) => row[column] as Key[number])
}

/** As both kinds of database sort keys: bytes by bytes. Texts that are keys have no sign below a space (names of groups). */
export function compareKeys(left: Key, right: Key): number {
  for (const [at, value] of left.entries()) {
    const order = compare(value, right[at] as Key[number])
    if (order !== 0) return order
  }
  return 0
}

function compare(left: Key[number], right: Key[number]): number {
  if (typeof left === 'number') return left - Number(right)
  return Buffer.compare(Buffer.from(left as string), Buffer.from(right as string))
}
