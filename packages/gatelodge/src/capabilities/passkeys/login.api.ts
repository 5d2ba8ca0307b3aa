import { z } from 'zod'
import { started, stepDue } from '../../api/answers.ts'
import { described } from '../../api/described.ts'
import { operation } from '../../api/operation.ts'
import { kind, nothing, Started } from '../../api/shapes.ts'
import { visitorHash } from '../../identity/passkeys/challenge.ts'
import { newToken } from '../../identity/sealing.ts'
import { rateLimitedProblem } from '../../web/forms/rate-limited.ts'
import { json, problem } from '../../web/http/answer.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { loginEntry } from '../../web/session/complete-login.ts'
import { logIn } from './login.rules.ts'

const options = z.record(z.string(), z.unknown()).meta(described('passkeyOptions'))
const answer = z.record(z.string(), z.unknown()).meta(described('passkeyAnswer'))
const challenge_token = z.string().meta(described('passkeyChallengeToken'))

export const passkeyLoginOptions = operation({
  id: 'passkeyLoginOptions',
  method: 'POST',
  path: '/login/passkey/options',
  who: 'visitor',
  body: nothing,
  answers: { 200: z.strictObject({ options, challenge_token }) },
  problems: [],
  answer(c) {
    // An app keeps no cookie: it holds what the challenge is bound to.
    const token = newToken()
    const asking = { ceremony: 'log-in', by: visitorHash(token) } as const
    return json(c, 200, { options: c.get('services').passkeys.askForUse(asking), challenge_token: token })
  },
})

export const logInWithPasskey = operation({
  id: 'logInWithPasskey',
  method: 'POST',
  path: '/login/passkey',
  who: 'visitor',
  body: z.object({
    ...{ answer, challenge_token },
    remember: z.boolean().default(false).meta(described('remember')),
    session: kind,
  }),
  answers: { 200: Started },
  problems: [
    ...(['passkey-refused', 'unverified', 'second-factor-required', 'second-factor-enrolment-required'] as const),
    'rate-limited',
  ],
  async answer(c, { answer, challenge_token, remember, session: as }) {
    const entry = loginEntry(c, { remembered: remember, as })
    const asking = { ceremony: 'log-in', by: visitorHash(challenge_token) } as const
    const outcome = await logIn(c.get('services'), { answer, asking }, entry, requestSourceOf(c))
    switch (outcome.kind) {
      case 'logged-in':
        return started(c, 200, outcome)
      case 'step-due':
        return stepDue(c, outcome)
      case 'refused': {
        const { reason, accountId: account } = outcome
        logEvent(c, 'login.failed', { reason: `passkey-${reason}`, ...(account && { account }) })
        return problem(c, 'passkey-refused')
      }
      case 'rate-limited':
        logEvent(c, 'login.rate-limited', { wait: outcome.wait })
        return rateLimitedProblem(c, outcome.wait)
    }
  },
})
