// Every metric there is: its kind, its labels, and what it says. docs/running/metrics.md and examples/grafana are compared
// with this list. A label holds one of few words that are known beforehand: never an account, an address or an IP.

export interface DeclaredMetric {
  kind: 'counter' | 'gauge' | 'histogram'
  labels: readonly string[]
  /** All that a label can hold, where it is few. A counter of which all are known begins at 0, so that Prometheus sees the first one. */
  words?: Readonly<Record<string, readonly string[]>>
  help: string
  /** Of a histogram: upper bounds, in seconds. */
  buckets?: readonly number[]
}

const toAnswer = [0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 10]
const toHash = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]
const toAsk = [0.0005, 0.001, 0.0025, 0.01, 0.05, 0.25, 1, 5]

export const declaredMetrics = {
  gatelodge_build_info: { kind: 'gauge', labels: ['version'], help: 'Always 1; the version that runs.' },
  gatelodge_http_requests_total: {
    kind: 'counter',
    labels: ['method', 'route', 'code'],
    help: 'Answered requests, by the pattern of the route.',
  },
  gatelodge_http_request_duration_seconds: {
    kind: 'histogram',
    labels: ['method', 'route'],
    help: 'From the first look at a request until its answer is made. Not for the app behind.',
    buckets: toAnswer,
  },
  gatelodge_http_requests_in_flight: { kind: 'gauge', labels: [], help: 'Requests that are not answered yet.' },
  gatelodge_forward_auth_total: {
    kind: 'counter',
    labels: ['result'],
    words: { result: ['allowed', 'login', 'refused', 'failed'] },
    help: 'Answers to a proxy that asks who is there: allowed, login, refused or failed.',
  },
  gatelodge_logins_total: {
    kind: 'counter',
    labels: ['method', 'result'],
    words: {
      method: ['password', 'passkey', 'provider', 'link', 'other'],
      result: ['succeeded', 'failed', 'unfinished'],
    },
    help: 'Logins that succeeded, failed, or must pass a further step (unfinished).',
  },
  gatelodge_registrations_total: {
    kind: 'counter',
    labels: ['result'],
    words: { result: ['succeeded', 'refused', 'requested'] },
    help: 'Registrations that succeeded, were refused, or wait for the link in the email (requested).',
  },
  gatelodge_second_factor_total: {
    kind: 'counter',
    labels: ['type', 'result'],
    words: { type: ['app', 'recovery-code', 'passkey'], result: ['succeeded', 'failed'] },
    help: 'Second factors that were right or wrong, at a login and before sensitive changes.',
  },
  gatelodge_rate_limited_total: { kind: 'counter', labels: ['rule'], help: 'Requests that have to wait.' },
  gatelodge_emails_total: {
    kind: 'counter',
    labels: ['template', 'result'],
    words: { result: ['sent', 'delayed', 'failed'] },
    help: 'Emails that were sent, are tried again (delayed), or are given up (failed).',
  },
  gatelodge_email_queue: {
    kind: 'gauge',
    labels: [],
    help: 'Emails that wait to be sent, at most 1000. The same from all copies.',
  },
  gatelodge_email_queue_oldest_seconds: {
    kind: 'gauge',
    labels: [],
    help: 'How long the oldest of them has waited. The same from all copies.',
  },
  gatelodge_password_hash_duration_seconds: {
    kind: 'histogram',
    labels: [],
    help: 'One password hash, without its wait in the queue.',
    buckets: toHash,
  },
  gatelodge_password_hash_queue: { kind: 'gauge', labels: [], help: 'Password hashes that wait for their turn.' },
  gatelodge_password_hash_refused_total: {
    kind: 'counter',
    labels: [],
    help: 'Password hashes that were refused because the queue was full or the wait too long.',
  },
  gatelodge_database_statement_duration_seconds: {
    kind: 'histogram',
    labels: ['result'],
    words: { result: ['ok', 'failed'] },
    help: 'One statement, with its wait for a connection: ok or failed.',
    buckets: toAsk,
  },
  gatelodge_database_breaker_open: {
    kind: 'gauge',
    labels: ['type'],
    words: { type: ['connections', 'writes'] },
    help: '1 while requests are refused at once: type connections (the database is away) or writes (it takes none).',
  },
  gatelodge_sessions_active: {
    kind: 'gauge',
    labels: [],
    help: 'Sessions that were used in the last hour, at most 200000. The same from all copies.',
  },
  gatelodge_imports: {
    kind: 'gauge',
    labels: ['result'],
    words: { result: ['running', 'stopped', 'finished'] },
    help: 'The latest 100 imports: running, stopped before their end, or finished. The same from all copies.',
  },
} as const satisfies Record<string, DeclaredMetric>

export type MetricName = keyof typeof declaredMetrics
