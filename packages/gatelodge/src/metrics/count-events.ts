// What the log says becomes counts: each event is counted where it is told, in one place, whatever level the log keeps.
import type { Metrics } from './registry.ts'

/** What stands beside an event in the log. */
export type Line = Readonly<Record<string, unknown>>

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
/** Patterns come from our own code. Should one ever come from outside, it stops here. */
const mostRoutes = 500
const forProxies = new Set(['/forward-auth', '/auth-request'])

/** @param templates the kinds of email there are. @returns what counts a line of the log, by its event. */
export function eventCounters({ count, observe }: Metrics, templates: readonly string[]) {
  const routes = new Set<string>()
  const routeOf = (given: string) => {
    if (given === '-') return 'unknown'
    if (!routes.has(given) && routes.size >= mostRoutes) return 'other'
    routes.add(given)
    return given
  }
  const login = (result: string, method: string) => count('gatelodge_logins_total', { method, result })
  const registration = (result: string) => count('gatelodge_registrations_total', { result })
  const email =
    (result: string) =>
    ({ email }: Line) =>
      count('gatelodge_emails_total', { template: oneOf(templates, email), result })

  const byEvent: Record<string, (line: Line) => void> = {
    request({ method: given, route: pattern, status, ms }) {
      const method = methods.has(given as string) ? (given as string) : 'other'
      const route = routeOf(pattern as string)
      count('gatelodge_http_requests_total', { method, route, code: codeOf(status) })
      if (ms !== undefined) observe('gatelodge_http_request_duration_seconds', (ms as number) / 1000, { method, route })
      if (forProxies.has(route)) count('gatelodge_forward_auth_total', { result: saidToProxy(status as number) })
    },
    'login.succeeded': ({ methods }) => login('succeeded', methodOf(methods)),
    'login.unfinished': ({ methods }) => login('unfinished', methodOf(methods)),
    'login.failed': ({ reason }) => login('failed', failedMethod(reason)),
    'registration.succeeded': () => registration('succeeded'),
    'registration.requested': () => registration('requested'),
    'registration.refused': () => registration('refused'),
    'email.sent': email('sent'),
    'email.delayed': email('delayed'),
    'email.failed': email('failed'),
  }
  const rateLimited = (event: string) =>
    count('gatelodge_rate_limited_total', { rule: event.slice(0, -'.rate-limited'.length) })

  return (event: string, line: Line): void => {
    byEvent[event]?.(line)
    if (event.endsWith('.rate-limited')) rateLimited(event)
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

/** By what the log-in began with; what followed is a second factor. */
function methodOf(given: unknown): string {
  const names = Array.isArray(given) ? (given as string[]) : []
  if (names.some((name) => name.startsWith('connection:'))) return 'provider'
  if (names.includes('pwd')) return 'password'
  if (names.includes('email')) return 'link'
  return names.includes('hwk') || names.includes('swk') ? 'passkey' : 'other'
}

function failedMethod(reason: unknown): string {
  const [, method] = /^(passkey|connection)-/.exec(String(reason)) ?? []
  if (method === 'passkey') return 'passkey'
  return method ? 'provider' : 'password'
}

function oneOf(known: readonly string[], given: unknown): string {
  return known.includes(given as string) ? (given as string) : 'other'
}
