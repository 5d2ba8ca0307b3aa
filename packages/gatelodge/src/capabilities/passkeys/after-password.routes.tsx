// The form on the list of passkeys that asks for one behind the password as well, or stops that.
import { Hono } from 'hono'
import { paths, withReturn } from '../../paths.ts'
import { keepNewCodes } from '../../web/forms/flash.ts'
import { readForm, refuse } from '../../web/forms/form.ts'
import { seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { confirmFirst, loggedIn, ownerOf, recentlyAuthenticated, sessionOf } from '../../web/session/guards.ts'
import { loggedOut } from '../../web/session/logged-out.ts'
import { renewSession } from '../../web/session/renew-session.ts'
import { turnOff, turnOn } from './after-password.rules.ts'
import { AfterPasswordForm } from './form.ts'

export const afterPassword = new Hono<AppEnv>()

afterPassword.post(paths.passkeys, loggedIn, recentlyAuthenticated, async (c) => {
  const form = readForm(c, AfterPasswordForm)
  if (form.kind === 'refused') return refuse(c, { path: paths.passkeys, problems: form.problems, values: {} })
  return form.input.after_password === 'on' ? on(c) : off(c)
})

async function on(c: Context): Promise<Response> {
  const session = await sessionOf(c)
  const { services } = c.var
  const { id } = session.account
  // One that was used a moment ago works: nobody is asked for a passkey that they cannot use.
  if (!services.sessions.hasLatelyUsedPasskey(session)) return confirmFirst(c, 'passkey')
  const renewal = renewSession(c, session, [])
  const outcome = await turnOn(services, await ownerOf(c), renewal)
  switch (outcome.kind) {
    case 'on':
      logEvent(c, 'passkey-after-password.turned-on', { account: id })
      if (outcome.codes.length === 0) return seeOther(c, paths.passkeys, { notice: { code: 'passkey-choice-saved' } })
      renewal.open()
      keepNewCodes(c, id, outcome.codes)
      return seeOther(c, withReturn(paths.recoveryCodes, paths.passkeys), { notice: { code: 'first-passkey-asked' } })
    case 'unchanged':
    case 'barred':
      return seeOther(c, paths.passkeys)
    case 'logged-out':
      return loggedOut(c)
  }
}

async function off(c: Context): Promise<Response> {
  const owner = await ownerOf(c)
  const outcome = await turnOff(c.get('services'), owner)
  switch (outcome.kind) {
    case 'off':
      logEvent(c, 'passkey-after-password.turned-off', { account: owner.account.id })
      return seeOther(c, paths.passkeys, { notice: { code: 'passkey-choice-saved' } })
    case 'unchanged':
      return seeOther(c, paths.passkeys)
    case 'logged-out':
      return loggedOut(c)
  }
}
