// The table of connections: by which accounts of other providers someone logs in.
import { momentFrom } from '../../database/moment.ts'
import type { ConnectionRow } from '../../database/schema.ts'
import type { Store } from '../../database/transaction.ts'
import { digest } from '../sealing.ts'

export interface ProviderConnection {
  /** Names it in the list; carries no authority. */
  id: Buffer
  accountId: Buffer
  /** The name of the provider in the settings. */
  provider: string
  issuer: string
  subject: string
  /** As the provider gave it last: so that its owner knows which one it is. */
  email: string | null
  createdAt: number
  lastUsedAt: number | null
}

/** Byte by byte, whatever a collation thinks is equal. Neither holds a line break. */
const keyOf = (issuer: string, subject: string) => digest(`connection ${issuer}\n${subject}`)

export const connectionRows = {
  /** One that any account has already is the unique key's to refuse. */
  async insert(store: Store, one: ProviderConnection): Promise<void> {
    await store
      .insertInto('gatelodge_connections')
      .values({
        ...{ id: one.id, account_id: one.accountId, subject_key: keyOf(one.issuer, one.subject) },
        ...{ provider: one.provider, issuer: one.issuer, subject: one.subject, email: one.email },
        ...{ created_at: one.createdAt, last_used_at: one.lastUsedAt },
      })
      .execute()
  },

  async find(store: Store, issuer: string, subject: string): Promise<ProviderConnection | undefined> {
    const row = await store
      .selectFrom('gatelodge_connections')
      .selectAll()
      .where('subject_key', '=', keyOf(issuer, subject))
      .executeTakeFirst()
    return row && fromRow(row)
  },

  /** The oldest first. */
  async ofAccount(store: Store, accountId: Buffer): Promise<ProviderConnection[]> {
    const rows = await store
      .selectFrom('gatelodge_connections')
      .selectAll()
      .where('account_id', '=', accountId)
      .orderBy('id')
      .execute()
    return rows.map(fromRow)
  },

  async exists(store: Store, id: Buffer): Promise<boolean> {
    const row = await store.selectFrom('gatelodge_connections').select('id').where('id', '=', id).executeTakeFirst()
    return row !== undefined
  },

  /** @returns whether it is still there. */
  async noteUse(store: Store, id: Buffer, email: string | null, now: number): Promise<boolean> {
    const { numUpdatedRows } = await store
      .updateTable('gatelodge_connections')
      .set({ email, last_used_at: now })
      .where('id', '=', id)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },

  /** One of an account's own. @returns whether it was there. */
  async remove(store: Store, accountId: Buffer, id: Buffer): Promise<boolean> {
    const { numDeletedRows } = await store
      .deleteFrom('gatelodge_connections')
      .where('account_id', '=', accountId)
      .where('id', '=', id)
      .executeTakeFirst()
    return numDeletedRows > 0n
  },

  /** @param since those that were connected at that moment or later. @returns whether there was one. */
  async removeAll(store: Store, accountId: Buffer, since = 0): Promise<boolean> {
    const { numDeletedRows } = await store
      .deleteFrom('gatelodge_connections')
      .where('account_id', '=', accountId)
      .where('created_at', '>=', since)
      .executeTakeFirst()
    return numDeletedRows > 0n
  },
}

function fromRow(row: ConnectionRow): ProviderConnection {
  return {
    ...{ id: row.id, accountId: row.account_id, provider: row.provider, issuer: row.issuer, subject: row.subject },
    ...{ email: row.email, createdAt: Number(row.created_at) },
    lastUsedAt: momentFrom(row.last_used_at),
  }
}
