// 429: the page once more, with what was typed, how long to wait and what else to do (RFC 6585, RFC 9110 Retry-After).
import type { FieldWith } from '../../text/problem-text.ts'
import type { Milliseconds } from '../../time.ts'
import { page, problem, wantsProblem } from '../http/answer.ts'
import type { Context } from '../http/context.ts'
import type { Markup } from '../http/markup.ts'
import { keepWayIn } from './flash.ts'
import type { Flash } from './visitor-cookie.ts'

interface Waiting {
  wait: Milliseconds
  /** Where the message stands. */
  field: FieldWith<'rate-limited'>
  values: Record<string, string>
}

/** @param form renders the page that was posted. */
export function rateLimited(
  c: Context,
  { wait, field, values }: Waiting,
  form: (flash: Flash) => Markup,
): Response | Promise<Response> {
  if (wantsProblem(c)) return rateLimitedProblem(c, wait)
  keepWayIn(c, values)
  const seconds = secondsOf(wait)
  const problems = [{ field, code: 'rate-limited' as const, seconds }]
  return page(c, 429, form({ form: { path: c.req.path, values, problems } }), retryAfter(seconds))
}

/** For programs. */
export function rateLimitedProblem(c: Context, wait: Milliseconds): Response {
  return problem(c, 'rate-limited', { headers: retryAfter(secondsOf(wait)) })
}

const secondsOf = (wait: Milliseconds) => Math.max(1, Math.ceil(wait / 1000))
const retryAfter = (seconds: number) => ({ 'retry-after': String(seconds) })
