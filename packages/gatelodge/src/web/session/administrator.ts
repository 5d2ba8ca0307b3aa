// Who may enter the console: an administrator with a second factor, and for acts a proof of the last minutes.
import type { MiddlewareHandler } from 'hono'
import { stringify } from 'uuid'
import { isEnoughForAdministrator } from '../../identity/accounts/demands.ts'
import type { Budget } from '../../identity/attempts/budgets.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import { isAdministrator } from '../../identity/groups/names.ts'
import type { FoundSession } from '../../identity/sessions/lookup.ts'
import { hours } from '../../time.ts'
import { takeFlash } from '../forms/flash.ts'
import { sessionFormToken } from '../forms/form-token.ts'
import type { AppEnv, Context } from '../http/context.ts'
import { failure } from '../http/error-pages.tsx'
import { logEvent } from '../http/log-event.ts'
import { requestSourceOf } from '../http/request-source.ts'
import type { ConsoleFrame } from '../ui/console.tsx'
import { confirmFirst, loggedIn, proveFactorFirst, sessionOf } from './guards.ts'
import { currentSession } from './session-cookie.ts'

/**
 * For each route of the console, in the first place. A visitor logs in first. For everyone else who is no administrator the
 * page is unknown (ASVS V8.4.2). What is posted needs a proof of the last minutes, by the second factor (V7.5.1).
 */
export const administrator: MiddlewareHandler<AppEnv> = async (c, next) => {
  const session = await currentSession(c)
  if (!session) return loggedIn(c, next)
  if (!isAdministrator(session.account)) return refuse(c, session)
  if (!isEnoughForAdministrator(session.account, session.methods)) return proveFactorFirst(c)
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD' && !isFresh(c, session)) return confirmFirst(c)
  return next()
}

/** The same, for the page of an act: the proof is asked for before the form is filled in. */
export const administratorActing: MiddlewareHandler<AppEnv> = (c, next) =>
  administrator(c, async () => {
    const session = await sessionOf(c)
    if (isFresh(c, session)) await next()
    else c.res = confirmFirst(c)
  })

const isFresh = (c: Context, session: FoundSession) => c.get('services').sessions.isRecentlyAuthenticated(session)

/** So many refusals of one account are recorded in an hour: a script of its owner must not fill the table. */
const recordedRefusals: Budget = { free: 10, memory: hours(1) }

async function refuse(c: Context, { account: { id } }: FoundSession): Promise<Response> {
  const { attempts, audit, database } = c.get('services')
  logEvent(c, 'console.refused', { account: id, route: c.req.path })
  const record = audit.record('console.refused', requestSourceOf(c), { account: id, reason: 'not-administrator' })
  const tries = attempts.of('console refused', id.toString('hex'), recordedRefusals)
  await database.transact(
    async (trx) => {
      if (await attempts.countIfRoom(trx, tries)) await audit.write(trx, record)
      return true
    },
    async (db) => (await audit.isWritten(db, record)) || undefined,
  )
  return failure(c, 'not-found')
}

/** By whom, why and from where an act is ordered: what the rules of acts take. Behind `administrator`. */
export async function orderOf(
  c: Context,
  reason?: string,
): Promise<{ actor: string; reason: string | undefined; source: RequestSource }> {
  const { account } = await sessionOf(c)
  return { actor: stringify(account.id), reason, source: requestSourceOf(c) }
}

/** What `ConsoleLayout` stands around a page with. Takes the messages that were left for it. Behind `administrator`. */
export async function frameOf(c: Context): Promise<ConsoleFrame> {
  const { tokenHash } = await sessionOf(c)
  const { site, consolePages } = c.var
  return { site, flash: takeFlash(c), token: sessionFormToken(c, tokenHash), pages: consolePages, path: c.req.path }
}
