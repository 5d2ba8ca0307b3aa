// Registration fields of the site, filled in for someone else. Knows no HTTP and no SQL.
import type { CustomField } from '../../config/custom-fields.ts'
import { type CustomValues, judgeCustomFields } from '../../identity/accounts/custom-fields.ts'

export type BadField = { kind: 'bad-field'; field: string; code: string }

/** Only what is given is judged: who runs the site need not know everything that the form asks for. */
export function fieldsOf(fields: CustomField[], given: CustomValues): { values: CustomValues } | BadField {
  const unknown = Object.keys(given).find((name) => !fields.some((field) => field.name === name))
  if (unknown !== undefined) return { kind: 'bad-field', field: unknown, code: 'unknown' }
  const asked = fields.filter(({ name }) => Object.hasOwn(given, name))
  const { values, problems } = judgeCustomFields(asked, given)
  const [problem] = problems
  return problem ? { kind: 'bad-field', field: problem.field, code: problem.code } : { values }
}
