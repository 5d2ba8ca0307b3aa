// What is not right at a field, and what to do about it: the same words in the summary, at the field and in JSON.
import type { Messages } from './messages.ts'
import { say, type Text } from './text.ts'

type Problems = Messages['problems']

type Code = { [Field in keyof Problems]: keyof Problems[Field] }[keyof Problems]
type ByField = { [Field in keyof Problems]: { field: Field; code: keyof Problems[Field] } }[keyof Problems]
type ByCode = { [One in Code]: { field: FieldWith<One>; code: One } }[Code]

/**
 * A field of our forms and a code that has a sentence for it. A rule whose code has none does not compile. The same twice, for
 * the compiler: rules know one field and several codes, forms know one code and several fields.
 */
export type OurProblem = ByField | ByCode

/** Of a field that the site added. */
export interface CustomFieldProblem {
  field: string
  isCustom: true
  code: keyof Messages['customFieldProblems']
}

/** Text that is not ours, from the app that holds us. */
export interface HookProblem {
  field: string
  code: 'refused'
  message: string
}

/** The fields that have a sentence for this code. */
export type FieldWith<Code extends string> = {
  [Field in keyof Problems]: Code extends keyof Problems[Field] ? Field : never
}[keyof Problems]

export type Problem = (OurProblem | CustomFieldProblem | HookProblem) & {
  /** For "Did you mean …?". */
  meant?: string
  /** For "Try again in …". */
  seconds?: number
}

interface Around {
  /** For "at least N characters". */
  least?: number | undefined
  /** Of a field of the site's own. */
  label?: string | undefined
}

export function problemText(text: Text, problem: Problem, { least = 0, label = '' }: Around = {}): string {
  if ('message' in problem) return problem.message
  // It may come from the cookie of an older version: a code that is gone has the words for all.
  const message = messageOf(text, problem) ?? text.refusals.fields
  const { meant = '', seconds = 0 } = problem
  return say(message, { least, label, meant, wait: text.formats.wait(seconds * 1000) })
}

function messageOf(text: Text, problem: OurProblem | CustomFieldProblem) {
  if ('isCustom' in problem) return text.customFieldProblems[problem.code]
  const ofField: { [code: string]: string | ((values: never) => string) } | undefined = text.problems[problem.field]
  return ofField?.[problem.code]
}
