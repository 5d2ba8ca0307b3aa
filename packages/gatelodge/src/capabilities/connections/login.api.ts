import { z } from 'zod'
import { invalidLink, refused, started, stepDue } from '../../api/answers.ts'
import { described } from '../../api/described.ts'
import { operation } from '../../api/operation.ts'
import { kind, Started } from '../../api/shapes.ts'
import { rateLimitedProblem } from '../../web/forms/rate-limited.ts'
import { problem } from '../../web/http/answer.ts'
import type { Context } from '../../web/http/context.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { loginEntry } from '../../web/session/complete-login.ts'
import { proofFromApp } from './app.ts'
import { logIn, nameOf } from './login.rules.ts'
import type { ProviderProof } from './proof.rules.ts'
import { register } from './register.rules.ts'

export const logInWithProvider = operation({
  id: 'logInWithProvider',
  method: 'POST',
  path: '/login/provider',
  who: 'visitor',
  body: z.object({
    code: z.string().meta(described('providerCode')),
    code_verifier: z.string().meta(described('codeVerifier')),
    create: z.boolean().default(false).meta(described('createAccount')),
    name: z.string().default('').meta(described('providerName')),
    invitation: z.string().default('').meta(described('invitationOfNewcomer')),
    remember: z.boolean().default(false).meta(described('remember')),
    session: kind,
  }),
  takesCustomFields: true,
  answers: { 200: Started, 201: Started },
  problems: [
    ...(['provider-refused', 'account-missing', 'registration-closed', 'invalid-link', 'rate-limited'] as const),
    ...(['unverified', 'second-factor-required', 'second-factor-enrolment-required', 'new-password-required'] as const),
  ],
  async answer(c, { code, code_verifier, create, name, invitation, remember, session: as }) {
    const proof = proofFromApp(c.get('services'), code, code_verifier)
    if (!proof) return problem(c, 'provider-refused')
    const entry = loginEntry(c, { remembered: remember, as })
    const invited = create && invitation !== '' ? invitation : undefined
    const outcome = await logIn(c.get('services'), proof, entry, requestSourceOf(c), invited)
    switch (outcome.kind) {
      case 'logged-in':
        return started(c, 200, outcome)
      case 'step-due':
        return stepDue(c, outcome)
      case 'newcomer':
        return create ? createAccount(c, proof, { name, invitation }, entry) : problem(c, 'account-missing')
      case 'refused': {
        const { reason, accountId: account } = outcome
        logEvent(c, 'login.failed', { reason: `connection-${reason}`, ...(account && { account }) })
        return problem(c, 'provider-refused')
      }
      case 'rate-limited':
        logEvent(c, 'login.rate-limited', { wait: outcome.wait })
        return rateLimitedProblem(c, outcome.wait)
    }
  },
})

interface Typed {
  name: string
  /** Empty: none. */
  invitation: string
}

async function createAccount(
  c: Context,
  proof: ProviderProof,
  { name, invitation }: Typed,
  entry: ReturnType<typeof loginEntry>,
) {
  const typed = {
    ...{ name: name || nameOf(proof.profile, proof.profile.email ?? ''), own: c.get('fields') },
    ...(invitation && { invitation }),
  }
  const outcome = await register(c.get('services'), proof, typed, entry, requestSourceOf(c))
  switch (outcome.kind) {
    case 'logged-in':
    case 'step-due':
      if (invitation) logEvent(c, 'invitation.accepted', { account: outcome.account })
      return outcome.kind === 'logged-in' ? started(c, 201, outcome) : stepDue(c, outcome)
    case 'invalid-link':
      return invalidLink(c, `invitation-${outcome.why}`)
    case 'refused':
      return refused(c, outcome.problems)
    case 'barred':
      return problem(c, 'registration-closed')
    case 'over':
      return problem(c, 'provider-refused')
    case 'rate-limited':
      return rateLimitedProblem(c, outcome.wait)
  }
}
