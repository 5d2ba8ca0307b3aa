// A page that a link in an email leads to, without a link that works: one message, whatever the reason (ASVS V11.2.5).
import type { Child } from 'hono/jsx'
import { page } from '../http/answer.ts'
import type { Context } from '../http/context.ts'
import { InvalidLinkPage, NoLinkHerePage } from '../ui/invalid-link.tsx'
import { hasLink } from './link-token.ts'

interface Instead {
  /** Why it does not work, where it may say so. */
  lead?: string
  /** What to do instead. */
  hint: string
  /** A link or a form that leads there. */
  way: Child
}

/** 410: the link was good once, or looks as if it had been. Or this browser has not opened any: then the page says so. */
export function refuseLink(c: Context, instead: Instead): Response | Promise<Response> {
  const site = c.get('site')
  if (!hasLink(c, c.req.path)) return page(c, 410, <NoLinkHerePage site={site} way={instead.way} />)
  return page(c, 410, <InvalidLinkPage site={site} {...instead} />)
}
