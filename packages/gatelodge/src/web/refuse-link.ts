// A link that does not work any more: one page and one message, whatever the reason (ASVS V11.2.5). 410: it was good once,
// or looks as if it had been.
import { page, problem, wantsJson } from './answer.ts'
import type { Context } from './context.ts'
import type { Markup } from './markup.ts'
import type { Site } from './site.ts'

/** @param show the page, with what to do instead. */
export function refuseLink(c: Context, show: (site: Site) => Markup): Response | Promise<Response> {
  if (wantsJson(c)) return problem(c, { status: 410, code: 'dead-link' })
  return page(c, 410, show(c.get('site')))
}
