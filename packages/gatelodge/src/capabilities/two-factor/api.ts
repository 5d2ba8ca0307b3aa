// The second factor: answered at a log-in, set up, removed, and confirmed with once more.
import { z } from 'zod'
import { done, loggedOut, refused, started, stepDue } from '../../api/answers.ts'
import { described } from '../../api/described.ts'
import { operation } from '../../api/operation.ts'
import { loginToken, moment, nothing, Started } from '../../api/shapes.ts'
import { recoveryCodesMade } from '../../identity/second-factors/limits.ts'
import { rateLimitedProblem } from '../../web/forms/rate-limited.ts'
import { json, problem } from '../../web/http/answer.ts'
import type { Context } from '../../web/http/context.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { confirmFirst, ownerOf, sessionOf } from '../../web/session/guards.ts'
import { standing } from '../../web/session/login-under-way.ts'
import { renewSession } from '../../web/session/renew-session.ts'
import { currentSession } from '../../web/session/session-cookie.ts'
import type { Step } from '../../web/session/step.ts'
import { keepTrustToken } from '../../web/session/trust-cookie.ts'
import { addApp, type Barred, barred, setUp } from './enrol.rules.ts'
import { goingOn } from './going-on.ts'
import { removeFactors, renewCodes } from './owner.rules.ts'
import { passEnrolment, passSecondFactor } from './rules.ts'
import { enrolment, secondFactor } from './step.ts'

const code = z.string().optional().meta(described('appCode'))
const recovery_code = z.string().optional().meta(described('recoveryCode'))
const recovery_codes = z.array(z.string()).meta(described('recoveryCodes'))

export const answerSecondFactor = operation({
  id: 'answerSecondFactor',
  method: 'POST',
  path: '/two-factor',
  who: 'visitor',
  body: z.object({
    ...{ login_token: loginToken, code, recovery_code },
    trust: z.boolean().default(false).meta(described('trust')),
  }),
  answers: { 200: Started },
  problems: ['login-over', 'unverified', 'second-factor-enrolment-required', 'not-found', 'rate-limited'],
  async answer(c, { login_token, ...typed }) {
    const found = await waitingFor(c, secondFactor, login_token)
    if (found instanceof Response) return found
    const outcome = await passSecondFactor(c.get('services'), goingOn(c, found.login), typed)
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

/** The log-in that waits for this step; or what is answered instead. */
async function waitingFor(c: Context, step: Step, token: string) {
  const found = await standing(c, token)
  if (!found) return over(c)
  if (found.kind === 'passed') return problem(c, 'not-found')
  return found.step === step ? found : stepDue(c, found)
}

const over = (c: Context) => problem(c, 'login-over')

const Factors = z.strictObject({
  app: z.strictObject({ added_at: moment, last_used_at: moment.nullable() }).nullable().meta(described('factorApp')),
  recovery_codes_left: z.int(),
  recovery_codes_made: z.int().meta(described('recoveryCodesMade')),
})

export const getSecondFactors = operation({
  id: 'getSecondFactors',
  method: 'GET',
  path: '/two-factor',
  who: 'logged-in',
  body: nothing,
  answers: { 200: Factors },
  problems: [],
  async answer(c) {
    const { secondFactors, database } = c.get('services')
    const { totp, recoveryCodesLeft } = await secondFactors.ofAccount(database.db, (await sessionOf(c)).account.id)
    const lastUsed = totp?.lastUsedAt ? written(totp.lastUsedAt) : null
    const told: z.output<typeof Factors> = {
      app: totp ? { added_at: written(totp.createdAt), last_used_at: lastUsed } : null,
      recovery_codes_left: recoveryCodesLeft,
      recovery_codes_made: recoveryCodesMade,
    }
    return json(c, 200, told)
  },
})

const written = (at: number) => new Date(at).toISOString()

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
    const outcome = await passEnrolment(c.get('services'), goingOn(c, who.login.login), typed)
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
      const goesOn = { account: account.id, ...(token && { token }) }
      return started(c, 200, goesOn, { recovery_codes: outcome.codes })
    }
    case 'refused':
      return refused(c, outcome.problems)
    case 'logged-out':
      return loggedOut(c)
    default:
      return barredProblem(c, outcome)
  }
}

export const removeTwoFactor = operation({
  id: 'removeTwoFactor',
  method: 'POST',
  path: '/two-factor/remove',
  who: 'recently-authenticated',
  body: nothing,
  answers: { 204: null },
  problems: ['second-factor-missing'],
  async answer(c) {
    const owner = await ownerOf(c)
    const outcome = await removeFactors(c.get('services'), owner)
    if (outcome.kind === 'logged-out') return loggedOut(c)
    if (outcome.kind === 'missing') return missing(c)
    logEvent(c, 'two-factor.removed', { account: owner.account.id })
    return done(c)
  },
})

export const renewRecoveryCodes = operation({
  id: 'renewRecoveryCodes',
  method: 'POST',
  path: '/recovery-codes',
  who: 'recently-authenticated',
  body: nothing,
  answers: { 200: z.strictObject({ recovery_codes }) },
  problems: ['second-factor-missing'],
  async answer(c) {
    const owner = await ownerOf(c)
    const outcome = await renewCodes(c.get('services'), owner)
    if (outcome.kind === 'logged-out') return loggedOut(c)
    if (outcome.kind === 'missing') return missing(c)
    logEvent(c, 'recovery-codes.renewed', { account: owner.account.id })
    return json(c, 200, { recovery_codes: outcome.codes })
  },
})

const missing = (c: Context) => problem(c, 'second-factor-missing')
