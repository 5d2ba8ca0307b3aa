// How it is said that a step is due: a page leads to the step's page, a program reads its code and gets what it goes on with.
import { problem, seeOther, wantsJson } from '../http/answer.ts'
import type { Context } from '../http/context.ts'
import type { StepDue } from './complete-login.ts'

export function answerStep(c: Context, due: Pick<StepDue, 'step' | 'loginToken'>): Response {
  return wantsJson(c) ? stepProblem(c, due) : seeOther(c, due.step.page)
}

/** For programs. */
export function stepProblem(c: Context, { step, loginToken }: Pick<StepDue, 'step' | 'loginToken'>): Response {
  return problem(c, { status: 403, code: step.code, ...(loginToken && { login_token: loginToken }) })
}
