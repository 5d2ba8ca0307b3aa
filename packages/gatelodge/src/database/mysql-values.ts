// Values on their way to MySQL. They never stand in the text of a statement: each goes as a parameter of the binary
// protocol, with the type that it has here.
import mysql from 'mysql2'

/**
 * Whole numbers go as whole numbers: mysql2 would send a DOUBLE, which LIMIT refuses and which makes a column of
 * milliseconds be compared as a fraction.
 * @throws {TypeError} for anything that has no one meaning in a column: undefined, a date, a list, an object, half a number.
 */
export function asParameter(value: unknown): unknown {
  if (value === null || typeof value === 'string' || Buffer.isBuffer(value)) return value
  if (typeof value === 'boolean') return mysql.TypedParameter.LONGLONG(value ? 1 : 0)
  if (typeof value === 'bigint' || Number.isSafeInteger(value))
    return mysql.TypedParameter.LONGLONG(value as number | bigint)
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  throw new TypeError(`A ${typeof value} is no value for a column.`)
}
