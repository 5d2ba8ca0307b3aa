// The accounts that were chosen on a page of the list. Knows no HTTP and no SQL.
import type { Account } from '../../identity/accounts/account.ts'
import type { Services } from '../../services.ts'
import { chosenIds } from './bulk.rules.ts'

/** In the order of the list. Accounts that are gone are left out. @param given their ids. */
export async function chosenAccounts(
  { database, accounts }: Pick<Services, 'database' | 'accounts'>,
  given: readonly string[],
): Promise<Account[]> {
  const found = await Promise.all(chosenIds(given).map((id) => accounts.findById(database.db, id)))
  return found.filter((account) => account !== undefined)
}
