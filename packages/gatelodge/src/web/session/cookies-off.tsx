// Forms work without a cookie, and what they lead to needs one. So after a POST the page itself asks whether it came back.
import type { MiddlewareHandler } from 'hono'
import { isOwnPage, page, wantsProblem } from '../http/answer.ts'
import type { AppEnv } from '../http/context.ts'
import { bringsCookies, cookiesAsked } from '../http/cookies.ts'
import { RefusalPage } from '../http/error-pages.tsx'
import { logEvent } from '../http/log-event.ts'

/** A browser that does not keep cookies gets this page instead of a log-in form that seems to do nothing. */
export const cookiesOff: MiddlewareHandler<AppEnv> = async (c, next) => {
  const isAsked = c.req.method !== 'POST' && c.req.query(cookiesAsked) !== undefined
  // Elsewhere nobody is sent to, and a link to `//elsewhere` would lead there.
  if (!isAsked || !isOwnPage(c.req.path) || bringsCookies(c) || wantsProblem(c)) return next()
  logEvent(c, 'cookies.off')
  const { title, lead, again } = c.get('site').text.cookiesOff
  const { searchParams } = new URL(c.req.url)
  searchParams.delete(cookiesAsked)
  const query = searchParams.size > 0 ? `?${searchParams}` : ''
  const way = { href: c.req.path + query, words: again }
  return page(c, 403, <RefusalPage site={c.get('site')} title={title} lead={lead} way={way} />)
}
