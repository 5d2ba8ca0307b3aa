// 429: the page once more, with what was typed, how long to wait and what else to do (RFC 6585, RFC 9110 Retry-After).
import type { Milliseconds } from '../time.ts'
import { page, problem, wantsJson } from './answer.ts'
import type { Context } from './context.ts'
import { keepWayIn } from './flash.ts'
import type { Markup } from './markup.ts'
import type { Flash } from './visit.ts'

interface Waiting {
  wait: Milliseconds
  /** Where the message stands. */
  field: string
  values: Record<string, string>
}

/** @param form renders the page that was posted. */
export function heldBack(
  c: Context,
  { wait, field, values }: Waiting,
  form: (flash: Flash) => Markup,
): Response | Promise<Response> {
  if (wantsJson(c)) return heldBackProblem(c, wait)
  keepWayIn(c, values)
  const seconds = secondsOf(wait)
  const problems = [{ field, code: 'held-back', seconds }]
  return page(c, 429, form({ form: { path: c.req.path, values, problems } }), retryAfter(seconds))
}

/** For programs. */
export function heldBackProblem(c: Context, wait: Milliseconds): Response {
  return problem(c, { status: 429, code: 'held-back' }, retryAfter(secondsOf(wait)))
}

const secondsOf = (wait: Milliseconds) => Math.max(1, Math.ceil(wait / 1000))
const retryAfter = (seconds: number) => ({ 'retry-after': String(seconds) })
