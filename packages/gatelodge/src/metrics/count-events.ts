// What the log says becomes counts: each event is counted in one place, whatever level the log keeps.
import { type LogFields, requestCounter } from './count-requests.ts'
import type { Metrics } from './registry.ts'

/** @param templates the kinds of email there are. @returns what counts a line of the log, by its event. */
export function eventCounter(metrics: Metrics, templates: readonly string[]): (event: string, line: LogFields) => void {
  const { count } = metrics
  const login = (result: string, method: string) => count('gatelodge_logins_total', { method, result })
  const registration = (result: string) => count('gatelodge_registrations_total', { result })
  const email = (result: string) => (line: LogFields) =>
    count('gatelodge_emails_total', { template: oneOf(templates, line.email), result })

  const byEvent: Record<string, (line: LogFields) => void> = {
    request: requestCounter(metrics),
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

  return (event, line) => {
    const counts = byEvent[event]
    if (counts) counts(line)
    else if (event.endsWith('.rate-limited')) count('gatelodge_rate_limited_total', { rule: event.split('.')[0] ?? '' })
  }
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
