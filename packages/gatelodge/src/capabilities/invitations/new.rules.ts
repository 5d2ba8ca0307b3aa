// What an administrator types into the form of a new invitation. Knows no HTTP and no SQL.
import type { z } from 'zod'
import type { Problem } from '../../text/problem-text.ts'
import { type Made, mostUses, type NewInvitation } from './make.rules.ts'

interface TypedInvitation {
  invited_email: string
  /** Names with commas between. */
  groups: string
  uses: string
}

export function readInvitation({
  invited_email,
  groups,
  uses,
}: TypedInvitation):
  | { kind: 'read'; input: z.output<typeof NewInvitation> }
  | { kind: 'refused'; problems: Problem[] } {
  const many = uses.trim() === '' ? 1 : Number(uses)
  if (!/^\s*\d*\s*$/.test(uses) || many < 1 || many > mostUses)
    return { kind: 'refused', problems: [{ field: 'uses', code: 'number' }] }
  const email = invited_email.trim() === '' ? {} : { email: invited_email }
  const names = groups
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
  return { kind: 'read', input: { ...email, groups: names, uses: many } }
}

/** At the field that it is about. */
export function whyNotMade(outcome: Exclude<Made, { kind: 'done' }>): Problem {
  switch (outcome.kind) {
    case 'bad-address':
      return { field: 'invited_email', code: 'form' }
    case 'one-use':
      return { field: 'uses', code: 'one' }
    case 'no-group':
      return { field: 'groups', code: 'no-group' }
    case 'no-administrators':
      return { field: 'groups', code: 'administrators' }
    case 'too-many-groups':
      return { field: 'groups', code: 'too-many' }
    case 'email-not-set-up':
      return { field: 'invited_email', code: 'not-set-up' }
    case 'rate-limited':
      return { field: 'invited_email', code: 'rate-limited', seconds: Math.ceil(outcome.wait / 1000) }
  }
}
