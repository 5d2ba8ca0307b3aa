// Which account a command means: by its address, or by its id.
import { stringify } from 'uuid'
import { spelledPlace } from '../config/database-place.ts'
import type { Account } from '../identity/accounts/account.ts'
import { parseAddress } from '../identity/accounts/address.ts'
import { idFrom } from '../identity/ids.ts'
import type { ExitCode } from './command.ts'
import type { VerbCall } from './verbs.ts'

/** @param word an address or an id: else there is no such account, which stderr says. */
export async function findAccount({ services, call }: VerbCall, word: string): Promise<Account | ExitCode> {
  const { accounts, database } = services
  const id = idFrom(word)
  const address = id ? undefined : parseAddress(word)
  const found = id
    ? await accounts.findById(database.db, id)
    : address && (await accounts.findByAddress(database.db, address))
  if (found) return found
  const named = id ? `is ${stringify(id)}` : `has the address ${address?.given}`
  console.error(`No account ${named} in this database: ${spelledPlace(call.settings)}`)
  return 1
}
