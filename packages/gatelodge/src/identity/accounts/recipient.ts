// Who reads the emails of an account, and by which name an email may greet them.
import type { Account } from './account.ts'

export interface Recipient {
  name: string
  address: string
  /** Whether its owner has confirmed the address. */
  isVerified: boolean
}

/**
 * Until someone has confirmed the address, anyone who chose the name may be a stranger: in our email they would write to
 * someone else.
 */
export function recipientOf({ name, email, verifiedAt }: Pick<Account, 'name' | 'email' | 'verifiedAt'>): Recipient {
  const isVerified = verifiedAt !== null
  return { name: isVerified ? name : '', address: email, isVerified }
}

/** Someone of whom only the address is known, because it was typed. */
export function recipientAt(address: string): Recipient {
  return { name: '', address, isVerified: false }
}

/** An address that was typed goes no further than to those who are known: it may be a stranger's words, like a name. */
export function otherAddressFor({ isVerified }: Recipient, otherEmail: string): { otherEmail?: string } {
  return isVerified ? { otherEmail } : {}
}
