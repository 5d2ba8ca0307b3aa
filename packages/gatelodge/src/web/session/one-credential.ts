// A request brings the session cookie or a bearer token, not both.
import type { MiddlewareHandler } from 'hono'
import { problem } from '../http/answer.ts'
import type { AppEnv } from '../http/context.ts'
import { readCookies, sessionCookie } from '../http/cookies.ts'
import { bearerToken } from './bearer.ts'

/** Which of the two is meant would be a guess, and a wrong one acts for someone else (ASVS V15.3.7). */
export const oneCredential: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (bearerToken(c) === undefined || readCookies(c, sessionCookie).length === 0) return next()
  return problem(c, 'two-credentials')
}
