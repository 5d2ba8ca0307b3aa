import { z } from 'zod'
import { confirmAddress } from '../capabilities/email-verification/confirm.ts'
import { sendAgain } from '../capabilities/email-verification/rules.ts'
import { json, problem } from '../web/answer.ts'
import { askerOf } from '../web/asker.ts'
import { logInFirst } from '../web/guards.ts'
import { heldBackProblem } from '../web/held-back.ts'
import { note } from '../web/note.ts'
import { loginEntry } from '../web/session/complete-login.ts'
import { continueLogin, loginUnderWay, type Passed } from '../web/session/login-under-way.ts'
import { currentSession } from '../web/session-cookie.ts'
import { deadLink, refused, stepDue } from './answers.ts'
import { operation } from './operation.ts'
import { kind, loginToken, token } from './shapes.ts'

export const sendVerification = operation({
  id: 'sendVerification',
  method: 'POST',
  path: '/verification',
  who: 'anybody',
  body: z.object({ login_token: loginToken }),
  answers: {
    200: z.strictObject({ sent: z.boolean().meta({ description: 'False where there is nothing left to confirm.' }) }),
  },
  problems: ['log-in-first', 'no-letters', 'held-back'],
  async answer(c, { login_token }) {
    const account = (await currentSession(c))?.account ?? (await loginUnderWay(c, login_token))?.account
    if (!account) return logInFirst(c)
    if (c.get('site').letters === 'none') return problem(c, { status: 403, code: 'no-letters' })
    const outcome = await sendAgain(c.get('services'), account, askerOf(c))
    switch (outcome.kind) {
      case 'sent':
        note(c, 'email.verification-sent', { account: account.id })
        return json(c, 200, { sent: true })
      case 'already':
      case 'gone':
        return json(c, 200, { sent: false })
      case 'held-back':
        return heldBackProblem(c, outcome.wait)
    }
  },
})

const Verified = z.strictObject({
  logged_in: z.boolean().meta({ description: 'The password was sent as well, and a session has started.' }),
  token: z.string().optional().meta({ description: 'For `bearer` only, told this once.' }),
})

export const verifyEmail = operation({
  id: 'verifyEmail',
  method: 'POST',
  path: '/verification/confirm',
  who: 'anybody',
  body: z.object({
    token,
    password: z.string().default('').meta({ description: 'Asked where the account was not used before.' }),
    session: kind,
    login_token: loginToken,
  }),
  answers: { 200: Verified },
  problems: ['dead-link', 'held-back', 'unverified'],
  async answer(c, { token: text, password, session: as, login_token }) {
    const session = await currentSession(c)
    const found = session ? undefined : await loginUnderWay(c, login_token)
    const underWay = found && {
      account: found.account.id,
      goOn: <R>(passed: Passed<R>) => continueLogin(c, found, passed),
    }
    const browser = { session, underWay, entry: loginEntry(c, { remembered: false, as }) }
    const outcome = await confirmAddress(c.get('services'), { text, password }, browser, askerOf(c))
    switch (outcome.kind) {
      case 'verified':
      case 'done': {
        if (outcome.kind === 'verified') note(c, 'email.verified', { account: outcome.account.id })
        const login = outcome.kind === 'verified' ? outcome.login : undefined
        if (login?.kind === 'step-due') return stepDue(c, login)
        return json(c, 200, { logged_in: login !== undefined, ...(login?.token && { token: login.token }) })
      }
      case 'dead-link':
        return deadLink(c, outcome.kind)
      case 'refused':
        return refused(c, outcome.problems)
      case 'held-back':
        note(c, 'password.held-back', { wait: outcome.wait })
        return heldBackProblem(c, outcome.wait)
    }
  },
})
