// MySQL and MariaDB through mysql2, with a limit on every wait: for a connection, for a free one, for a statement.
import { MysqlDialect } from 'kysely'
import { createPool, type Pool, type PoolConnection } from 'mysql2'
import { serverUrl } from '../config/addresses.ts'
import { type Clock, type Milliseconds, seconds } from '../time.ts'
import { type Breaker, createBreaker } from './breaker.ts'
import { mysql } from './dialect.ts'
import type { Driver, ReadRow } from './driver.ts'
import { Unavailable } from './unavailable.ts'

export interface MysqlOptions {
  url: string
  connections: number
  timeout: Milliseconds
  clock: Clock
  /** For tests: transactions hold at other levels than READ COMMITTED, too. */
  isolation?: 'read committed' | 'repeatable read'
}

/** mysql2 compiles a reader of rows for each statement, which is quicker; not where Node was told not to (ASVS V1.3.2). */
const makesNoCodeOfText = process.execArgv.includes('--disallow-code-generation-from-strings')

export function connectMysql(options: MysqlOptions): Driver {
  const pool = createPool({
    ...fromUrl(options.url),
    charset: 'utf8mb4_bin',
    connectTimeout: options.timeout,
    connectionLimit: options.connections,
    maxPreparedStatements: 64,
    supportBigNumbers: true,
    // Dates are milliseconds in whole numbers here; nothing is to be made of a column's type.
    typeCast: true,
    disableEval: makesNoCodeOfText,
  })
  const breaker = createBreaker(options.clock)
  const patient = {
    getConnection: limited(pool, options, breaker),
    end: (done: (error?: unknown) => void) => pool.end(done),
  }

  return {
    dialect: mysql,
    kyselyDialect: new MysqlDialect({ pool: patient as never }),
    async read(text, values) {
      const connection = await take(patient.getConnection)
      try {
        return await send<ReadRow[]>(connection, 'execute', text, values)
      } finally {
        connection.release()
      }
    },
    async check() {
      const connection = await take(patient.getConnection)
      try {
        await send(connection, 'query', 'select 1', [])
      } finally {
        connection.release()
      }
    },
    async close() {},
  }
}

function fromUrl(text: string) {
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

type Send = (text: string, values: readonly unknown[], done: (error: unknown, result?: unknown) => void) => void

/** A connection as Kysely and read() use it: every statement either answers in time or ends the connection. */
export interface LimitedConnection {
  query: Send
  execute: Send
  release(): void
  destroy(): void
  threadId: number
}

type GetConnection = (done: (error: unknown, connection?: LimitedConnection) => void) => void

function limited(pool: Pool, options: MysqlOptions, breaker: Breaker): GetConnection {
  const known = new WeakMap<PoolConnection, LimitedConnection>()
  const isolation = options.isolation ?? 'read committed'
  const lockWait = Math.max(1, Math.floor(options.timeout / 2 / seconds(1)))
  const prepare = [
    `set session transaction isolation level ${isolation}`,
    `set session innodb_lock_wait_timeout = ${lockWait}`,
  ]

  return (done) => {
    try {
      breaker.enter()
    } catch (error) {
      return done(error)
    }
    const answer = onceWithin(options.timeout, (error, raw?: PoolConnection) => {
      if (!error && raw) {
        const prepared = known.get(raw)
        if (prepared) return done(null, prepared)
        const connection = wrap(raw, options.timeout, breaker)
        known.set(raw, connection)
        return prepareSession(connection, prepare, done)
      }
      breaker.failed()
      return done(new Unavailable('no connection to the database', { cause: error }))
    })
    // A connection that comes after we stopped waiting goes straight back.
    pool.getConnection((error, raw) => answer(error, raw) || raw?.release())
  }
}

function prepareSession(
  connection: LimitedConnection,
  settings: string[],
  done: (error: unknown, connection?: LimitedConnection) => void,
) {
  const [first, ...rest] = settings
  if (first === undefined) return done(null, connection)
  connection.query(first, [], (error) => {
    if (!error) return prepareSession(connection, rest, done)
    connection.destroy()
    done(error)
  })
}

function wrap(raw: PoolConnection, timeout: Milliseconds, breaker: Breaker): LimitedConnection {
  const send =
    (verb: 'query' | 'execute'): Send =>
    (text, values, done) => {
      const answer = onceWithin(timeout, (error, result?: unknown) => {
        if (error && mysql.faultOf(error) === 'lost') {
          breaker.failed()
          raw.destroy()
        } else breaker.succeeded()
        done(error, result)
      })
      // mysql2's types know one overload of query and another of execute, not their union.
      const speak = raw[verb].bind(raw) as unknown as Send
      speak(text, values, answer)
    }
  return {
    query: send('query'),
    execute: send('execute'),
    release: () => raw.release(),
    destroy: () => raw.destroy(),
    get threadId() {
      return raw.threadId ?? 0
    },
  }
}

/** Calls `done` once: with what came, or with a time-out. The function it gives tells whether anybody still listened. */
function onceWithin<T>(limit: Milliseconds, done: (error: unknown, value?: T) => void) {
  let open = true
  const timer = setTimeout(() => {
    open = false
    done(Object.assign(new Error('the database did not answer in time'), { code: 'DATABASE_TIMEOUT' }))
  }, limit)
  return (error: unknown, value?: T): boolean => {
    if (!open) return false
    open = false
    clearTimeout(timer)
    done(error, value)
    return true
  }
}

function take(getConnection: GetConnection): Promise<LimitedConnection> {
  return new Promise((resolve, reject) => {
    getConnection((error, connection) => (connection ? resolve(connection) : reject(error)))
  })
}

function send<T>(
  connection: LimitedConnection,
  verb: 'query' | 'execute',
  text: string,
  values: readonly unknown[],
): Promise<T> {
  return new Promise((resolve, reject) => {
    connection[verb](text, values, (error, result) => (error ? reject(error) : resolve(result as T)))
  })
}
