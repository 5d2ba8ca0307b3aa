// How operations answer.
import { stringify } from 'uuid'
import { type Problem, problemText } from '../text/problem-text.ts'
import { customLabel } from '../web/forms/custom-label.ts'
import { answer, json, problem } from '../web/http/answer.ts'
import type { Context } from '../web/http/context.ts'
import { privateAnswer } from '../web/http/headers.ts'
import { logEvent } from '../web/http/log-event.ts'
import { bearerToken } from '../web/session/bearer.ts'
import type { LoggedInOutcome, StepDue } from '../web/session/complete-login.ts'
import { logInFirst } from '../web/session/guards.ts'
import { forgetSession } from '../web/session/session-cookie.ts'

/** A session has started, or goes on: it is in the cookie or, once, in the answer. @param more further fields of the answer. */
export function started(
  c: Context,
  status: number,
  { account, token }: Pick<LoggedInOutcome, 'account' | 'token'>,
  more: Record<string, unknown> = {},
): Response {
  return json(c, status, { account: stringify(account), ...(token && { token }), ...more })
}

type Due = Pick<StepDue, 'step' | 'account' | 'loginToken'>

/** A step must be passed first: its code, and what a program goes on with. */
export async function stepDue(c: Context, { step, account, loginToken }: Due): Promise<Response> {
  const methods = await step.ways?.(c.get('services'), account)
  return problem(c, step.code, { ...(methods && { methods }), ...(loginToken && { login_token: loginToken }) })
}

export function done(c: Context): Response {
  return answer(c, 204, null, privateAnswer)
}

/** Something will happen by email, or nothing will: the answer does not say which. */
export function accepted(c: Context): Response {
  return answer(c, 202, null, privateAnswer)
}

export function refused(c: Context, problems: Problem[]): Response {
  const { passwordMinLength: least, fields } = c.get('services').settings
  const { text } = c.get('site')
  const wordsFor = (one: Problem) => problemText(text, one, { least, label: customLabel(fields, one.field) })
  const errors = problems.map((one) => ({ field: one.field, code: one.code, message: wordsFor(one) }))
  return problem(c, 'fields', { errors })
}

/** The session ended while it was used. */
export function loggedOut(c: Context): Response {
  if (bearerToken(c) === undefined) forgetSession(c)
  return logInFirst(c)
}

/** @param reason for the log only; programs get the same answer for every reason (ASVS V11.2.5). */
export function invalidLink(c: Context, reason: string): Response {
  logEvent(c, 'link.refused', { reason })
  return problem(c, 'invalid-link')
}
