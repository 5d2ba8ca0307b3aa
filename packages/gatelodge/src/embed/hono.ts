// For Hono: our pages as one middleware, and guards that leave who it is at `c.var.gatelodge`. Hono's context is described
// by what we use of it, because the app's Hono need not be the version that we have.
import type { Who } from './who.ts'

interface HonoContextLike {
  req: { raw: Request }
  env: unknown
  set(name: never, value: never): void
}

/** A middleware of Hono 4. */
export type HonoMiddleware = (c: HonoContextLike, next: () => Promise<void>) => Promise<Response | undefined>

type Own = (request: Request, env: unknown) => Promise<Response | undefined>
type WebGuard = (request: Request) => Promise<Who | null | Response>

/** @param own answers what is ours, and gives undefined for the rest. */
export function honoMiddleware(own: Own): HonoMiddleware {
  return async (c, next) => {
    const answer = await own(c.req.raw, c.env)
    if (answer) return answer
    await next()
    return undefined
  }
}

export function honoGuard(guard: WebGuard): HonoMiddleware {
  return async (c, next) => {
    const answer = await guard(c.req.raw)
    if (answer instanceof Response) return answer
    const set = c.set.bind(c) as unknown as (name: string, value: Who | null) => void
    set('gatelodge', answer)
    await next()
    return undefined
  }
}
