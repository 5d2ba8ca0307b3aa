import type { KeptIn } from '../../identity/audit/events.ts'

export const events = {
  'password.changed': 'record',
  'password.added': 'record',
  'password.change-refused': 'record',
} as const satisfies Record<string, KeptIn>

declare module '../../identity/audit/events.ts' {
  interface DeclaredEvents {
    'password-change': typeof events
  }
}
