// How many emails one address and one client may cause. docs/security/limits.md says why.
import type { Settings } from '../config/schema.ts'
import { type Address, parseAddress } from '../identity/accounts/address.ts'
import type { Attempts, Tries } from '../identity/attempts/rules.ts'
import { hours, type Milliseconds, minutes } from '../time.ts'

export type EmailSettings = Pick<Settings, 'emailsPerAddressHour' | 'emailsPerAddressDay' | 'emailsPerClient'>

/** Before the same email can be asked for again: most mail is there by then. */
export const emailPause: Milliseconds = minutes(1)

/** All notices of the first day of an account, and too few to flood the mailbox of a stranger. */
const noticesPerAddressDay = 20

type Counting = Pick<Attempts, 'of' | 'from'>

/** An email of one kind that was asked for: by its address, with a pause and in two windows, and by the client. */
export function asked(
  { of, from }: Counting,
  settings: EmailSettings,
  { kind, address: { normalised }, clientAddress }: { kind: string; address: Address; clientAddress: string },
): Tries {
  return [
    ...of('email pause', `${kind} ${normalised}`, { free: 1, memory: emailPause }),
    ...of('emails an hour', normalised, { free: settings.emailsPerAddressHour, memory: hours(1) }),
    ...of('emails a day', normalised, { free: settings.emailsPerAddressDay, memory: hours(24) }),
    ...from('emails from', clientAddress, { free: settings.emailsPerClient, memory: hours(1) }),
  ]
}

/**
 * A notice to an address that nobody has verified. It uses up none of the emails that a person may ask for.
 * @param clientAddress undefined: the site itself did it.
 */
export function noticed(
  { of, from }: Counting,
  settings: EmailSettings,
  to: string,
  clientAddress: string | undefined,
): Tries {
  const address = parseAddress(to)?.normalised ?? to
  const toAddress = of('notices a day', address, { free: noticesPerAddressDay, memory: hours(24) })
  if (clientAddress === undefined) return toAddress
  return [...toAddress, ...from('notices from', clientAddress, { free: settings.emailsPerClient, memory: hours(1) })]
}
