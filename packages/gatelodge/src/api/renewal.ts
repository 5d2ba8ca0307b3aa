// For operations that give the session a new token.
import type { Context } from '../web/http/context.ts'
import { requestSourceOf } from '../web/http/request-source.ts'
import { sessionOf } from '../web/session/guards.ts'
import { type Renewal, renewSession } from '../web/session/renew-session.ts'

/** The session goes on under a new token, of the same kind. */
export async function goingOn(c: Context) {
  const session = await sessionOf(c)
  const owner = { account: session.account, tokenHash: session.tokenHash, source: requestSourceOf(c) }
  return { owner, renewal: renewSession(c, session) }
}

/** What `started()` takes, after the transaction. */
export function goesOn(account: Buffer, renewal: Renewal) {
  const token = renewal.open()
  return { account, ...(token && { token }) }
}
