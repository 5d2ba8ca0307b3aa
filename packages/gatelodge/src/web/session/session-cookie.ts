// The cookie that holds the session's token, and the session that it leads to.
import type { FoundSession } from '../../identity/sessions/lookup.ts'
import { bearerPrefix, type Ended } from '../../identity/sessions/rules.ts'
import type { NewSession } from '../../identity/sessions/start-storage.ts'
import type { Services } from '../../services.ts'
import type { Context } from '../http/context.ts'
import { expireStrays, findCookies, readCookies, sessionCookie, writeCookie } from '../http/cookies.ts'
import { bearerForApp, bearerToken } from './bearer.ts'

const name = sessionCookie
const form = /^[\w-]{43}$/

/** What came with a request: a token, and the session that it leads to, if any. */
export interface BroughtSession {
  token: string
  found: FoundSession | Ended | undefined
}

/**
 * The tokens as the browser or the app sent them, if they have the form of one; says nothing of whether a session stands
 * behind them. Several, where cookies of one name live in several places.
 */
export function sessionTokens(c: Context): string[] {
  const bearer = bearerToken(c)
  if (bearer !== undefined) return bearer.startsWith(bearerPrefix) ? [bearer] : []
  return cookieTokens(c.get('services').settings, c.req.header('cookie'))
}

/** What stands under our cookie's name in any request's Cookie header. Asks no database. */
export function cookieTokens(settings: Parameters<typeof findCookies>[0], header: string | undefined): string[] {
  return findCookies(settings, header, name).filter((token) => form.test(token))
}

export interface FoundToken {
  token: string
  session: FoundSession
}

/** What a request to an app brought: the headers of that name. */
export interface Credentials {
  cookie: string | undefined
  authorization: string | undefined
}

/** The session that a request to an app leads to: that of its bearer token, or the first of its cookies that has not ended. */
export async function findSession(
  { settings, sessions }: Pick<Services, 'settings' | 'sessions'>,
  { cookie, authorization }: Credentials,
): Promise<FoundToken | 'two-credentials' | undefined> {
  const bearer = bearerForApp(settings, authorization)
  if (bearer === undefined) return firstGood(await resumeAll({ sessions }, cookieTokens(settings, cookie)))
  // Which of the two is meant would be a guess (ASVS V15.3.7).
  if (findCookies(settings, cookie, name).length > 0) return 'two-credentials'
  return firstGood(await resumeAll({ sessions }, [bearer]))
}

/** Every session that came with the request, and those that have ended. */
export function broughtSessions(c: Context): Promise<BroughtSession[]> {
  return resumeAll(c.get('services'), sessionTokens(c), c.get('countsWanted'))
}

function resumeAll(
  { sessions }: Pick<Services, 'sessions'>,
  tokens: string[],
  counts = false,
): Promise<BroughtSession[]> {
  return Promise.all(tokens.map(async (token) => ({ token, found: await sessions.resume(token, { counts }) })))
}

function firstGood(brought: BroughtSession[]): FoundToken | undefined {
  for (const { token, found } of brought) if (found && !('ended' in found)) return { token, session: found }
  return undefined
}

/** Asks the database once per request, and not at all for a visitor. Removes cookies whose session has ended. */
export function currentSession(c: Context): Promise<FoundSession | null> {
  if (!c.get('session')) c.set('session', resume(c))
  return c.get('session') as Promise<FoundSession | null>
}

async function resume(c: Context): Promise<FoundSession | null> {
  // A visitor who was never here, as quickly as can be.
  if (c.req.header('cookie') === undefined && bearerToken(c) === undefined) return null
  const brought = await broughtSessions(c)
  const good = firstGood(brought)
  const cookies = readCookies(c, name)
  if (cookies.length > 1) expireStrays(c, name)
  if (good) {
    if (cookies.length > 1) write(c, good.token, good.session.remembered)
    return good.session
  }
  const over = brought.map(({ found }) => found).find((found) => found && 'ended' in found) as Ended | undefined
  c.set('ended', over)
  if (cookies.length > 0) forgetSession(c)
  return null
}

export function keepSession(c: Context, { token, remembered }: NewSession): void {
  write(c, token, remembered)
}

/** A remembered session outlives the browser's end; the server still decides by idleness and age. */
function write(c: Context, token: string, remembered: boolean): void {
  writeCookie(c, name, token, remembered ? c.get('services').settings.sessionAge : undefined)
}

export function forgetSession(c: Context): void {
  if (readCookies(c, name).length > 1) expireStrays(c, name)
  writeCookie(c, name, '', 0)
}
