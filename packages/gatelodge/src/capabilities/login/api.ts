import { z } from 'zod'
import { refused, started, stepDue } from '../../api/answers.ts'
import { described } from '../../api/described.ts'
import { operation } from '../../api/operation.ts'
import { kind, Started } from '../../api/shapes.ts'
import { rateLimitedProblem } from '../../web/forms/rate-limited.ts'
import { problem } from '../../web/http/answer.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { loginEntry } from '../../web/session/complete-login.ts'
import { logRefusal } from '../../web/session/login-refused.ts'
import { logIn as proveAndStart } from './rules.ts'

export const logIn = operation({
  id: 'logIn',
  method: 'POST',
  path: '/login',
  who: 'visitor',
  body: z.object({
    email: z.string(),
    password: z.string(),
    remember: z.boolean().default(false).meta(described('remember')),
    session: kind,
  }),
  answers: { 200: Started },
  problems: [
    'credentials',
    'unverified',
    'second-factor-required',
    'second-factor-enrolment-required',
    'new-password-required',
    'rate-limited',
  ],
  async answer(c, { session: as, ...input }) {
    const entry = loginEntry(c, { remembered: input.remember, as })
    const outcome = await proveAndStart(c.get('services'), { ...input, return_to: '' }, entry, requestSourceOf(c))

    switch (outcome.kind) {
      case 'logged-in':
        return started(c, 200, outcome)
      case 'step-due':
        return stepDue(c, outcome)
      case 'incomplete':
        return refused(c, outcome.problems)
      case 'refused':
        logRefusal(c, outcome)
        return problem(c, 'credentials')
      case 'rate-limited':
        logRefusal(c, outcome)
        return rateLimitedProblem(c, outcome.wait)
    }
  },
})
