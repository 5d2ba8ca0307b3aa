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
import { currentSession, forgetSession, sessionToken } from '../../web/session-cookie.ts'
import { logOut } from './log-out.ts'
import { LogoutPage } from './pages.tsx'

export const logout = new Hono<AppEnv>()

logout.get(paths.logout, async (c) => {
  const session = await currentSession(c)
  const token = session ? sessionFormToken(c, session.tokenHash) : visitorFormToken(c)
  return page(c, 200, <LogoutPage site={c.get('site')} token={token} flash={takeFlash(c)} />)
})

logout.post(paths.logout, (c) => logOutHere(c))

/** Ends the session that the cookie names, and takes the cookie away. The caller has asked whether this site wants it. */
export async function logOutHere(c: Context): Promise<Response> {
  const token = sessionToken(c)
  if (token) {
    const session = await currentSession(c)
    // The row goes first: a copy of the cookie is dead at once (ASVS V7.4.1), whatever becomes of the answer.
    await logOut(c.get('services'), digest(token), session?.account.id, askerOf(c))
    if (session) note(c, 'logout.succeeded', { account: session.account.id })
  }
  forgetSession(c)
  renewVisit(c)
  if (wantsJson(c)) return json(c, 200, { location: paths.login })
  return clearSiteData(seeOther(c, paths.login, { notice: { code: 'logged-out' } }))
}
