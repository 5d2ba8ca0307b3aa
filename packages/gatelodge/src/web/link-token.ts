// Links in letters hold a token in their address. It moves into the sealed cookie at once, and the page that follows has an
// address that may stand in a history or a log (ASVS V14.2.1). Opening a link changes nothing: a button posts (V3.5.3).
import { seeOther } from './answer.ts'
import type { Context } from './context.ts'
import { currentVisit, keepInVisit, keepLink } from './flash.ts'

/**
 * What else stands in an address is kept out of the cookie, which has little room (ASVS V3.3.5). No token has other signs
 * than these, so a full stop or a bracket behind it was glued on in an email.
 */
const form = /^([\w-]{1,43})[^\w-]*$/

/** @param path the page that the link is for. */
export function takeLink(c: Context, path: string): Response {
  const [, token = ''] = form.exec(c.req.param('token') ?? '') ?? []
  keepLink(c, { path, token })
  return seeOther(c, path)
}

/** The token of the link that somebody came to this page by; empty where there is none. */
export function linkToken(c: Context, path: string): string {
  const link = currentVisit(c)?.link
  return link?.path === path ? link.token : ''
}

/** It has done what it was for. */
export function dropLink(c: Context): void {
  keepInVisit(c, { link: undefined })
}
