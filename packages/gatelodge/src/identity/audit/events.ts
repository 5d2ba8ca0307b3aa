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
  'password.confirmed': 'succeeded',
  'password.confirm-refused': 'refused',
  'recovery.requested': 'asked',
  'recovery.succeeded': 'succeeded',
  'email.verified': 'succeeded',
  'email.change-requested': 'succeeded',
  'email.change-cancelled': 'succeeded',
  'email.changed': 'succeeded',
  'name.changed': 'succeeded',
  'session.ended': 'succeeded',
  'sessions.ended': 'succeeded',
  'account.closed': 'succeeded',
  'account.reopened': 'succeeded',
  'account.disabled': 'succeeded',
  'account.enabled': 'succeeded',
} as const

export type AuditedEvent = keyof typeof audited

/** Logged only: nothing has changed, and a flood of them must not fill a table. */
export type LoggedEvent =
  | 'login.held-back'
  | 'registration.held-back'
  | 'password.held-back'
  | 'email.verification-sent'
  | 'letter.held-back'
  | 'link.refused'
  | 'data.exported'
  | 'letter.sent'
  | 'letter.delayed'
  | 'letter.failed'
  | 'account.removed'
  | 'access.refused'
  | 'same-site.refused'
  | 'proxy.not-trusted'
  | 'upstream.failed'
  | 'hook.failed'
  | 'database.unavailable'
  | 'hashing.busy'
  | 'request.failed'

export type EventName = AuditedEvent | LoggedEvent
