// How our cookies are written: one set of flags for all (ASVS V3.3.1 to V3.3.4).
import { parse } from 'hono/utils/cookie'
import type { Milliseconds } from '../time.ts'
import type { Context } from './context.ts'

export const sessionCookie = 'gatelodge'

/** `__Host-` binds a cookie to this very host and to https; browsers refuse it on plain http, so not on localhost. */
function cookieName(c: Context, name: string): string {
  if (isShared(c, name)) return isSecure(c) ? `__Secure-${name}` : name
  return isSecure(c) ? `__Host-${name}` : name
}

export function readCookie(c: Context, name: string): string | undefined {
  const header = c.req.header('cookie')
  const full = cookieName(c, name)
  return header?.includes(full) ? parse(header, full)[full] : undefined
}

/** @param maxAge how long the browser keeps it; undefined: until it is closed; 0: removes it. */
export function writeCookie(c: Context, name: string, value: string, maxAge?: Milliseconds): void {
  const age = maxAge === undefined ? '' : `; Max-Age=${Math.floor(maxAge / 1000)}`
  const secure = isSecure(c) ? '; Secure' : ''
  const domain = isShared(c, name) ? `; Domain=${c.get('services').settings.cookieDomain}` : ''
  c.get('cookies').set(name, `${cookieName(c, name)}=${value}; Path=/; HttpOnly; SameSite=Lax${secure}${domain}${age}`)
}

/** Only the session is shared with other hosts; what a visitor typed and what devices are known stays here. */
function isShared(c: Context, name: string): boolean {
  return name === sessionCookie && c.get('services').settings.cookieDomain !== undefined
}

function isSecure(c: Context): boolean {
  return c.get('services').settings.baseUrl.startsWith('https:')
}
