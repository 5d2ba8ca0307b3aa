import { Hono } from 'hono'
import { json, page, seeOther, wantsJson } from '../../web/answer.ts'
import { askerOf } from '../../web/asker.ts'
import type { AppEnv } from '../../web/context.ts'
import { currentVisit, takeFlash } from '../../web/flash.ts'
import { readForm, refuse } from '../../web/form.ts'
import { sessionFormToken } from '../../web/form-token.ts'
import { loggedIn, logInFirst, sessionOf } from '../../web/guards.ts'
import { heldBack } from '../../web/held-back.ts'
import { note } from '../../web/note.ts'
import { paths, withReturn } from '../../web/paths.ts'
import { returnTarget } from '../../web/return-to.ts'
import { renewSession } from '../../web/session/renew-session.ts'
import { forgetSession } from '../../web/session-cookie.ts'
import { ConfirmPasswordForm } from './form.ts'
import { ConfirmPasswordPage } from './pages.tsx'
import { confirmPassword } from './rules.ts'

export const confirmation = new Hono<AppEnv>()

confirmation.get(paths.confirmPassword, loggedIn, async (c) => {
  const { account, tokenHash } = await sessionOf(c)
  const returnTo = returnTarget(c.get('services').settings, c.req.query('return_to'))
  const props = { site: c.get('site'), token: sessionFormToken(c, tokenHash), email: account.email, returnTo }
  return page(c, 200, <ConfirmPasswordPage {...props} flash={takeFlash(c)} />)
})

confirmation.post(paths.confirmPassword, loggedIn, async (c) => {
  const form = readForm(c, ConfirmPasswordForm)
  if (form.kind === 'refused') return refuse(c, { path: paths.confirmPassword, problems: form.problems, values: {} })
  const returnTo = returnTarget(c.get('services').settings, form.input.return_to)
  const session = await sessionOf(c)
  const renewal = renewSession(c, session)
  const owner = { account: session.account, tokenHash: session.tokenHash, asker: askerOf(c) }
  const outcome = await confirmPassword(c.get('services'), owner, form.input.current_password, renewal)

  switch (outcome.kind) {
    case 'confirmed': {
      note(c, 'password.confirmed', { account: session.account.id })
      const { typed } = currentVisit(c) ?? {}
      renewal.open()
      const to = returnTo ? { address: returnTo } : paths.account
      if (wantsJson(c)) return json(c, 200, { location: to })
      return seeOther(c, to, typed && { form: { ...typed, problems: [] } })
    }
    case 'refused':
      note(c, 'password.confirm-refused', { account: session.account.id })
      return refuse(c, { path: withReturn(paths.confirmPassword, returnTo), problems: outcome.problems, values: {} })
    case 'logged-out':
      forgetSession(c)
      return logInFirst(c)
    case 'held-back': {
      note(c, 'password.held-back', { account: session.account.id, wait: outcome.wait })
      const token = sessionFormToken(c, session.tokenHash)
      const props = { site: c.get('site'), token, email: session.account.email, returnTo }
      return heldBack(c, { ...outcome, field: 'current_password', values: {} }, (flash) => (
        <ConfirmPasswordPage {...props} flash={flash} />
      ))
    }
  }
})
