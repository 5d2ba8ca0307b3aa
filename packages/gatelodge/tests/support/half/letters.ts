// Whatever is told by letter is told by as many letters as there are records of it, and no letter tells what did not happen.
import { expect } from 'vitest'
import type { LetterKind } from '../../../src/text/en/letters.ts'
import { same } from './same.ts'
import { counter, type Tables, type Told } from './tables.ts'

/** Of a kind in a day. */
const mostNotices = 10

const notices: Partial<Record<Told, LetterKind>> = {
  'password.changed': 'password-changed',
  'recovery.succeeded': 'password-reset',
  'name.changed': 'name-changed',
  'email.change-requested': 'email-change-requested',
  'email.changed': 'email-changed',
  'email.changed back': 'email-change-undone',
}

export function lettersAreTold({ accounts, letters, told, toldInAll }: Tables) {
  const counts = counter(letters.map(({ kind, owner }) => `${kind} ${owner}`))
  const known = new Set(accounts.map(({ owner }) => owner))
  for (const owner of known) {
    const written = (kind: LetterKind) => counts.get(`${kind} ${owner}`) ?? 0
    for (const [event, kind] of Object.entries(notices))
      same(kind, written(kind), Math.min(mostNotices, told(event as Told, owner)))
    same('to the new address', written('confirm-email') + written('email-taken'), told('email.change-requested', owner))
    same('account-closed', written('account-closed'), told('account.closed', owner))
    same('reset-password', written('reset-password') <= told('recovery.requested', owner), true)
    same('new-device', written('new-device') <= told('login.succeeded', owner), true)
  }
  const inAll = (kind: LetterKind) => letters.filter((letter) => letter.kind === kind).length
  // One each, also where it is not sent.
  expect(inAll('start-account') + inAll('already-registered')).toBe(toldInAll('registration.requested'))
  // A letter that outlives its account.
  const gone = toldInAll('account.closed') - [...known].reduce((sum, owner) => sum + told('account.closed', owner), 0)
  expect(inAll('account-gone')).toBe(gone)
}
