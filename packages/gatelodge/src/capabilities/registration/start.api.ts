// The link of a registration by email, for programs.
import { z } from 'zod'
import { invalidLink, refused, started, stepDue } from '../../api/answers.ts'
import { described } from '../../api/described.ts'
import { operation } from '../../api/operation.ts'
import { kind, Started, token } from '../../api/shapes.ts'
import { rateLimitedProblem } from '../../web/forms/rate-limited.ts'
import { json, problem } from '../../web/http/answer.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { loginEntry } from '../../web/session/complete-login.ts'
import { logInvited } from './registered.ts'
import { findWaiting, startAccount as takeLink } from './start.rules.ts'
import { startOptions } from './start-without-password.rules.ts'

export const startAccount = operation({
  id: 'startAccount',
  method: 'POST',
  path: '/register/start',
  who: 'anyone',
  body: z.object({
    token,
    password: z.string().default('').meta(described('startPassword')),
    answer: z.record(z.string(), z.unknown()).optional().meta(described('startAnswer')),
    new_password: z.string().optional().meta(described('startNewPassword')),
    session: kind,
  }),
  answers: { 201: Started },
  problems: [
    ...(['invalid-link', 'rate-limited', 'passkey-refused', 'passkey-algorithm', 'passkey-exists'] as const),
    ...(['unverified', 'second-factor-required', 'second-factor-enrolment-required', 'new-password-required'] as const),
  ],
  async answer(c, { session: as, ...input }) {
    const entry = loginEntry(c, { remembered: false, as })
    const source = requestSourceOf(c)
    const outcome = await takeLink(c.get('services'), { ...input, isByProgram: true }, entry, source)

    switch (outcome.kind) {
      case 'logged-in':
        logInvited(c, outcome)
        return started(c, 201, outcome)
      case 'step-due':
        logInvited(c, outcome)
        return stepDue(c, outcome)
      case 'refused':
        return refused(c, outcome.problems)
      case 'passkey-refused':
        logEvent(c, 'registration.refused', { reason: [`answer ${outcome.reason}`] })
        return problem(c, outcome.reason === 'algorithm' ? 'passkey-algorithm' : 'passkey-refused')
      case 'passkey-exists':
        logEvent(c, 'registration.refused', { reason: ['answer taken'] })
        return problem(c, 'passkey-exists')
      case 'taken':
      case 'reserved':
      case 'invalid-link':
        return invalidLink(c, outcome.kind)
      case 'invitation-over':
        return invalidLink(c, `invitation-${outcome.why}`)
      case 'rate-limited':
        logEvent(c, 'registration.rate-limited', { wait: outcome.wait })
        return rateLimitedProblem(c, outcome.wait)
    }
  },
})

export const startAccountPasskeyOptions = operation({
  id: 'startAccountPasskeyOptions',
  method: 'POST',
  path: '/register/start/options',
  who: 'anyone',
  body: z.object({ token }),
  answers: { 200: z.strictObject({ options: z.record(z.string(), z.unknown()).meta(described('passkeyOptions')) }) },
  problems: ['invalid-link'],
  async answer(c, { token }) {
    const waiting = await findWaiting(c.get('services'), token)
    const options = waiting && startOptions(c.get('services'), waiting)
    return options ? json(c, 200, { options }) : invalidLink(c, 'invalid-link')
  },
})
