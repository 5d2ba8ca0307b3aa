import type { KeptIn } from '../../identity/audit/events.ts'

export const events = {
  'password-reset.requested': 'record',
  'password-reset.succeeded': 'record',
} as const satisfies Record<string, KeptIn>

declare module '../../identity/audit/events.ts' {
  interface DeclaredEvents {
    'password-reset': typeof events
  }
}
