// How our cookies are written: one set of flags for all (ASVS V3.3.1 to V3.3.4).
import { parse } from 'hono/utils/cookie'
import type { Settings } from '../config/schema.ts'
import type { Milliseconds } from '../time.ts'
import type { Context } from './context.ts'

export const sessionCookie = 'gatelodge'

type Names = Pick<Settings, 'baseUrl' | 'cookieDomain'>

/**
 * `__Host-` binds a cookie to this very host and to https; browsers refuse it on plain http, so not on localhost. There
 * the port stands in the name, unless it is 3000: browsers keep cookies by host alone, and two sites would log each
 * other's people out.
 */
export function cookieName(settings: Names, name: string): string {
  if (!isSecure(settings)) return name + ownPort(settings)
  return isShared(settings, name) ? `__Secure-${name}` : `__Host-${name}`
}

export function readCookie(c: Context, name: string): string | undefined {
  return findCookie(c.get('services').settings, c.req.header('cookie'), name)
}

/** @param header the Cookie header of any request, whoever has parsed it. */
export function findCookie(settings: Names, header: string | undefined, name: string): string | undefined {
  const full = cookieName(settings, name)
  return header?.includes(full) ? parse(header, full)[full] : undefined
}

/** @param maxAge how long the browser keeps it; undefined: until it is closed; 0: removes it. */
export function writeCookie(c: Context, name: string, value: string, maxAge?: Milliseconds): void {
  const age = maxAge === undefined ? '' : `; Max-Age=${Math.floor(maxAge / 1000)}`
  const { settings } = c.get('services')
  const secure = isSecure(settings) ? '; Secure' : ''
  const domain = isShared(settings, name) ? `; Domain=${settings.cookieDomain}` : ''
  c.get('cookies').set(
    name,
    `${cookieName(settings, name)}=${value}; Path=/; HttpOnly; SameSite=Lax${secure}${domain}${age}`,
  )
}

/** Only the session is shared with other hosts; what a visitor typed and what devices are known stays here. */
function isShared({ cookieDomain }: Names, name: string): boolean {
  return name === sessionCookie && cookieDomain !== undefined
}

/** `-4000` for http://localhost:4000. */
function ownPort({ baseUrl }: Names): string {
  const local = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::(\d+))?$/.exec(baseUrl)
  // 80 is not written in an address.
  const port = local ? (local[1] ?? '80') : '3000'
  return port === '3000' ? '' : `-${port}`
}

function isSecure({ baseUrl }: Names): boolean {
  return baseUrl.startsWith('https:')
}
