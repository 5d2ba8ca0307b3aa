// How our cookies are written: one set of flags for all (ASVS V3.3.1 to V3.3.4).
import { parse } from 'hono/utils/cookie'
import type { Settings } from '../config/schema.ts'
import type { Milliseconds } from '../time.ts'
import type { Context } from './context.ts'

/** `__Host-` binds a cookie to this very host and to https; browsers refuse it on plain http, so not on localhost. */
function cookieName(settings: Where, name: string): string {
  return isSecure(settings) ? `__Host-${name}` : name
}

type Where = Pick<Settings, 'baseUrl'>

export function readCookie(c: Context, name: string): string | undefined {
  return findCookie(c.get('services').settings, c.req.header('cookie'), name)
}

/** @param header the Cookie header of any request, whoever has parsed it. */
export function findCookie(settings: Where, header: string | undefined, name: string): string | undefined {
  const full = cookieName(settings, name)
  return header?.includes(full) ? parse(header, full)[full] : undefined
}

/** @param maxAge how long the browser keeps it; undefined: until it is closed; 0: removes it. */
export function writeCookie(c: Context, name: string, value: string, maxAge?: Milliseconds): void {
  const age = maxAge === undefined ? '' : `; Max-Age=${Math.floor(maxAge / 1000)}`
  const { settings } = c.get('services')
  const secure = isSecure(settings) ? '; Secure' : ''
  c.get('cookies').set(name, `${cookieName(settings, name)}=${value}; Path=/; HttpOnly; SameSite=Lax${secure}${age}`)
}

function isSecure({ baseUrl }: Where): boolean {
  return baseUrl.startsWith('https:')
}
