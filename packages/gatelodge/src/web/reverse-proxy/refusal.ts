// What is answered instead of the app behind, or of a route of the app that holds us: log in first, or it is away. The way of our own pages, with flash and log.
import type { IncomingMessage } from 'node:http'
import type { MiddlewareHandler } from 'hono'
import { problem } from '../http/answer.ts'
import type { AppEnv, Bindings, Refusal } from '../http/context.ts'
import { failure } from '../http/error-pages.tsx'
import { logEvent } from '../http/log-event.ts'
import { confirmFirst, logInFirst, proveFactorFirst } from '../session/guards.ts'
import { currentSession } from '../session/session-cookie.ts'

/** Behind `begin`: nothing that comes from outside can set it. */
export const answerRefusal: MiddlewareHandler<AppEnv> = async (c, next) => {
  const refusal = c.env?.refusal
  if (!refusal) return next()
  if (refusal.kind === 'failed') throw refusal.error
  if ('why' in refusal) {
    logEvent(c, 'upstream.failed', { reason: refusal.kind, why: refusal.why })
    return failure(c, refusal.kind)
  }
  if (refusal.kind === 'not-in-group') {
    logEvent(c, 'access.refused', { reason: refusal.kind, route: 'of the app' })
    return failure(c, refusal.kind)
  }
  if (refusal.kind === 'two-credentials') return problem(c, 'two-credentials')
  // Asked again, for why the session is over and to remove its cookie.
  await currentSession(c)
  if (refusal.kind === 'confirm-first') return confirmFirst(c)
  if (refusal.kind === 'second-factor') return proveFactorFirst(c)
  logEvent(c, 'access.refused', { reason: 'not-logged-in', route: 'of the app' })
  return refusal.isNavigation ? logInFirst(c) : problem(c, 'login-required')
}

/** The request without its body, which nobody here will read. */
export function askedOnly(request: Request, refusal: Refusal, incoming: IncomingMessage): [Request, Bindings] {
  const method = ['GET', 'HEAD'].includes(request.method) ? request.method : 'POST'
  return [new Request(request.url, { method, headers: request.headers }), { refusal, incoming }]
}
