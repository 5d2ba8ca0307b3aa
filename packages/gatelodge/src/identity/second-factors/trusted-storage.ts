// The table of trusted devices: browsers in which the second factor is not asked.
import { removeExpired } from '../../database/remove-expired.ts'
import type { Store } from '../../database/transaction.ts'
import type { DeviceDescription } from '../../text/device-name.ts'
import { readDevice, writeDevice } from '../audit/request-source.ts'

export interface TrustedDevice {
  tokenHash: Buffer
  /** Names it in the list; it is no secret. */
  id: Buffer
  accountId: Buffer
  passwordVersion: number
  factorVersion: number
  device: DeviceDescription
  clientAddress: string
  createdAt: number
  expiresAt: number
}

/** Whose, and at which versions. */
type Owner = { id: Buffer; passwordVersion: number; factorVersion: number }

export const trustedRows = {
  async insert(store: Store, one: TrustedDevice): Promise<void> {
    await store
      .insertInto('gatelodge_trusted_devices')
      .values({
        token_hash: one.tokenHash,
        id: one.id,
        account_id: one.accountId,
        password_version: one.passwordVersion,
        factor_version: one.factorVersion,
        device: writeDevice(one.device),
        client_address: one.clientAddress,
        created_at: one.createdAt,
        expires_at: one.expiresAt,
      })
      .execute()
  },

  /** Whether one of these is trusted by that account, as it is now. The statement that starts a session asks the same. */
  async isTrusted(store: Store, tokenHashes: Buffer[], owner: Owner, now: number): Promise<boolean> {
    const row = await inForce(store, owner, now)
      .select('token_hash')
      .where('token_hash', 'in', tokenHashes)
      .executeTakeFirst()
    return row !== undefined
  },

  /** The newest in front. */
  async list(store: Store, owner: Owner, now: number): Promise<TrustedDevice[]> {
    const rows = await inForce(store, owner, now).selectAll().orderBy('id', 'desc').execute()
    return rows.map((row) => ({
      tokenHash: row.token_hash,
      id: row.id,
      accountId: row.account_id,
      passwordVersion: row.password_version,
      factorVersion: row.factor_version,
      device: readDevice(row.device),
      clientAddress: row.client_address,
      createdAt: Number(row.created_at),
      expiresAt: Number(row.expires_at),
    }))
  },

  /** One of an account's own. @returns whether it was there. */
  async removeOne(store: Store, accountId: Buffer, id: Buffer): Promise<boolean> {
    const { numDeletedRows } = await store
      .deleteFrom('gatelodge_trusted_devices')
      .where('account_id', '=', accountId)
      .where('id', '=', id)
      .executeTakeFirst()
    return numDeletedRows > 0n
  },

  /** @returns whether there was one. */
  async removeAll(store: Store, accountId: Buffer): Promise<boolean> {
    const { numDeletedRows } = await store
      .deleteFrom('gatelodge_trusted_devices')
      .where('account_id', '=', accountId)
      .executeTakeFirst()
    return numDeletedRows > 0n
  },

  /** All but the newest. The caller holds the account's row. */
  async removeOldest(store: Store, accountId: Buffer, kept: number): Promise<void> {
    const rows = await store
      .selectFrom('gatelodge_trusted_devices')
      .select(['token_hash', 'id'])
      .where('account_id', '=', accountId)
      .orderBy('id', 'desc')
      .execute()
    const hashes = rows.slice(kept).map((row) => row.token_hash)
    if (hashes.length === 0) return
    await store.deleteFrom('gatelodge_trusted_devices').where('token_hash', 'in', hashes).execute()
  },

  purge: (store: Store, now: number) => removeExpired(store, 'gatelodge_trusted_devices', now),
}

function inForce(store: Store, owner: Owner, now: number) {
  return store
    .selectFrom('gatelodge_trusted_devices')
    .where('account_id', '=', owner.id)
    .where('password_version', '=', owner.passwordVersion)
    .where('factor_version', '=', owner.factorVersion)
    .where('expires_at', '>', now)
}
