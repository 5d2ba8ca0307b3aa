import type { Kept } from '../../identity/audit/events.ts'

export const events = {
  'email.verified': 'record',
  'email.verification-sent': 'log',
} as const satisfies Record<string, Kept>

declare module '../../identity/audit/events.ts' {
  interface DeclaredEvents {
    'email-verification': typeof events
  }
}
