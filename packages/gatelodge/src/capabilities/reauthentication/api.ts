import { z } from 'zod'
import { loggedOut, refused, started } from '../../api/answers.ts'
import { described } from '../../api/described.ts'
import { operation } from '../../api/operation.ts'
import { renewalOf, renewed } from '../../api/renewal.ts'
import { nothing, Started } from '../../api/shapes.ts'
import { asksForFactor } from '../../identity/accounts/demands.ts'
import type { Method } from '../../identity/logins/methods.ts'
import { rateLimitedProblem } from '../../web/forms/rate-limited.ts'
import { json, problem } from '../../web/http/answer.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { deviceOf } from '../../web/session/device-cookie.ts'
import { sessionOf } from '../../web/session/guards.ts'
import { renewSession } from '../../web/session/renew-session.ts'
import { reauthenticateByCode as byCode, reauthenticate as byPassword } from './rules.ts'

export const reauthenticate = operation({
  id: 'reauthenticate',
  method: 'POST',
  path: '/password/confirm',
  who: 'logged-in',
  body: z.object({ current_password: z.string() }),
  answers: { 200: Started },
  problems: ['rate-limited', 'second-factor-required'],
  async answer(c, { current_password }) {
    const { owner, renewal } = await renewalOf(c)
    const { id } = owner.account
    // The password alone would be one factor for all; and some accounts have none.
    if (asksForFactor(owner.account) || owner.account.passwordChangedAt === null)
      return problem(c, 'second-factor-required')
    const outcome = await byPassword(c.get('services'), owner, current_password, renewal)
    switch (outcome.kind) {
      case 'reauthenticated':
        logEvent(c, 'reauthentication.succeeded', { account: id })
        return started(c, 200, renewed(id, renewal))
      case 'refused':
        logEvent(c, 'reauthentication.failed', { account: id })
        return refused(c, outcome.problems)
      case 'logged-out':
        return loggedOut(c)
      case 'rate-limited':
        logEvent(c, 'password.rate-limited', { account: id, wait: outcome.wait })
        return rateLimitedProblem(c, outcome.wait)
    }
  },
})

export const reauthenticationPasskeyOptions = operation({
  id: 'reauthenticationPasskeyOptions',
  method: 'POST',
  path: '/two-factor/reauthenticate/options',
  who: 'logged-in',
  body: nothing,
  answers: { 200: z.strictObject({ options: z.record(z.string(), z.unknown()).meta(described('passkeyOptions')) }) },
  problems: ['passkey-missing'],
  async answer(c) {
    const { account, tokenHash } = await sessionOf(c)
    const { passkeys, database } = c.get('services')
    const all = await passkeys.ofAccount(database.db, account.id)
    if (all.length === 0) return problem(c, 'passkey-missing')
    return json(c, 200, { options: passkeys.askForUse({ ceremony: 'reauthenticate', by: tokenHash }, all) })
  },
})

export const reauthenticateByCode = operation({
  id: 'reauthenticateByCode',
  method: 'POST',
  path: '/two-factor/reauthenticate',
  who: 'logged-in',
  body: z.object({
    code: z.string().optional().meta(described('appCode')),
    recovery_code: z.string().optional().meta(described('recoveryCode')),
    answer: z.record(z.string(), z.unknown()).optional().meta(described('passkeyAnswer')),
  }),
  answers: { 200: Started },
  problems: ['rate-limited', 'second-factor-missing'],
  async answer(c, typed) {
    const { owner } = await renewalOf(c)
    const { id, hasSecondFactor } = owner.account
    if (!hasSecondFactor && !typed.answer) return problem(c, 'second-factor-missing')
    const session = await sessionOf(c)
    let renewal = renewSession(c, session)
    const renewBy = (provedBy: Method[]) => {
      renewal = renewSession(c, session, provedBy)
      return renewal
    }
    const known = { ...owner, device: deviceOf(c), methods: session.methods }
    const outcome = await byCode(c.get('services'), known, typed, renewBy)
    switch (outcome.kind) {
      case 'reauthenticated':
        logEvent(c, 'reauthentication.succeeded', { account: id })
        return started(c, 200, renewed(id, renewal))
      case 'refused':
        logEvent(c, 'two-factor.failed', { account: id, reason: outcome.problems.map(({ code }) => code) })
        return refused(c, outcome.problems)
      case 'logged-out':
        return loggedOut(c)
      case 'rate-limited':
        logEvent(c, 'two-factor.rate-limited', { account: id, wait: outcome.wait })
        return rateLimitedProblem(c, outcome.wait)
    }
  },
})
