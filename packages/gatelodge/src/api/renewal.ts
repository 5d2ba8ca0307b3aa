// For operations that give the session a new token.
import type { Context } from '../web/http/context.ts'
import { ownerOf, sessionOf } from '../web/session/guards.ts'
import { type Renewal, renewSession } from '../web/session/renew-session.ts'

/** The session goes on under a new token, of the same kind. */
export async function goingOn(c: Context) {
  return { owner: await ownerOf(c), renewal: renewSession(c, await sessionOf(c)) }
}

/** What `started()` takes, after the transaction. */
export function goesOn(account: Buffer, renewal: Renewal) {
  const token = renewal.open()
  return { account, ...(token && { token }) }
}
