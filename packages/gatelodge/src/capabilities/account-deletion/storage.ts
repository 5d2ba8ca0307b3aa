// All rows of an account, whichever table they stand in: this is the one place that removes them.
import { sql } from 'kysely'
import type { Dialect } from '../../database/dialect.ts'
import type { Store } from '../../database/transaction.ts'

const batch = 1_000

export const closedAccounts = {
  /** Those whose time is over, in the order of their ids: the next ones behind the last. */
  async over(store: Store, now: number, behind: Buffer = Buffer.alloc(0)): Promise<Buffer[]> {
    const rows = await store
      .selectFrom('gatelodge_accounts')
      .select('id')
      .where('deletes_at', '<=', now)
      .where('id', '>', behind)
      .orderBy('id')
      .limit(100)
      .execute()
    return rows.map(({ id }) => id)
  },

  /** From here on no link brings it back, whatever another copy's clock says. @returns whether its time is over. */
  async shut(store: Store, { updateLock }: Dialect, id: Buffer, now: number): Promise<boolean> {
    const { rows } = await sql`
      select id from gatelodge_accounts where id = ${id} and deletes_at <= ${now} ${updateLock}`.execute(store)
    if (rows.length === 0) return false
    await store.updateTable('gatelodge_accounts').set({ deletes_at: 0 }).where('id', '=', id).execute()
    return true
  },

  /** At most a thousand rows of each table. @returns how many were removed. */
  async removeSome(store: Store, accountId: Buffer): Promise<number> {
    let removed = 0
    for (const table of namedById) removed += await removeById(store, table, accountId)
    for (const table of namedByToken) removed += await removeByToken(store, table, accountId)
    return removed
  },

  async removeItself(store: Store, accountId: Buffer): Promise<void> {
    // Whose address nobody has verified is perhaps not the one who was invited: that invitation must stay.
    await store
      .deleteFrom('gatelodge_invitations')
      .where('email_key', '=', (query) =>
        query
          .selectFrom('gatelodge_accounts')
          .select('email_key')
          .where('id', '=', accountId)
          .where('verified_at', 'is not', null),
      )
      .execute()
    await store.deleteFrom('gatelodge_bulk_accounts').where('account_id', '=', accountId).execute()
    await store.deleteFrom('gatelodge_group_members').where('account_id', '=', accountId).execute()
    await store.deleteFrom('gatelodge_totp').where('account_id', '=', accountId).execute()
    await store.deleteFrom('gatelodge_passwords').where('account_id', '=', accountId).execute()
    await store.deleteFrom('gatelodge_accounts').where('id', '=', accountId).execute()
  },
}

/** The tables of an account's data, by the column that names a row. */
const namedById = [
  'gatelodge_emails',
  'gatelodge_recovery_codes',
  'gatelodge_passkeys',
  'gatelodge_connections',
] as const
const namedByToken = [
  'gatelodge_tokens',
  'gatelodge_sessions',
  'gatelodge_logins_under_way',
  'gatelodge_trusted_devices',
] as const

async function removeById(store: Store, table: (typeof namedById)[number], accountId: Buffer): Promise<number> {
  const rows = await store.selectFrom(table).select('id').where('account_id', '=', accountId).limit(batch).execute()
  const ids = rows.map(({ id }) => id)
  if (ids.length > 0) await store.deleteFrom(table).where('id', 'in', ids).execute()
  return ids.length
}

async function removeByToken(store: Store, table: (typeof namedByToken)[number], accountId: Buffer): Promise<number> {
  const rows = await store
    .selectFrom(table)
    .select('token_hash')
    .where('account_id', '=', accountId)
    .limit(batch)
    .execute()
  const hashes = rows.map((row) => row.token_hash)
  if (hashes.length > 0) await store.deleteFrom(table).where('token_hash', 'in', hashes).execute()
  return hashes.length
}
