// What is recorded and logged, by the one name that each event has in both. docs/security/events.md explains them.

/** Recorded for good, in the transaction of what they tell. */
export const audited = {
  'registration.succeeded': 'succeeded',
  'registration.refused': 'refused',
  'login.succeeded': 'succeeded',
  'login.failed': 'refused',
  'logout.succeeded': 'succeeded',
  'password.changed': 'succeeded',
  'password.change-refused': 'refused',
  'account.disabled': 'succeeded',
  'account.enabled': 'succeeded',
} as const

export type AuditedEvent = keyof typeof audited

/** Logged only: nothing has changed, and a flood of them must not fill a table. */
export type LoggedEvent =
  | 'login.held-back'
  | 'registration.held-back'
  | 'password.held-back'
  | 'access.refused'
  | 'same-site.refused'
  | 'proxy.not-trusted'
  | 'proxy.contradicts-itself'
  | 'database.unavailable'
  | 'hashing.busy'
  | 'request.failed'

export type EventName = AuditedEvent | LoggedEvent
