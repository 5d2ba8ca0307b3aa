// What comes before each operation, and what a 401 of theirs carries.
import type { MiddlewareHandler } from 'hono'
import { problem } from '../web/http/answer.ts'
import { isJsonBody } from '../web/http/body.ts'
import type { AppEnv } from '../web/http/context.ts'
import { readCookies, sessionCookie } from '../web/http/cookies.ts'
import { failure } from '../web/http/error-pages.tsx'
import { bearerToken } from '../web/session/bearer.ts'

export const apiGuard: MiddlewareHandler<AppEnv> = async (c, next) => {
  const bearer = bearerToken(c)
  // Which of the two is meant would be a guess, and a wrong one acts for someone else (ASVS V15.3.7).
  if (bearer !== undefined && readCookies(c, sessionCookie).length > 0)
    return problem(c, { status: 400, code: 'two-credentials' })
  // Not even an empty form: JSON is what no other site's page can send unasked.
  if (c.req.method === 'POST' && !isJsonBody(c)) return failure(c, 'unknown-type')
  await next()
  // RFC 6750, section 3: no error is named where no token was sent.
  const challenge = bearer === undefined ? 'Bearer' : 'Bearer error="invalid_token"'
  if (c.res.status === 401) c.res.headers.set('www-authenticate', challenge)
  return undefined
}
