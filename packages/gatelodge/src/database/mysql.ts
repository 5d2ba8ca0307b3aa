// MySQL and MariaDB through mysql2, with a limit on every wait: for a connection, for a free one, for a statement.
import { createPool } from 'mysql2'
import { serverUrl } from '../config/addresses.ts'
import type { Clock, Milliseconds } from '../time.ts'
import { mysql } from './dialect.ts'
import type { Driver, ReadRow } from './driver.ts'
import { kyselyOnMysql, readOnce } from './mysql-kysely.ts'
import { lanesOf } from './mysql-pool.ts'

export interface MysqlOptions {
  url: string
  connections: number
  timeout: Milliseconds
  clock: Clock
  /** For tests: transactions hold at other levels than READ COMMITTED, too. */
  isolation?: 'read committed' | 'repeatable read'
}

/** mysql2 compiles a reader of rows for each statement, which is quicker; not where Node forbids that (ASVS V1.3.2). */
const makesNoCodeOfText = process.execArgv.includes('--disallow-code-generation-from-strings')

/** On each connection; the oldest is given back to the server, which has a limit for all of them together. */
const mostPrepared = 64

export function connectMysql({ url, connections, timeout, clock, isolation }: MysqlOptions): Driver {
  const pool = createPool({
    ...fromUrl(url),
    charset: 'utf8mb4_bin',
    connectTimeout: timeout,
    connectionLimit: connections,
    maxPreparedStatements: mostPrepared,
    supportBigNumbers: true,
    // Dates are milliseconds in whole numbers here; nothing is to be made of a column's type.
    typeCast: true,
    disableEval: makesNoCodeOfText,
  })
  const lanes = lanesOf(pool, { connections, timeout, clock, isolation: isolation ?? 'read committed' })
  const end = () =>
    new Promise<void>((resolve, reject) => {
      pool.end((error) => (error ? reject(error) : resolve()))
    })

  return {
    dialect: mysql,
    timeout,
    kyselyDialect: kyselyOnMysql(lanes, end),
    read: (text, values) => readOnce(lanes, text, values) as Promise<ReadRow[]>,
    isAway: lanes.isAway,
    async check() {
      await readOnce(lanes, 'select 1', [])
    },
    async close() {},
  }
}

export function fromUrl(text: string) {
  const { host, port = 3306, user, password, path, query } = serverUrl(text)
  return {
    host,
    port,
    user,
    password,
    database: path,
    ...(query.get('tls') === 'required' ? { ssl: { rejectUnauthorized: true, verifyIdentity: true } } : {}),
  }
}
