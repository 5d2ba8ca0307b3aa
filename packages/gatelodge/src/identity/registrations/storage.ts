// The registrations table: people who want an account and have not confirmed their address yet.
import { readOwn, writeOwn } from '../../database/custom-values.ts'
import { removeExpired } from '../../database/remove-expired.ts'
import type { Store } from '../../database/transaction.ts'
import type { CustomValues } from '../accounts/custom-fields.ts'

export interface Waiting {
  tokenHash: Buffer
  /** The id that the account will have. */
  accountId: Buffer
  name: string
  email: string
  /** Null: the account starts with a passkey, or with a password that is chosen then. */
  hash: string | null
  fields: CustomValues
  /** By which they came here; its use is counted when the account starts. Null: by none. */
  invitationId: Buffer | null
  expiresAt: number
}

export const registrations = {
  async insert(
    store: Store,
    { tokenHash, accountId, name, email, hash, fields, invitationId, expiresAt }: Waiting,
    emailKey: Buffer,
    now: number,
  ) {
    await store
      .insertInto('gatelodge_registrations')
      .values({
        token_hash: tokenHash,
        account_id: accountId,
        name,
        email,
        email_key: emailKey,
        hash,
        created_at: now,
        expires_at: expiresAt,
        fields: writeOwn(fields),
        invitation_id: invitationId,
      })
      .execute()
  },

  async find(store: Store, tokenHash: Buffer, now: number): Promise<Waiting | undefined> {
    const row = await store
      .selectFrom('gatelodge_registrations')
      .selectAll()
      .where('token_hash', '=', tokenHash)
      .where('expires_at', '>', now)
      .executeTakeFirst()
    return (
      row && {
        tokenHash,
        accountId: row.account_id,
        name: row.name,
        email: row.email,
        hash: row.hash,
        fields: readOwn(row.fields),
        invitationId: row.invitation_id,
        expiresAt: Number(row.expires_at),
      }
    )
  },

  /** One statement: of many at once, one takes it. @returns whether it was there. */
  async take(store: Store, tokenHash: Buffer, now: number): Promise<boolean> {
    const { numDeletedRows } = await store
      .deleteFrom('gatelodge_registrations')
      .where('token_hash', '=', tokenHash)
      .where('expires_at', '>', now)
      .executeTakeFirst()
    return numDeletedRows > 0n
  },

  /** Another link for the same newcomer: the one before becomes invalid. @returns whether there is one. */
  async renewLink(
    store: Store,
    { accountId, emailKey }: { accountId: Buffer; emailKey: Buffer },
    { tokenHash, expiresAt }: Pick<Waiting, 'tokenHash' | 'expiresAt'>,
    now: number,
  ): Promise<boolean> {
    const { numUpdatedRows } = await store
      .updateTable('gatelodge_registrations')
      .set({ token_hash: tokenHash, expires_at: expiresAt })
      .where('email_key', '=', emailKey)
      .where('account_id', '=', accountId)
      .where('expires_at', '>', now)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },

  /** The address has its account: anyone who else wanted one with it gets none. */
  async removeOthers(store: Store, emailKey: Buffer): Promise<void> {
    await store.deleteFrom('gatelodge_registrations').where('email_key', '=', emailKey).execute()
  },

  purge: (store: Store, now: number) => removeExpired(store, 'gatelodge_registrations', now),
}
