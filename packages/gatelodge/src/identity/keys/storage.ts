// The table of API keys.
import { momentFrom } from '../../database/moment.ts'
import type { ApiKeyRow } from '../../database/schema.ts'
import type { Store } from '../../database/transaction.ts'
import type { Scope } from './scopes.ts'

export interface ApiKey {
  id: Buffer
  name: string
  secretHash: Buffer
  scopes: readonly Scope[]
  createdAt: number
  /** As the record names them. */
  createdBy: string
  expiresAt: number
  revokedAt: number | null
  /** To half a minute or so; null: never. */
  lastUsedAt: number | null
}

export const keyRows = {
  /** A second one of that name ends the transaction. */
  async insert(store: Store, key: Omit<ApiKey, 'revokedAt' | 'lastUsedAt'>): Promise<void> {
    const { id, name, secretHash, scopes, createdAt, createdBy, expiresAt } = key
    const row = { id, name, secret_hash: secretHash, scopes: scopes.join(' '), created_at: createdAt }
    await store
      .insertInto('gatelodge_api_keys')
      .values({ ...row, created_by: createdBy, expires_at: expiresAt, revoked_at: null, last_used_at: null })
      .execute()
  },

  async find(store: Store, id: Buffer): Promise<ApiKey | undefined> {
    const row = await all(store).where('id', '=', id).executeTakeFirst()
    return row && fromRow(row)
  },

  async findByName(store: Store, name: string): Promise<ApiKey | undefined> {
    const row = await all(store).where('name', '=', name).executeTakeFirst()
    return row && fromRow(row)
  },

  /** By name, those behind one that is known. */
  async list(store: Store, after: string, most: number): Promise<ApiKey[]> {
    const rows = await all(store).where('name', '>', after).orderBy('name').limit(most).execute()
    return rows.map(fromRow)
  },

  /** @returns whether it was in force until now. */
  async revoke(store: Store, name: string, now: number): Promise<boolean> {
    const { numUpdatedRows } = await store
      .updateTable('gatelodge_api_keys')
      .set({ revoked_at: now })
      .where('name', '=', name)
      .where('revoked_at', 'is', null)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },

  async noteUse(store: Store, ids: Buffer[], now: number): Promise<void> {
    await store.updateTable('gatelodge_api_keys').set({ last_used_at: now }).where('id', 'in', ids).execute()
  },
}

const all = (store: Store) => store.selectFrom('gatelodge_api_keys').selectAll()

function fromRow(row: ApiKeyRow): ApiKey {
  return {
    ...{ id: row.id, name: row.name, secretHash: row.secret_hash, scopes: row.scopes.split(' ') as Scope[] },
    ...{ createdAt: Number(row.created_at), createdBy: row.created_by, expiresAt: Number(row.expires_at) },
    ...{ revokedAt: momentFrom(row.revoked_at), lastUsedAt: momentFrom(row.last_used_at) },
  }
}
