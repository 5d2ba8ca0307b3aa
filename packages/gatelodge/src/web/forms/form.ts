// From posted fields to what a rule takes, and from a rule's refusal back to the form's own page.
import type { z } from 'zod'
import type { FieldWith, Problem } from '../../text/problem-text.ts'
import { seeOther } from '../http/answer.ts'
import type { Context } from '../http/context.ts'
import { keepWayIn } from './flash.ts'

export type Read<T> = { kind: 'read'; input: T } | { kind: 'refused'; problems: Problem[] }

/** A field that has a sentence for what is not even of the right shape. */
type ReadField = FieldWith<'not-text'>

/** A form whose fields all have one: any other does not compile. */
export type FormShape<T> = keyof T extends ReadField
  ? z.ZodType<T>
  : T extends Record<string, never>
    ? z.ZodType<T>
    : never

/** Reads by shape only; what a field may hold is for the rules to judge. Fields that the form does not have are left out. */
export function readForm<T>(c: Context, form: FormShape<T>): Read<T> {
  return readShape(c, form)
}

/** As `readForm`, for a shape that was checked where it was described. */
export function readShape<T>(c: Context, form: z.ZodType<T>): Read<T> {
  const result = form.safeParse(c.get('fields'))
  if (result.success) return { kind: 'read', input: result.data }
  const fields = new Set(result.error.issues.map((issue) => issue.path[0] as ReadField))
  return { kind: 'refused', problems: [...fields].map((field) => problemOfShape(c, field)) }
}

function problemOfShape(c: Context, field: ReadField): Problem {
  const isMissing = c.get('fields')[field] === undefined
  return isMissing && hasEmpty(c, field) ? { field, code: 'empty' } : { field, code: 'not-text' }
}

/** Not those that may be left out. */
function hasEmpty(c: Context, field: ReadField): field is ReadField & FieldWith<'empty'> {
  return Object.hasOwn(c.get('site').text.problems[field], 'empty')
}

/** What was typed, but for passwords and codes, to be shown once more. */
export function typedFields(c: Context): Record<string, string> {
  const kept = Object.entries(c.get('fields')).filter(
    ([name, value]) => typeof value === 'string' && !/password|token|^answer$|^(?:recovery_)?code$/.test(name),
  )
  return Object.fromEntries(kept) as Record<string, string>
}

/** Of these, what a person wrote into a field that they could see: not what a button or a hidden field says. */
export function writtenFields(c: Context): Record<string, string> {
  const { fields, text } = c.get('site')
  const boxes = ['remember', 'trust']
  const seen = new Set([...Object.keys(text.labels), ...fields.map(({ name }) => name)])
  const written = Object.entries(typedFields(c)).filter(
    ([name, value]) => seen.has(name) && !boxes.includes(name) && value.trim() !== '',
  )
  return Object.fromEntries(written)
}

export interface FormRefusal {
  /** The form's own page. */
  path: string
  problems: Problem[]
  /** What was typed, but for passwords. */
  values: Record<string, string>
}

/** Back to the form with messages and what was typed. */
export function refuse(c: Context, { path, problems, values }: FormRefusal): Response {
  keepWayIn(c, values)
  return seeOther(c, path, { form: { path: c.req.path, values, problems } })
}
