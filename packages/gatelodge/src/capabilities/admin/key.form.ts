// What the browser sends of the forms of API keys. Shape only.
import { z } from 'zod'
import { usualLife } from '../../identity/keys/limits.ts'
import { type Scope, scopes } from '../../identity/keys/scopes.ts'
import type { Problem } from '../../text/problem-text.ts'
import { days } from '../../time.ts'

const text = z.string().default('')

/** The name of its box: one for each scope, `yes` where it is ticked. */
export const boxOf = (scope: Scope): string => scope.replace(':', '_')

export const KeyForm = z.object({
  key_name: text,
  days: text,
  ...Object.fromEntries(scopes.map((scope) => [boxOf(scope), text])),
})

/** To revoke one. In a field, because a name may be two dots, which no path can hold. */
export const KeyNameForm = z.object({ key_name: text })

export const usualDays = String(usualLife / days(1))

export function readKey(given: Record<string, string>) {
  const { key_name = '', days: typed = '' } = given
  const chosen = scopes.filter((scope) => given[boxOf(scope)] === 'yes')
  const life = /^\s*\d{1,4}\s*$/.test(typed) ? Number(typed) * days(1) : 0
  return { name: key_name.trim(), scopes: chosen, life }
}

/** At the field that it is about. */
export function whyNoKey(kind: string): Problem {
  switch (kind) {
    case 'bad-name':
      return { field: 'key_name', code: 'form' }
    case 'exists':
      return { field: 'key_name', code: 'taken' }
    case 'bad-life':
      return { field: 'days', code: 'number' }
    default:
      return { field: 'scopes', code: 'empty' }
  }
}
