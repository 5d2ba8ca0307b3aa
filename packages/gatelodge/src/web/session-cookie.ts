// The cookie that holds the session's token, and the session that it leads to.
import type { Settings } from '../config/schema.ts'
import type { FoundSession } from '../identity/sessions/lookup.ts'
import { bearerPrefix } from '../identity/sessions/rules.ts'
import type { NewSession } from '../identity/sessions/storage.ts'
import { bearerToken } from './bearer.ts'
import type { Context } from './context.ts'
import { findCookie, readCookie, sessionCookie, writeCookie } from './cookies.ts'

const name = sessionCookie
const form = /^[\w-]{43}$/

/** The token as the browser or the app sent it, if it has the form of one; says nothing of whether a session stands behind it. */
export function sessionToken(c: Context): string | undefined {
  const bearer = bearerToken(c)
  if (bearer !== undefined) return bearer.startsWith(bearerPrefix) ? bearer : undefined
  return findSessionToken(c.get('services').settings, c.req.header('cookie'))
}

/** The same, of any request's Cookie header. */
export function findSessionToken(
  settings: Pick<Settings, 'baseUrl' | 'cookieDomain'>,
  header: string | undefined,
): string | undefined {
  const token = findCookie(settings, header, name)
  return token && form.test(token) ? token : undefined
}

/** Asks the database once per request, and not at all for a visitor. Removes a cookie whose session has ended. */
export function currentSession(c: Context): Promise<FoundSession | null> {
  if (!c.get('session')) c.set('session', resume(c))
  return c.get('session') as Promise<FoundSession | null>
}

async function resume(c: Context): Promise<FoundSession | null> {
  const token = sessionToken(c)
  const found = token ? await c.get('services').sessions.resume(token) : undefined
  if (found && !('ended' in found)) return found
  c.set('ended', found?.ended)
  if (readCookie(c, name) !== undefined) forgetSession(c)
  return null
}

/** A remembered session outlives the browser's end; the server still decides by idleness and age. */
export function keepSession(c: Context, session: NewSession): void {
  const { settings } = c.get('services')
  writeCookie(c, name, session.token, session.remembered ? settings.sessionAge : undefined)
}

export function forgetSession(c: Context): void {
  writeCookie(c, name, '', 0)
}
