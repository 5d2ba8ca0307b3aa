import type { KeptIn } from '../../identity/audit/events.ts'

export const events = {
  'password.added': 'record',
} as const satisfies Record<string, KeptIn>

declare module '../../identity/audit/events.ts' {
  interface DeclaredEvents {
    'password-change': typeof events
  }
}
