// What another program learns of an account: plain data, and never a secret.
import { stringify } from 'uuid'
import type { Account } from './account.ts'
import type { CustomValues } from './custom-fields.ts'

/** An account, as the app sees it. In code `emailVerified`, in JSON and in the signed token `email_verified`. */
export interface PublicAccount {
  /** A UUID of 36 characters. It never changes, so it is what to keep in your own tables. */
  id: string
  /** As the user wrote it: 1 to 100 characters. It can change. */
  name: string
  /** As the user wrote it. It can change; unless `emailVerified`, it may be the address of someone else. */
  email: string
  /** Whether the user has opened a link that was sent to this address. */
  emailVerified: boolean
  /** When the account was stored. */
  registeredAt: Date
  /** The names of the groups that it is in, sorted: `['editors']`. */
  groups: string[]
  /** By name: the registration fields of the site's own. What was left empty is not there. */
  fields: CustomValues
}

export function publicAccount(
  account: Pick<Account, 'id' | 'name' | 'email' | 'verifiedAt' | 'createdAt' | 'groups' | 'fields'>,
): PublicAccount {
  return {
    id: stringify(account.id),
    name: account.name,
    email: account.email,
    emailVerified: account.verifiedAt !== null,
    registeredAt: new Date(account.createdAt),
    groups: [...account.groups],
    fields: account.fields,
  }
}
