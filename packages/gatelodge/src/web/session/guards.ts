// Who may enter a route: the first line of each.
import type { MiddlewareHandler } from 'hono'
import { asksForFactor } from '../../identity/accounts/demands.ts'
import type { FoundSession } from '../../identity/sessions/lookup.ts'
import { paths, withProof, withReturn } from '../../paths.ts'
import { keepTyped, keepUnsaved } from '../forms/flash.ts'
import { typedFields, writtenFields } from '../forms/form.ts'
import type { Notice } from '../forms/visitor-cookie.ts'
import { problem, seeOther, wantsProblem } from '../http/answer.ts'
import type { AppEnv, Context } from '../http/context.ts'
import { cookiesAsked } from '../http/cookies.ts'
import { isApi } from '../http/is-api.ts'
import { logEvent } from '../http/log-event.ts'
import { requestSourceOf } from '../http/request-source.ts'
import { afterLogin } from './after-login.ts'
import { returnTarget, safeReturnTo } from './return-to.ts'
import { currentSession } from './session-cookie.ts'

/** For pages that make no sense to someone who is logged in already. */
export const visitorOnly: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (!(await currentSession(c))) return next()
  return isApi(c) ? problem(c, 'logged-in') : seeOther(c, afterLogin(c, afterCookies(c)))
}

/**
 * Where a log-in led to, when its cookies were looked for on the way. Only then: an app that does not see the session leads back
 * to the log-in page, and round and round.
 */
function afterCookies(c: Context): string | undefined {
  if (c.req.query(cookiesAsked) === undefined) return undefined
  return returnTarget(c.get('services').settings, c.req.query('return_to'))
}

/** For what belongs to an account. A visitor is led to the login page, and from there back. */
export const loggedIn: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (await currentSession(c)) return next()
  logEvent(c, 'access.refused', { reason: 'not-logged-in', route: c.req.path })
  return logInFirst(c)
}

/** The same, for a page that shows what the account has in numbers: they come with the session, in one statement. */
export const loggedInCounting: MiddlewareHandler<AppEnv> = (c, next) => {
  c.set('countsWanted', true)
  return loggedIn(c, next)
}

export function logInFirst(c: Context): Response {
  if (wantsProblem(c)) return problem(c, 'login-required')
  const ended = c.get('ended')
  const code = ended ? (`ended-${ended.ended}` as const) : ('login-required' as const)
  const notice = { code, ...(keptForOwner(c) ? { lost: 'kept' as const } : lost(c)) }
  return seeOther(c, withReturn(paths.login, wanted(c)), { notice })
}

/**
 * A session that ended in the middle of a form: what was typed is kept for the person whose session it was, and shown on that
 * form once they have logged in again. @returns whether there was something to keep.
 */
function keptForOwner(c: Context): boolean {
  const account = c.get('ended')?.accountId
  if (!account || c.req.method !== 'POST' || c.env?.refusal || c.env?.again) return false
  const values = writtenFields(c)
  if (Object.keys(values).length === 0) return false
  keepUnsaved(c, account, values)
  return true
}

/** What was sent is not kept otherwise: it may be long, and nobody knows who logs in next. So the page says what became of it. */
function lost(c: Context): Pick<Notice, 'lost'> {
  if (c.env?.again) return { lost: 'not-saved' }
  if (c.req.method !== 'POST') return {}
  return { lost: c.env?.refusal ? 'not-arrived' : 'not-saved' }
}

/**
 * For what guards the account itself: its owner must have proved who they are within the last minutes (ASVS V7.5.1), by the
 * second factor where there is one. Behind `loggedIn`.
 */
export const recentlyAuthenticated: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (c.get('services').sessions.isRecentlyAuthenticated(await sessionOf(c))) return next()
  return confirmFirst(c)
}

/**
 * For what asks for the password itself, which is one factor only: where there is a second one, that must have been proved
 * within the last minutes, too; and so where there is no password yet. Behind `loggedIn`.
 */
export const factorLatelyProved: MiddlewareHandler<AppEnv> = async (c, next) => {
  const session = await sessionOf(c)
  const { account } = session
  const isAskedHere = !asksForFactor(account) && account.passwordChangedAt !== null
  if (isAskedHere || c.get('services').sessions.isRecentlyAuthenticated(session)) return next()
  return confirmFirst(c)
}

/** @param by where one way alone is enough. */
export function confirmFirst(c: Context, by?: 'passkey'): Response {
  if (wantsProblem(c)) return problem(c, 'reauthentication-required')
  const page = withReturn(paths.reauthenticate, wanted(c))
  const to = by ? withProof(page, by) : page
  if (c.req.method !== 'POST') return seeOther(c, to)
  // What an app was sent is not ours to keep.
  if (c.env?.refusal) return seeOther(c, to, { notice: { code: 'confirm-first', ...lost(c) } })
  keepTyped(c, typedFields(c))
  return seeOther(c, to)
}

/** For what needs a second factor: it is proved, or set up first. */
export async function proveFactorFirst(c: Context): Promise<Response> {
  if (wantsProblem(c)) return problem(c, 'second-factor-required')
  const { account } = await sessionOf(c)
  const notice = { code: 'second-factor-first' as const, ...lost(c) }
  return seeOther(c, await factorPage(c, account, wanted(c)), { notice })
}

/** Where an account proves a second factor. A passkey that checks who uses it is one, with or without a password. */
export async function factorPage(
  c: Context,
  { id, hasSecondFactor }: FoundSession['account'],
  returnTo: string | undefined,
): Promise<string> {
  if (hasSecondFactor) return withReturn(paths.reauthenticate, returnTo)
  const { passkeys, database } = c.get('services')
  const all = await passkeys.ofAccount(database.db, id)
  if (!all.some(({ isVerifying }) => isVerifying)) return withReturn(paths.twoFactorSettings, returnTo)
  return withProof(withReturn(paths.reauthenticate, returnTo), 'passkey')
}

function wanted(c: Context): string | undefined {
  // As it stands in the address bar: c.req.path lacks the prefix.
  const url = new URL(c.req.url)
  // Where a form leads on to, the address of its page said.
  const returnTo = c.req.method === 'POST' && c.get('fields')?.return_to
  if (typeof returnTo === 'string' && returnTo !== '') url.searchParams.set('return_to', returnTo)
  return safeReturnTo(url.pathname + url.search, c.get('site').basePath)
}

/** The session behind a route that `loggedIn` guards. */
export async function sessionOf(c: Context): Promise<FoundSession> {
  const session = await currentSession(c)
  if (!session) throw new Error('this route lacks its guard loggedIn')
  return session
}

/** Who is logged in, the hash of their session's token, and from where they ask: what a rule about one's own account takes. */
export async function ownerOf(c: Context) {
  const { account, tokenHash } = await sessionOf(c)
  return { account, tokenHash, source: requestSourceOf(c) }
}
