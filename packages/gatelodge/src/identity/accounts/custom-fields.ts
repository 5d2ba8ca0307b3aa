// The fields that a site adds to its registration: judged by their description, kept as one text beside the account.
import type { CustomField } from '../../config/custom-fields.ts'
import type { CustomFieldProblem } from '../../text/problem-text.ts'
import { judgeLine } from './name.ts'

/** By name: what was typed or chosen; whether a box was ticked. What was left empty is not there. */
export type CustomValues = Record<string, string | boolean>

type Judged = string | boolean | undefined | { refusal: CustomFieldProblem['code'] }

/** Everything that is wrong at once. @param given as it was posted: unknown names in it mean nothing. */
export function judgeCustomFields(
  fields: CustomField[],
  given: Readonly<Record<string, unknown>>,
): { values: CustomValues; problems: CustomFieldProblem[] } {
  const values: CustomValues = {}
  const problems: CustomFieldProblem[] = []
  for (const field of fields) {
    const judged = judge(field, given[field.name])
    if (typeof judged === 'object') problems.push({ field: field.name, isCustom: true, code: judged.refusal })
    else if (judged !== undefined) values[field.name] = judged
  }
  return { values, problems }
}

function judge(field: CustomField, given: unknown): Judged {
  if (field.type === 'checkbox') return judgeTick(field, given)
  if (given !== undefined && typeof given !== 'string') return { refusal: 'not-text' }
  if (field.type === 'text') return judgeText(field, given ?? '')
  if (!given) return field.required ? { refusal: 'no-choice' } : undefined
  return field.options.includes(given) ? given : { refusal: 'no-choice' }
}

/** A browser sends what stands in the box, and nothing where it is not ticked; a program true or false. */
function judgeTick({ required }: CustomField, given: unknown): Judged {
  const isTicked = given === true || given === 'yes'
  if (!isTicked && given !== undefined && given !== false && given !== '') return { refusal: 'not-text' }
  return required && !isTicked ? { refusal: 'unticked' } : isTicked
}

/** As names are judged: outer spaces off, NFC, on one line, nothing that hides. */
function judgeText({ required, maxLength }: Extract<CustomField, { type: 'text' }>, given: string): Judged {
  const judged = judgeLine(given, maxLength)
  if ('line' in judged) return judged.line
  return judged.refusal === 'empty' && !required ? undefined : judged
}

/** To be shown once more, as it was typed. */
export function typedOwn(fields: CustomField[], given: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap(({ name }) => {
      const value = given[name] === true ? 'yes' : given[name]
      return typeof value === 'string' ? [[name, value]] : []
    }),
  )
}
