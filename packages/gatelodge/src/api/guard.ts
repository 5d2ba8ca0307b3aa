// What a 401 of the API carries.
import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from '../web/http/context.ts'
import { bearerToken } from '../web/session/bearer.ts'

/** RFC 6750, section 3: no error is named where no token was sent. */
export const challenge: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next()
  const value = bearerToken(c) === undefined ? 'Bearer' : 'Bearer error="invalid_token"'
  if (c.res.status === 401) c.res.headers.set('www-authenticate', value)
}
