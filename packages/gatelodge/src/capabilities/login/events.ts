import type { KeptIn } from '../../identity/audit/events.ts'

export const events = {
  'login.failed': 'record',
  'login.rate-limited': 'log',
  'logout.succeeded': 'record',
} as const satisfies Record<string, KeptIn>

declare module '../../identity/audit/events.ts' {
  interface DeclaredEvents {
    login: typeof events
  }
}
