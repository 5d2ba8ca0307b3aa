// Which events there are. A capability declares its own in its `events.ts`; those that belong to no capability stand here.
// docs/security/events.md explains each.

/**
 * Where an event is kept. `record`: in the audit table, in the transaction of the change, and in the log. `log`: in the log
 * only, because nothing has changed, and a flood of them must not fill a table.
 */
export type KeptIn = 'record' | 'log'

/** Registration, the log-in sequence, second factors, groups, links, emails, and what the house itself reports. */
export const sharedEvents = {
  'registration.succeeded': 'record',
  'registration.requested': 'record',
  'login.succeeded': 'record',
  'login.unfinished': 'record',
  'login.failed': 'record',
  'login.rate-limited': 'log',
  'reauthentication.succeeded': 'record',
  'reauthentication.failed': 'record',
  'email.verified': 'record',
  'group.joined': 'record',
  'group.left': 'record',
  'connection.removed': 'record',
  'invitation.accepted': 'record',
  'two-factor.failed': 'record',
  'two-factor.locked': 'record',
  'two-factor.removed': 'record',
  'two-factor.reset': 'record',
  'passkey.copy-suspected': 'record',
  'recovery-code.used': 'record',
  'recovery-codes.few': 'record',
  'recovery-codes.removed': 'record',
  'account.disabled': 'record',
  'import.started': 'record',
  'import.finished': 'record',
  'account.enabled': 'record',
  'password.changed': 'record',
  'password.change-refused': 'record',
  'password.rate-limited': 'log',
  'two-factor.rate-limited': 'log',
  'link.refused': 'log',
  'access.refused': 'log',
  'console.refused': 'record',
  'key.refused': 'record',
  'same-site.refused': 'log',
  'cookies.off': 'log',
  'proxy.not-trusted': 'log',
  'upstream.failed': 'log',
  'email.sent': 'log',
  'email.delayed': 'log',
  'email.failed': 'log',
  'connection.group-missing': 'log',
  'hook.failed': 'log',
  'database.unavailable': 'log',
  'hashing.busy': 'log',
  'request.failed': 'log',
} as const satisfies Record<string, KeptIn>

/** By owner. Each `events.ts` adds its own here, so that the compiler knows every name. */
export interface DeclaredEvents {
  shared: typeof sharedEvents
}

type All = DeclaredEvents[keyof DeclaredEvents]
type Named<Events, Where extends KeptIn> = Events extends unknown
  ? { [Name in keyof Events & string]: Events[Name] extends Where ? Name : never }[keyof Events & string]
  : never

export type AuditedEvent = Named<All, 'record'>
export type EventName = Named<All, KeptIn>

export const eventOutcomes = ['succeeded', 'refused', 'asked'] as const
export type EventOutcome = (typeof eventOutcomes)[number]

/** How it ended: the last word of the name says it. `password-reset.requested` is asked by someone who may be a stranger. */
export function outcomeOf(event: AuditedEvent | (string & {})): EventOutcome {
  if (/\b(refused|failed|locked|unfinished)$/.test(event)) return 'refused'
  return event.endsWith('.requested') ? 'asked' : 'succeeded'
}
