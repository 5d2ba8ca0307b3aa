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

  /** At most a thousand rows of each table. @returns how many left. */
  async removeSome(store: Store, accountId: Buffer): Promise<number> {
    const emails = await store
      .selectFrom('gatelodge_emails')
      .select('id as key')
      .where('account_id', '=', accountId)
      .limit(batch)
      .execute()
    const tokens = await store
      .selectFrom('gatelodge_tokens')
      .select('token_hash as key')
      .where('account_id', '=', accountId)
      .limit(batch)
      .execute()
    const sessions = await store
      .selectFrom('gatelodge_sessions')
      .select('token_hash as key')
      .where('account_id', '=', accountId)
      .limit(batch)
      .execute()
    const logins = await store
      .selectFrom('gatelodge_logins_under_way')
      .select('token_hash as key')
      .where('account_id', '=', accountId)
      .limit(batch)
      .execute()
    const codes = await store
      .selectFrom('gatelodge_recovery_codes')
      .select('id as key')
      .where('account_id', '=', accountId)
      .limit(batch)
      .execute()
    const trusted = await store
      .selectFrom('gatelodge_trusted_devices')
      .select('token_hash as key')
      .where('account_id', '=', accountId)
      .limit(batch)
      .execute()
    const passkeys = await store
      .selectFrom('gatelodge_passkeys')
      .select('id as key')
      .where('account_id', '=', accountId)
      .limit(batch)
      .execute()
    const connections = await store
      .selectFrom('gatelodge_connections')
      .select('id as key')
      .where('account_id', '=', accountId)
      .limit(batch)
      .execute()
    const keys = (rows: { key: Buffer }[]) => rows.map(({ key }) => key)
    if (emails.length > 0) await store.deleteFrom('gatelodge_emails').where('id', 'in', keys(emails)).execute()
    if (tokens.length > 0) await store.deleteFrom('gatelodge_tokens').where('token_hash', 'in', keys(tokens)).execute()
    if (sessions.length > 0)
      await store.deleteFrom('gatelodge_sessions').where('token_hash', 'in', keys(sessions)).execute()
    if (logins.length > 0)
      await store.deleteFrom('gatelodge_logins_under_way').where('token_hash', 'in', keys(logins)).execute()
    if (codes.length > 0) await store.deleteFrom('gatelodge_recovery_codes').where('id', 'in', keys(codes)).execute()
    if (trusted.length > 0)
      await store.deleteFrom('gatelodge_trusted_devices').where('token_hash', 'in', keys(trusted)).execute()
    if (passkeys.length > 0) await store.deleteFrom('gatelodge_passkeys').where('id', 'in', keys(passkeys)).execute()
    if (connections.length > 0)
      await store.deleteFrom('gatelodge_connections').where('id', 'in', keys(connections)).execute()
    return (
      connections.length +
      passkeys.length +
      emails.length +
      tokens.length +
      sessions.length +
      logins.length +
      codes.length +
      trusted.length
    )
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
