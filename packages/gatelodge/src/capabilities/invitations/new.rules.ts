// What an administrator types into the form of a new invitation. Knows no HTTP and no SQL.
import type { z } from 'zod'
import type { Problem } from '../../text/problem-text.ts'
import { days } from '../../time.ts'
import { longestLife, type Made, mostUses, type NewInvitation } from './make.rules.ts'

interface TypedInvitation {
  invited_email: string
  /** Names with commas between. */
  groups: string
  uses: string
  /** Until it expires. */
  days: string
}

export function readInvitation(
  typed: TypedInvitation,
): { kind: 'read'; input: z.output<typeof NewInvitation> } | { kind: 'refused'; problems: Problem[] } {
  const { invited_email, groups } = typed
  const uses = wholeNumber(typed.uses, mostUses)
  const life = wholeNumber(typed.days, longestLife / days(1))
  const problems: Problem[] = [
    ...(uses === undefined ? [{ field: 'uses' as const, code: 'number' as const }] : []),
    ...(life === undefined ? [{ field: 'days' as const, code: 'number' as const }] : []),
  ]
  if (uses === undefined || life === undefined) return { kind: 'refused', problems }
  const email = invited_email.trim() === '' ? {} : { email: invited_email }
  const names = groups
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
  const lasts = life === 0 ? {} : { life: life * days(1) }
  return { kind: 'read', input: { ...email, groups: names, uses: uses || 1, ...lasts } }
}

/** @returns 0 where nothing was typed; undefined for what is none from 1 to `most`. */
function wholeNumber(typed: string, most: number): number | undefined {
  if (typed.trim() === '') return 0
  const number = /^\s*\d+\s*$/.test(typed) ? Number(typed) : 0
  return number >= 1 && number <= most ? number : undefined
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
