// Connections to MySQL or MariaDB in two lanes: what writes never holds all of them, so that a page which only reads does
// not wait behind writes that hang.
import type { Pool, PoolConnection } from 'mysql2'
import type { Clock, Milliseconds } from '../time.ts'
import { type Breaker, createBreaker } from './breaker.ts'
import { type LimitedConnection, limitedConnection, onceWithin } from './mysql-connection.ts'
import { type SessionWishes, sessionSettings } from './mysql-session.ts'
import { createPlaces } from './places.ts'
import { Unavailable } from './unavailable.ts'

export interface Lanes {
  /** Each has its settings before anyone gets it. @throws {Unavailable} where none is to be had in time. */
  take(lane: 'read' | 'write'): Promise<LimitedConnection>
  /** Whether the server is known to be away. */
  isAway(): boolean
}

export interface LaneOptions extends SessionWishes {
  connections: number
  clock: Clock
  breaker?: Breaker
  /** A connection was lost, or could not be made, or its server takes no writes: another host may be the writer by now. */
  onDoubt?: () => void
}

interface Known {
  connection: LimitedConnection
  age: number
}

/** Of the connections, so many are kept free of writes. */
export function keptForReads(connections: number): number {
  return connections < 2 ? 0 : Math.max(1, Math.floor(connections / 5))
}

export function lanesOf(pool: Pool, options: LaneOptions): Lanes {
  const { timeout, connections, clock, onDoubt } = options
  const settings = sessionSettings(options)
  const breaker = options.breaker ?? createBreaker(clock)
  const places = createPlaces(connections - keptForReads(connections), timeout)
  const known = new WeakMap<PoolConnection, Known>()
  // Where one is lost, those that were made before it are not trusted: behind one address there may be another server now.
  let age = 0

  async function connect(): Promise<LimitedConnection> {
    breaker.enter()
    try {
      for (;;) {
        const raw = await fromPool(pool, timeout)
        const found = known.get(raw)
        if (!found) return await prepared(raw)
        if (found.age === age) return found.connection
        found.connection.destroy()
      }
    } catch (error) {
      breaker.failed()
      onDoubt?.()
      throw new Unavailable('no connection to the database', { cause: error })
    }
  }

  async function prepared(raw: PoolConnection): Promise<LimitedConnection> {
    const onLost = () => {
      age += 1
    }
    const connection = limitedConnection(raw, { timeout, breaker, onLost, onDoubt })
    const made = age
    try {
      for (const text of settings) await connection.send(text, [])
    } catch (error) {
      connection.destroy()
      throw error
    }
    known.set(raw, { connection, age: made })
    return connection
  }

  return {
    isAway: breaker.isOpen,
    async take(lane) {
      if (lane === 'read') return connect()
      const leave = await places.enter()
      try {
        return releasing(await connect(), leave)
      } catch (error) {
        leave()
        throw error
      }
    },
  }
}

function fromPool(pool: Pool, timeout: Milliseconds): Promise<PoolConnection> {
  return new Promise((resolve, reject) => {
    const answer = onceWithin(timeout, (error, raw?: PoolConnection) => (raw ? resolve(raw) : reject(error as Error)))
    // A connection that comes after we stopped waiting goes straight back.
    pool.getConnection((error, raw) => answer(error, raw) || raw?.release())
  })
}

function releasing(connection: LimitedConnection, leave: () => void): LimitedConnection {
  return {
    ...connection,
    release() {
      leave()
      connection.release()
    },
  }
}
