// Answered requests. On the way of each of them: what counts is made once for each route, method and status, and then only
// found.
import type { Metrics } from './registry.ts'

/** What stands beside an event in the log. */
export type LogFields = Readonly<Record<string, unknown>>

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
/** Patterns come from our own code. Should one ever come from outside, it stops here. */
const mostRoutes = 500
const forProxies = new Set(['/forward-auth', '/auth-request'])

interface Counted {
  took(seconds: number): void
  byStatus: Map<unknown, () => void>
}

/** @returns what counts a line `request` of the log. */
export function requestCounter({ counter, histogram }: Metrics): (line: LogFields) => void {
  const byRoute = new Map<string, Map<string, Counted>>()

  function countedAs(pattern: string, given: string) {
    const isTooMany = !byRoute.has(pattern) && byRoute.size >= mostRoutes
    const route = pattern === '-' ? 'unknown' : isTooMany ? 'other' : pattern
    const method = methods.has(given) ? given : 'other'
    const ofMethods = byRoute.get(route) ?? new Map<string, Counted>()
    byRoute.set(route, ofMethods)
    const took = () => histogram('gatelodge_http_request_duration_seconds', { method, route })
    const counted: Counted = ofMethods.get(method) ?? { took: took(), byStatus: new Map() }
    ofMethods.set(method, counted)
    return { route, method, counted }
  }

  function answeredWith(route: string, method: string, status: unknown): () => void {
    const answered = counter('gatelodge_http_requests_total', { method, route, code: codeOf(status) })
    if (!forProxies.has(route)) return answered
    const answeredProxy = counter('gatelodge_forward_auth_total', { result: saidToProxy(status as number) })
    return () => {
      answered()
      answeredProxy()
    }
  }

  return ({ route: pattern, method: given, status, ms }) => {
    let counted = byRoute.get(pattern as string)?.get(given as string)
    let answered = counted?.byStatus.get(status)
    if (!counted || !answered) {
      const { route, method, counted: known } = countedAs(pattern as string, given as string)
      counted = known
      answered = known.byStatus.get(status) ?? answeredWith(route, method, status)
      known.byStatus.set(status, answered)
    }
    answered()
    // The app behind is not timed.
    if (ms !== undefined) counted.took((ms as number) / 1000)
  }
}

function codeOf(status: unknown): string {
  // The app behind may answer with any number.
  return typeof status === 'number' && status >= 100 && status < 600 ? String(status) : 'other'
}

function saidToProxy(status: number): string {
  if (status === 200) return 'allowed'
  if (status === 401 || (status >= 300 && status < 400)) return 'login'
  return status === 403 ? 'refused' : 'failed'
}
