// The second factor, answered at a log-in.
import { z } from 'zod'
import { refused, started, stepDue } from '../../api/answers.ts'
import { described } from '../../api/described.ts'
import { operation } from '../../api/operation.ts'
import { loginToken, Started } from '../../api/shapes.ts'
import { rateLimitedProblem } from '../../web/forms/rate-limited.ts'
import { json, problem } from '../../web/http/answer.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { keepTrustToken } from '../../web/session/trust-cookie.ts'
import { passSecondFactor } from './rules.ts'
import { secondFactor } from './step.ts'
import { stepRequest } from './step-request.ts'
import { over, waitingFor } from './waiting-for.ts'

const code = z.string().optional().meta(described('appCode'))
const recovery_code = z.string().optional().meta(described('recoveryCode'))

const options = z.record(z.string(), z.unknown()).meta(described('passkeyOptions'))
const answer = z.record(z.string(), z.unknown()).optional().meta(described('passkeyAnswer'))

export const secondFactorPasskeyOptions = operation({
  id: 'secondFactorPasskeyOptions',
  method: 'POST',
  path: '/two-factor/options',
  who: 'visitor',
  body: z.object({ login_token: loginToken }),
  answers: { 200: z.strictObject({ options }) },
  problems: [
    'login-over',
    'unverified',
    'second-factor-enrolment-required',
    'new-password-required',
    'not-found',
    'passkey-missing',
  ],
  async answer(c, { login_token }) {
    const found = await waitingFor(c, secondFactor, login_token)
    if (found instanceof Response) return found
    const { passkeys, database } = c.get('services')
    const all = await passkeys.ofAccount(database.db, found.account)
    if (all.length === 0) return problem(c, 'passkey-missing')
    const asking = { ceremony: 'second-factor', by: found.login.tokenHash } as const
    return json(c, 200, { options: passkeys.askForUse(asking, all) })
  },
})

export const answerSecondFactor = operation({
  id: 'answerSecondFactor',
  method: 'POST',
  path: '/two-factor',
  who: 'visitor',
  body: z.object({
    ...{ login_token: loginToken, code, recovery_code, answer },
    trust: z.boolean().default(false).meta(described('trust')),
  }),
  answers: { 200: Started },
  problems: [
    'login-over',
    'unverified',
    'second-factor-enrolment-required',
    'new-password-required',
    'not-found',
    'rate-limited',
  ],
  async answer(c, { login_token, ...typed }) {
    const found = await waitingFor(c, secondFactor, login_token)
    if (found instanceof Response) return found
    const outcome = await passSecondFactor(c.get('services'), stepRequest(c, found.login), typed)
    switch (outcome.kind) {
      case 'logged-in':
        if (outcome.trust) keepTrustToken(c, outcome.trust)
        return started(c, 200, outcome)
      case 'step-due':
        if (outcome.trust) keepTrustToken(c, outcome.trust)
        return stepDue(c, outcome)
      case 'refused':
        logEvent(c, 'two-factor.failed', { account: found.account, reason: outcome.problems.map(({ code }) => code) })
        return refused(c, outcome.problems)
      case 'login-over':
        logEvent(c, 'two-factor.failed', { account: found.account, reason: ['login-over'] })
        return over(c)
      case 'rate-limited':
        logEvent(c, 'two-factor.rate-limited', { account: found.account, wait: outcome.wait })
        return rateLimitedProblem(c, outcome.wait)
    }
  },
})
