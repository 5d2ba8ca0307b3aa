// The one-time link that makes an administrator. Opening it changes nothing.
import { Hono } from 'hono'
import { isAdministrator } from '../../identity/groups/names.ts'
import { paths } from '../../paths.ts'
import { renewVisitorCookie, takeFlash } from '../../web/forms/flash.ts'
import { linkFormToken, sessionFormToken } from '../../web/forms/form-token.ts'
import { linkToken, takeLink } from '../../web/forms/link-token.ts'
import { refuseLink } from '../../web/forms/refuse-link.tsx'
import { page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { loggedIn, logInFirst, ownerOf, recentlyAuthenticated } from '../../web/session/guards.ts'
import { currentSession, forgetSession } from '../../web/session/session-cookie.ts'
import { LogInButton } from '../../web/ui/navigation.tsx'
import { BecomePage, LogInFirstPage } from './link.pages.tsx'
import { becomeAdministrator, findAdministratorLink } from './link.rules.ts'

export const administratorLink = new Hono<AppEnv>()

administratorLink.get(paths.becomeAdministrator, async (c) => {
  const { services, site } = c.var
  const session = await currentSession(c)
  // What they came for is so, whether or not the link still works.
  if (session && isAdministrator(session.account)) return seeOther(c, paths.account)
  if (!(await findAdministratorLink(services, linkToken(c, paths.becomeAdministrator)))) return invalidLink(c)
  const flash = takeFlash(c)
  if (!session) {
    const canRegister = ['instant', 'confirm-first'].includes(services.settings.registration)
    return page(c, 200, <LogInFirstPage site={site} flash={flash} canRegister={canRegister} />)
  }
  const token = linkFormToken(c, paths.becomeAdministrator, session)
  const props = { site, flash, token, logOutToken: sessionFormToken(c, session.tokenHash) }
  return page(c, 200, <BecomePage {...props} email={session.account.email} />)
})
administratorLink.get(`${paths.becomeAdministrator}/:token`, (c) => takeLink(c, paths.becomeAdministrator))

administratorLink.post(paths.becomeAdministrator, loggedIn, recentlyAuthenticated, async (c) => {
  const owner = await ownerOf(c)
  const outcome = await becomeAdministrator(c.get('services'), linkToken(c, paths.becomeAdministrator), owner)
  switch (outcome.kind) {
    case 'promoted':
      logEvent(c, 'administrator.added', { account: owner.account.id })
      forgetSession(c)
      renewVisitorCookie(c)
      return seeOther(c, paths.login, { notice: { code: 'administrator-added' } })
    case 'administrator':
      return seeOther(c, paths.account)
    case 'too-many-groups':
      return seeOther(c, paths.becomeAdministrator, { notice: { code: 'too-many-groups' } })
    case 'logged-out':
      return logInFirst(c)
    case 'invalid-link':
      logEvent(c, 'link.refused', { reason: outcome.kind })
      return invalidLink(c)
  }
})

function invalidLink(c: Context) {
  const site = c.get('site')
  return refuseLink(c, { hint: site.text.becomeAdministrator.again, way: <LogInButton site={site} /> })
}
