// The numbers of second factors. docs/security/limits.md tells why.
import { days, hours, type Milliseconds, minutes, seconds } from '../../time.ts'
import type { Budget } from '../attempts/budgets.ts'

/** Wrong codes of one account, whichever log-in they belong to. Recovery codes are not among them: they cannot be guessed. */
export const codeBudget: Budget = {
  free: 10,
  memory: hours(24),
  doubling: { first: seconds(30), longest: minutes(15) },
}

/**
 * Wrong recovery codes and passkeys of one session whose owner reauthenticates. Nobody guesses one, but each costs us work.
 * Counted under the session: anyone who holds a stolen one keeps its owner out of no other.
 */
export const reauthenticationBudget: Budget = { ...codeBudget }

/** Of each set. */
export const recoveryCodesMade = 10
/** With so many left or fewer, the owner gets an email. */
export const fewRecoveryCodes = 3

/** So long a browser that its owner trusts is not asked for the second factor. */
export const trustedFor: Milliseconds = days(30)
/** Of one account. The one that was trusted first goes. */
export const mostTrustedDevices = 20
