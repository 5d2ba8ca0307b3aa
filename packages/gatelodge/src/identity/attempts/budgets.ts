// How many tries there are before the next one has to wait, and for how long; and the limits of a password, which several
// capabilities check. docs/security/limits.md says why. The limit of one capability stands in its folder, that of emails in
// `email/limits.ts`.
import type { Settings } from '../../config/schema.ts'
import { type Milliseconds, minutes } from '../../time.ts'

export interface Budget {
  /** After so many tries comes the first wait. */
  free: number
  /** The count starts again this long after its last try (waits that double) or its first (a window). */
  memory: Milliseconds
  /** Doubling from `first` to `longest` with each further try; without it, one wait until the window ends. */
  doubling?: { first: Milliseconds; longest: Milliseconds }
}

/** The limit of one kind of act, as a capability declares it. */
export type Limit = (settings: Settings) => Budget

/** Wrong passwords, at a log-in or where one is asked for again. */
export interface Budgets {
  /** Under the account, a device that is known to it, or a session. */
  account: Budget
  /** Under the client's network: no success clears it. */
  clientAddress: Budget
}

export function budgetsOf(settings: Settings): Budgets {
  return {
    account: {
      free: settings.loginFreeFailures,
      memory: settings.loginFailuresForgotten,
      doubling: { first: settings.loginFirstWait, longest: settings.loginLongestWait },
    },
    clientAddress: { free: settings.loginFailuresPerAddress, memory: settings.loginAddressWindow },
  }
}

/** So many tries, and each further one costs the longest wait. */
export function triesToLongest({ free, doubling }: Budget): number {
  return doubling ? free + Math.max(0, Math.ceil(Math.log2(doubling.longest / doubling.first))) : free
}

/** The longest that anyone waits. */
export const longestWait = ({ doubling, memory }: Budget): Milliseconds => doubling?.longest ?? memory

/**
 * What lies beyond this comes from a clock that was wrong, and does not count: a wait could last for years. Twice the
 * longest there is and a minute, because the clocks of several copies differ.
 */
export function believable(longest: Milliseconds, now: number): number {
  return now + 2 * longest + minutes(1)
}
