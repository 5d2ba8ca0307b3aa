// Whatever is told by letter is told by as many letters as there are records of it, and no letter tells what did not happen.
import { expect } from 'vitest'
import type { AuditedEvent } from '../../../src/identity/audit/events.ts'
import type { LetterKind } from '../../../src/text/en-letters.ts'
import { counter, type Tables } from './tables.ts'

/** Of a kind in a day. */
const mostNotices = 10

const notices: Partial<Record<AuditedEvent, LetterKind>> = {
  'password.changed': 'password-changed',
  'recovery.succeeded': 'password-reset',
  'name.changed': 'name-changed',
  'email.change-requested': 'email-change-requested',
  'email.changed': 'email-changed',
}

export function lettersAreTold({ accounts, letters, told, toldInAll }: Tables) {
  const counts = counter(letters.map(({ kind, owner }) => `${kind} ${owner}`))
  const known = new Set(accounts.map(({ owner }) => owner))
  for (const owner of known) {
    const written = (kind: LetterKind) => counts.get(`${kind} ${owner}`) ?? 0
    for (const [event, kind] of Object.entries(notices))
      expect([kind, written(kind)]).toEqual([kind, Math.min(mostNotices, told(event as AuditedEvent, owner))])
    expect(written('confirm-email') + written('email-taken')).toBe(told('email.change-requested', owner))
    expect(written('account-closed')).toBe(told('account.closed', owner))
    expect(written('reset-password')).toBeLessThanOrEqual(told('recovery.requested', owner))
    expect(written('new-device')).toBeLessThanOrEqual(told('login.succeeded', owner))
  }
  const inAll = (kind: LetterKind) => letters.filter((letter) => letter.kind === kind).length
  // One each, also where it is not sent.
  expect(inAll('start-account') + inAll('already-registered')).toBe(toldInAll('registration.requested'))
  // A letter that outlives its account.
  const gone = toldInAll('account.closed') - [...known].reduce((sum, owner) => sum + told('account.closed', owner), 0)
  expect(inAll('account-gone')).toBe(gone)
}
