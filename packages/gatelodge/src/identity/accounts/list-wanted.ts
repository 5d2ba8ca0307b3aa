// Which accounts a list shows, and in which order.
import type { AccountOrder, ListCursor } from './list-cursor.ts'

/** As the generated column counts them. */
export const states = { active: 0, disabled: 1, deleted: 2 } as const
export type AccountState = keyof typeof states
export const accountStates = Object.keys(states) as AccountState[]

/** What proves more than the password: an app, a passkey, nothing. */
export const accountFactors = ['app', 'passkey', 'none'] as const
export type AccountFactor = (typeof accountFactors)[number]

export interface AccountsWanted {
  /** An address or id as a whole, or the beginning of an address or name. */
  query?: string | undefined
  state?: AccountState | undefined
  group?: string | undefined
  factor?: AccountFactor | undefined
  /** Of a list without a query: `registered` has the newest in front. With one: those that match by address, then by name. */
  order?: AccountOrder | undefined
  /** At most so many. */
  limit: number
  /** What the page before gave as `next`. */
  cursor?: string | undefined
}

/** One index that is read. */
export interface Lane {
  order: AccountOrder
  begins?: string | undefined
  /** They were in a lane before. */
  notAddress?: string | undefined
  /** Where the page before ended. */
  after?: ListCursor | undefined
}
