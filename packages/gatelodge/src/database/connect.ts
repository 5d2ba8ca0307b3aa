// Opens the database that the settings name, and gives the rest of the program one shape for both kinds.
import { randomUUID } from 'node:crypto'
import { Kysely, type LogEvent } from 'kysely'
import { fileOf, inMemory } from '../config/database-place.ts'
import type { Settings } from '../config/schema.ts'
import type { Clock, Milliseconds } from '../time.ts'
import { createBreaker } from './breaker.ts'
import type { Dialect } from './dialect.ts'
import type { Driver, HostState } from './driver.ts'
import { createHold, type Hold, heldDialect } from './hold.ts'
import type { Tables } from './schema.ts'
import { type Transact, transactions } from './transaction.ts'
import { writeProbe } from './write-probe.ts'

export interface Database {
  /** Everything but the hot reads goes through Kysely. */
  db: Kysely<Tables>
  dialect: Dialect
  /** One prepared statement outside Kysely and outside any transaction: for the look-up that every page makes. */
  read: Driver['read']
  /** Of several hosts only: see `Driver`. */
  readElsewhere: Driver['readElsewhere'] | undefined
  /** Which host is the writer; undefined: there is one host, and nothing to choose. Asks nothing. */
  hosts: Driver['hosts'] | undefined
  transact: Transact
  /** Whether it is known to be away: who asks is refused at once. */
  isAway(): boolean
  /** Whether it is known to take no writes. */
  takesNoWrites(): boolean
  /** Makes all who ask wait while the tables are brought up to date. */
  hold: Hold
  /** Names this program among those that share the database, for as long as it runs. */
  copy: string
  /** @throws where the database does not answer, or takes no writes. */
  check(): Promise<void>
  close(): Promise<void>
}

export interface Watching {
  onStatement?: OnStatement | undefined
  /** Of several hosts: called for each new writer, and when there is none. */
  onHosts?: (states: HostState[]) => void
}

/** Nothing is sent yet: an app may start while its database is away. */
export async function connectDatabase(
  settings: Pick<Settings, 'databaseUrl' | 'databaseConnections' | 'databaseTimeout'>,
  clock: Clock,
  { onStatement, onHosts }: Watching = {},
): Promise<Database> {
  return fromDriver(await openDriver(settings, clock, onHosts), onStatement)
}

/** @param ms how long it took, with the wait for a connection. */
export type OnStatement = (ms: Milliseconds, isFailed: boolean) => void

export function fromDriver(driver: Driver, onStatement?: OnStatement): Database {
  const { dialect, timeout } = driver
  const hold = createHold()
  const dialectOfKysely = heldDialect(driver.kyselyDialect, hold)
  const db = new Kysely<Tables>({ dialect: dialectOfKysely, ...(onStatement && { log: kyselyLog(onStatement) }) })
  const read = onStatement ? timed(driver.read, onStatement) : driver.read
  const writes = createBreaker({ now: () => performance.now() }, 1, 'the database takes no writes')
  const askWhetherWritable = writeProbe(db, dialect, writes)
  return {
    db,
    dialect,
    read: (text, values) => {
      const waiting = hold.wait()
      return waiting ? waiting.then(() => read(text, values)) : read(text, values)
    },
    readElsewhere: driver.readElsewhere,
    hosts: driver.hosts,
    transact: transactions(db, dialect, { timeout, writes }),
    isAway: () => driver.isAway?.() ?? false,
    takesNoWrites: () => writes.isOpen(),
    hold,
    copy: randomUUID(),
    async check() {
      await driver.check()
      await askWhetherWritable()
    },
    async close() {
      await db.destroy()
      await driver.close()
    },
  }
}

const kyselyLog = (onStatement: OnStatement) => (event: LogEvent) =>
  onStatement(event.queryDurationMillis, event.level === 'error')

function timed(read: Driver['read'], onStatement: OnStatement): Driver['read'] {
  return async (text, values) => {
    const started = performance.now()
    let isFailed = true
    try {
      const rows = await read(text, values)
      isFailed = false
      return rows
    } finally {
      onStatement(performance.now() - started, isFailed)
    }
  }
}

async function openDriver(
  settings: Parameters<typeof connectDatabase>[0],
  clock: Clock,
  onHosts: Watching['onHosts'],
): Promise<Driver> {
  // Loaded only when it is the one in use: mysql2 alone takes a quarter of the start.
  const file = settings.databaseUrl === inMemory ? ':memory:' : fileOf(settings)
  if (file) {
    const { connectSqlite } = await import('./sqlite.ts')
    return connectSqlite(file)
  }
  const { connectMysql } = await import('./mysql.ts')
  const { databaseUrl: url, databaseConnections: connections, databaseTimeout: timeout } = settings
  return connectMysql({ url, connections, timeout, clock, onHosts })
}
