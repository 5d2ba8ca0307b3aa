// The sessions table, but for the hot look-up beside this file.
import { sql } from 'kysely'
import type { Dialect } from '../../database/dialect.ts'
import type { Store } from '../../database/transaction.ts'
import type { Credential } from '../passwords/storage.ts'

export interface NewSession {
  /** Goes into the cookie and nowhere else. */
  token: string
  tokenHash: Buffer
  remembered: boolean
}

export const sessions = {
  /**
   * One conditional write: a row appears only while the account is enabled and its password the one that was proved.
   * The lock makes a change of either wait for our COMMIT, and then remove this session too.
   */
  async insertIfProved(
    store: Store,
    { shareLock }: Dialect,
    session: NewSession,
    proved: Pick<Credential, 'accountId' | 'version'>,
    now: number,
  ): Promise<boolean> {
    const { numAffectedRows } = await sql`
      insert into gatelodge_sessions (token_hash, account_id, created_at, last_seen_at, remembered)
      select ${session.tokenHash}, account.id, ${now}, ${now}, ${session.remembered ? 1 : 0}
      from gatelodge_accounts account join gatelodge_passwords password on password.account_id = account.id
      where account.id = ${proved.accountId} and account.disabled_at is null and password.version = ${proved.version}
      ${shareLock}`.execute(store)
    return (numAffectedRows ?? 0n) > 0n
  },

  async exists(store: Store, tokenHash: Buffer): Promise<boolean> {
    const row = await store
      .selectFrom('gatelodge_sessions')
      .select('account_id')
      .where('token_hash', '=', tokenHash)
      .executeTakeFirst()
    return row !== undefined
  },

  /** @returns whether it was there. */
  async remove(store: Store, tokenHash: Buffer): Promise<boolean> {
    const { numDeletedRows } = await store
      .deleteFrom('gatelodge_sessions')
      .where('token_hash', '=', tokenHash)
      .executeTakeFirst()
    return numDeletedRows > 0n
  },

  async removeOthers(store: Store, accountId: Buffer, keptTokenHash: Buffer): Promise<void> {
    await store
      .deleteFrom('gatelodge_sessions')
      .where('account_id', '=', accountId)
      .where('token_hash', '!=', keptTokenHash)
      .execute()
  },

  async removeAll(store: Store, accountId: Buffer): Promise<void> {
    await store.deleteFrom('gatelodge_sessions').where('account_id', '=', accountId).execute()
  },
}
