// What another program learns of an account: plain data, and never a secret.
import { stringify } from 'uuid'
import type { OwnValues } from './own-fields.ts'
import type { Account } from './storage.ts'

export interface ToldAccount {
  /** A UUID. It never changes, so it is what to keep in your own tables. */
  id: string
  name: string
  email: string
  emailVerified: boolean
  registeredAt: Date
  /** By name: the registration fields of the site's own. What was left empty is not there. */
  fields: OwnValues
}

export function toldAccount(
  account: Pick<Account, 'id' | 'name' | 'email' | 'verifiedAt' | 'createdAt' | 'fields'>,
): ToldAccount {
  return {
    id: stringify(account.id),
    name: account.name,
    email: account.email,
    emailVerified: account.verifiedAt !== null,
    registeredAt: new Date(account.createdAt),
    fields: account.fields,
  }
}
