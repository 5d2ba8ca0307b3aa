import { Hono } from 'hono'
import { paths, withReturn } from '../../paths.ts'
import { currentVisitorState, takeFlash } from '../../web/forms/flash.ts'
import { readForm, refuse } from '../../web/forms/form.ts'
import { sessionFormToken } from '../../web/forms/form-token.ts'
import { rateLimited } from '../../web/forms/rate-limited.ts'
import { page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv } from '../../web/http/context.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { loggedIn, logInFirst, sessionOf } from '../../web/session/guards.ts'
import { renewSession } from '../../web/session/renew-session.ts'
import { returnTarget } from '../../web/session/return-to.ts'
import { forgetSession } from '../../web/session/session-cookie.ts'
import { ReauthenticationForm } from './form.ts'
import { ReauthenticationPage } from './pages.tsx'
import { reauthenticate } from './rules.ts'

export const reauthentication = new Hono<AppEnv>()

reauthentication.get(paths.reauthenticate, loggedIn, async (c) => {
  const { account, tokenHash } = await sessionOf(c)
  const returnTo = returnTarget(c.get('services').settings, c.req.query('return_to'))
  const props = { site: c.get('site'), token: sessionFormToken(c, tokenHash), email: account.email, returnTo }
  return page(c, 200, <ReauthenticationPage {...props} flash={takeFlash(c)} />)
})

reauthentication.post(paths.reauthenticate, loggedIn, async (c) => {
  const form = readForm(c, ReauthenticationForm)
  if (form.kind === 'refused') return refuse(c, { path: paths.reauthenticate, problems: form.problems, values: {} })
  const returnTo = returnTarget(c.get('services').settings, form.input.return_to)
  const session = await sessionOf(c)
  const renewal = renewSession(c, session)
  const owner = { account: session.account, tokenHash: session.tokenHash, source: requestSourceOf(c) }
  const outcome = await reauthenticate(c.get('services'), owner, form.input.current_password, renewal)

  switch (outcome.kind) {
    case 'confirmed': {
      logEvent(c, 'reauthentication.succeeded', { account: session.account.id })
      const { typed } = currentVisitorState(c) ?? {}
      renewal.open()
      const to = returnTo ? { address: returnTo } : paths.account
      return seeOther(c, to, typed && { form: { ...typed, problems: [] } })
    }
    case 'refused':
      logEvent(c, 'reauthentication.failed', { account: session.account.id })
      return refuse(c, { path: withReturn(paths.reauthenticate, returnTo), problems: outcome.problems, values: {} })
    case 'logged-out':
      forgetSession(c)
      return logInFirst(c)
    case 'rate-limited': {
      logEvent(c, 'password.rate-limited', { account: session.account.id, wait: outcome.wait })
      const token = sessionFormToken(c, session.tokenHash)
      const props = { site: c.get('site'), token, email: session.account.email, returnTo }
      return rateLimited(c, { ...outcome, field: 'current_password', values: {} }, (flash) => (
        <ReauthenticationPage {...props} flash={flash} />
      ))
    }
  }
})
