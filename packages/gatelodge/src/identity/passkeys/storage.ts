// The tables of passkeys, and of challenges that were answered.
import { sql } from 'kysely'
import type { Dialect } from '../../database/dialect.ts'
import { momentFrom } from '../../database/moment.ts'
import { removeExpired } from '../../database/remove-expired.ts'
import type { PasskeyRow } from '../../database/schema.ts'
import type { Store } from '../../database/transaction.ts'
import { digest } from '../sealing.ts'
import { challengeLife } from './limits.ts'

/** A credential record (WebAuthn Level 3, section 4). */
export interface Passkey {
  /** Names it in the list; it is no secret. */
  id: Buffer
  accountId: Buffer
  /** base64url, as the browser sends it. */
  credentialId: string
  /** COSE. */
  publicKey: Buffer
  counter: number
  transports: string[]
  /** It may be synced to other devices. */
  isSyncable: boolean
  /** It is, as it told last. */
  isSynced: boolean
  /** A PIN, a fingerprint or a face was checked with it before. */
  isVerifying: boolean
  aaguid: string
  rpId: string
  name: string
  createdAt: number
  lastUsedAt: number | null
}

/** What an answer tells of the authenticator. */
export interface Use {
  counter: number
  isSynced: boolean
  isVerified: boolean
  at: number
}

/** Byte by byte, whatever the length. */
const keyOf = (credentialId: string) => digest(credentialId)

export const passkeyRows = {
  /** A credential that an account has already, this one or another, is the unique key's to refuse. */
  async insert(store: Store, one: Passkey): Promise<void> {
    await store
      .insertInto('gatelodge_passkeys')
      .values({
        id: one.id,
        account_id: one.accountId,
        credential_key: keyOf(one.credentialId),
        credential_id: one.credentialId,
        public_key: one.publicKey.toString('base64url'),
        counter: one.counter,
        transports: one.transports.join(),
        backup_eligible: one.isSyncable ? 1 : 0,
        backup_state: one.isSynced ? 1 : 0,
        user_verified: one.isVerifying ? 1 : 0,
        aaguid: one.aaguid,
        rp_id: one.rpId,
        name: one.name,
        created_at: one.createdAt,
        last_used_at: one.lastUsedAt,
      })
      .execute()
  },

  async findByCredential(store: Store, credentialId: string): Promise<Passkey | undefined> {
    const row = await store
      .selectFrom('gatelodge_passkeys')
      .selectAll()
      .where('credential_key', '=', keyOf(credentialId))
      .executeTakeFirst()
    return row && fromRow(row)
  },

  /** The oldest first. */
  async ofAccount(store: Store, accountId: Buffer): Promise<Passkey[]> {
    const rows = await store
      .selectFrom('gatelodge_passkeys')
      .selectAll()
      .where('account_id', '=', accountId)
      .orderBy('id')
      .execute()
    return rows.map(fromRow)
  },

  async exists(store: Store, id: Buffer): Promise<boolean> {
    const row = await store.selectFrom('gatelodge_passkeys').select('id').where('id', '=', id).executeTakeFirst()
    return row !== undefined
  },

  /**
   * What it told when it was used. The counter never falls, whichever of two answers at once is written last.
   * @returns whether it is still there.
   */
  async noteUse(store: Store, id: Buffer, { counter, isSynced, isVerified, at }: Use): Promise<boolean> {
    const { numUpdatedRows } = await store
      .updateTable('gatelodge_passkeys')
      .set({
        counter: sql<number>`case when counter > ${counter} then counter else ${counter} end`,
        backup_state: isSynced ? 1 : 0,
        last_used_at: at,
        ...(isVerified && { user_verified: 1 }),
      })
      .where('id', '=', id)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },

  /** One of an account's own. @returns whether it was there. */
  async rename(store: Store, accountId: Buffer, id: Buffer, name: string): Promise<boolean> {
    const { numUpdatedRows } = await store
      .updateTable('gatelodge_passkeys')
      .set({ name })
      .where('account_id', '=', accountId)
      .where('id', '=', id)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },

  /** Likewise. */
  async remove(store: Store, accountId: Buffer, id: Buffer): Promise<boolean> {
    const { numDeletedRows } = await store
      .deleteFrom('gatelodge_passkeys')
      .where('account_id', '=', accountId)
      .where('id', '=', id)
      .executeTakeFirst()
    return numDeletedRows > 0n
  },

  /** Those that were made at that moment or later; all of them, where none is given. @returns whether there was one. */
  async removeAll(store: Store, accountId: Buffer, since = 0): Promise<boolean> {
    const { numDeletedRows } = await store
      .deleteFrom('gatelodge_passkeys')
      .where('account_id', '=', accountId)
      .where('created_at', '>=', since)
      .executeTakeFirst()
    return numDeletedRows > 0n
  },
}

export const usedChallenges = {
  /**
   * One statement: of many at once, one answers. Our own mark on it means that an earlier try of ours had worked.
   * @returns whether it was taken.
   */
  async take(
    store: Store,
    { orIgnore }: Dialect,
    challenge: string,
    { by, until }: { by: Buffer; until: number },
  ): Promise<boolean> {
    const hash = digest(challenge)
    const { numAffectedRows } = await sql`
      insert ${orIgnore} into gatelodge_used_challenges (token_hash, expires_at, used_by)
      values (${hash}, ${until}, ${by})`.execute(store)
    if ((numAffectedRows ?? 0n) > 0n) return true
    const row = await store
      .selectFrom('gatelodge_used_challenges')
      .select('used_by')
      .where('token_hash', '=', hash)
      .executeTakeFirst()
    return row?.used_by.equals(by) === true
  },

  /**
   * Later than the challenges end: an answer whose challenge was judged in time may still wait for its signature to be checked.
   * @returns how many rows were removed.
   */
  purge: (store: Store, now: number) => removeExpired(store, 'gatelodge_used_challenges', now - challengeLife),
}

function fromRow(row: PasskeyRow): Passkey {
  return {
    id: row.id,
    accountId: row.account_id,
    credentialId: row.credential_id,
    publicKey: Buffer.from(row.public_key, 'base64url'),
    counter: Number(row.counter),
    transports: row.transports === '' ? [] : row.transports.split(','),
    isSyncable: row.backup_eligible === 1,
    isSynced: row.backup_state === 1,
    isVerifying: row.user_verified === 1,
    aaguid: row.aaguid,
    rpId: row.rp_id,
    name: row.name,
    createdAt: Number(row.created_at),
    lastUsedAt: momentFrom(row.last_used_at),
  }
}
