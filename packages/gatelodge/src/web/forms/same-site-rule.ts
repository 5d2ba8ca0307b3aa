// Where a POST came from, by what the browser says of it. Pure: no request, no settings, no page.

/** The headers as they were sent; undefined: not sent. */
export interface RequestOrigin {
  /** Sec-Fetch-Site */
  site?: string | undefined
  origin?: string | undefined
  referer?: string | undefined
  /** The Host that was asked for. It decides nothing; it only tells which mistake was made. */
  host?: string | undefined
}

/**
 * Why a POST is refused. `other-address`: our own page, under an address that the base URL does not name.
 * `another-site`: a page of someone else. `hidden-source`: what was sent does not say where it came from. `no-source`: none of
 * the three was sent, as lynx does with a form on a page whose address has a query or to which another form has led.
 */
export type Cause = 'other-address' | 'another-site' | 'hidden-source' | 'no-source'

export interface SameSiteRefusal {
  cause: Cause
  /** For the log, at most 130 characters. */
  reason: string
}

/**
 * `Sec-Fetch-Site` must be `same-origin`, or `none` beside an `Origin` of ours; without it `Origin` must be ours; without
 * both `Referer` must be. What contradicts another is refused (ASVS V3.5.1).
 * @returns undefined where the POST came from our own pages.
 */
export function judgeSource(source: RequestOrigin, own: Set<string>): SameSiteRefusal | undefined {
  const { site, origin, referer } = source
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    return { cause: 'another-site', reason: `sec-fetch-site is ${site.slice(0, 20)}` }
  // Sent where Referrer-Policy is no-referrer, as some proxies set it. The same-origin beside it says enough.
  const isHidden = origin === 'null'
  if (origin !== undefined && !own.has(origin) && !(isHidden && site === 'same-origin'))
    return { cause: causeOf(source, origin), reason: `origin is ${origin.slice(0, 100)}` }
  const from = referer === undefined ? undefined : originOf(referer)
  if (from !== undefined && !own.has(from))
    return { cause: causeOf(source, from), reason: `referer is of ${from.slice(0, 100)}` }
  if (site === 'same-origin' || origin !== undefined) return undefined
  if (site === 'none') return { cause: 'hidden-source', reason: 'sec-fetch-site is none, and no origin' }
  return from === undefined ? { cause: 'no-source', reason: 'no origin' } : undefined
}

/** The browser knows both ends: where it calls them the same and we do not, the base URL names another address. */
function causeOf({ site, origin, host }: RequestOrigin, from: string): Cause {
  if (from === 'null') return origin === 'null' ? 'hidden-source' : 'another-site'
  if (!URL.canParse(from)) return 'another-site'
  if (site === 'same-origin' && from === origin) return 'other-address'
  return site === undefined && host !== undefined && new URL(from).host === host ? 'other-address' : 'another-site'
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : 'null'
}
