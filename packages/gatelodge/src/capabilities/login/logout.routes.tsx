import { Hono } from 'hono'
import { digest } from '../../identity/sealing.ts'
import { paths } from '../../paths.ts'
import { renewVisitorCookie, takeFlash } from '../../web/forms/flash.ts'
import { sessionFormToken } from '../../web/forms/form-token.ts'
import { page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { clearSiteData } from '../../web/http/headers.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { bearerToken } from '../../web/session/bearer.ts'
import { broughtSessions, currentSession, forgetSession } from '../../web/session/session-cookie.ts'
import { logOut } from './logout.rules.ts'
import { LogoutPage } from './pages.tsx'

export const logout = new Hono<AppEnv>()

logout.get(paths.logout, async (c) => {
  const session = await currentSession(c)
  const token = session ? sessionFormToken(c, session.tokenHash) : undefined
  return page(c, 200, <LogoutPage site={c.get('site')} token={token} flash={takeFlash(c)} />)
})

logout.post(paths.logout, async (c) => {
  await logOutHere(c)
  return atLogin(c)
})

/** Where someone who has logged out goes on. */
export function atLogin(c: Context): Response {
  return clearSiteData(seeOther(c, paths.login, { notice: { code: 'logged-out' } }))
}

/** Ends every session that the request brought, and takes the cookies away. The caller has asked whether this site wants it. */
export async function logOutHere(c: Context): Promise<void> {
  // The rows go first: a copy of a cookie is dead at once (ASVS V7.4.1), whatever becomes of the answer.
  for (const { token, found } of await broughtSessions(c)) {
    const account = found && 'account' in found ? found.account.id : undefined
    await logOut(c.get('services'), digest(token), account, requestSourceOf(c))
    if (account) logEvent(c, 'logout.succeeded', { account })
  }
  if (bearerToken(c) !== undefined) return
  forgetSession(c)
  renewVisitorCookie(c)
}
