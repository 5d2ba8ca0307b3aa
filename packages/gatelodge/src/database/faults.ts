// What an error of a database means, by its number. docs/security/database-errors.md says the same, and a test compares.

/** What an error of the database means for anyone who sent the statement. */
export type DatabaseFault =
  /** A unique key already holds that value. */
  | 'duplicate'
  /** Nothing happened, and the same again may well succeed (deadlock, lock wait, lost certification). */
  | 'again'
  /** The connection is gone or the server cannot answer: what was sent may or may not have happened. */
  | 'lost'
  /** Nothing happened: the server is read-only, or has no room. The same again fails until an operator has mended it. */
  | 'unwritable'
  | 'other'

type Numbered = Exclude<DatabaseFault, 'other'>

/** By error numbers of MySQL and of MariaDB; where both have one number, it means the same to both. */
export const mysqlFaults: Record<number, Numbered> = {
  1062: 'duplicate',
  1586: 'duplicate',

  1020: 'again',
  1180: 'again',
  1205: 'again',
  1213: 'again',
  1412: 'again',
  1613: 'again',
  1614: 'again',
  1615: 'again',
  3101: 'again',
  3572: 'again',

  1040: 'lost',
  1047: 'lost',
  1053: 'lost',
  1077: 'lost',
  1078: 'lost',
  1079: 'lost',
  1080: 'lost',
  1129: 'lost',
  1135: 'lost',
  1152: 'lost',
  1158: 'lost',
  1159: 'lost',
  1160: 'lost',
  1161: 'lost',
  1184: 'lost',
  1203: 'lost',
  1226: 'lost',
  1243: 'lost',
  1317: 'lost',
  1461: 'lost',
  1927: 'lost',
  1969: 'lost',
  3024: 'lost',
  3100: 'lost',
  3168: 'lost',
  3169: 'lost',
  3170: 'lost',
  4031: 'lost',

  1021: 'unwritable',
  1037: 'unwritable',
  1038: 'unwritable',
  1041: 'unwritable',
  1114: 'unwritable',
  1223: 'unwritable',
  1290: 'unwritable',
  1637: 'unwritable',
  1792: 'unwritable',
  1836: 'unwritable',
  1874: 'unwritable',
  3675: 'unwritable',
}

/** By what Node and mysql2 name where there is no number: nobody answered. */
export const lostCodes: readonly string[] = [
  'DATABASE_TIMEOUT',
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'EMFILE',
  'ENETDOWN',
  'ENETUNREACH',
  'ENFILE',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
]

/** By primary result code, the low byte of SQLite's extended ones, except for the two in the list below. */
export const sqliteFaults: Record<number, Numbered> = {
  5: 'again',
  6: 'again',
  8: 'unwritable',
  10: 'unwritable',
  13: 'unwritable',
  14: 'unwritable',
  22: 'unwritable',
  23: 'unwritable',
  1555: 'duplicate',
  2067: 'duplicate',
}

export function mysqlFaultOf(error: unknown): DatabaseFault {
  const { errno, fatal, code } = error as { errno?: number; fatal?: boolean; code?: string }
  const known = errno === undefined ? undefined : mysqlFaults[errno]
  if (known) return known
  return fatal || (code !== undefined && lostCodes.includes(code)) ? 'lost' : 'other'
}

/** Whether a server said no to us: to the user, the password, the database or the TLS of a connection. Waiting does not help. */
export function refusesUs(error: unknown): boolean {
  const { errno, code } = error as { errno?: number; code?: string | number }
  return isHandshake(code) || [1044, 1045, 1049, 1698].includes(errno ?? 0)
}

export function isHandshake(code: string | number | undefined): boolean {
  return String(code).startsWith('HANDSHAKE_')
}

export function sqliteFaultOf(error: unknown): DatabaseFault {
  const code = (error as { errcode?: number }).errcode
  if (code === undefined) return 'other'
  return sqliteFaults[code] ?? sqliteFaults[code & 0xff] ?? 'other'
}

/** Whether a database said it, of whichever kind: nobody can do anything about it but the operator. */
export function isOfDatabase(error: unknown): boolean {
  const { code, errno, sqlMessage } = error as { code?: string; errno?: number; sqlMessage?: string }
  return code === 'ERR_SQLITE_ERROR' || (errno !== undefined && sqlMessage !== undefined)
}
