// Our cookies in a Cookie header as it came, for what is looked at before the app is: the session in it, and what is not ours.
import { parse } from 'hono/utils/cookie'
import type { Settings } from '../config/schema.ts'
import { cookieName, sessionCookie } from './cookies.ts'

const ours = /^(?:__Host-|__Secure-)?gatelodge(?:$|-)/
const form = /^[\w-]{43}$/

export function sessionTokenIn(
  header: string | undefined,
  settings: Pick<Settings, 'baseUrl' | 'cookieDomain'>,
): string | undefined {
  const name = cookieName(settings, sessionCookie)
  const token = header?.includes(name) ? parse(header, name)[name] : undefined
  return token && form.test(token) ? token : undefined
}

/** The app's own cookies, byte for byte: a session of ours is nothing that the app may hold. */
export function foreignCookies(header: string | undefined): string {
  const parts = (header ?? '').split(';').map((part) => part.trim())
  return parts.filter((part) => part && !ours.test(part.split('=')[0]?.trim() ?? '')).join('; ')
}
