// A log-in that a step held up: going on, and giving it up.
import { z } from 'zod'
import { done, started, stepDue } from '../../api/answers.ts'
import { operation } from '../../api/operation.ts'
import { loginToken, Started } from '../../api/shapes.ts'
import { rateLimitedProblem } from '../../web/forms/rate-limited.ts'
import { problem } from '../../web/http/answer.ts'
import { cancelLogin as cancel } from '../../web/session/cancel-login.ts'
import { continueLogin as goOn, loginUnderWay } from '../../web/session/login-under-way.ts'

export const continueLogin = operation({
  id: 'continueLogin',
  method: 'POST',
  path: '/login/continue',
  who: 'visitor',
  body: z.object({ login_token: loginToken }),
  answers: { 200: Started },
  problems: [
    'login-over',
    'unverified',
    'second-factor-required',
    'second-factor-enrolment-required',
    'new-password-required',
    'rate-limited',
  ],
  async answer(c, { login_token }) {
    const login = await loginUnderWay(c, login_token)
    if (!login) return over(c)
    const outcome = await goOn(c, login)
    switch (outcome.kind) {
      case 'logged-in':
        return started(c, 200, outcome)
      case 'step-due':
        return stepDue(c, outcome)
      case 'rate-limited':
        return rateLimitedProblem(c, outcome.wait)
      case 'changed-meanwhile':
      case 'duplicate':
        return over(c)
    }
  },
})

const over = (c: Parameters<typeof problem>[0]) => problem(c, 'login-over')

export const cancelLogin = operation({
  id: 'cancelLogin',
  method: 'POST',
  path: '/login/cancel',
  who: 'anyone',
  body: z.object({ login_token: loginToken }),
  answers: { 204: null },
  problems: [],
  async answer(c, { login_token }) {
    await cancel(c, login_token)
    return done(c)
  },
})
