// Each link that was used is told, and what an account waits for has a link that brings it.
import { expect } from 'vitest'
import type { Settings } from '../../../src/config/schema.ts'
import type { AuditedEvent } from '../../../src/identity/audit/events.ts'
import type { TokenPurpose } from '../../../src/identity/tokens/storage.ts'
import { old, type Tables } from './tables.ts'

const usedFor: Record<TokenPurpose, AuditedEvent> = {
  'verify-email': 'email.verified',
  'reset-password': 'recovery.succeeded',
  'change-email': 'email.changed',
  'restore-account': 'account.reopened',
  'undo-email-change': 'email.change-undone',
}

export function linksAreTold({ accounts, tokens, letters, audit, told }: Tables, { registration }: Settings) {
  const isUnused = new Set(
    tokens.filter(({ used_at }) => used_at === null).map(({ owner, purpose }) => owner + purpose),
  )
  const has = (owner: string, purpose: TokenPurpose) => isUnused.has(owner + purpose)
  // One of a purpose at most: a new one voids the one before.
  expect(isUnused.size).toBe(tokens.filter(({ used_at }) => used_at === null).length)

  const known = new Set(accounts.map(({ owner }) => owner))
  const ofNobody = tokens.filter(({ owner }) => !known.has(owner))
  const unsent = letters.filter(({ owner }) => owner !== '' && !known.has(owner))
  // Whoever asks for an address that nobody has leaves as much as for one that somebody has.
  expect(ofNobody.map(({ purpose, owner }) => `${purpose} ${owner}`).sort()).toEqual(
    unsent.map(({ kind, owner }) => `${kind} ${owner}`).sort(),
  )
  for (const { kind, good_until } of unsent) expect([kind, Number(good_until)]).toEqual(['reset-password', 0])

  const isOld = new Set(audit.filter(({ reason }) => reason === old).map(({ owner }) => owner))
  for (const { owner, verified_at, pending_email, deletes_at } of accounts) {
    for (const [purpose, event] of Object.entries(usedFor)) {
      const used = tokens.filter((one) => one.owner === owner && one.purpose === purpose && one.used_at !== null)
      expect([event, used.length]).toEqual([event, told(event, owner)])
    }
    expect(has(owner, 'change-email')).toBe(pending_email !== null)
    expect(has(owner, 'restore-account')).toBe(deletes_at !== null)
    if (deletes_at !== null) expect([has(owner, 'verify-email'), has(owner, 'reset-password')]).toEqual([false, false])
    const shown = (['email.verified', 'recovery.succeeded', 'email.changed'] as const).some((one) => told(one, owner))
    const atStart = registration === 'confirm-first' && !isOld.has(owner)
    expect(verified_at !== null).toBe(shown || atStart)
  }
}
