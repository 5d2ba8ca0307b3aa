// The log-in under way that a program goes on with.
import { stepDue } from '../../api/answers.ts'
import { problem } from '../../web/http/answer.ts'
import type { Context } from '../../web/http/context.ts'
import { standing } from '../../web/session/login-under-way.ts'
import type { Step } from '../../web/session/step.ts'

/** The log-in that waits for this step; or what is answered instead. */
export async function waitingFor(c: Context, step: Step, token: string) {
  const found = await standing(c, token)
  if (!found) return over(c)
  if (found.kind === 'passed') return problem(c, 'not-found')
  return found.step === step ? found : stepDue(c, found)
}

export const over = (c: Context) => problem(c, 'login-over')
