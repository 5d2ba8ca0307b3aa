// Links in emails hold a token in their address. It moves into the sealed cookie at once, and the page that follows has an
// address that may stand in a history or a log (ASVS V14.2.1). Opening a link changes nothing: a button posts (V3.5.3).
import { seeOther } from '../http/answer.ts'
import type { Context } from '../http/context.ts'
import { currentVisitorState, keepInVisitorCookie } from './flash.ts'
import { withoutGlued } from './trailing-signs.ts'

/** What else stands in an address is kept out of the cookie, which has little room (ASVS V3.3.5). */
const form = /^[\w-]{1,43}$/

/** @param path the page that the link is for. */
export function takeLink(c: Context, path: string): Response {
  const given = c.req.param('token') ?? ''
  const token = withoutGlued(given) ?? given
  keepInVisitorCookie(c, { link: { path, token: form.test(token) ? token : '' } })
  return seeOther(c, path)
}

/** The token of the link that someone came to this page by; empty where there is none. */
export function linkToken(c: Context, path: string): string {
  const link = currentVisitorState(c)?.link
  return link?.path === path ? link.token : ''
}

/** Whether this browser came to this page by any link at all, within the last hour. */
export function hasLink(c: Context, path: string): boolean {
  return currentVisitorState(c)?.link?.path === path
}

/** It has done what it was for. */
export function dropLink(c: Context): void {
  keepInVisitorCookie(c, { link: undefined })
}
