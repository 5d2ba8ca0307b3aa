// What the people who run the site see as numbers a day: which events count as what.
import type { AuditedEvent } from './events.ts'

export const series = {
  registrations: ['registration.succeeded', 'account.created'],
  logins: ['login.succeeded'],
  refusals: ['login.failed', 'two-factor.failed', 'reauthentication.failed', 'registration.refused', 'console.refused'],
  factors: ['two-factor.added', 'passkey.added'],
  resets: ['password-reset.succeeded'],
} as const satisfies Record<string, readonly AuditedEvent[]>

export type CountedName = keyof typeof series
