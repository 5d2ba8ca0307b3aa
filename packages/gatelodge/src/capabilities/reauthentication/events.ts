import type { KeptIn } from '../../identity/audit/events.ts'

export const events = {
  'reauthentication.succeeded': 'record',
} as const satisfies Record<string, KeptIn>

declare module '../../identity/audit/events.ts' {
  interface DeclaredEvents {
    reauthentication: typeof events
  }
}
