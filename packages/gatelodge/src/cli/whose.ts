// Which account a command means: by its address, or by its id.
import { stringify } from 'uuid'
import { spelledPlace } from '../config/database-place.ts'
import { parseAddress } from '../identity/accounts/address.ts'
import type { Account } from '../identity/accounts/storage.ts'
import { idFrom } from '../identity/ids.ts'
import type { ExitCode } from './command.ts'
import type { Asking } from './verbs.ts'

/** stderr says what is wrong with the word, or that there is no such account. */
export async function findAccount({ services, call }: Asking, word: string): Promise<Account | ExitCode> {
  const { accounts, database } = services
  const id = idFrom(word)
  const address = id ? undefined : parseAddress(word)
  if (!id && !address) {
    console.error('An account is named by its email address or by its id.')
    return 2
  }
  const found = id
    ? await accounts.findById(database.db, id)
    : address && (await accounts.findByAddress(database.db, address))
  if (found) return found
  const named = id ? `is ${stringify(id)}` : `has the address ${address?.given}`
  console.error(`No account ${named} in this database: ${spelledPlace(call.settings)}`)
  return 1
}
