// A way out on the app's own pages: a form that works without scripts, and a call that ends the session.
import type { IncomingMessage } from 'node:http'
import { Hono } from 'hono'
import { html } from 'hono/html'
import { atLogin, logOutHere } from '../capabilities/login/logout.routes.tsx'
import { digest } from '../identity/sealing.ts'
import { paths } from '../paths.ts'
import type { Services } from '../services.ts'
import { formTokenField, formTokenFor } from '../web/forms/form-token.ts'
import { sameOriginOnly } from '../web/forms/same-site.ts'
import { answer, wantsProblem } from '../web/http/answer.ts'
import type { AppEnv } from '../web/http/context.ts'
import { handleError } from '../web/http/error-handler.ts'
import { clearSiteData, privateAnswer } from '../web/http/headers.ts'
import { begin } from '../web/http/request.ts'
import { bearerToken } from '../web/session/bearer.ts'
import { oneCredential } from '../web/session/one-credential.ts'
import { cookieTokens } from '../web/session/session-cookie.ts'
import { written } from '../web/site/base-path.ts'
import { type Asking, headerOf, headersOf } from './who.ts'

/** A form that logs out, for a page of the app. */
export interface LogoutForm {
  /** Where the form posts to: `/logout`, below the base path. */
  action: string
  /** Hidden fields that it must send. They belong to this session: never keep the page in a shared cache. */
  fields: Record<string, string>
  /** The whole form, as HTML: hidden fields and one button. */
  html: string
}

/** @returns null for a visitor: a request without a session cookie. Asks no database. */
export function logoutForm(
  services: Services,
  asking: Asking,
  label: string = services.text.logOut,
): LogoutForm | null {
  const { settings, sealing } = services
  // Of several, each has a token of its own that counts.
  const [token] = cookieTokens(settings, headerOf(asking, 'cookie'))
  if (!token) return null
  const action = written(settings.basePath, paths.logout)
  const value = formTokenFor(sealing, digest(token))
  const form = html`<form method="post" action="${action}"><input type="hidden" name="${formTokenField}" value="${value}"><button type="submit">${label}</button></form>`
  return { action, fields: { [formTokenField]: value }, html: String(form) }
}

/**
 * Ends the session of the request, as the button of `/logout` does (ASVS V7.4.1, V7.4.4).
 * @returns 303 to the login page with the cookies removed, or 204 for a program; 403 and nothing ended where the request
 * does not say by Sec-Fetch-Site, Origin or Referer that it comes from this site; 503 where the database is away.
 */
export type Logout = (asking: Asking) => Promise<Response>

export function createLogout(services: Services): Logout {
  const app = new Hono<AppEnv>()
  app.use(begin(services, []))
  app.use(oneCredential)
  app.use(sameOriginOnly(services.settings))
  app.all('*', async (c) => {
    await logOutHere(c)
    if (bearerToken(c) === undefined && !wantsProblem(c)) return atLogin(c)
    return clearSiteData(answer(c, 204, null, privateAnswer))
  })
  app.onError(handleError)
  const address = services.settings.baseUrl + written(services.settings.basePath, paths.logout)
  return async (asking) => {
    const incoming = connectionOf(asking)
    const headers = headersOf(asking)
    // Anyone who sends the answer compresses it.
    headers.delete('accept-encoding')
    return app.fetch(new Request(address, { headers }), { forApp: true, ...(incoming && { incoming }) })
  }
}

/** Node's own requests know it, Fastify's have one behind. */
function connectionOf(asking: object): Pick<IncomingMessage, 'socket'> | undefined {
  const { socket } = asking as Partial<IncomingMessage>
  return socket ? { socket } : undefined
}
