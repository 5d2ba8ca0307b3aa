// The accounts table.
import type { Store } from '../../database/transaction.ts'
import { digest } from '../sealing.ts'
import type { Address } from './address.ts'

export interface Account {
  id: Buffer
  name: string
  email: string
  createdAt: number
  disabledAt: number | null
}

export interface NewAccount {
  id: Buffer
  name: string
  address: Address
  createdAt: number
}

export const accounts = {
  /** A second account for one address is the unique key's to refuse: the error ends the transaction. */
  async insert(store: Store, { id, name, address, createdAt }: NewAccount): Promise<void> {
    await store
      .insertInto('gatelodge_accounts')
      .values({
        id,
        name,
        email: address.given,
        email_key: digest(address.normalised),
        created_at: createdAt,
        disabled_at: null,
        recent: '',
      })
      .execute()
  },

  async findById(store: Store, id: Buffer): Promise<Account | undefined> {
    const row = await store.selectFrom('gatelodge_accounts').selectAll().where('id', '=', id).executeTakeFirst()
    return (
      row && { id: row.id, name: row.name, email: row.email, createdAt: row.created_at, disabledAt: row.disabled_at }
    )
  },

  async isTaken(store: Store, address: Address): Promise<boolean> {
    return (await idOf(store, address)) !== undefined
  },

  /** @returns whose account that was; undefined where nobody has the address. */
  async setDisabled(store: Store, address: Address, disabledAt: number | null): Promise<Buffer | undefined> {
    const id = await idOf(store, address)
    if (id)
      await store.updateTable('gatelodge_accounts').set({ disabled_at: disabledAt }).where('id', '=', id).execute()
    return id
  },
}

async function idOf(store: Store, address: Address): Promise<Buffer | undefined> {
  const key = digest(address.normalised)
  const row = await store.selectFrom('gatelodge_accounts').select('id').where('email_key', '=', key).executeTakeFirst()
  return row?.id
}
