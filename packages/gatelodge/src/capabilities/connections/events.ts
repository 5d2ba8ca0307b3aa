import type { KeptIn } from '../../identity/audit/events.ts'

export const events = {
  'connection.added': 'record',
  'connection.failed': 'log',
} as const satisfies Record<string, KeptIn>

declare module '../../identity/audit/events.ts' {
  interface DeclaredEvents {
    connections: typeof events
  }
}
