// The session ended meanwhile: this browser forgets it, and a log-in comes first.
import type { Context } from '../../web/http/context.ts'
import { logInFirst } from '../../web/session/guards.ts'
import { forgetSession } from '../../web/session/session-cookie.ts'

export function loggedOut(c: Context): Response {
  forgetSession(c)
  return logInFirst(c)
}
