// How our cookies are written: one set of flags for all (ASVS V3.3.1 to V3.3.4).
import type { Settings } from '../../config/schema.ts'
import type { Milliseconds } from '../../time.ts'
import type { Context } from './context.ts'
import { setsOurs } from './cookie-header.ts'

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

/** Browsers send all cookies of one name that fit, and do not say where each lives. More than these are not looked at. */
const mostOfOneName = 5

/** Every value that came under this name, each once. */
export function readCookies(c: Context, name: string): string[] {
  return findCookies(c.get('services').settings, c.req.header('cookie'), name)
}

/** The same. @param header the Cookie header of any request, anyone who has parsed it. */
export function findCookies(settings: Names, header: string | undefined, name: string): string[] {
  const start = `${cookieName(settings, name)}=`
  if (!header?.includes(start)) return []
  const parts = header.split(';').map((part) => part.trim())
  const values = parts.filter((part) => part.startsWith(start)).map((part) => part.slice(start.length))
  return [...new Set(values)].slice(0, mostOfOneName)
}

/** In the query of a page that follows a POST by which the browser got its first cookie of ours. */
export const cookiesAsked = 'cookies'

/** Whether any cookie of ours came with the request, whatever it is worth. */
export function bringsCookies(c: Context): boolean {
  return c.req.header('cookie')?.split(';').some(setsOurs) === true
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

/** Takes it away where the browser brought it, and does not set it otherwise. */
export function removeCookie(c: Context, name: string): void {
  if (readCookies(c, name).length > 0) writeCookie(c, name, '', 0)
  else c.get('cookies').delete(name)
}

/**
 * Removes cookies of this name from wherever else one may live that was sent with this request: an outer domain, this host
 * as a domain, a longer path. Call it where two of one name came, and write the one that counts afterwards.
 */
export function expireStrays(c: Context, name: string): void {
  const { settings } = c.get('services')
  const full = cookieName(settings, name)
  // There can be one of these only.
  if (full.startsWith('__Host-')) return
  const home = isShared(settings, name) ? settings.cookieDomain : undefined
  const secure = isSecure(settings) ? '; Secure' : ''
  for (const domain of [undefined, ...domainsOf(new URL(settings.baseUrl).hostname)]) {
    for (const path of pathsOf(new URL(c.req.url).pathname)) {
      if (domain === home && path === '/') continue
      const place = `Path=${path}${domain ? `; Domain=${domain}` : ''}`
      c.get('strays').set(`${full} ${place}`, `${full}=; ${place}; HttpOnly; SameSite=Lax${secure}; Max-Age=0`)
    }
  }
}

/** The host and up to three domains around it. Names of one part and numbers have none: browsers take them for the host alone. */
function domainsOf(hostname: string): string[] {
  const labels = hostname.split('.')
  if (/^[\d.]+$|^\[/.test(hostname)) return []
  return labels
    .slice(0, -1)
    .map((_, index) => labels.slice(index).join('.'))
    .slice(0, 4)
}

/** A cookie is sent to its path and all below: to these three, and to longer ones that we never gave. */
function pathsOf(pathname: string): string[] {
  const parts = pathname.split('/').filter(Boolean)
  const outer = parts.slice(0, 2).map((_, index) => `/${parts.slice(0, index + 1).join('/')}`)
  // What else a path may hold would end the attribute.
  return ['/', ...outer.filter((path) => /^[\w/.~-]+$/.test(path))]
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
