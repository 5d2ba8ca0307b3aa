// The numbers of passkeys. docs/security/limits.md tells why.
import { type Milliseconds, minutes } from '../../time.ts'

/** So long a challenge may be answered. */
export const challengeLife: Milliseconds = minutes(5)

/** Of one account: the list goes to the browser with every question. */
export const mostPasskeys = 100

/** Characters of what a browser sends: a credential id has up to 1023 bytes, a key of RSA 550. */
export const longestAnswer = 16_384

/** Characters of a name. */
export const longestName = 100
