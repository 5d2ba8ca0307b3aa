// For a proxy in front of someone else's app: it asks here, at each request, who is there. Nothing is written.
import { Hono } from 'hono'
import type { FoundSession } from '../../identity/sessions/lookup.ts'
import { notArrived, paths, withReturn } from '../../paths.ts'
import { answer, problem, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { privateAnswer } from '../../web/http/headers.ts'
import { asksForPage } from '../../web/http/wants-page.ts'
import { demandsFactor } from '../../web/reverse-proxy/factor-paths.ts'
import { identityHeaders } from '../../web/reverse-proxy/identity-headers.ts'
import { bearerToken } from '../../web/session/bearer.ts'
import { oneCredential } from '../../web/session/one-credential.ts'
import { returnTarget } from '../../web/session/return-to.ts'
import { currentSession } from '../../web/session/session-cookie.ts'
import { pageWanted, pathsWanted, wasPosted } from './page-wanted.ts'

export const forwardAuth = new Hono<AppEnv>()
  // Traefik and Caddy hand our answer on as it is, so a person is led to the login page from here.
  .get(paths.forwardAuth, oneCredential, async (c) => {
    const session = await currentSession(c)
    if (session) return lacksFactor(c, session) ? proveFactor(c, session) : known(c, session)
    return isForPage(c) ? seeOther(c, logInAddress(c)) : problem(c, 'login-required')
  })
  // nginx takes 2xx, 401 and 403 only; its configuration leads to the Location.
  .get(paths.authRequest, oneCredential, async (c) => {
    const session = await currentSession(c)
    if (session) return lacksFactor(c, session) ? proveFactor(c, session) : known(c, session)
    const headers = isForPage(c) ? { location: logInAddress(c) } : {}
    return problem(c, 'login-required', { headers })
  })

/** An app that sends a token is no person who could log in on a page. */
const isForPage = (c: Context) => bearerToken(c) === undefined && asksForPage((name) => c.req.header(name))

function known(c: Context, session: FoundSession): Response {
  return answer(c, 200, null, { ...privateAnswer, ...identityHeaders(c.get('services'), session) })
}

/** By all that the proxy, or who asks through it, says was asked for; where nothing is said, anything may have been. */
function lacksFactor(c: Context, { methods }: FoundSession): boolean {
  const { requireSecondFactor } = c.get('services').settings
  if (methods.mfa !== undefined || requireSecondFactor.length === 0) return false
  const wanted = pathsWanted(c)
  return wanted.length === 0 || wanted.some((path) => demandsFactor(path, requireSecondFactor))
}

function proveFactor(c: Context, { account }: FoundSession): Response {
  const { settings } = c.get('services')
  const path = account.hasSecondFactor ? paths.reauthenticate : paths.twoFactorSettings
  const location = settings.baseUrl + settings.basePath + withReturn(path, returnTarget(settings, pageWanted(c)))
  if (c.req.path === paths.forwardAuth && isForPage(c)) return seeOther(c, location)
  // nginx takes 403; its configuration may lead to the Location.
  return problem(c, 'second-factor-required', { headers: { location } })
}

function logInAddress(c: Context): string {
  const { settings } = c.get('services')
  const path = withReturn(paths.login, returnTarget(settings, pageWanted(c)))
  // In the address: a cookie of ours may not reach the host that the log-in page is on.
  const told = wasPosted(c) ? `${path.includes('?') ? '&' : '?'}${notArrived}=1` : ''
  return settings.baseUrl + settings.basePath + path + told
}
