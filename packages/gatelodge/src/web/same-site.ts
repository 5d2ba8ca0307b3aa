// Refuses what another site made a browser send (ASVS V3.5.1): a POST must say that it comes from this site's own pages,
// by Origin, Sec-Fetch-Site or Referer, and a form must carry the token made for this visitor or session as well.
import type { MiddlewareHandler } from 'hono'
import type { Settings } from '../config/schema.ts'
import { problem, wantsJson } from './answer.ts'
import { bearerToken } from './bearer.ts'
import { isJsonBody } from './body.ts'
import type { AppEnv, Bindings, Context } from './context.ts'
import { failure } from './failures.tsx'
import { typedFields } from './form.ts'
import { formTokenField, isOwnFormToken } from './form-token.ts'
import { note } from './note.ts'
import { ownOrigins } from './own-origins.ts'
import { paths } from './paths.ts'
import { sessionToken } from './session-cookie.ts'

type Ask = (request: Request, bindings: Bindings) => Response | Promise<Response>

/** @param ask the app itself: it renders the page that is shown instead of a refused POST. */
export function sameSite(settings: Pick<Settings, 'baseUrl'>, ask: Ask): MiddlewareHandler<AppEnv> {
  const own = ownOrigins(settings.baseUrl)
  return async (c, next) => {
    // No browser adds this header by itself, so no other site can have made one send it.
    if (bearerToken(c) !== undefined) return next()
    const reason = foreignReason(c, own) ?? tokenReason(c)
    if (!reason) return next()
    note(c, 'same-site.refused', { reason, expected: settings.baseUrl })
    if (wantsJson(c)) return problem(c, { status: 403, code: 'not-same-site' })
    return showAgain(c, ask)
  }
}

/** The same question by headers alone, for what an app asks us to do on behalf of a request of its own, by any method. */
export function sameOriginOnly(settings: Pick<Settings, 'baseUrl'>): MiddlewareHandler<AppEnv> {
  const own = ownOrigins(settings.baseUrl)
  return async (c, next) => {
    const reason = foreignReason(c, own)
    if (!reason) return next()
    note(c, 'same-site.refused', { reason, expected: settings.baseUrl })
    return wantsJson(c) ? problem(c, { status: 403, code: 'not-same-site' }) : failure(c, 'not-same-site')
  }
}

function foreignReason(c: Context, own: Set<string>): string | undefined {
  const origin = c.req.header('origin')
  const site = c.req.header('sec-fetch-site')
  const referer = c.req.header('referer')
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return `sec-fetch-site is ${site.slice(0, 20)}`
  if (origin !== undefined) return own.has(origin) ? undefined : `origin is ${origin.slice(0, 100)}`
  if (site === 'same-origin') return undefined
  // Text browsers send neither of the two.
  if (referer !== undefined)
    return own.has(originOf(referer)) ? undefined : `referer is of ${originOf(referer).slice(0, 100)}`
  // A program that is no browser carries nobody's cookies unawares.
  return isJsonBody(c) && site === undefined ? undefined : 'no origin'
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : 'null'
}

function tokenReason(c: Context): string | undefined {
  if (isJsonBody(c) || isOwnFormToken(c, c.get('fields')[formTokenField])) return undefined
  // A tab that was left open after its session ended: there is nothing left to log out of.
  if (c.req.path === paths.logout && !sessionToken(c)) return undefined
  return 'no form token of ours'
}

/** The same page once more, as it would be got, with what was typed; or wherever that page now leads. */
async function showAgain(c: Context, ask: Ask): Promise<Response> {
  const headers = new Headers()
  for (const name of ['cookie', 'accept', 'accept-encoding', 'x-forwarded-for', 'forwarded']) {
    const value = c.req.header(name)
    if (value) headers.set(name, value)
  }
  const returnTo = c.get('fields').return_to
  // As it was asked for, not as it was decoded: another path is another page. By the same name and from the same place,
  // because some pages are for this machine only.
  const url = new URL(c.req.url)
  url.search = ''
  if (typeof returnTo === 'string') url.searchParams.set('return_to', returnTo)
  const form = { path: c.req.path, values: typedFields(c), problems: [] }
  const { incoming } = c.env ?? {}
  const bindings = { again: { notice: { code: 'send-again' }, form } as const, ...(incoming && { incoming }) }
  const again = await ask(new Request(url, { headers }), bindings)
  if (again.status === 303) return again
  const isPage = again.status === 200 && again.headers.get('content-type')?.startsWith('text/html')
  if (!isPage) return failure(c, 'not-same-site')
  return new Response(again.body, { status: 403, headers: again.headers })
}
