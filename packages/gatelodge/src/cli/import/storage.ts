// Rows of many accounts at once.
import type { Store } from '../../database/transaction.ts'

export const importRows = {
  /** Of those addresses: who has an account already. */
  async takenBy(store: Store, keys: Buffer[]): Promise<Map<string, Buffer>> {
    if (keys.length === 0) return new Map()
    const rows = await store
      .selectFrom('gatelodge_accounts')
      .select(['id', 'email_key'])
      .where('email_key', 'in', keys)
      .execute()
    return new Map(rows.map(({ id, email_key }) => [email_key.toString('hex'), id]))
  },

  async exists(store: Store, id: Buffer): Promise<boolean> {
    const row = await store.selectFrom('gatelodge_accounts').select('id').where('id', '=', id).executeTakeFirst()
    return row !== undefined
  },
}
