// The same switch for programs.
import { z } from 'zod'
import { loggedOut, started } from '../../api/answers.ts'
import { described } from '../../api/described.ts'
import { operation } from '../../api/operation.ts'
import { renewed } from '../../api/renewal.ts'
import { Started } from '../../api/shapes.ts'
import { problem } from '../../web/http/answer.ts'
import type { Context } from '../../web/http/context.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { confirmFirst, ownerOf, sessionOf } from '../../web/session/guards.ts'
import { renewSession } from '../../web/session/renew-session.ts'
import { turnOff, turnOn } from './after-password.rules.ts'

const recovery_codes = z.array(z.string()).meta(described('recoveryCodesIfFirst'))

export const askPasskeyAfterPassword = operation({
  id: 'askPasskeyAfterPassword',
  method: 'POST',
  path: '/passkeys/after-password',
  who: 'recently-authenticated',
  body: z.object({ asked_after_password: z.boolean() }),
  answers: { 200: z.strictObject({ ...Started.shape, recovery_codes }) },
  problems: ['passkey-not-askable', 'login-required'],
  answer: (c, { asked_after_password }) => (asked_after_password ? on(c) : off(c)),
})

async function on(c: Context): Promise<Response> {
  const session = await sessionOf(c)
  const { services } = c.var
  const { id } = session.account
  if (!services.sessions.hasLatelyUsedPasskey(session)) return confirmFirst(c)
  const renewal = renewSession(c, session, [])
  const outcome = await turnOn(services, await ownerOf(c), renewal)
  switch (outcome.kind) {
    case 'on': {
      logEvent(c, 'passkey-after-password.turned-on', { account: id })
      const { codes } = outcome
      return started(c, 200, codes.length > 0 ? renewed(id, renewal) : { account: id }, { recovery_codes: codes })
    }
    case 'unchanged':
      return started(c, 200, { account: id }, { recovery_codes: [] })
    case 'barred':
      return problem(c, 'passkey-not-askable')
    case 'logged-out':
      return loggedOut(c)
  }
}

async function off(c: Context): Promise<Response> {
  const owner = await ownerOf(c)
  const { id } = owner.account
  const outcome = await turnOff(c.get('services'), owner)
  if (outcome.kind === 'logged-out') return loggedOut(c)
  if (outcome.kind === 'off') logEvent(c, 'passkey-after-password.turned-off', { account: id })
  return started(c, 200, { account: id }, { recovery_codes: [] })
}
