// How it is said that a step is due: a page leads to the step's page, a program reads its code and gets what it goes on with.
import { problem, seeOther, wantsJson } from '../http/answer.ts'
import type { Context } from '../http/context.ts'
import type { StepDue } from './complete-login.ts'

type Due = Pick<StepDue, 'step' | 'account' | 'loginToken'>

export function answerStep(c: Context, due: Due): Promise<Response> | Response {
  return wantsJson(c) ? stepProblem(c, due) : seeOther(c, due.step.page)
}

/** For programs. */
export async function stepProblem(c: Context, { step, account, loginToken }: Due): Promise<Response> {
  const methods = await step.ways?.(c.get('services'), account)
  const more = { ...(methods && { methods }), ...(loginToken && { login_token: loginToken }) }
  return problem(c, { status: 403, code: step.code, ...more })
}
