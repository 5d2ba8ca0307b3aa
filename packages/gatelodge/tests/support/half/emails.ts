// There are as many emails about an event as there are records of it, and no email reports what did not happen.
import { expect } from 'vitest'
import type { EmailKind } from '../../../src/email/template.ts'
import { same } from './same.ts'
import { counter, type Tables, type Told } from './tables.ts'

/** Of a kind in a day. */
const mostNotices = 10

const notices: Partial<Record<Told, EmailKind>> = {
  'password.changed': 'password-changed',
  'password.added': 'password-added',
  'password-reset.succeeded': 'password-reset',
  'name.changed': 'name-changed',
  'two-factor.added': 'two-factor-added',
  'two-factor.removed': 'two-factor-removed',
  'two-factor.locked': 'two-factor-locked',
  'recovery-codes.renewed': 'recovery-codes-renewed',
  'passkey.added': 'passkey-added',
  'passkey.removed': 'passkey-removed',
  'passkey.renamed': 'passkey-renamed',
  'connection.removed': 'connection-removed',
  'email.change-requested': 'email-change-requested',
  'email.changed': 'email-changed',
  'email.changed back': 'email-change-undone',
}

function beganByProvider({ audit }: Tables): Set<string> {
  const byProvider = audit.filter(
    ({ event, methods }) => event === 'registration.succeeded' && /connection:/.test(methods ?? ''),
  )
  return new Set(byProvider.map(({ owner }) => owner))
}

/** A connection that an account began with, or by which its owner took it over, is no news. */
function connectionsOfNote({ told }: Tables, owner: string, began: boolean): number {
  const isTakenOver = !began && told('email.verified by connection', owner) > 0
  return told('connection.added', owner) - (began || isTakenOver ? 1 : 0)
}

export function emailsAreTold(tables: Tables) {
  const { accounts, emails, told, toldInAll } = tables
  const counts = counter(emails.map(({ kind, owner }) => `${kind} ${owner}`))
  const known = new Set(accounts.map(({ owner }) => owner))
  const byProvider = beganByProvider(tables)
  for (const owner of known) {
    const written = (kind: EmailKind) => counts.get(`${kind} ${owner}`) ?? 0
    for (const [event, kind] of Object.entries(notices))
      same(kind, written(kind), Math.min(mostNotices, told(event as Told, owner)))
    same(
      'connection-added',
      written('connection-added'),
      Math.min(mostNotices, connectionsOfNote(tables, owner, byProvider.has(owner))),
    )
    same('to the new address', written('confirm-email') + written('email-taken'), told('email.change-requested', owner))
    same('account-deletion-scheduled', written('account-deletion-scheduled'), told('account.deletion-scheduled', owner))
    const used = written('recovery-code-used') + written('recovery-codes-few')
    same('recovery-code-used', used, told('recovery-code.used', owner))
    same('reset-password', written('reset-password') <= told('password-reset.requested', owner), true)
    same('new-device', written('new-device') <= told('login.succeeded', owner), true)
  }
  const inAll = (kind: EmailKind) => emails.filter((message) => message.kind === kind).length
  // One each, also where it is not sent.
  const registered = inAll('already-registered') + inAll('invited-already-registered')
  expect(inAll('start-account') + registered).toBe(toldInAll('registration.requested'))
  // An email that outlives its account.
  const gone =
    toldInAll('account.deletion-scheduled') -
    [...known].reduce((sum, owner) => sum + told('account.deletion-scheduled', owner), 0)
  expect(inAll('account-deleted')).toBe(gone)
}
