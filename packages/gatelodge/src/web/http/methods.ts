// A route takes only its own methods. For any other method the answer lists them (ASVS V4.1.4).
import type { Hono, MiddlewareHandler } from 'hono'
import type { AppEnv, Context } from './context.ts'
import { failure } from './error-pages.tsx'

const known = new Set(['GET', 'HEAD', 'POST'])

/** No route of ours has another, so nothing needs to be looked at for it. */
export const knownMethods: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (known.has(c.req.method)) return next()
  return failure(c, 'method-not-allowed', { allow: [...known].join(', ') })
}

/** Call it after all routes are there: each path answers 405 to what it has no route for. */
export function allowMethods(app: Hono<AppEnv>): void {
  const byPath = new Map<string, string[]>()
  for (const { path, method } of app.routes) {
    if (method === 'ALL' || path === '/*') continue
    byPath.set(path, [...(byPath.get(path) ?? []), method, ...(method === 'GET' ? ['HEAD'] : [])])
  }
  for (const [path, methods] of byPath) {
    const allow = [...new Set(methods)].join(', ')
    app.all(path, (c: Context) => failure(c, 'method-not-allowed', { allow }))
  }
}
