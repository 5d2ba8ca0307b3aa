// The tokens table: what stands in the links of emails, by its hash.
import { momentFrom } from '../../database/moment.ts'
import { removeExpired } from '../../database/remove-expired.ts'
import type { Store } from '../../database/transaction.ts'

export type TokenPurpose =
  | 'verify-email'
  | 'reset-password'
  | 'reset-password-shown'
  | 'change-email'
  | 'undo-email-change'
  | 'restore-account'
  | 'become-administrator'

interface GoodFor {
  addressKey: Buffer
  purpose: TokenPurpose
  apartFrom: Buffer | undefined
}

export interface Token {
  tokenHash: Buffer
  purpose: TokenPurpose
  accountId: Buffer
  addressKey: Buffer
  createdAt: number
  expiresAt: number
  usedAt: number | null
}

/** What its account may know of it. */
export interface ToldToken {
  purpose: string
  createdAt: number
  expiresAt: number
  usedAt: number | null
}

export const tokenRows = {
  async insert(
    store: Store,
    { tokenHash, purpose, accountId, addressKey, createdAt, expiresAt }: Token,
  ): Promise<void> {
    await store
      .insertInto('gatelodge_tokens')
      .values({
        token_hash: tokenHash,
        purpose,
        account_id: accountId,
        address_key: addressKey,
        created_at: createdAt,
        expires_at: expiresAt,
        used_at: null,
        used_by: null,
      })
      .execute()
  },

  async find(store: Store, tokenHash: Buffer, purpose: TokenPurpose): Promise<Token | undefined> {
    const row = await store
      .selectFrom('gatelodge_tokens')
      .selectAll()
      .where('token_hash', '=', tokenHash)
      .where('purpose', '=', purpose)
      .executeTakeFirst()
    return (
      row && {
        tokenHash: row.token_hash,
        purpose,
        accountId: row.account_id,
        addressKey: row.address_key,
        createdAt: Number(row.created_at),
        expiresAt: Number(row.expires_at),
        usedAt: momentFrom(row.used_at),
      }
    )
  },

  /**
   * One statement: of many at once, one uses it. Our own mark on it means that an earlier try of ours had worked.
   * @returns whether it was ours to use.
   */
  async use(store: Store, tokenHash: Buffer, by: Buffer, now: number): Promise<boolean> {
    const { numUpdatedRows } = await store
      .updateTable('gatelodge_tokens')
      .set({ used_at: now, used_by: by })
      .where('token_hash', '=', tokenHash)
      .where('expires_at', '>', now)
      .where((row) => row.or([row('used_by', 'is', null), row('used_by', '=', by)]))
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },

  async wasUsedBy(store: Store, tokenHash: Buffer, by: Buffer): Promise<boolean> {
    const row = await store
      .selectFrom('gatelodge_tokens')
      .select('used_at')
      .where('token_hash', '=', tokenHash)
      .where('used_by', '=', by)
      .executeTakeFirst()
    return row !== undefined
  },

  async ofAccount(store: Store, accountId: Buffer): Promise<ToldToken[]> {
    const rows = await store
      .selectFrom('gatelodge_tokens')
      .select(['purpose', 'created_at', 'expires_at', 'used_at'])
      .where('account_id', '=', accountId)
      .orderBy('created_at')
      .execute()
    return rows.map(({ purpose, created_at, expires_at, used_at }) => ({
      purpose,
      createdAt: Number(created_at),
      expiresAt: Number(expires_at),
      usedAt: momentFrom(used_at),
    }))
  },

  /** Those that were never used. For a used one the page says so until it would have expired. */
  async void(store: Store, accountId: Buffer, purposes: TokenPurpose[]): Promise<boolean> {
    const { numDeletedRows } = await store
      .deleteFrom('gatelodge_tokens')
      .where('account_id', '=', accountId)
      .where('purpose', 'in', purposes)
      .where('used_at', 'is', null)
      .executeTakeFirst()
    return numDeletedRows > 0n
  },

  /** When the youngest was made; 0 where there is none. */
  async newest(store: Store, accountId: Buffer, purpose: TokenPurpose): Promise<number> {
    const row = await store
      .selectFrom('gatelodge_tokens')
      .select('created_at')
      .where('account_id', '=', accountId)
      .where('purpose', '=', purpose)
      .orderBy('created_at', 'desc')
      .executeTakeFirst()
    return Number(row?.created_at ?? 0)
  },

  /** Those of the same account and purpose that are younger, and were never used. */
  async voidYounger(store: Store, { accountId, purpose, createdAt }: Token): Promise<void> {
    await store
      .deleteFrom('gatelodge_tokens')
      .where('account_id', '=', accountId)
      .where('purpose', '=', purpose)
      .where('created_at', '>', createdAt)
      .where('used_at', 'is', null)
      .execute()
  },

  /** Whether one of that purpose is still good for an address, whosever it is but for one account. */
  async isGoodFor(store: Store, { addressKey, purpose, apartFrom }: GoodFor, now: number): Promise<boolean> {
    const row = await store
      .selectFrom('gatelodge_tokens')
      .select('purpose')
      .where('address_key', '=', addressKey)
      .where('purpose', '=', purpose)
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .$if(apartFrom !== undefined, (query) => query.where('account_id', '!=', apartFrom as Buffer))
      .executeTakeFirst()
    return row !== undefined
  },

  purge: (store: Store, now: number) => removeExpired(store, 'gatelodge_tokens', now),
}
