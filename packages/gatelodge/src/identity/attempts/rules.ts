// Waits, not locks: anyone who guesses has to wait longer and longer, and nobody can keep an account's owner out, because a
// device on which they have logged in before is counted by itself. Rows in the database, so that all copies agree.
import type { Settings } from '../../config/schema.ts'
import type { Database } from '../../database/connect.ts'
import type { Store } from '../../database/transaction.ts'
import type { Clock, Milliseconds } from '../../time.ts'
import { type Address, parseAddress } from '../accounts/address.ts'
import type { Audit } from '../audit/rules.ts'
import type { AuditRecord } from '../audit/storage.ts'
import type { Sealing } from '../sealing.ts'
import { type Budget, budgetsOf } from './budgets.ts'
import { networkOf } from './network.ts'
import { type Counted, attempts as rows } from './storage.ts'

/** What one try is counted under. */
export type Tries = Counted[]

/** An outcome of whatever is counted: not looked at, or nothing of it done. */
export interface RateLimited {
  kind: 'rate-limited'
  /** Until it may be tried again. */
  wait: Milliseconds
}

/** Thrown inside a transaction: there was no room left, so nothing of it happens. */
class NoRoom extends Error {}

export interface Attempts {
  /**
   * A log-in is counted under the account (whether or not there is one) and under the client's network; with a device that
   * is known to the account, under that device alone.
   */
  ofLogin(typedAddress: string, clientAddress: string, knownDevice: string | undefined): Tries
  /** Under the session: anyone who holds a stolen one must not keep its owner from a new password, which would end it. */
  ofPasswordChange(sessionTokenHash: Buffer): Tries
  /** What strangers may have counted for an account at log-in. */
  ofAccount(address: Address): Tries
  /** An act of one capability, by its own limit: under an account, or whatever else it is counted by. */
  of(act: string, whose: string, limit: Budget): Tries
  /** The same, under the client's network. */
  from(act: string, clientAddress: string, limit: Budget): Tries
  /** Before anything is looked at. @returns undefined where such a try may be made at once. */
  rateLimited(tries: Tries): Promise<RateLimited | undefined>
  /** A transaction in which count() or admit() may find that others have used up the room meanwhile. */
  within<T>(
    tries: Tries,
    work: (trx: Store) => Promise<T>,
    landed: (db: Store) => Promise<T | undefined>,
  ): Promise<T | 'duplicate' | RateLimited>
  /** Within such a transaction. */
  count(store: Store, tries: Tries): Promise<void>
  /** Counts where there is room in all of them. @returns whether there was; where not, the transaction may go on without. */
  countIfRoom(store: Store, tries: Tries): Promise<boolean>
  /** The same for a try that succeeded and is not to be counted. @returns whether there is something to forget. */
  admit(store: Store, tries: Tries): Promise<boolean>
  /** Within a transaction that counted: whether this try was the last free one, so that waits begin. */
  wasLastFree(store: Store, tries: Tries): Promise<boolean>
  /** Likewise: the count starts again. */
  forget(store: Store, tries: Tries): Promise<void>
  /** Counts a try that failed and records it, both or neither. @returns undefined where there was room for it. */
  fail(tries: Tries, record: AuditRecord): Promise<RateLimited | undefined>
  purge(): Promise<number>
}

type Wiring = { database: Database; audit: Audit; sealing: Sealing; clock: Clock; settings: Settings }

export function createAttempts({ database, audit, sealing, clock, settings }: Wiring): Attempts {
  const budgets = budgetsOf(settings)
  const keyOf = (...parts: string[]) => sealing.sign('attempt key', JSON.stringify(parts))

  /** The first statement for a right password and for a wrong one: the time of a 429 does not tell which it was. */
  async function look(store: Store, tries: Tries) {
    if ((await wait(store, tries)) > 0) throw new NoRoom()
  }

  async function wait(store: Store, tries: Tries): Promise<Milliseconds> {
    const now = clock.now()
    return Math.max(0, (await rows.waitsUntil(store, tries, now)) - now)
  }

  const attempts: Attempts = {
    ofLogin(typedAddress, clientAddress, knownDevice) {
      const address = parseAddress(typedAddress)?.normalised ?? typedAddress
      if (knownDevice) return [{ key: keyOf('login', address, 'device', knownDevice), budget: budgets.account }]
      return [
        { key: keyOf('login', address), budget: budgets.account },
        { key: keyOf('login from', networkOf(clientAddress)), budget: budgets.clientAddress },
      ]
    },
    ofPasswordChange: (sessionTokenHash) => [
      { key: keyOf('password change', sessionTokenHash.toString('hex')), budget: budgets.account },
    ],
    of: (act, whose, budget) => [{ key: keyOf(act, whose), budget }],
    from: (act, clientAddress, budget) => [{ key: keyOf(act, networkOf(clientAddress)), budget }],
    ofAccount: ({ normalised }) => [{ key: keyOf('login', normalised), budget: budgets.account }],
    async rateLimited(tries) {
      const left = await wait(database.db, tries)
      return left > 0 ? { kind: 'rate-limited', wait: left } : undefined
    },
    async within(tries, work, landed) {
      try {
        return await database.transact(work, landed)
      } catch (error) {
        if (!(error instanceof NoRoom)) throw error
        return { kind: 'rate-limited', wait: await wait(database.db, tries) }
      }
    },
    async count(store, tries) {
      // Always in the same order, the shared row last: two transactions never wait for one another.
      for (const { key, budget } of tries) {
        if (!(await rows.count(store, database.dialect, key, budget, clock.now()))) throw new NoRoom()
      }
    },
    async countIfRoom(store, tries) {
      // Asked first: a client who has no room left must not use up the room of the address that it names.
      if ((await wait(store, tries)) > 0) return false
      // Of many at once, what was counted before the one without room stays counted: never too many, perhaps one too few.
      for (const { key, budget } of tries) {
        if (!(await rows.count(store, database.dialect, key, budget, clock.now()))) return false
      }
      return true
    },
    async admit(store, tries) {
      await look(store, tries)
      // Then once more, behind those who are counting just now: of many at once, the right one has no more room than a wrong one.
      const now = clock.now()
      let isCounted = false
      for (const one of tries) {
        const waitsUntil = await rows.lockedUntil(store, database.dialect, one, now)
        if (waitsUntil !== undefined) isCounted = true
        if (waitsUntil !== undefined && waitsUntil > now) throw new NoRoom()
      }
      return isCounted
    },
    async wasLastFree(store, tries) {
      for (const { key, budget } of tries) if ((await rows.tries(store, key)) === budget.free) return true
      return false
    },
    async forget(store, tries) {
      for (const { key } of tries) await rows.forget(store, key)
    },
    async fail(tries, record) {
      const work = async (trx: Store) => {
        await look(trx, tries)
        await attempts.count(trx, tries)
        await audit.write(trx, record)
        return 'counted' as const
      }
      const landed = async (db: Store) => ((await audit.isWritten(db, record)) ? ('counted' as const) : undefined)
      const outcome = await attempts.within(tries, work, landed)
      return typeof outcome === 'string' ? undefined : outcome
    },
    purge: () => rows.purge(database.db, clock.now()),
  }
  return attempts
}
