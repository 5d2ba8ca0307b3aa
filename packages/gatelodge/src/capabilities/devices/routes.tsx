import { Hono } from 'hono'
import { paths } from '../../paths.ts'
import { takeFlash } from '../../web/forms/flash.ts'
import { readForm, refuse } from '../../web/forms/form.ts'
import { sessionFormToken } from '../../web/forms/form-token.ts'
import { page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv } from '../../web/http/context.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { loggedIn, logInFirst, recentlyAuthenticated, sessionOf } from '../../web/session/guards.ts'
import { forgetSession } from '../../web/session/session-cookie.ts'
import { DevicesForm } from './form.ts'
import { DevicesPage } from './pages.tsx'
import { endOne, endOthers, listDevices } from './rules.ts'

export const devices = new Hono<AppEnv>()

devices.get(paths.devices, loggedIn, async (c) => {
  const { services, site } = c.var
  const session = await sessionOf(c)
  const all = await listDevices(services, session)
  const props = { site, token: sessionFormToken(c, session.tokenHash), devices: all, now: services.clock.now() }
  return page(c, 200, <DevicesPage {...props} flash={takeFlash(c)} />)
})

/** Anyone who found the browser open must not log its owner out elsewhere (ASVS V7.5.2). */
devices.post(paths.devices, loggedIn, recentlyAuthenticated, async (c) => {
  const form = readForm(c, DevicesForm)
  if (form.kind === 'refused') return refuse(c, { path: paths.devices, problems: form.problems, values: {} })
  const { account, tokenHash } = await sessionOf(c)
  const owner = { account, tokenHash, source: requestSourceOf(c) }
  const { session, others } = form.input
  const outcome = others ? await endOthers(c.get('services'), owner) : await endOne(c.get('services'), owner, session)
  switch (outcome.kind) {
    case 'ended':
    case 'others-ended':
      logEvent(c, others ? 'sessions.ended' : 'session.ended', { account: account.id })
      return seeOther(c, paths.devices, { notice: { code: others ? 'devices-ended' : 'device-ended' } })
    case 'logged-out':
      forgetSession(c)
      return logInFirst(c)
    case 'not-found':
      // It may have ended by itself meanwhile: the list shows what there is.
      return seeOther(c, paths.devices)
  }
})
