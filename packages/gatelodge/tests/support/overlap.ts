// Two pieces of work at the same moment, each time the same: one is held before a chosen statement, while the other goes as
// far as it can.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Dialect } from 'kysely'
import { type Database, fromDriver } from '../../src/database/connect.ts'
import type { Driver } from '../../src/database/driver.ts'
import { spied } from './spied-database.ts'

export interface Overlap {
  database: Database
  /**
   * @param at the statement of the held one (from 1, BEGIN and COMMIT among them) before which it waits: until the other is
   *   done, or stands where it may have to wait for what the held one has locked.
   * @returns undefined where the held one has no such statement; then the other was not started.
   */
  of<Held, Other>(
    at: number,
    held: () => Promise<Held>,
    other: () => Promise<Other>,
  ): Promise<[Held, Other] | undefined>
}

interface Meeting {
  at: number
  count: number
  /** Whether the held one may keep the other from going on. */
  hasLocked: boolean
  arrive(): void
  go: Promise<void>
  mayWait(): void
}

/** What locks rows on MySQL. */
const locking = /^\s*(?:insert|update|delete)|for update|for share|lock in share mode/i

export function overlapping(driver: Driver): Overlap {
  const parts = new AsyncLocalStorage<'held' | 'other'>()
  const isEmbedded = driver.dialect.name === 'sqlite'
  let meeting: Meeting | undefined

  async function beforeStatement(text: string): Promise<void> {
    if (!meeting || parts.getStore() !== 'held') return
    meeting.count += 1
    if (meeting.count === meeting.at) {
      // With SQLite there is one connection that writes, and anyone who holds it holds all; the look-up of sessions has its own.
      if (isEmbedded) meeting.hasLocked = !text.includes('session.token_hash')
      meeting.arrive()
      await meeting.go
    }
    if (/^(?:commit|rollback)/i.test(text)) meeting.hasLocked = false
    else if (locking.test(text)) meeting.hasLocked = true
  }

  function atOther(mayWait: boolean): void {
    if (mayWait && meeting?.hasLocked && parts.getStore() === 'other') meeting.mayWait()
  }

  const watched = spied(
    noticing(driver, () => atOther(isEmbedded)),
    async (work, text) => {
      await beforeStatement(text)
      const result = work()
      atOther(locking.test(text))
      return result
    },
  )
  const database = fromDriver(watched)
  return {
    database: {
      ...database,
      transact(...call) {
        atOther(isEmbedded)
        return database.transact(...call)
      },
    },
    async of(at, held, other) {
      const arrived = Promise.withResolvers<true>()
      const gate = Promise.withResolvers<void>()
      const blocked = Promise.withResolvers<void>()
      const own = { arrive: () => arrived.resolve(true), go: gate.promise, mayWait: () => blocked.resolve() }
      meeting = { at, count: 0, hasLocked: false, ...own }
      const first = parts.run('held', held)
      if (!(await Promise.race([arrived.promise, first.then(() => false)]))) {
        meeting = undefined
        return undefined
      }
      const second = parts.run('other', other)
      await Promise.race([second, blocked.promise])
      gate.resolve()
      const both = await Promise.all([first, second])
      meeting = undefined
      return both
    },
  }
}

/** @param onAsk whenever a statement is made, before there is a connection to send it through. */
function noticing(driver: Driver, onAsk: () => void): Driver {
  const { kyselyDialect } = driver
  const createQueryCompiler = () => {
    const made = kyselyDialect.createQueryCompiler()
    const compile = made.compileQuery.bind(made)
    made.compileQuery = (...call) => {
      onAsk()
      return compile(...call)
    }
    return made
  }
  const rest: Dialect = {
    createAdapter: () => kyselyDialect.createAdapter(),
    createDriver: () => kyselyDialect.createDriver(),
    createIntrospector: (db) => kyselyDialect.createIntrospector(db),
    createQueryCompiler,
  }
  return { ...driver, kyselyDialect: rest }
}
