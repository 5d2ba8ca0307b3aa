// The invitations table.
import { momentFrom } from '../../database/moment.ts'
import type { InvitationRow } from '../../database/schema.ts'
import type { Store } from '../../database/transaction.ts'

export interface Invitation {
  id: Buffer
  tokenHash: Buffer
  /** For whom it is. Null: for anyone who has the link; or it was used, and the account has the address now. */
  email: string | null
  /** SHA-256 of the normalised address. Null: for anyone who has the link. */
  emailKey: Buffer | null
  /** Their names, sorted. */
  groups: readonly string[]
  mostUses: number
  used: number
  createdAt: number
  expiresAt: number
  revokedAt: number | null
  /** Who made it: `command`, `code`, `key:NAME`, or the id of an administrator. */
  actor: string
}

/** Of one purge. */
const batch = 1_000

export const invitationRows = {
  async insert(store: Store, invitation: Invitation): Promise<void> {
    await store.insertInto('gatelodge_invitations').values(rowOf(invitation)).execute()
  },

  async find(store: Store, tokenHash: Buffer): Promise<Invitation | undefined> {
    const row = await all(store).where('token_hash', '=', tokenHash).executeTakeFirst()
    return row && fromRow(row)
  },

  async findById(store: Store, id: Buffer): Promise<Invitation | undefined> {
    const row = await all(store).where('id', '=', id).executeTakeFirst()
    return row && fromRow(row)
  },

  /** The newest in front. @param before those that are older than that one. */
  async list(store: Store, before: Buffer | undefined, most: number): Promise<Invitation[]> {
    const rows = await all(store)
      .$if(before !== undefined, (query) => query.where('id', '<', before as Buffer))
      .orderBy('id', 'desc')
      .limit(most)
      .execute()
    return rows.map(fromRow)
  },

  /**
   * One statement: of many at once, as many succeed as the invitation says. The address goes to the account, and stays here
   * no longer than it is needed. @param asOf what it must not have expired by. @returns whether there was a use left.
   */
  async use(store: Store, id: Buffer, asOf: number): Promise<boolean> {
    const { numUpdatedRows } = await store
      .updateTable('gatelodge_invitations')
      .set((row) => ({ used: row('used', '+', 1), email: null }))
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', asOf)
      .whereRef('used', '<', 'most_uses')
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },

  /** @param asOf what it must not have expired by. @returns whether it could still be used. */
  async revoke(store: Store, id: Buffer, { now, asOf }: { now: number; asOf: number }): Promise<boolean> {
    const { numUpdatedRows } = await store
      .updateTable('gatelodge_invitations')
      .set({ revoked_at: now })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', asOf)
      .whereRef('used', '<', 'most_uses')
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },

  /** Those that expired before that moment, at most a thousand. @returns how many were removed. */
  async purge(store: Store, expiredBefore: number): Promise<number> {
    const old = await store
      .selectFrom('gatelodge_invitations')
      .select('id')
      .where('expires_at', '<=', expiredBefore)
      .limit(batch)
      .execute()
    const ids = old.map(({ id }) => id)
    if (ids.length > 0) await store.deleteFrom('gatelodge_invitations').where('id', 'in', ids).execute()
    return ids.length
  },
}

const all = (store: Store) => store.selectFrom('gatelodge_invitations').selectAll()

function rowOf(one: Invitation): InvitationRow {
  return {
    ...{ id: one.id, token_hash: one.tokenHash, email: one.email, email_key: one.emailKey },
    ...{ group_names: one.groups.join(','), most_uses: one.mostUses, used: one.used },
    ...{ created_at: one.createdAt, expires_at: one.expiresAt, revoked_at: one.revokedAt, actor: one.actor },
  }
}

function fromRow(row: InvitationRow): Invitation {
  return {
    ...{ id: row.id, tokenHash: row.token_hash, email: row.email, emailKey: row.email_key },
    ...{ groups: row.group_names === '' ? [] : row.group_names.split(','), mostUses: row.most_uses, used: row.used },
    ...{ createdAt: Number(row.created_at), expiresAt: Number(row.expires_at), actor: row.actor },
    revokedAt: momentFrom(row.revoked_at),
  }
}
