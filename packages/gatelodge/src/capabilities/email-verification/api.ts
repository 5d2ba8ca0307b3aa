import { z } from 'zod'
import { invalidLink, refused, stepDue } from '../../api/answers.ts'
import { described } from '../../api/described.ts'
import { operation } from '../../api/operation.ts'
import { kind, loginToken, token } from '../../api/shapes.ts'
import { rateLimitedProblem } from '../../web/forms/rate-limited.ts'
import { json, problem } from '../../web/http/answer.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { loginEntry } from '../../web/session/complete-login.ts'
import { logInFirst } from '../../web/session/guards.ts'
import { continueLogin, loginUnderWay, type Passed } from '../../web/session/login-under-way.ts'
import { currentSession } from '../../web/session/session-cookie.ts'
import { confirmAddress } from './confirm.rules.ts'
import { sendAgain } from './rules.ts'

export const sendVerification = operation({
  id: 'sendVerification',
  method: 'POST',
  path: '/verification',
  who: 'anyone',
  body: z.object({ login_token: loginToken }),
  answers: {
    200: z.strictObject({ sent: z.boolean().meta(described('sent')) }),
  },
  problems: ['login-required', 'email-not-set-up', 'rate-limited'],
  async answer(c, { login_token }) {
    const account = (await currentSession(c))?.account ?? (await loginUnderWay(c, login_token))?.account
    if (!account) return logInFirst(c)
    if (c.get('site').emails === 'none') return problem(c, 'email-not-set-up')
    const outcome = await sendAgain(c.get('services'), account, requestSourceOf(c))
    switch (outcome.kind) {
      case 'sent':
        logEvent(c, 'email.verification-sent', { account: account.id })
        return json(c, 200, { sent: true })
      case 'already':
      case 'gone':
        return json(c, 200, { sent: false })
      case 'rate-limited':
        return rateLimitedProblem(c, outcome.wait)
    }
  },
})

const Verified = z.strictObject({
  logged_in: z.boolean().meta(described('loggedIn')),
  token: z.string().optional().meta(described('token')),
})

export const verifyEmail = operation({
  id: 'verifyEmail',
  method: 'POST',
  path: '/verification/confirm',
  who: 'anyone',
  body: z.object({
    token,
    password: z.string().default('').meta(described('password')),
    session: kind,
    login_token: loginToken,
  }),
  answers: { 200: Verified },
  problems: [
    'invalid-link',
    'rate-limited',
    'unverified',
    'second-factor-required',
    'second-factor-enrolment-required',
    'new-password-required',
  ],
  async answer(c, { token: text, password, session: as, login_token }) {
    const session = await currentSession(c)
    const found = session ? undefined : await loginUnderWay(c, login_token)
    const underWay = found && {
      account: found.account.id,
      goOn: <R>(passed: Passed<R>) => continueLogin(c, found, passed),
    }
    const browser = { session, underWay, entry: loginEntry(c, { remembered: false, as }) }
    const outcome = await confirmAddress(c.get('services'), { text, password }, browser, requestSourceOf(c))
    switch (outcome.kind) {
      case 'verified':
      case 'done': {
        if (outcome.kind === 'verified') logEvent(c, 'email.verified', { account: outcome.account.id })
        const login = outcome.kind === 'verified' ? outcome.login : undefined
        if (login?.kind === 'step-due') return stepDue(c, login)
        return json(c, 200, { logged_in: login !== undefined, ...(login?.token && { token: login.token }) })
      }
      case 'invalid-link':
        return invalidLink(c, outcome.kind)
      case 'refused':
        return refused(c, outcome.problems)
      case 'rate-limited':
        logEvent(c, 'password.rate-limited', { wait: outcome.wait })
        return rateLimitedProblem(c, outcome.wait)
    }
  },
})
