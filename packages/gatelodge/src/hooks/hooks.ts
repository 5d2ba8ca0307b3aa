// What a program that holds us inside may give to be called: by what, with what, and what it may say.
import type { OwnValues } from '../identity/accounts/own-fields.ts'
import type { ToldAccount } from '../identity/accounts/told.ts'

/** From where something was asked. No headers: the session's cookie stands in them. */
export interface HookRequest {
  /** The number that its lines in the log carry. */
  id: string
  clientAddress: string
  /** Browser and system in words. */
  device: string
}

export interface AccountEvent {
  account: ToldAccount
  request: HookRequest
}

/** Somebody who has filled in the form, as it would be stored. Whether the address has an account is not told. */
export interface Newcomer {
  name: string
  email: string
  /** The registration fields of the site's own, by name. */
  fields: OwnValues
  request: HookRequest
}

/** Words for the person at the form. `field`: where they stand; at the address unless it names another field of the form. */
export interface RegistrationRefusal {
  refuse: string
  field?: string
}

// biome-ignore lint/suspicious/noConfusingVoidType: a hook that says nothing returns nothing
type Perhaps<T> = T | undefined | void

/** All are waited for before the browser is answered, but `onDeleted`, which no browser asks for. */
export interface Hooks {
  /** Before anything is hashed or stored. What it throws ends the request (500), with nothing stored. */
  onRegistering?(newcomer: Newcomer): Perhaps<RegistrationRefusal> | Promise<Perhaps<RegistrationRefusal>>
  /** The account is there. */
  onRegistered?(event: AccountEvent): unknown
  /** A session has started: by password, by registering, or by a link with the password. */
  onLoggedIn?(event: AccountEvent): unknown
  /** Somebody has logged out: here, or on other devices of theirs. */
  onLoggedOut?(event: AccountEvent & { where: 'here' | 'elsewhere' }): unknown
  /** The account's time is over, and nobody can bring it back. Where it throws, it is called again later. */
  onDeleted?(event: { account: ToldAccount }): unknown
}

const all: Record<keyof Hooks, true> = {
  onRegistering: true,
  onRegistered: true,
  onLoggedIn: true,
  onLoggedOut: true,
  onDeleted: true,
}
export const hookNames = Object.keys(all)
