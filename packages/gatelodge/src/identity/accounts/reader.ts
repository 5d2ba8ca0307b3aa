// Who reads the letters of an account, and by which name a letter may greet them.
import type { Account } from './storage.ts'

export interface Reader {
  name: string
  address: string
  /** Whether somebody who reads there has said so. */
  isConfirmed: boolean
}

/**
 * Until somebody has confirmed the address, whoever chose the name may be a stranger: in our letter they would write to
 * somebody else.
 */
export function readerOf({ name, email, verifiedAt }: Pick<Account, 'name' | 'email' | 'verifiedAt'>): Reader {
  const isConfirmed = verifiedAt !== null
  return { name: isConfirmed ? name : '', address: email, isConfirmed }
}

/** Somebody of whom only the address is known, because it was typed. */
export function readerAt(address: string): Reader {
  return { name: '', address, isConfirmed: false }
}

/** An address that was typed goes no further than to those who are known: it may be a stranger's words, like a name. */
export function otherAddressFor({ isConfirmed }: Reader, otherEmail: string): { otherEmail?: string } {
  return isConfirmed ? { otherEmail } : {}
}
