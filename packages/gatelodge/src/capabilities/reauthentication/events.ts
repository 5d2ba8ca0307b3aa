import type { Kept } from '../../identity/audit/events.ts'

export const events = {
  'reauthentication.succeeded': 'record',
} as const satisfies Record<string, Kept>

declare module '../../identity/audit/events.ts' {
  interface DeclaredEvents {
    reauthentication: typeof events
  }
}
