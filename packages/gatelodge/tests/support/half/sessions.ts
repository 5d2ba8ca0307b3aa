// Each session that began or ended is told.
import { expect } from 'vitest'
import type { Settings } from '../../../src/config/schema.ts'
import type { AuditedEvent } from '../../../src/identity/audit/events.ts'
import { counter, old, type Tables } from './tables.ts'

const endedBy: Record<string, AuditedEvent[]> = {
  elsewhere: ['session.ended', 'sessions.ended'],
  'password-changed': ['password.changed'],
  'password-reset': ['recovery.succeeded'],
  'address-confirmed': ['email.verified'],
  'address-changed': ['email.changed'],
  'account-closed': ['account.closed'],
}

export function sessionsAreTold({ accounts, sessions, audit, told }: Tables, { requireVerifiedEmail }: Settings) {
  const rows = counter(sessions.map(({ owner }) => owner))
  const known = new Map(accounts.map((account) => [account.owner, account]))
  for (const { owner, ended_at, ended_by } of sessions) {
    expect(known.has(owner)).toBe(true)
    // Whoever has left is nowhere logged in.
    if (ended_at === null) expect(known.get(owner)?.deletes_at).toBe(null)
    expect(ended_at === null).toBe(ended_by === null)
    if (ended_by)
      expect(
        endedBy[ended_by]?.some((event) => told(event, owner) > 0),
        ended_by,
      ).toBe(true)
  }
  const withoutSession = new Set(audit.filter(({ reason }) => reason === old).map(({ owner }) => owner))
  for (const { owner } of accounts) {
    if (told('account.disabled', owner) > 0) continue
    // One that was ended stays for a while, one that was logged out of leaves, one that goes on under a new token is one.
    const atRegistration = requireVerifiedEmail || withoutSession.has(owner) ? 0 : 1
    const began = atRegistration + told('login.succeeded', owner) - told('logout.succeeded', owner)
    const verified = told('email.verified', owner)
    // Whoever verified an address and typed the password as well was let in.
    expect(verified === 0 ? [began] : [began, began + 1]).toContain(rows.get(owner) ?? 0)
  }
}
