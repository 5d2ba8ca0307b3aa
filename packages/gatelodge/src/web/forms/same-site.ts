// Refuses what another site made a browser send (ASVS V3.5.1): a POST must say that it comes from this site's own pages,
// by Origin, Sec-Fetch-Site or Referer; a form of someone who is logged in, or behind a link, carries its token as well.
import type { MiddlewareHandler } from 'hono'
import type { Settings } from '../../config/schema.ts'
import { problem, wantsProblem } from '../http/answer.ts'
import type { AppEnv, Bindings, Context } from '../http/context.ts'
import { failure } from '../http/error-pages.tsx'
import { isApi } from '../http/is-api.ts'
import { logEvent } from '../http/log-event.ts'
import { bearerToken } from '../session/bearer.ts'
import { returnTarget } from '../session/return-to.ts'
import { keepInVisitorCookie } from './flash.ts'
import { typedFields } from './form.ts'
import { formTokenField, isValidFormToken } from './form-token.ts'
import { hasLink } from './link-token.ts'
import { notOurPage } from './not-our-page.tsx'
import { type Cause, judgeSource } from './same-site-rule.ts'
import { siteOrigins } from './site-origins.ts'

type SiteSettings = Pick<Settings, 'baseUrl' | 'basePath' | 'allowedReturnHosts'>
type Ask = (request: Request, bindings: Bindings) => Response | Promise<Response>

/** `stale-form`: it is of another session. `other-link`: it is of another link than the one that was opened last. */
type TokenCause = 'stale-form' | 'other-link'

/** For the log: what the operator of the site can do. */
const remedies: Record<Cause | TokenCause, string> = {
  'other-address': 'set baseUrl (GATELODGE_BASE_URL) to the address that people open, or redirect that address to it',
  'hidden-source':
    'a proxy, a browser extension or a privacy setting hides where forms come from: let Origin, Sec-Fetch-Site and Referer pass, and send Referrer-Policy: same-origin',
  'no-source':
    'none for a text browser: its page leads to the form. Else a proxy or a browser extension takes Origin, Sec-Fetch-Site and Referer away: let them pass',
  'another-site': 'none, unless that site is yours: let it link to this site instead of sending forms here',
  'stale-form': 'none: the person sends the form again',
  'other-link': 'none: the person sees which link was opened last, and decides',
}

/**
 * @param ask the app itself: it renders the page that is shown instead of a refused POST.
 * @param anySite paths that a form of another site may be sent to, because their POST only leads on.
 */
export function sameSite(settings: SiteSettings, ask: Ask, anySite: Set<string>): MiddlewareHandler<AppEnv> {
  const own = siteOrigins(settings.baseUrl)
  return async (c, next) => {
    if (anySite.has(c.req.path)) return next()
    // No browser adds this header by itself, so no other site can have made one send it.
    if (bearerToken(c) !== undefined) return next()
    const foreign = foreignSource(c, own)
    const refused = foreign ?? tokenFault(c)
    if (!refused) return next()
    const { cause, reason } = refused
    logEvent(c, 'same-site.refused', { cause, reason, expected: settings.baseUrl, remedy: remedies[cause] })
    if (wantsProblem(c)) return problem(c, 'cross-site-request')
    if (foreign?.cause === 'no-source') keepWantedPage(c, settings)
    return foreign ? notOurPage(c, foreign.cause) : showAgain(c, ask, cause as TokenCause)
  }
}

/** The same question by headers alone, for what an app asks us to do on behalf of a request of its own, by any method. */
export function sameOriginOnly(settings: Pick<Settings, 'baseUrl'>): MiddlewareHandler<AppEnv> {
  const own = siteOrigins(settings.baseUrl)
  return async (c, next) => {
    const foreign = bearerToken(c) === undefined ? foreignSource(c, own) : undefined
    if (!foreign) return next()
    const { cause, reason } = foreign
    logEvent(c, 'same-site.refused', { cause, reason, expected: settings.baseUrl, remedy: remedies[cause] })
    return wantsProblem(c) ? problem(c, 'cross-site-request') : notOurPage(c, cause)
  }
}

function foreignSource(c: Context, own: Set<string>) {
  const source = {
    site: c.req.header('sec-fetch-site'),
    origin: c.req.header('origin'),
    referer: c.req.header('referer'),
    host: c.req.header('host') ?? new URL(c.req.url).host,
  }
  // A program that is no browser sends none of the three, and no cookies of someone who does not know of it.
  const isProgram = isApi(c) && !source.site && source.origin === undefined && source.referer === undefined
  return isProgram ? undefined : judgeSource(source, own)
}

/**
 * The link to the plain address of the form says nothing of where someone was going, so the cookie does. It is judged as
 * any link to the log-in page would be; browsers that tell where forms come from never get here.
 */
function keepWantedPage(c: Context, settings: SiteSettings): void {
  const given = c.get('fields').return_to
  const returnTo = typeof given === 'string' ? returnTarget(settings, given) : undefined
  if (returnTo) keepInVisitorCookie(c, { returnTo })
}

function tokenFault(c: Context): { cause: TokenCause; reason: string } | undefined {
  if (isApi(c) || isValidFormToken(c, c.get('fields')[formTokenField])) return undefined
  return { cause: hasLink(c, c.req.path) ? 'other-link' : 'stale-form', reason: 'no form token of ours' }
}

/** The same page once more, as it would be got, with what was typed; or wherever that page now leads. */
async function showAgain(c: Context, ask: Ask, cause: TokenCause): Promise<Response> {
  const headers = new Headers()
  for (const name of ['cookie', 'accept', 'accept-encoding', 'x-forwarded-for', 'forwarded']) {
    const value = c.req.header(name)
    if (value) headers.set(name, value)
  }
  const returnTo = c.get('fields').return_to
  // As it was asked for, not as it was decoded: another path is another page. By the same name and from the same place,
  // because some pages are for this machine only.
  const url = new URL(c.req.url)
  if (typeof returnTo === 'string') url.searchParams.set('return_to', returnTo)
  const form = { path: c.req.path, values: typedFields(c), problems: [] }
  const { incoming } = c.env ?? {}
  const bindings = {
    again: { notice: { code: cause === 'other-link' ? 'other-link' : 'send-again' }, form } as const,
    ...(incoming && { incoming }),
  }
  const again = await ask(new Request(url, { headers }), bindings)
  // 410: the page needs a link from an email, and says how to get it.
  if (again.status === 303 || again.status === 410) return again
  const isPage = again.status === 200 && again.headers.get('content-type')?.startsWith('text/html')
  if (!isPage) return failure(c, 'cross-site-request')
  return new Response(again.body, { status: 403, headers: again.headers })
}
