// How many tries there are before someone has to wait, and for how long. docs/security/limits.md tells why. A capability's own
// limit stands in its folder.
import type { Settings } from '../../config/schema.ts'
import { hours, type Milliseconds, minutes } from '../../time.ts'

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

export interface Budgets {
  account: Budget
  clientAddress: Budget
  /** Emails that someone asks for: to one address, in two windows and with a pause between two, and from one client. */
  emailHour: Budget
  emailDay: Budget
  emailPause: Budget
  emailClient: Budget
  /** Notices that nobody asks for, to an address that nobody has confirmed. */
  noticeDay: Budget
}

/** All that someone does on the first day of an account, and too few to flood the mailbox of a stranger. */
const noticesPerAddressDay = 20

/** Before the same email can be asked for again: most mail is there by then. */
export const emailPause: Milliseconds = minutes(1)

export function budgetsOf(settings: Settings): Budgets {
  return {
    account: {
      free: settings.loginFreeFailures,
      memory: settings.loginFailuresForgotten,
      doubling: { first: settings.loginFirstWait, longest: settings.loginLongestWait },
    },
    clientAddress: { free: settings.loginFailuresPerAddress, memory: settings.loginAddressWindow },
    emailHour: { free: settings.emailsPerAddressHour, memory: hours(1) },
    emailDay: { free: settings.emailsPerAddressDay, memory: hours(24) },
    emailPause: { free: 1, memory: emailPause },
    emailClient: { free: settings.emailsPerClient, memory: hours(1) },
    noticeDay: { free: noticesPerAddressDay, memory: hours(24) },
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
