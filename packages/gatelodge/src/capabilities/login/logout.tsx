import { Hono } from 'hono'
import { digest } from '../../identity/sealing.ts'
import { json, page, seeOther, wantsJson } from '../../web/answer.ts'
import { askerOf } from '../../web/asker.ts'
import type { AppEnv, Context } from '../../web/context.ts'
import { renewVisit, takeFlash } from '../../web/flash.ts'
import { sessionFormToken, visitorFormToken } from '../../web/form-token.ts'
import { clearSiteData } from '../../web/headers.ts'
import { note } from '../../web/note.ts'
import { paths } from '../../web/paths.ts'
import { broughtSessions, currentSession, forgetSession } from '../../web/session-cookie.ts'
import { logOut } from './log-out.ts'
import { LogoutPage } from './pages.tsx'

export const logout = new Hono<AppEnv>()

logout.get(paths.logout, async (c) => {
  const session = await currentSession(c)
  const token = session ? sessionFormToken(c, session.tokenHash) : visitorFormToken(c)
  return page(c, 200, <LogoutPage site={c.get('site')} token={token} flash={takeFlash(c)} />)
})

logout.post(paths.logout, (c) => logOutHere(c))

/** Ends every session that the request brought, and takes the cookies away. The caller has asked whether this site wants it. */
export async function logOutHere(c: Context): Promise<Response> {
  // The rows go first: a copy of a cookie is dead at once (ASVS V7.4.1), whatever becomes of the answer.
  for (const { token, found } of await broughtSessions(c)) {
    const account = found && 'account' in found ? found.account.id : undefined
    await logOut(c.get('services'), digest(token), account, askerOf(c))
    if (account) note(c, 'logout.succeeded', { account })
  }
  forgetSession(c)
  renewVisit(c)
  if (wantsJson(c)) return json(c, 200, { location: paths.login })
  return clearSiteData(seeOther(c, paths.login, { notice: { code: 'logged-out' } }))
}
