// The headers in which proxies name the page that a person asked for.
import type { Context } from '../../web/http/context.ts'

/** Whether a form was sent there, which did not arrive. */
export function wasPosted(c: Context): boolean {
  const method = c.req.header('x-forwarded-method') ?? c.req.header('x-original-method') ?? 'GET'
  return method !== 'GET' && method !== 'HEAD'
}

/**
 * The address that was asked for, as the proxy says it. Anyone may have written it, and it is judged like any return
 * address; so it needs no trusted proxy.
 */
export function pageWanted(c: Context): string | undefined {
  const original = c.req.header('x-original-url') ?? c.req.query('rd')
  if (original) return original
  const host = c.req.header('x-forwarded-host')
  const uri = c.req.header('x-forwarded-uri')
  return host && uri ? `${c.req.header('x-forwarded-proto') ?? 'http'}://${host}${uri}` : undefined
}

/** Each path that a header or the query names, as it was written: a proxy sets one of them, and passes on the others. */
export function pathsWanted(c: Context): string[] {
  const named = [c.req.header('x-original-url'), c.req.query('rd'), c.req.header('x-forwarded-uri')]
  return named.filter((one) => one !== undefined).map((one) => one.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#\\]*/i, ''))
}
