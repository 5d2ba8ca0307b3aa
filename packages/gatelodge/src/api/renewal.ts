// For operations that give the session a new token.
import type { Method } from '../identity/logins/methods.ts'
import type { Context } from '../web/http/context.ts'
import { ownerOf, sessionOf } from '../web/session/guards.ts'
import { type Renewal, renewSession } from '../web/session/renew-session.ts'

/** The session goes on under a new token, of the same kind. Where there is no password, none was typed. */
export async function renewalOf(c: Context) {
  const session = await sessionOf(c)
  const proved: Method[] = session.account.passwordChangedAt === null ? [] : ['pwd']
  return { owner: await ownerOf(c), renewal: renewSession(c, session, proved) }
}

/** What `started()` takes, after the transaction. */
export function renewed(account: Buffer, renewal: Renewal) {
  const token = renewal.open()
  return { account, ...(token && { token }) }
}
