import type { KeptIn } from '../../identity/audit/events.ts'

export const events = {
  'name.changed': 'record',
} as const satisfies Record<string, KeptIn>

declare module '../../identity/audit/events.ts' {
  interface DeclaredEvents {
    profile: typeof events
  }
}
