// Acts on several accounts: what was ordered, and what became of each account.
import { sql } from 'kysely'
import type { BulkActRow } from '../../database/schema.ts'
import type { Store } from '../../database/transaction.ts'

const batch = 1_000

export interface BulkTarget {
  accountId: Buffer
  /** `done`, or why not; null: it waits. */
  outcome: string | null
}

export const bulkRows = {
  /** A second one of that id is the primary key's to refuse: the error ends the transaction. */
  async insert(store: Store, row: BulkActRow, accounts: Buffer[]): Promise<void> {
    await store.insertInto('gatelodge_bulk_acts').values(row).execute()
    const rows = accounts.map((account_id) => ({ bulk_id: row.id, account_id, outcome: null }))
    await store.insertInto('gatelodge_bulk_accounts').values(rows).execute()
  },

  async find(store: Store, id: Buffer): Promise<BulkActRow | undefined> {
    return store.selectFrom('gatelodge_bulk_acts').selectAll().where('id', '=', id).executeTakeFirst()
  },

  /** The newest in front. @param behind the last one of the page before. */
  async latest(store: Store, most: number, behind?: Pick<BulkActRow, 'id' | 'created_at'>): Promise<BulkActRow[]> {
    let query = store.selectFrom('gatelodge_bulk_acts').selectAll()
    if (behind)
      query = query
        .where('created_at', '<=', behind.created_at)
        .where((row) => row.or([row('created_at', '<', behind.created_at), row('id', '<', behind.id)]))
    return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(most).execute()
  },

  /** Those of which accounts may wait. */
  async unfinished(store: Store, most: number): Promise<BulkActRow[]> {
    return store
      .selectFrom('gatelodge_bulk_acts')
      .selectAll()
      .where('finished_at', 'is', null)
      .orderBy('id')
      .limit(most)
      .execute()
  },

  async targets(store: Store, id: Buffer): Promise<BulkTarget[]> {
    const rows = await store.selectFrom('gatelodge_bulk_accounts').selectAll().where('bulk_id', '=', id).execute()
    return rows.map(({ account_id, outcome }) => ({ accountId: account_id, outcome }))
  },

  /** Of several acts: how many accounts each has, and how many of them still wait or were done. By the id in hexadecimal. */
  async counts(store: Store, ids: Buffer[]): Promise<Map<string, BulkCounts>> {
    if (ids.length === 0) return new Map()
    const rows = await store
      .selectFrom('gatelodge_bulk_accounts')
      .select([
        'bulk_id',
        sql<number | bigint>`count(*)`.as('accounts'),
        sql<number | bigint>`sum(case when outcome is null then 1 else 0 end)`.as('waiting'),
        sql<number | bigint>`sum(case when outcome = 'done' then 1 else 0 end)`.as('done'),
      ])
      .where('bulk_id', 'in', ids)
      .groupBy('bulk_id')
      .execute()
    return new Map(
      rows.map(({ bulk_id, ...row }) => [
        bulk_id.toString('hex'),
        { accounts: Number(row.accounts), waiting: Number(row.waiting), done: Number(row.done) },
      ]),
    )
  },

  /** In the transaction of the act on that account. @returns false: it has its outcome already. */
  async take(store: Store, id: Buffer, accountId: Buffer): Promise<boolean> {
    return settle(store, id, 'done', accountId)
  },

  /** In the same transaction, where the act was not done after all. */
  async refuse(store: Store, id: Buffer, accountId: Buffer, why: string): Promise<void> {
    await store
      .updateTable('gatelodge_bulk_accounts')
      .set({ outcome: why })
      .where('bulk_id', '=', id)
      .where('account_id', '=', accountId)
      .execute()
  },

  /** What never came to its turn. @param accountId undefined: all that wait. @returns whether there was one. */
  settle,

  /** Once no account waits. @returns whether it was this call that ended it. */
  async finish(store: Store, id: Buffer, now: number): Promise<boolean> {
    const { numUpdatedRows } = await store
      .updateTable('gatelodge_bulk_acts')
      .set({ finished_at: now })
      .where('id', '=', id)
      .where('finished_at', 'is', null)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('gatelodge_bulk_accounts')
              .select('account_id')
              .where('bulk_id', '=', id)
              .where('outcome', 'is', null),
          ),
        ),
      )
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },

  /** Some of those that were ordered before that moment, with their accounts. @returns how many. */
  async purge(store: Store, before: number): Promise<number> {
    const rows = await store
      .selectFrom('gatelodge_bulk_acts')
      .select('id')
      .where('created_at', '<', before)
      .limit(batch / 10)
      .execute()
    const ids = rows.map(({ id }) => id)
    if (ids.length === 0) return 0
    await store.deleteFrom('gatelodge_bulk_accounts').where('bulk_id', 'in', ids).execute()
    await store.deleteFrom('gatelodge_bulk_acts').where('id', 'in', ids).execute()
    return ids.length
  },
}

export interface BulkCounts {
  accounts: number
  waiting: number
  done: number
}

async function settle(store: Store, id: Buffer, outcome: string, accountId?: Buffer): Promise<boolean> {
  const { numUpdatedRows } = await store
    .updateTable('gatelodge_bulk_accounts')
    .set({ outcome })
    .where('bulk_id', '=', id)
    .where('outcome', 'is', null)
    .$if(accountId !== undefined, (query) => query.where('account_id', '=', accountId as Buffer))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
