// What delivery does to the emails table: of several copies, one takes an email and writes down what became of it.
import type { ExpressionBuilder } from 'kysely'
import type { Tables } from '../database/schema.ts'
import type { Store } from '../database/transaction.ts'
import { emailFrom, type StoredEmail } from './row-storage.ts'

/** An email as someone saw it, or took it. */
type Taken = Pick<StoredEmail, 'id' | 'dueAt'>

export const deliveryRows = {
  /** In the order of their ids, so that copies which take them in a transaction never wait for one another. */
  async due(store: Store, now: number, most: number): Promise<StoredEmail[]> {
    const rows = await store
      .selectFrom('gatelodge_emails')
      .selectAll()
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .limit(most)
      .execute()
    return rows.sort((left, right) => left.id.compare(right.id)).map(emailFrom)
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
}

function isStill({ id, dueAt }: Taken) {
  return (row: ExpressionBuilder<Tables, 'gatelodge_emails'>) => row.and({ id, due_at: dueAt })
}
