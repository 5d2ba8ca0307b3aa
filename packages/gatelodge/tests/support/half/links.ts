// Each link that was used has a record, and each account that waits for a confirmation has a link for it.
import { expect } from 'vitest'
import type { TokenPurpose } from '../../../src/identity/tokens/storage.ts'
import { same } from './same.ts'
import { counter, isByLink, oldAndVerified, type Tables, type Told } from './tables.ts'

/** No link is shown there. */
const usedFor: Record<Exclude<TokenPurpose, 'reset-password-shown'>, Told> = {
  'verify-email': 'email.verified',
  'reset-password': 'password-reset.succeeded',
  'change-email': 'email.changed',
  'restore-account': 'account.restored',
  'undo-email-change': 'email.changed back',
  'become-administrator': 'administrator.added',
}

/** That emails reach the owner. */
const shows: Told[] = [
  'email.verified',
  'password-reset.succeeded',
  'email.changed',
  'email.changed back',
  'email.verified by invitation',
  'email.verified by connection',
]

export function linksAreTold({ accounts, tokens, emails, audit, told }: Tables) {
  const isUnused = new Set(
    tokens.filter(({ used_at }) => used_at === null).map(({ owner, purpose }) => owner + purpose),
  )
  const has = (owner: string, purpose: TokenPurpose) => isUnused.has(owner + purpose)
  // One of a purpose at most: a new one voids the one before.
  expect(isUnused.size).toBe(tokens.filter(({ used_at }) => used_at === null).length)

  const known = new Set(accounts.map(({ owner }) => owner))
  const ofNobody = tokens.filter(({ owner }) => !known.has(owner))
  const unsent = emails.filter(({ owner }) => owner !== '' && !known.has(owner))
  // A request for an address without an account makes the same rows as one for an address with an account.
  expect(ofNobody.map(({ purpose, owner }) => `${purpose} ${owner}`).sort()).toEqual(
    unsent.map(({ kind, owner }) => `${kind} ${owner}`).sort(),
  )
  for (const { kind, good_until } of unsent) expect([kind, Number(good_until)]).toEqual(['reset-password', 0])

  const used = counter(
    tokens.filter(({ used_at }) => used_at !== null).map(({ owner, purpose }) => `${purpose} ${owner}`),
  )
  // With the link of an email, or put there so.
  const verifiedAtStart = new Set(audit.filter(beganVerified).map(({ owner }) => owner))
  for (const { owner, verified_at, pending_email, deletes_at } of accounts) {
    for (const [purpose, event] of Object.entries(usedFor))
      same(event, used.get(`${purpose} ${owner}`) ?? 0, told(event, owner))
    same('pending', has(owner, 'change-email'), pending_email !== null)
    same('way back', has(owner, 'restore-account'), deletes_at !== null)
    if (deletes_at !== null) same('closed', has(owner, 'verify-email') || has(owner, 'reset-password'), false)
    const shown = shows.some((one) => told(one, owner))
    same('verified', verified_at !== null, shown || verifiedAtStart.has(owner))
  }
}

function beganVerified(one: Tables['audit'][number]): boolean {
  return (one.event === 'registration.succeeded' && isByLink(one)) || one.reason === oldAndVerified
}
