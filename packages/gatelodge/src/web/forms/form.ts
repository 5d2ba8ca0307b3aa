// From posted fields to what a rule takes, and from a rule's refusal back to the form's own page.
import type { z } from 'zod'
import { seeOther } from '../http/answer.ts'
import type { Context } from '../http/context.ts'
import { keepWayIn } from './flash.ts'
import type { Problem } from './visitor-cookie.ts'

export type Read<T> = { kind: 'read'; input: T } | { kind: 'refused'; problems: Problem[] }

/** Reads by shape only; what a field may hold is for the rules to judge. Fields that the form does not have are left out. */
export function readForm<T>(c: Context, form: z.ZodType<T>): Read<T> {
  const result = form.safeParse(c.get('fields'))
  if (result.success) return { kind: 'read', input: result.data }
  const fields = new Set(result.error.issues.map((issue) => String(issue.path[0])))
  return {
    kind: 'refused',
    problems: [...fields].map((field) => ({
      field,
      code: c.get('fields')[field] === undefined ? 'empty' : 'not-text',
    })),
  }
}

/** What was typed, but for passwords, to be shown once more. */
export function typedFields(c: Context): Record<string, string> {
  const kept = Object.entries(c.get('fields')).filter(
    ([name, value]) => typeof value === 'string' && !/password|token/.test(name),
  )
  return Object.fromEntries(kept) as Record<string, string>
}

export interface Refusal {
  /** The form's own page. */
  path: string
  problems: Problem[]
  /** What was typed, but for passwords. */
  values: Record<string, string>
}

/** Back to the form with messages and what was typed. */
export function refuse(c: Context, { path, problems, values }: Refusal): Response {
  keepWayIn(c, values)
  return seeOther(c, path, { form: { path: c.req.path, values, problems } })
}
