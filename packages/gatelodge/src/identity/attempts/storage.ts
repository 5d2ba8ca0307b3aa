// The attempts table. A try is counted by one conditional write, so that of many at once no more get through than there
// is room for, whichever copy of the program they reach.
import { type RawBuilder, sql } from 'kysely'
import type { Dialect } from '../../database/dialect.ts'
import type { Store } from '../../database/transaction.ts'
import { type Budget, believable, longestWait, triesToLongest } from './budgets.ts'

const batch = 1_000

export interface Counted {
  key: Buffer
  budget: Budget
}

export const attempts = {
  /** The moment until which all of them have to wait: the latest, or 0. */
  async waitsUntil(store: Store, tries: Counted[], now: number): Promise<number> {
    const keys = tries.map(({ key }) => key)
    const found = await store
      .selectFrom('gatelodge_attempts')
      .select(['attempt_key', 'waits_until'])
      .where('attempt_key', 'in', keys)
      .execute()
    const waits = found.map((row) => {
      const counted = tries.find(({ key }) => key.equals(row.attempt_key))
      return counted ? inForce(Number(row.waits_until), counted.budget, now) : 0
    })
    return Math.max(0, ...waits)
  },

  /**
   * The same for one, inside a transaction: waits for anyone who is counting it at this moment, and holds them off until COMMIT.
   * @returns undefined where nothing is counted.
   */
  async lockedUntil(
    store: Store,
    { shareLock }: Dialect,
    { key, budget }: Counted,
    now: number,
  ): Promise<number | undefined> {
    const { rows } = await sql<{ waits_until: number }>`
      select waits_until from gatelodge_attempts where attempt_key = ${key} ${shareLock}`.execute(store)
    return rows[0] && inForce(Number(rows[0].waits_until), budget, now)
  },

  /** @returns whether there was room for this try. Where there was none, nothing has changed. */
  async count(store: Store, { orIgnore }: Dialect, key: Buffer, budget: Budget, now: number): Promise<boolean> {
    if (await countOneMore(store, key, budget, now)) return true
    const { waitsUntil, forgottenAt } = columnsAfter(sql`1`, budget, now, sql`${now + budget.memory}`)
    const { numAffectedRows } = await sql`
      insert ${orIgnore} into gatelodge_attempts (attempt_key, tries, waits_until, forgotten_at)
      values (${key}, 1, ${waitsUntil}, ${forgottenAt})`.execute(store)
    // Someone else was first between the two: there is a row now, and it decides.
    return (numAffectedRows ?? 0n) > 0n || countOneMore(store, key, budget, now)
  },

  /** How many are counted now. */
  async tries(store: Store, key: Buffer): Promise<number> {
    const row = await store
      .selectFrom('gatelodge_attempts')
      .select('tries')
      .where('attempt_key', '=', key)
      .executeTakeFirst()
    return row?.tries ?? 0
  },

  async forget(store: Store, key: Buffer): Promise<void> {
    await store.deleteFrom('gatelodge_attempts').where('attempt_key', '=', key).execute()
  },

  /** @returns how many rows left. */
  async purge(store: Store, now: number): Promise<number> {
    const old = await store
      .selectFrom('gatelodge_attempts')
      .select('attempt_key')
      .where('forgotten_at', '<=', now)
      .limit(batch)
      .execute()
    if (old.length === 0) return 0
    const keys = old.map((row) => row.attempt_key)
    // Asked again: a count may have started again meanwhile.
    const { numDeletedRows } = await store
      .deleteFrom('gatelodge_attempts')
      .where('attempt_key', 'in', keys)
      .where('forgotten_at', '<=', now)
      .executeTakeFirst()
    return Number(numDeletedRows)
  },
}

async function countOneMore(store: Store, key: Buffer, budget: Budget, now: number): Promise<boolean> {
  const kept = Math.max(budget.memory, longestWait(budget))
  const isOld = sql`(forgotten_at <= ${now} or forgotten_at > ${believable(kept, now)})`
  const tries = sql`case when ${isOld} then 1 else tries + 1 end`
  const windowEnd = sql`case when ${isOld} then ${now + budget.memory} else forgotten_at end`
  const { waitsUntil, forgottenAt } = columnsAfter(tries, budget, now, windowEnd)
  const latest = believable(longestWait(budget), now)
  // MySQL assigns from left to right and reads what it has assigned already; SQLite reads the old row throughout.
  const { numAffectedRows } = await sql`
    update gatelodge_attempts
    set waits_until = ${waitsUntil}, tries = ${tries}, forgotten_at = ${forgottenAt}
    where attempt_key = ${key} and (waits_until <= ${now} or waits_until > ${latest})`.execute(store)
  return (numAffectedRows ?? 0n) > 0n
}

function inForce(waitsUntil: number, budget: Budget, now: number): number {
  return waitsUntil > believable(longestWait(budget), now) ? 0 : waitsUntil
}

type Expression = RawBuilder<unknown>

function columnsAfter(tries: Expression, budget: Budget, now: number, windowEnd: Expression) {
  const { free, doubling, memory } = budget
  if (!doubling) {
    return { waitsUntil: sql`case when ${tries} >= ${free} then ${windowEnd} else 0 end`, forgottenAt: windowEnd }
  }
  const longestAt = triesToLongest(budget)
  const waitsUntil = sql`case
    when ${tries} < ${free} then 0
    when ${tries} >= ${longestAt} then ${now + doubling.longest}
    else ${now} + ${doubling.first} * (1 << (${tries} - ${free})) end`
  // Never forgotten while someone waits.
  return { waitsUntil, forgottenAt: sql`${now + Math.max(memory, doubling.longest)}` }
}
