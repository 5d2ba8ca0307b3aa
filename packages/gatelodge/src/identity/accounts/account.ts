// An account, as the rules know it.
import type { Address } from './address.ts'
import type { CustomValues } from './custom-fields.ts'

export interface Account {
  id: Buffer
  name: string
  email: string
  createdAt: number
  disabledAt: number | null
  /** Null: nobody has shown yet that they read what is sent to the address. */
  verifiedAt: number | null
  /** A new address that its owner has not confirmed yet. */
  pendingEmail: string | null
  /** Its owner deleted it: nobody can log in, and its data is deleted from this moment on. */
  deletesAt: number | null
  /** They only rise: with each new password, and with each change of a second factor or a passkey. */
  passwordVersion: number
  factorVersion: number
  /** A log-in proves a second factor, too: by an app, or because its owner wants a passkey asked for behind the password. */
  hasSecondFactor: boolean
  hasApp: boolean
  /** Since when its owner wants that; null: not. */
  asksPasskeySince: number | null
  /** When the offer to make a passkey was answered, or a passkey made; null: it may still be made. */
  passkeyOfferAnsweredAt: number | null
  /** Their names, sorted. */
  groups: readonly string[]
  /** Null: the account has no password. */
  passwordChangedAt: number | null
  /** Since when the people who run the site demand another password; null: not, or it was changed since. */
  passwordDemandedAt: number | null
  /** What the site asked at registration, beyond name and address. */
  fields: CustomValues
}

/** An account whose row is held: nobody else changes it before this transaction ends. */
export interface HeldAccount extends Account {
  addressKey: Buffer
}

export interface NewAccount {
  id: Buffer
  name: string
  address: Address
  createdAt: number
  verifiedAt?: number
  fields?: CustomValues
  disabledAt?: number | null
  passwordChangedAt?: number | null
}

/** Of an account's password and of its factors, as it begins. */
export const firstVersion = 1

/** What a log-in needs to know of an account that it makes. */
export const asNew = {
  ...{ passwordVersion: firstVersion, factorVersion: firstVersion },
  ...{ hasSecondFactor: false, hasApp: false, groups: [], passwordDemandedAt: null },
}

/** Closed, and never confirmed: anyone who did that may be a stranger, and must not keep the address from its owner. */
export function hasLeft({ deletesAt, verifiedAt, disabledAt }: Account): boolean {
  return deletesAt !== null && verifiedAt === null && disabledAt === null
}
