// The session ended meanwhile: this browser forgets it, and a log-in comes first.
import type { Context } from '../http/context.ts'
import { logInFirst } from './guards.ts'
import { forgetSession } from './session-cookie.ts'

export function loggedOut(c: Context): Response {
  forgetSession(c)
  return logInFirst(c)
}
