// Our cookies in a Cookie header as it came, for what is looked at before the app is: the session in it, and what is not ours.
import { parse } from 'hono/utils/cookie'

const ours = /^(?:__Host-)?gatelodge(?:$|-)/
const form = /^[\w-]{43}$/

export function sessionTokenIn(header: string | undefined, baseUrl: string): string | undefined {
  const name = baseUrl.startsWith('https:') ? '__Host-gatelodge' : 'gatelodge'
  const token = header?.includes(name) ? parse(header, name)[name] : undefined
  return token && form.test(token) ? token : undefined
}

/** The app's own cookies, byte for byte: a session of ours is nothing that the app may hold. */
export function foreignCookies(header: string | undefined): string {
  const parts = (header ?? '').split(';').map((part) => part.trim())
  return parts.filter((part) => part && !ours.test(part.split('=')[0]?.trim() ?? '')).join('; ')
}
