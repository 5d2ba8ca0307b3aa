import { z } from 'zod'
import { done, invalidLink, loggedOut, refused, started, stepDue } from '../../api/answers.ts'
import { described } from '../../api/described.ts'
import { operation } from '../../api/operation.ts'
import { kind, Next, Started, token } from '../../api/shapes.ts'
import { firstVersion } from '../../identity/accounts/account.ts'
import { rateLimitedProblem } from '../../web/forms/rate-limited.ts'
import { json, problem } from '../../web/http/answer.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { loginEntry } from '../../web/session/complete-login.ts'
import { rememberDevice } from '../../web/session/device-cookie.ts'
import { ownerOf } from '../../web/session/guards.ts'
import { acceptInvitation as takeGroups } from './accept.rules.ts'
import { registerByInvitation as createAccount } from './register.rules.ts'

export const registerByInvitation = operation({
  id: 'registerByInvitation',
  method: 'POST',
  path: '/invitation/register',
  who: 'visitor',
  body: z.object({
    token,
    name: z.string(),
    email: z.string().default('').meta(described('invitedAddress')),
    password: z.string(),
    session: kind,
  }),
  takesCustomFields: true,
  answers: { 201: Started, 202: Next },
  problems: [
    'invalid-link',
    'registration-closed',
    'rate-limited',
    'unverified',
    'second-factor-required',
    'second-factor-enrolment-required',
  ],
  async answer(c, { session: as, ...input }) {
    const entry = loginEntry(c, { remembered: false, as })
    const typed = { ...input, own: c.get('fields') }
    const outcome = await createAccount(c.get('services'), typed, entry, requestSourceOf(c))
    switch (outcome.kind) {
      case 'logged-in':
        logEvent(c, 'invitation.accepted', { account: outcome.account })
        return started(c, 201, outcome)
      case 'step-due':
        logEvent(c, 'invitation.accepted', { account: outcome.account })
        return stepDue(c, outcome)
      case 'asked':
        logEvent(c, 'registration.requested')
        // In this browser the link alone will do. Nobody has such an account where the address had one already.
        if (as === 'cookie') rememberDevice(c, outcome.accountId, firstVersion)
        return json(c, 202, { next: 'read-email' })
      case 'refused':
        logEvent(c, 'invitation.refused', { reason: outcome.problems.map((one) => `${one.field} ${one.code}`) })
        return refused(c, outcome.problems)
      case 'closed':
        return problem(c, 'registration-closed')
      case 'invalid-link':
        return invalidLink(c, `invitation-${outcome.why}`)
      case 'rate-limited':
        logEvent(c, 'invitation.rate-limited', { wait: outcome.wait })
        return rateLimitedProblem(c, outcome.wait)
    }
  },
})

export const acceptInvitation = operation({
  id: 'acceptInvitation',
  method: 'POST',
  path: '/invitation/accept',
  who: 'logged-in',
  body: z.object({ token }),
  answers: { 204: null },
  problems: ['invalid-link', 'other-address', 'too-many-groups'],
  async answer(c, { token }) {
    const owner = await ownerOf(c)
    const outcome = await takeGroups(c.get('services'), token, owner)
    switch (outcome.kind) {
      case 'accepted':
        logEvent(c, 'invitation.accepted', { account: owner.account.id })
        return done(c)
      case 'nothing-new':
        return done(c)
      case 'other-address':
      case 'too-many-groups':
        return problem(c, outcome.kind)
      case 'logged-out':
        return loggedOut(c)
      case 'invalid-link':
        return invalidLink(c, `invitation-${outcome.why}`)
    }
  },
})
