// What the operator does to an account, without the rules around it: for tests of what follows from it.
import type { Store } from '../../src/database/transaction.ts'
import type { Address } from '../../src/identity/accounts/address.ts'
import { accounts } from '../../src/identity/accounts/storage.ts'

/** @param at null: enabled again. @returns whether there is such an account. */
export async function setDisabled(store: Store, address: Address, at: number | null): Promise<boolean> {
  const account = await accounts.findByAddress(store, address)
  return account !== undefined && accounts.setDisabled(store, account.id, at)
}
