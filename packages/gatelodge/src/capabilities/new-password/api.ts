// The new password that is demanded at a log-in, for programs.
import { z } from 'zod'
import { refused, started, stepDue } from '../../api/answers.ts'
import { operation } from '../../api/operation.ts'
import { loginToken, Started } from '../../api/shapes.ts'
import { problem } from '../../web/http/answer.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { continueLogin, type Passed, standing } from '../../web/session/login-under-way.ts'
import { renewPassword as renew } from './rules.ts'
import { newPassword } from './step.ts'

export const renewPassword = operation({
  id: 'renewPassword',
  method: 'POST',
  path: '/password/renew',
  who: 'visitor',
  body: z.object({ login_token: loginToken, new_password: z.string() }),
  answers: { 200: Started },
  problems: [
    ...(['login-over', 'unverified', 'second-factor-required', 'second-factor-enrolment-required'] as const),
    'not-found' as const,
  ],
  async answer(c, { login_token, new_password }) {
    const found = await standing(c, login_token)
    if (!found) return problem(c, 'login-over')
    if (found.kind === 'passed') return problem(c, 'not-found')
    if (found.step !== newPassword) return stepDue(c, found)
    const { login, account } = found
    const goOn = <R>(passed: Passed<R>) => continueLogin(c, login, passed)
    const outcome = await renew(c.get('services'), { login, source: requestSourceOf(c), goOn }, { new_password })
    switch (outcome.kind) {
      case 'logged-in':
        logEvent(c, 'password.changed', { account })
        return started(c, 200, outcome)
      case 'step-due':
        logEvent(c, 'password.changed', { account })
        return stepDue(c, outcome)
      case 'refused': {
        const { problems } = outcome
        logEvent(c, 'password.change-refused', {
          account,
          reason: problems.map(({ field, code }) => `${field} ${code}`),
        })
        return refused(c, problems)
      }
      case 'login-over':
        return problem(c, 'login-over')
    }
  },
})
