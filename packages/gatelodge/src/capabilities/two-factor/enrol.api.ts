// An app is set up, in a session or as a step of a log-in.
import { z } from 'zod'
import { loggedOut, refused, started, stepDue } from '../../api/answers.ts'
import { described } from '../../api/described.ts'
import { operation } from '../../api/operation.ts'
import { loginToken, Started } from '../../api/shapes.ts'
import { rateLimitedProblem } from '../../web/forms/rate-limited.ts'
import { json, problem } from '../../web/http/answer.ts'
import type { Context } from '../../web/http/context.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { confirmFirst, ownerOf, sessionOf } from '../../web/session/guards.ts'
import { renewSession } from '../../web/session/renew-session.ts'
import { currentSession } from '../../web/session/session-cookie.ts'
import { addApp, type Barred, barred, setUp } from './enrol.rules.ts'
import { passEnrolment } from './rules.ts'
import { enrolment } from './step.ts'
import { stepRequest } from './step-request.ts'
import { over, waitingFor } from './waiting-for.ts'

const recovery_codes = z.array(z.string()).meta(described('recoveryCodes'))

const SetUpShape = z.strictObject({
  key: z.string().meta(described('setupKey')),
  uri: z.string().meta(described('setupUri')),
  setup: z.string().meta(described('setup')),
})

/** Someone who is logged in and has proved it lately; or a log-in under way that needs a second factor. */
async function whoSetsUp(c: Context, token: string) {
  const session = await currentSession(c)
  if (!session) {
    const login = await waitingFor(c, enrolment, token)
    return login instanceof Response ? login : { login }
  }
  if (!c.get('services').sessions.isRecentlyAuthenticated(session)) return confirmFirst(c)
  return { session }
}

export const startTwoFactor = operation({
  id: 'startTwoFactor',
  method: 'POST',
  path: '/two-factor/start',
  who: 'anyone',
  body: z.object({ login_token: loginToken }),
  answers: { 200: SetUpShape },
  problems: [...setUpProblems(), 'not-found'],
  async answer(c, { login_token }) {
    const who = await whoSetsUp(c, login_token)
    if (who instanceof Response) return who
    const { account, tokenHash } = 'session' in who ? who.session : who.login.login
    const bar = barred(c.get('services'), account)
    return bar ? barredProblem(c, bar) : json(c, 200, { ...setUp(c.get('services'), account, tokenHash) })
  },
})

function setUpProblems() {
  return [
    ...(['login-over', 'reauthentication-required', 'unverified', 'second-factor-required'] as const),
    'new-password-required' as const,
    ...(['second-factor-off', 'second-factor-exists'] as const),
  ]
}

function barredProblem(c: Context, { kind }: Barred): Response {
  if (kind === 'exists') return problem(c, 'second-factor-exists')
  return problem(c, kind === 'off' ? 'second-factor-off' : 'unverified')
}

const Added = z.strictObject({ ...Started.shape, recovery_codes })

export const confirmTwoFactor = operation({
  id: 'confirmTwoFactor',
  method: 'POST',
  path: '/two-factor/confirm',
  who: 'anyone',
  body: z.object({ login_token: loginToken, setup: z.string(), code: z.string() }),
  answers: { 200: Added },
  problems: [...setUpProblems(), 'not-found', 'login-required', 'rate-limited'],
  async answer(c, { login_token, ...typed }) {
    const who = await whoSetsUp(c, login_token)
    if (who instanceof Response) return who
    if ('session' in who) return addInSession(c, typed)
    const outcome = await passEnrolment(c.get('services'), stepRequest(c, who.login.login), typed)
    switch (outcome.kind) {
      case 'logged-in':
        logEvent(c, 'two-factor.added', { account: who.login.account })
        return started(c, 200, outcome, { recovery_codes: outcome.codes })
      case 'step-due':
        return stepDue(c, outcome)
      case 'refused':
        return refused(c, outcome.problems)
      case 'login-over':
        return over(c)
      case 'rate-limited':
        return rateLimitedProblem(c, outcome.wait)
    }
  },
})

async function addInSession(c: Context, typed: { setup: string; code: string }): Promise<Response> {
  const session = await sessionOf(c)
  const { account } = session
  const renewal = renewSession(c, session, ['otp', 'mfa'])
  const outcome = await addApp(c.get('services'), await ownerOf(c), typed, renewal)
  switch (outcome.kind) {
    case 'added': {
      logEvent(c, 'two-factor.added', { account: account.id })
      const token = renewal.open()
      const renewed = { account: account.id, ...(token && { token }) }
      return started(c, 200, renewed, { recovery_codes: outcome.codes })
    }
    case 'refused':
      return refused(c, outcome.problems)
    case 'logged-out':
      return loggedOut(c)
    default:
      return barredProblem(c, outcome)
  }
}
