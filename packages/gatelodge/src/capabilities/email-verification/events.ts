import type { KeptIn } from '../../identity/audit/events.ts'

export const events = {
  'email.verification-sent': 'log',
} as const satisfies Record<string, KeptIn>

declare module '../../identity/audit/events.ts' {
  interface DeclaredEvents {
    'email-verification': typeof events
  }
}
