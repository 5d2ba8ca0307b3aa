// What is wrong with an address that is typed into a registration. Knows no HTTP and no SQL.
import { type Address, type AddressRefusal, addressRefusal } from '../../identity/accounts/address.ts'
import { addressKey } from '../../identity/accounts/address-key.ts'
import { probablyMeant } from '../../identity/accounts/typo.ts'
import type { Services } from '../../services.ts'
import type { Registration } from './form.ts'

export type AddressProblem =
  | { field: 'email'; code: AddressRefusal | 'taken' | 'reserved' }
  /** A slip of the finger, perhaps: sent again as it is, the address is taken. */
  | { field: 'email'; code: 'typo'; meant: string }
  /** Likewise, where no password is asked. */
  | { field: 'email'; code: 'typo-kept'; meant: string }

const field = 'email'

/** Asked before anything is written, so that all messages come at once; the unique key is what decides. */
export async function emailProblems(
  { accounts, database, settings, tokens }: Pick<Services, 'accounts' | 'database' | 'settings' | 'tokens'>,
  typed: Pick<Registration, 'email' | 'kept_email'>,
  address: Address | undefined,
): Promise<AddressProblem[]> {
  if (address && settings.registration === 'instant') {
    // In this order: an address that is left meanwhile is found by one of the two. Nobody is to sit on it before its owner
    // has had the time to put it back.
    if (await accounts.isTaken(database.db, address)) return [{ field, code: 'taken' }]
    if (await tokens.isReserved(database.db, addressKey(address))) return [{ field, code: 'reserved' }]
  }
  return spellingProblems(typed, address)
}

/** What can be said of it without asking who has it. */
export function spellingProblems(
  typed: Pick<Registration, 'email' | 'kept_email'>,
  address: Address | undefined,
): AddressProblem[] {
  if (!address) return [{ field, code: addressRefusal(typed.email) }]
  const wasAsked = typed.kept_email === undefined || typed.kept_email === typed.email
  const meant = wasAsked ? undefined : probablyMeant(address)
  return meant ? [{ field, code: 'typo', meant }] : []
}
