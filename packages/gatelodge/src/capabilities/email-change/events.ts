import type { KeptIn } from '../../identity/audit/events.ts'

export const events = {
  'email.change-requested': 'record',
  'email.change-cancelled': 'record',
  'email.changed': 'record',
  'email.rate-limited': 'log',
} as const satisfies Record<string, KeptIn>

declare module '../../identity/audit/events.ts' {
  interface DeclaredEvents {
    'email-change': typeof events
  }
}
