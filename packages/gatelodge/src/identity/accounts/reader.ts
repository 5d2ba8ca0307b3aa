// Who reads the letters of an account, and by which name a letter may greet them.
import type { Account } from './storage.ts'

type Owner = Pick<Account, 'name' | 'email'>

/**
 * Until somebody has confirmed the address, whoever chose the name may be a stranger: in our letter they would write to
 * somebody else.
 */
export function readerOf({ name, email }: Owner, isVerified: boolean): { name: string; address: string } {
  return { name: isVerified ? name : '', address: email }
}
