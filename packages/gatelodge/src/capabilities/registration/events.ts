import type { KeptIn } from '../../identity/audit/events.ts'

export const events = {
  'registration.refused': 'record',
  'registration.rate-limited': 'log',
} as const satisfies Record<string, KeptIn>

declare module '../../identity/audit/events.ts' {
  interface DeclaredEvents {
    registration: typeof events
  }
}
