import { Hono } from 'hono'
import { paths } from '../../paths.ts'
import { takeFlash } from '../../web/forms/flash.ts'
import { readForm, refuse } from '../../web/forms/form.ts'
import { sessionFormToken } from '../../web/forms/form-token.ts'
import { page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { loggedIn, ownerOf, recentlyAuthenticated, sessionOf } from '../../web/session/guards.ts'
import { loggedOut } from '../../web/session/logged-out.ts'
import { DevicesForm } from './form.ts'
import { DevicesPage } from './pages.tsx'
import { type DevicesOutcome, endOne, endOthers, endTrust, listDevices, listTrusted } from './rules.ts'

export const devices = new Hono<AppEnv>()

devices.get(paths.devices, loggedIn, async (c) => {
  const { services, site } = c.var
  const session = await sessionOf(c)
  const listed = await listDevices(services, session, c.req.query())
  const trusted = await listTrusted(services, session.account)
  const token = sessionFormToken(c, session.tokenHash)
  const props = { site, token, ...listed, trusted, now: services.clock.now() }
  return page(c, 200, <DevicesPage {...props} flash={takeFlash(c)} />)
})

/** Anyone who found the browser open must not log its owner out elsewhere (ASVS V7.5.2). */
devices.post(paths.devices, loggedIn, recentlyAuthenticated, async (c) => {
  const form = readForm(c, DevicesForm)
  if (form.kind === 'refused') return refuse(c, { path: paths.devices, problems: form.problems, values: {} })
  const owner = await ownerOf(c)
  const { account } = owner
  const { session, others, trusted } = form.input
  const services = c.get('services')
  if (trusted) return untrust(c, await endTrust(services, owner, trusted), account.id)
  const outcome = others ? await endOthers(services, owner) : await endOne(services, owner, session)
  switch (outcome.kind) {
    case 'ended':
    case 'others-ended':
      logEvent(c, others ? 'sessions.ended' : 'session.ended', { account: account.id })
      return seeOther(c, paths.devices, { notice: { code: others ? 'devices-ended' : 'device-ended' } })
    case 'logged-out':
      return loggedOut(c)
    case 'not-found':
      // It may have ended by itself meanwhile: the list shows what there is.
      return seeOther(c, paths.devices)
    case 'untrusted':
      throw new Error('no trusted device was named')
  }
})

function untrust(c: Context, { kind }: DevicesOutcome, account: Buffer): Response {
  if (kind === 'logged-out') return loggedOut(c)
  if (kind !== 'untrusted') return seeOther(c, paths.devices)
  logEvent(c, 'trusted-device.removed', { account })
  return seeOther(c, paths.devices, { notice: { code: 'trusted-device-removed' } })
}
