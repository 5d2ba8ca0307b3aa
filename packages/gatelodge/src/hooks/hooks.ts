// What a program that holds us inside may give to be called: by what, with what, and what it may say.
import type { CustomValues } from '../identity/accounts/custom-fields.ts'
import type { PublicAccount } from '../identity/accounts/public-account.ts'

/** From where something was asked. No headers: the session's cookie stands in them. */
export interface HookRequest {
  /** The number that its lines in the log carry. */
  id: string
  /** The IP address of the caller; empty where the app did not hand over the connection. */
  clientAddress: string
  /** Browser and system in words, such as `Firefox on Windows`. */
  device: string
}

/** What most hooks get. */
export interface AccountEvent {
  /** As `session()` gives it. */
  account: PublicAccount
  /** Where it was asked for. */
  request: HookRequest
}

/** A person who has filled in the form, as it would be stored. It does not say whether the address has an account. */
export interface Newcomer {
  /** The name, trimmed. */
  name: string
  /** The address, trimmed. Nothing says yet that it belongs to the user. */
  email: string
  /** The registration fields of the site's own, by name. */
  fields: CustomValues
  /** Where it was asked for. */
  request: HookRequest
}

/** Words for the person at the form. */
export interface RegistrationRefusal {
  /** Why not, in at most 200 characters; what is longer is cut. */
  refuse: string
  /** The field of the form where they stand: `name`, `email`, `password` or a registration field. Default: `email`. */
  field?: string
}

// biome-ignore lint/suspicious/noConfusingVoidType: a hook that says nothing returns nothing
type Perhaps<T> = T | undefined | void

/**
 * Functions of the app. Gatelodge waits for each before it answers the browser (but for `onDeleted`, which no browser asks
 * for), for 10 seconds at most: a hook that takes longer has failed, and the log says `hook.failed`.
 */
export interface Hooks {
  /**
   * Before anything is hashed or stored.
   * @returns nothing to let the user register, or `{ refuse: 'why' }`.
   * @throws whatever it throws, or 10 seconds without an answer, ends the request (500) with nothing stored.
   */
  onRegistering?(newcomer: Newcomer): Perhaps<RegistrationRefusal> | Promise<Perhaps<RegistrationRefusal>>
  /** The account is stored. It is called once; if it throws, the account stays and the answer is the same. */
  onRegistered?(event: AccountEvent): unknown
  /** A session has started: by password, by registering, or by a link with the password. It is called once. */
  onLoggedIn?(event: AccountEvent): unknown
  /** A session was ended by its user: by the button (`here`), or from the list of devices (`elsewhere`). It is called once. */
  onLoggedOut?(event: AccountEvent & { where: 'here' | 'elsewhere' }): unknown
  /**
   * An account was deleted, and `deletionDelay` (default `14d`) is over. If it throws, it is called again every quarter of an
   * hour, and the rows of the account stay until it succeeds.
   */
  onDeleted?(event: { account: PublicAccount }): unknown
}

const all: Record<keyof Hooks, true> = {
  onRegistering: true,
  onRegistered: true,
  onLoggedIn: true,
  onLoggedOut: true,
  onDeleted: true,
}
export const hookNames = Object.keys(all)
