// While the database is made ready, what others ask of it waits for that.
import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import type { Dialect as KyselyDialect, Driver as KyselyDriver } from 'kysely'
import type { Milliseconds } from '../time.ts'
import { Unavailable } from './unavailable.ts'

export interface Hold {
  /** Runs `work`, whose own statements pass; all others wait until it has ended, well or not, but no longer than that. */
  during(work: () => Promise<void>, longest: Milliseconds): Promise<void>
  /** undefined: nothing to wait for. @throws {Unavailable} where it takes too long. */
  wait(): Promise<void> | undefined
}

export function createHold(): Hold {
  const within = new AsyncLocalStorage<true>()
  let held: { ended: Promise<void>; longest: Milliseconds } | undefined
  return {
    async during(work, longest) {
      const { promise: ended, resolve: end } = Promise.withResolvers<void>()
      held = { ended, longest }
      try {
        await within.run(true, work)
      } finally {
        held = undefined
        end()
      }
    },
    wait: () => (held && !within.getStore() ? atMost(held.ended, held.longest) : undefined),
  }
}

async function atMost(ended: Promise<void>, longest: Milliseconds): Promise<void> {
  const enough = new AbortController()
  const late = pause(longest, true, { signal: enough.signal }).catch(() => false)
  const isLate = await Promise.race([ended, late])
  enough.abort()
  if (isLate) throw new Unavailable('the database is not ready yet')
}

/**
 * Kysely asks for a connection before each statement and each transaction: there it waits. Where there is one connection
 * for all, Kysely itself would take it first and wait then, and the migrations would wait for that in turn: so the
 * turns are given here.
 */
export function heldDialect(dialect: KyselyDialect, hold: Hold): KyselyDialect {
  const adapter = dialect.createAdapter()
  const turns = adapter.supportsMultipleConnections === false ? createTurns() : undefined
  Object.defineProperty(adapter, 'supportsMultipleConnections', { value: true })
  return {
    createAdapter: () => adapter,
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: () => heldDriver(dialect.createDriver(), hold, turns),
  }
}

function heldDriver(driver: KyselyDriver, hold: Hold, turns: Turns | undefined): KyselyDriver {
  return {
    init: (...all) => driver.init(...all),
    async acquireConnection(...all) {
      const waiting = hold.wait()
      if (waiting) await waiting
      await turns?.take()
      return driver.acquireConnection(...all).catch((error) => {
        turns?.giveBack()
        throw error
      })
    },
    async releaseConnection(...all) {
      await driver.releaseConnection(...all)
      turns?.giveBack()
    },
    beginTransaction: (...all) => driver.beginTransaction(...all),
    commitTransaction: (...all) => driver.commitTransaction(...all),
    rollbackTransaction: (...all) => driver.rollbackTransaction(...all),
    destroy: (...all) => driver.destroy(...all),
  }
}

interface Turns {
  /** First come, first served. */
  take(): Promise<void> | undefined
  giveBack(): void
}

function createTurns(): Turns {
  const waiting: (() => void)[] = []
  let isTaken = false
  return {
    take() {
      if (isTaken) return new Promise((resolve) => waiting.push(resolve))
      isTaken = true
      return undefined
    },
    giveBack() {
      const next = waiting.shift()
      if (next) next()
      else isTaken = false
    },
  }
}
