import type { KeptIn } from '../../identity/audit/events.ts'

export const events = {
  'session.ended': 'record',
  'sessions.ended': 'record',
  'trusted-device.removed': 'record',
} as const satisfies Record<string, KeptIn>

declare module '../../identity/audit/events.ts' {
  interface DeclaredEvents {
    devices: typeof events
  }
}
