import { z } from 'zod'
import { refused, started, stepDue } from '../../api/answers.ts'
import { operation } from '../../api/operation.ts'
import { kind, Next, Started } from '../../api/shapes.ts'
import { rateLimitedProblem } from '../../web/forms/rate-limited.ts'
import { json, problem } from '../../web/http/answer.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { loginEntry } from '../../web/session/complete-login.ts'
import { rememberDevice } from '../../web/session/device-cookie.ts'
import { logRefusal } from '../../web/session/login-refused.ts'
import { registerWithPasskey as askForPasskey } from './passkey.rules.ts'
import { register as createAccount } from './rules.ts'

export const register = operation({
  id: 'register',
  method: 'POST',
  path: '/register',
  who: 'visitor',
  body: z.object({
    name: z.string(),
    email: z.string(),
    password: z.string(),
    session: kind,
  }),
  takesCustomFields: true,
  answers: { 200: Started, 201: Started, 202: Next },
  problems: [
    'registration-closed',
    'invitation-required',
    'rate-limited',
    'unverified',
    'second-factor-required',
    'second-factor-enrolment-required',
    'new-password-required',
  ],
  async answer(c, { session: as, ...input }) {
    const entry = loginEntry(c, { remembered: false, as })
    const source = requestSourceOf(c)
    const typed = { ...input, return_to: '', own: c.get('fields') }
    const outcome = await createAccount(c.get('services'), typed, entry, source)

    switch (outcome.kind) {
      case 'logged-in':
        return started(c, 201, outcome)
      case 'known':
        return outcome.login.kind === 'logged-in' ? started(c, 200, outcome.login) : stepDue(c, outcome.login)
      case 'step-due': {
        // No refusal: there is an account now.
        const next = outcome.step.code === 'unverified' ? 'verify-email' : 'step'
        const { loginToken } = outcome
        return json(c, 202, { next, code: outcome.step.code, ...(loginToken && { login_token: loginToken }) })
      }
      case 'asked':
        logEvent(c, 'registration.requested')
        // In this browser the link alone will do. Nobody has such an account where the address had one already.
        if (as === 'cookie') rememberDevice(c, outcome.accountId, 1)
        return json(c, 202, { next: 'read-email' })
      case 'refused': {
        const { problems, login } = outcome
        if (login) logRefusal(c, login)
        logEvent(c, 'registration.refused', { reason: problems.map((one) => `${one.field} ${one.code}`) })
        return refused(c, problems)
      }
      case 'closed':
      case 'invitation':
        logEvent(c, 'registration.refused', { reason: outcome.kind })
        return problem(c, outcome.kind === 'closed' ? 'registration-closed' : 'invitation-required')
      case 'rate-limited':
        logEvent(c, 'registration.rate-limited', { wait: outcome.wait })
        return rateLimitedProblem(c, outcome.wait)
    }
  },
})

export const registerWithPasskey = operation({
  id: 'registerWithPasskey',
  method: 'POST',
  path: '/register/passkey',
  who: 'visitor',
  body: z.object({ name: z.string(), email: z.string() }),
  takesCustomFields: true,
  answers: { 202: Next },
  problems: ['registration-closed', 'invitation-required', 'email-not-set-up', 'rate-limited'],
  async answer(c, input) {
    const typed = { ...input, return_to: '', own: c.get('fields') }
    const outcome = await askForPasskey(c.get('services'), typed, requestSourceOf(c))

    switch (outcome.kind) {
      case 'asked':
        logEvent(c, 'registration.requested')
        return json(c, 202, { next: 'read-email' })
      case 'refused': {
        const { problems } = outcome
        logEvent(c, 'registration.refused', { reason: problems.map((one) => `${one.field} ${one.code}`) })
        return refused(c, problems)
      }
      case 'closed':
      case 'invitation':
        logEvent(c, 'registration.refused', { reason: outcome.kind })
        return problem(c, outcome.kind === 'closed' ? 'registration-closed' : 'invitation-required')
      case 'email-not-set-up':
        logEvent(c, 'registration.refused', { reason: 'email-not-set-up' })
        return problem(c, 'email-not-set-up')
      case 'rate-limited':
        logEvent(c, 'registration.rate-limited', { wait: outcome.wait })
        return rateLimitedProblem(c, outcome.wait)
    }
  },
})
