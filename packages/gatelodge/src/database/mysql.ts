// MySQL and MariaDB through mysql2, with a limit on every wait: for a connection, for a free one, for a statement.
import { createPool, type Pool } from 'mysql2'
import { mysqlPort, serverUrl } from '../config/addresses.ts'
import { type Clock, type Milliseconds, seconds } from '../time.ts'
import { createBreaker } from './breaker.ts'
import { mysql } from './dialect.ts'
import type { Driver, HostState, ReadRow } from './driver.ts'
import { probeHost } from './host-probe.ts'
import { type Hosts, hostsOf } from './mysql-hosts.ts'
import { kyselyOnMysql, readOnce } from './mysql-kysely.ts'
import { type LaneOptions, lanesOf } from './mysql-pool.ts'

export interface MysqlOptions {
  url: string
  connections: number
  timeout: Milliseconds
  clock: Clock
  /** Of several hosts: called for each new writer, and when there is none. */
  onHosts?: ((states: HostState[]) => void) | undefined
  /** For tests: transactions hold at other levels than READ COMMITTED, too. */
  isolation?: 'read committed' | 'repeatable read'
}

/** mysql2 compiles a reader of rows for each statement, which is quicker; not where Node forbids that (ASVS V1.3.2). */
const makesNoCodeOfText = process.execArgv.includes('--disallow-code-generation-from-strings')

/** On each connection; the oldest is given back to the server, which has a limit for all of them together. */
const mostPrepared = 64

/** So long a host may take for each statement that asks what it is in its cluster. */
const longestProbe: Milliseconds = seconds(1.5)

export function connectMysql(options: MysqlOptions): Driver {
  const { timeout } = options
  const servers = serversOf(options.url).map((server) => ({ server, pool: poolOf(server, options) }))
  const [only, ...others] = servers
  const hosts = others.length > 0 ? severalHosts(servers, options) : undefined
  const lanes = hosts ?? lanesOf((only as (typeof servers)[0]).pool, laneOptions(options))
  const end = async () => {
    await Promise.all(servers.map(({ pool }) => endOf(pool)))
  }

  return {
    dialect: mysql,
    timeout,
    kyselyDialect: kyselyOnMysql(lanes, end),
    read: (text, values) => readOnce(lanes, text, values) as Promise<ReadRow[]>,
    isAway: lanes.isAway,
    ...(hosts && { readElsewhere: readElsewhere(hosts), hosts: hosts.states }),
    async check() {
      await readOnce(lanes, 'select 1', [])
    },
    async close() {},
  }
}

type Server = ReturnType<typeof serversOf>[number]

function poolOf(server: Server, { timeout, connections }: MysqlOptions): Pool {
  return createPool({
    ...server,
    charset: 'utf8mb4_bin',
    connectTimeout: timeout,
    connectionLimit: connections,
    maxPreparedStatements: mostPrepared,
    supportBigNumbers: true,
    // Dates are milliseconds in whole numbers here; nothing is to be made of a column's type.
    typeCast: true,
    disableEval: makesNoCodeOfText,
  })
}

function laneOptions({ connections, timeout, clock, isolation = 'read committed' }: MysqlOptions): LaneOptions {
  return { connections, timeout, clock, isolation }
}

/** One pool and one breaker each. */
function severalHosts(servers: { server: Server; pool: Pool }[], options: MysqlOptions): Hosts {
  const limit = Math.min(options.timeout, longestProbe)
  const hosts: Hosts = hostsOf(
    servers.map(({ server, pool }) => {
      const name = `${server.host.includes(':') ? `[${server.host}]` : server.host}:${server.port}`
      const breaker = createBreaker(options.clock)
      const lanes = lanesOf(pool, { ...laneOptions(options), breaker, onDoubt: () => hosts.doubt(name) })
      return { name, lanes, probe: () => probeHost(server, limit), isWell: breaker.succeeded }
    }),
    options.onHosts ?? (() => {}),
  )
  return hosts
}

function readElsewhere(hosts: Hosts): NonNullable<Driver['readElsewhere']> {
  return async (text, values) => {
    const found = await hosts.elsewhere()
    if (!found) return undefined
    try {
      return { rows: (await found.connection.send(text, values)) as ReadRow[], isWhole: found.isWriter }
    } finally {
      found.connection.release()
    }
  }
}

function endOf(pool: Pool): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    pool.end((error) => (error ? reject(error) : resolve()))
  })
}

/** How to connect to each of the hosts that the URL names, in its order. */
export function serversOf(text: string) {
  const { servers, user, password, path, query } = serverUrl(text)
  const login = { user, password, database: path }
  // With a list, mysql2 compares each certificate with the name of its own host.
  const ssl = query.get('tls') === 'required' ? { ssl: { rejectUnauthorized: true, verifyIdentity: true } } : {}
  return servers.map(({ host, port = mysqlPort }) => ({ host, port, ...login, ...ssl }))
}
