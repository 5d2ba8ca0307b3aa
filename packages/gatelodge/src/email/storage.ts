// The emails table.
import { type ExpressionBuilder, sql } from 'kysely'
import type { EmailRow, Tables } from '../database/schema.ts'
import type { Store } from '../database/transaction.ts'
import type { Tries } from '../identity/attempts/rules.ts'
import { days, hours, type Milliseconds } from '../time.ts'
import type { EmailState } from './state.ts'
import type { EmailKind } from './template.ts'

const batch = 1_000
/** So long the operator can look up what became of an email. */
const kept: Milliseconds = days(7)

/** Made before the first try of the transaction that it belongs to. */
export interface PreparedEmail {
  id: Buffer
  kind: EmailKind
  accountId: Buffer | null
  sealed: string
  goodUntil: number
  /** What a notice is counted under, where nobody has confirmed the address. */
  tries?: Tries | undefined
}

export interface StoredEmail {
  id: Buffer
  accountId: Buffer | null
  kind: EmailKind
  sealed: string
  createdAt: number
  goodUntil: number
  dueAt: number | null
  tries: number
  sentAt: number | null
  failedAt: number | null
  failure: string | null
  /** A copy took it and has not said what became of it: it may have been sent. */
  isUnderWay: boolean
}

/** An email as someone saw it, or took it. */
type Taken = Pick<StoredEmail, 'id' | 'dueAt'>

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
      .values(rowOf(message, now, dueAt))
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

  /** In the order of their ids, so that copies which take them in a transaction never wait for one another. */
  async due(store: Store, now: number, most: number): Promise<StoredEmail[]> {
    const rows = await store
      .selectFrom('gatelodge_emails')
      .selectAll()
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .limit(most)
      .execute()
    return rows.sort((left, right) => left.id.compare(right.id)).map(fromRow)
  },

  /**
   * One conditional write before the email is sent: of several copies, one gets it, and for so long nobody else. A try
   * without a failure is the mark of an email that is under way. @returns whether it is ours.
   */
  async take(store: Store, seen: Taken, until: number): Promise<boolean> {
    const { numUpdatedRows } = await store
      .updateTable('gatelodge_emails')
      .set((row) => ({ due_at: until, tries: row('tries', '+', 1), failure: null }))
      .where(isStill(seen))
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },

  /** What it said is gone with it. */
  async setSent(store: Store, ids: Buffer[], now: number): Promise<void> {
    const left = { sealed: '', due_at: null, sent_at: now, failure: null }
    await store.updateTable('gatelodge_emails').set(left).where('id', 'in', ids).execute()
  },

  async setDelayed(store: Store, taken: Taken, dueAt: number, failure: string): Promise<void> {
    await store.updateTable('gatelodge_emails').set({ due_at: dueAt, failure }).where(isStill(taken)).execute()
  },

  /** @param isKept what it says stays until its time is over, so that it can be sent again. */
  async setFailed(store: Store, taken: Taken, now: number, failure: string, isKept: boolean): Promise<void> {
    const lost = { due_at: null, failed_at: now, failure, ...(!isKept && { sealed: '' }) }
    await store.updateTable('gatelodge_emails').set(lost).where(isStill(taken)).execute()
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
    return rows.map(fromRow)
  },

  /** A page of the same list. */
  async page(store: Store, { state, before, most }: EmailsWanted): Promise<StoredEmail[]> {
    let query = store.selectFrom('gatelodge_emails').selectAll().where('good_until', '>', 0)
    if (before) query = query.where('id', '<', before)
    if (state === 'kept') query = query.where((row) => row.and({ due_at: null, sent_at: null, failed_at: null }))
    else if (state) query = query.where(momentOf[state], 'is not', null)
    const rows = await query.orderBy('id', 'desc').limit(most).execute()
    return rows.map(fromRow)
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
    return row && fromRow(row)
  },

  async ofAccount(store: Store, accountId: Buffer): Promise<StoredEmail[]> {
    const rows = await store
      .selectFrom('gatelodge_emails')
      .selectAll()
      .where('account_id', '=', accountId)
      .orderBy('id')
      .execute()
    return rows.map(fromRow)
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

function isStill({ id, dueAt }: Taken) {
  return (row: ExpressionBuilder<Tables, 'gatelodge_emails'>) => row.and({ id, due_at: dueAt })
}

function rowOf({ id, accountId, kind, sealed, goodUntil }: PreparedEmail, now: number, dueAt: number | null): EmailRow {
  return {
    id,
    account_id: accountId,
    kind,
    sealed,
    created_at: now,
    good_until: goodUntil,
    due_at: dueAt,
    tries: 0,
    sent_at: null,
    failed_at: null,
    failure: null,
  }
}

function fromRow(row: EmailRow): StoredEmail {
  return {
    id: row.id,
    accountId: row.account_id,
    kind: row.kind as EmailKind,
    sealed: row.sealed,
    createdAt: Number(row.created_at),
    goodUntil: Number(row.good_until),
    dueAt: moment(row.due_at),
    tries: row.tries,
    sentAt: moment(row.sent_at),
    failedAt: moment(row.failed_at),
    failure: row.failure,
    isUnderWay: row.due_at !== null && row.tries > 0 && row.failure === null,
  }
}

function moment(value: number | null): number | null {
  return value === null ? null : Number(value)
}
