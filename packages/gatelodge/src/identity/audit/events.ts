// What is recorded and logged, by the one name that each event has in both. docs/security/events.md explains them.

/** Recorded for good, in the transaction of what they tell. */
export const audited = {
  'registration.succeeded': 'succeeded',
  'registration.refused': 'refused',
  'registration.requested': 'asked',
  'login.succeeded': 'succeeded',
  'login.failed': 'refused',
  'login.unfinished': 'refused',
  'logout.succeeded': 'succeeded',
  'password.changed': 'succeeded',
  'password.change-refused': 'refused',
  'reauthentication.succeeded': 'succeeded',
  'reauthentication.failed': 'refused',
  'password-reset.requested': 'asked',
  'password-reset.succeeded': 'succeeded',
  'email.verified': 'succeeded',
  'email.change-requested': 'succeeded',
  'email.change-cancelled': 'succeeded',
  'email.changed': 'succeeded',
  'name.changed': 'succeeded',
  'session.ended': 'succeeded',
  'sessions.ended': 'succeeded',
  'account.deletion-scheduled': 'succeeded',
  'account.restored': 'succeeded',
  'account.disabled': 'succeeded',
  'account.enabled': 'succeeded',
} as const

export type AuditedEvent = keyof typeof audited

/** Logged only: nothing has changed, and a flood of them must not fill a table. */
export type LoggedEvent =
  | 'login.rate-limited'
  | 'registration.rate-limited'
  | 'password.rate-limited'
  | 'email.verification-sent'
  | 'email.rate-limited'
  | 'link.refused'
  | 'data.exported'
  | 'email.sent'
  | 'email.delayed'
  | 'email.failed'
  | 'account.deleted'
  | 'access.refused'
  | 'same-site.refused'
  | 'cookies.off'
  | 'proxy.not-trusted'
  | 'upstream.failed'
  | 'hook.failed'
  | 'database.unavailable'
  | 'hashing.busy'
  | 'request.failed'

export type EventName = AuditedEvent | LoggedEvent
