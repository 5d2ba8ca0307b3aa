// A try is counted and recorded, both or neither; an email that a person asks for is counted and queued, likewise.
import { expect } from 'vitest'
import { isByLink, isOld, type Tables } from './tables.ts'

const askedFor = [
  'verify-email',
  'start-account',
  ...['already-registered', 'invited-already-registered'],
  'reset-password',
  'confirm-email',
  'email-taken',
]
/** Of an address its pause, its hour and its day, and the hour of a client. */
const countsPerEmail = 4

const notGuessed = new Set<string | null>(['recovery-code', 'passkey'])
/** With a passkey or by a provider: counted by the network only. */
const isByPasskey = ({ event, reason }: { event: string; reason: string | null }) =>
  event === 'login.failed' && /^(?:passkey|connection)-/.test(reason ?? '')

export function triesAreTold({ audit, emails, tries, toldInAll }: Tables) {
  const invitedOnes = audit.filter(({ event, reason }) => event === 'email.verified' && reason === 'invitation')
  const invitedOwners = new Set(invitedOnes.map(({ owner }) => owner))
  // An invitation is counted where it is used.
  const isAskedFor = (one: Tables['audit'][number]) => isByLink(one) && !invitedOwners.has(one.owner)
  // Counted when it is asked for: the link in the email is not counted once more.
  const begun = audit.filter((one) => one.event === 'registration.succeeded' && !isOld(one) && !isAskedFor(one)).length
  const registrations = toldInAll('registration.requested') + begun
  // A failed log-in stands under the account and under the network; one with a passkey under the network only.
  const byPasskey = audit.filter(isByPasskey).length
  const refused = 2 * toldInAll('login.failed') - byPasskey + toldInAll('registration.refused')
  const again = toldInAll('password.change-refused') + toldInAll('reauthentication.failed')
  // Recovery codes and passkeys cannot be guessed.
  const codes = audit.filter(({ event, reason }) => event === 'two-factor.failed' && !notGuessed.has(reason)).length
  // Where a limit is reached, confirm-first writes one that nobody gets and counts nothing.
  const isBeyond = (kind: string, goodUntil: number) =>
    ['start-account', 'already-registered', 'invited-already-registered'].includes(kind) && Number(goodUntil) === 0
  const asked = emails.filter(({ kind, good_until }) => askedFor.includes(kind) && !isBeyond(kind, good_until))
  // Each flow invites by email, which is counted by the address.
  const invited = toldInAll('invitation.created') + toldInAll('invitation.refused')
  const all = refused + again + codes + registrations + invited + countsPerEmail * asked.length
  // Where a session asks again they are counted, and at a log-in under way they are not: the record is the same.
  const perhaps = audit.filter(({ event, reason }) => event === 'two-factor.failed' && notGuessed.has(reason)).length
  const least = all - forgotten(audit)
  expect(tries).toBeGreaterThanOrEqual(least)
  expect(tries).toBeLessThanOrEqual(least + perhaps)
}

/** A new password by email clears what was counted for the account until then. */
function forgotten(audit: Tables['audit']): number {
  const counted = new Map<string, number>()
  let sum = 0
  for (const { event, owner, reason } of audit) {
    if (event === 'login.failed' && !isByPasskey({ event, reason })) counted.set(owner, (counted.get(owner) ?? 0) + 1)
    if (event !== 'password-reset.succeeded') continue
    sum += counted.get(owner) ?? 0
    counted.delete(owner)
  }
  return sum
}
