import type { Kept } from '../../identity/audit/events.ts'

export const events = {
  'session.ended': 'record',
  'sessions.ended': 'record',
} as const satisfies Record<string, Kept>

declare module '../../identity/audit/events.ts' {
  interface DeclaredEvents {
    devices: typeof events
  }
}
