// The emails table: what is queued, looked up and removed. Taking an email to send it: delivery-storage.ts.
import { sql } from 'kysely'
import type { Store } from '../database/transaction.ts'
import { days, hours, type Milliseconds } from '../time.ts'
import { emailFrom, newRow, type PreparedEmail, type StoredEmail } from './row-storage.ts'
import type { EmailState } from './state.ts'

const batch = 1_000
/** So long the operator can look up what became of an email. */
const kept: Milliseconds = days(7)

export interface EmailsWanted {
  state?: EmailState | undefined
  /** Those that are older than that one. */
  before?: Buffer | undefined
  most: number
}

/** The column that is set in each state. */
const momentOf = { waiting: 'due_at', sent: 'sent_at', failed: 'failed_at' } as const

interface Posted {
  now: number
  dueAt: number | null
}

export const emailRows = {
  async insert(store: Store, message: PreparedEmail, { now, dueAt }: Posted): Promise<void> {
    await store
      .insertInto('gatelodge_emails')
      .values(newRow(message, now, dueAt))
      .execute()
  },

  /**
   * One conditional write: nothing appears where the account has had so many of that kind within a day. The caller holds
   * the account's row, so that of many at once each sees the others.
   */
  async insertCapped(
    store: Store,
    message: PreparedEmail,
    { now, dueAt, most }: Posted & { most: number },
  ): Promise<boolean> {
    const { id, accountId, kind, sealed, goodUntil } = message
    // A derived table, because MySQL would not insert into what it counts.
    const { numAffectedRows } = await sql`
      insert into gatelodge_emails (id, account_id, kind, sealed, created_at, good_until, due_at, tries)
      select ${id}, ${accountId}, ${kind}, ${sealed}, ${now}, ${goodUntil}, ${dueAt}, 0
      from (
        select count(*) as already from gatelodge_emails
        where account_id = ${accountId} and kind = ${kind} and created_at > ${now - hours(24)}
      ) counted where already < ${most}`.execute(store)
    return numAffectedRows !== 0n
  },

  /** One conditional write: of two who want it at once, one gets it. @returns whether it waits again, as if it were new. */
  async setWaitingAgain(store: Store, id: Buffer, now: number): Promise<boolean> {
    const { numUpdatedRows } = await store
      .updateTable('gatelodge_emails')
      .set({ due_at: now, tries: 0, failed_at: null, failure: null })
      .where('id', '=', id)
      .where('failed_at', 'is not', null)
      .where('sealed', '!=', '')
      .where('good_until', '>', now)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },

  /** The newest in front, without those that never leave: anyone who asks for thousands of nobody's would push the others out of sight. */
  async latest(store: Store, most: number): Promise<StoredEmail[]> {
    const rows = await store
      .selectFrom('gatelodge_emails')
      .selectAll()
      .where('good_until', '>', 0)
      .orderBy('id', 'desc')
      .limit(most)
      .execute()
    return rows.map(emailFrom)
  },

  /** A page of the same list. */
  async page(store: Store, { state, before, most }: EmailsWanted): Promise<StoredEmail[]> {
    let query = store.selectFrom('gatelodge_emails').selectAll().where('good_until', '>', 0)
    if (before) query = query.where('id', '<', before)
    if (state === 'kept') query = query.where((row) => row.and({ due_at: null, sent_at: null, failed_at: null }))
    else if (state) query = query.where(momentOf[state], 'is not', null)
    const rows = await query.orderBy('id', 'desc').limit(most).execute()
    return rows.map(emailFrom)
  },

  /** When those were written that still have to be sent, at most that many. */
  async waitingSince(store: Store, most: number): Promise<number[]> {
    const rows = await store
      .selectFrom('gatelodge_emails')
      .select('created_at')
      .where('due_at', 'is not', null)
      .orderBy('due_at')
      .limit(most)
      .execute()
    return rows.map((row) => Number(row.created_at))
  },

  async find(store: Store, id: Buffer): Promise<StoredEmail | undefined> {
    const row = await store.selectFrom('gatelodge_emails').selectAll().where('id', '=', id).executeTakeFirst()
    return row && emailFrom(row)
  },

  async ofAccount(store: Store, accountId: Buffer): Promise<StoredEmail[]> {
    const rows = await store
      .selectFrom('gatelodge_emails')
      .selectAll()
      .where('account_id', '=', accountId)
      .orderBy('id')
      .execute()
    return rows.map(emailFrom)
  },

  /** What those said that failed and are not worth sending any more. @returns of how many it is gone now. */
  async forgetFailed(store: Store, now: number): Promise<number> {
    const over = await store
      .selectFrom('gatelodge_emails')
      .select('id')
      .where('failed_at', 'is not', null)
      .where('good_until', '<=', now)
      .where('sealed', '!=', '')
      .limit(batch)
      .execute()
    const ids = over.map((row) => row.id)
    if (ids.length > 0) await store.updateTable('gatelodge_emails').set({ sealed: '' }).where('id', 'in', ids).execute()
    return ids.length
  },

  /** @returns how many rows left. Ids sort by time, so the oldest stand first in the table's own order. */
  async purge(store: Store, now: number): Promise<number> {
    const oldest = await store
      .selectFrom('gatelodge_emails')
      .select(['id', 'created_at'])
      .orderBy('id')
      .limit(batch)
      .execute()
    const ids = oldest.filter((row) => Number(row.created_at) < now - kept).map((row) => row.id)
    if (ids.length > 0) await store.deleteFrom('gatelodge_emails').where('id', 'in', ids).execute()
    return ids.length
  },
}
