// Each session that began or ended has a record.
import type { Settings } from '../../../src/config/schema.ts'
import { same } from './same.ts'
import { counter, isOld, type Tables, type Told } from './tables.ts'

const endedBy: Record<string, Told[]> = {
  elsewhere: ['session.ended', 'sessions.ended'],
  'password-changed': ['password.changed', 'password.added'],
  'password-reset': ['password-reset.succeeded'],
  'address-confirmed': ['email.verified', 'email.verified by connection'],
  'address-changed': ['email.changed', 'email.changed back'],
  'account-deletion-scheduled': ['account.deletion-scheduled'],
  'factor-changed': ['two-factor.added', 'two-factor.reset', 'passkey.added'],
}

export function sessionsAreTold({ accounts, sessions, audit, told }: Tables, { requireVerifiedEmail }: Settings) {
  const rows = counter(sessions.map(({ owner }) => owner))
  const known = new Map(accounts.map((account) => [account.owner, account]))
  for (const { owner, ended_at, ended_by } of sessions) {
    same('an account', known.has(owner), true)
    // Anyone who has left is nowhere logged in.
    if (ended_at === null) same('closed', known.get(owner)?.deletes_at, null)
    same('ended', ended_at === null, ended_by === null)
    if (ended_by)
      same(
        ended_by,
        endedBy[ended_by]?.some((event) => told(event, owner) > 0),
        true,
      )
  }
  const withoutSession = new Set(audit.filter(isOld).map(({ owner }) => owner))
  for (const { owner } of accounts) {
    if (told('account.disabled', owner) > 0) continue
    // A session that was ended from elsewhere stays for a while. A log-out deletes its session. A session under a new token
    // counts as one.
    const atRegistration = requireVerifiedEmail || withoutSession.has(owner) ? 0 : 1
    const began = atRegistration + told('login.succeeded', owner) - told('logout.succeeded', owner)
    const verified = told('email.verified', owner)
    // A person who verified an address and typed the password as well was logged in.
    const there = rows.get(owner) ?? 0
    same('sessions', there, verified > 0 && there === began + 1 ? there : began)
  }
}
