// The tables of app codes and of recovery codes.
import { momentFrom } from '../../database/moment.ts'
import type { Store } from '../../database/transaction.ts'
import type { HashedCode } from './recovery-codes.ts'

export interface StoredTotp {
  /** Sealed. */
  secret: string
  lastStep: number
  createdAt: number
  lastUsedAt: number | null
}

export const factorRows = {
  async findTotp(store: Store, accountId: Buffer): Promise<StoredTotp | undefined> {
    const row = await store
      .selectFrom('gatelodge_totp')
      .selectAll()
      .where('account_id', '=', accountId)
      .executeTakeFirst()
    return (
      row && {
        secret: row.secret,
        lastStep: Number(row.last_step),
        createdAt: Number(row.created_at),
        lastUsedAt: momentFrom(row.last_used_at),
      }
    )
  },

  /** Confirmed already: a row that is there counts. A second one is the primary key's to refuse. */
  async insertTotp(store: Store, accountId: Buffer, totp: Omit<StoredTotp, 'lastUsedAt'>): Promise<void> {
    const { secret, lastStep, createdAt } = totp
    await store
      .insertInto('gatelodge_totp')
      .values({ account_id: accountId, secret, last_step: lastStep, created_at: createdAt, last_used_at: null })
      .execute()
  },

  /** One statement: of many at once, one takes a step, and nobody takes one before it. @returns whether it was taken. */
  async takeStep(store: Store, accountId: Buffer, step: number, now: number): Promise<boolean> {
    const { numUpdatedRows } = await store
      .updateTable('gatelodge_totp')
      .set({ last_step: step, last_used_at: now })
      .where('account_id', '=', accountId)
      .where('last_step', '<', step)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },

  async unusedCodes(store: Store, accountId: Buffer): Promise<HashedCode[]> {
    return store
      .selectFrom('gatelodge_recovery_codes')
      .select(['id', 'hash'])
      .where('account_id', '=', accountId)
      .where('used_at', 'is', null)
      .execute()
  },

  async countUnused(store: Store, accountId: Buffer): Promise<number> {
    const { left } = await store
      .selectFrom('gatelodge_recovery_codes')
      .select(({ fn }) => fn.countAll().as('left'))
      .where('account_id', '=', accountId)
      .where('used_at', 'is', null)
      .executeTakeFirstOrThrow()
    return Number(left)
  },

  /**
   * One statement: of many at once, one takes it. Our own mark on it means that an earlier try of ours had worked.
   * @returns whether it was taken.
   */
  async takeCode(store: Store, id: Buffer, by: Buffer, now: number): Promise<boolean> {
    const { numUpdatedRows } = await store
      .updateTable('gatelodge_recovery_codes')
      .set({ used_at: now, used_by: by })
      .where('id', '=', id)
      .where((row) => row.or([row('used_by', 'is', null), row('used_by', '=', by)]))
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },

  /** The set before is void. The caller holds the account's row. */
  async replaceCodes(store: Store, accountId: Buffer, hashed: HashedCode[], now: number): Promise<void> {
    await store.deleteFrom('gatelodge_recovery_codes').where('account_id', '=', accountId).execute()
    const rows = hashed.map(({ id, hash }) => ({ id, account_id: accountId, hash, created_at: now }))
    await store
      .insertInto('gatelodge_recovery_codes')
      .values(rows.map((row) => ({ ...row, used_at: null, used_by: null })))
      .execute()
  },

  /** A set that was made at that moment or later; the set, where none is given. @returns whether there was one. */
  async removeCodes(store: Store, accountId: Buffer, since = 0): Promise<boolean> {
    const { numDeletedRows } = await store
      .deleteFrom('gatelodge_recovery_codes')
      .where('account_id', '=', accountId)
      .where('created_at', '>=', since)
      .executeTakeFirst()
    return numDeletedRows > 0n
  },

  /** Whether an earlier try has stored this set. */
  async hasCode(store: Store, id: Buffer): Promise<boolean> {
    const row = await store.selectFrom('gatelodge_recovery_codes').select('id').where('id', '=', id).executeTakeFirst()
    return row !== undefined
  },

  /** @returns whether there was one. */
  async removeTotp(store: Store, accountId: Buffer): Promise<boolean> {
    const { numDeletedRows } = await store
      .deleteFrom('gatelodge_totp')
      .where('account_id', '=', accountId)
      .executeTakeFirst()
    return numDeletedRows > 0n
  },
}
