// For a proxy in front of someone else's app: it asks here, at each request, who is there. Nothing is written.
import { Hono } from 'hono'
import type { FoundSession } from '../../identity/sessions/lookup.ts'
import { notArrived, paths, withReturn } from '../../paths.ts'
import { answer, problem, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { failure } from '../../web/http/error-pages.tsx'
import { privateAnswer } from '../../web/http/headers.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { asksForPage } from '../../web/http/wants-page.ts'
import { isGuarded, isInGroupsFor } from '../../web/reverse-proxy/guarded-paths.ts'
import { identityHeaders } from '../../web/reverse-proxy/identity-headers.ts'
import { bearerToken } from '../../web/session/bearer.ts'
import { factorPage } from '../../web/session/guards.ts'
import { oneCredential } from '../../web/session/one-credential.ts'
import { returnTarget } from '../../web/session/return-to.ts'
import { currentSession } from '../../web/session/session-cookie.ts'
import { pageWanted, pathsWanted, wasPosted } from './page-wanted.ts'

export const forwardAuth = new Hono<AppEnv>()
  // Traefik and Caddy hand our answer on as it is, so a person is led to the login page from here.
  .get(paths.forwardAuth, oneCredential, async (c) => {
    const session = await currentSession(c)
    if (session) return found(c, session)
    return isForPage(c) ? seeOther(c, logInAddress(c)) : problem(c, 'login-required')
  })
  // nginx takes 2xx, 401 and 403 only; its configuration leads to the Location.
  .get(paths.authRequest, oneCredential, async (c) => {
    const session = await currentSession(c)
    if (session) return found(c, session)
    const headers = isForPage(c) ? { location: logInAddress(c) } : {}
    return problem(c, 'login-required', { headers })
  })

/** An app that sends a token is no person who could log in on a page. */
const isForPage = (c: Context) => bearerToken(c) === undefined && asksForPage((name) => c.req.header(name))

/** Logged in; the page may demand more. nginx takes 403 as it is, and Traefik and Caddy hand our page on. */
function found(c: Context, session: FoundSession): Response | Promise<Response> {
  if (lacksFactor(c, session)) return proveFactor(c, session)
  if (isInGroupsFor(pathsWanted(c), c.get('services').settings.requireGroup, session.account)) return known(c, session)
  logEvent(c, 'access.refused', { reason: 'not-in-group', route: 'of the app' })
  return c.req.path === paths.forwardAuth && isForPage(c) ? failure(c, 'not-in-group') : problem(c, 'not-in-group')
}

function known(c: Context, session: FoundSession): Response {
  const headers = identityHeaders(c.get('services'), session, { forProxy: true })
  return answer(c, 200, null, { ...privateAnswer, ...headers })
}

/** By all that the proxy, or who asks through it, says was asked for; where nothing is said, anything may have been. */
function lacksFactor(c: Context, { methods }: FoundSession): boolean {
  const { requireSecondFactor } = c.get('services').settings
  if (methods.mfa !== undefined || requireSecondFactor.length === 0) return false
  const wanted = pathsWanted(c)
  return wanted.length === 0 || wanted.some((path) => isGuarded(path, requireSecondFactor))
}

async function proveFactor(c: Context, { account }: FoundSession): Promise<Response> {
  const { settings } = c.get('services')
  const path = await factorPage(c, account, returnTarget(settings, pageWanted(c)))
  const location = settings.baseUrl + settings.basePath + path
  if (c.req.path === paths.forwardAuth && isForPage(c)) return seeOther(c, location)
  // nginx takes 403; its configuration may lead to the Location.
  return problem(c, 'second-factor-required', { headers: { location } })
}

function logInAddress(c: Context): string {
  const { settings } = c.get('services')
  const path = withReturn(paths.login, returnTarget(settings, pageWanted(c)))
  // In the address: a cookie of ours may not reach the host that the log-in page is on.
  const mark = wasPosted(c) ? `${path.includes('?') ? '&' : '?'}${notArrived}=1` : ''
  return settings.baseUrl + settings.basePath + path + mark
}
