import type { KeptIn } from '../../identity/audit/events.ts'

export const events = {
  'administrator.link-made': 'record',
  'administrator.added': 'record',
  'administrator.removed': 'record',
} as const satisfies Record<string, KeptIn>

declare module '../../identity/audit/events.ts' {
  interface DeclaredEvents {
    admin: typeof events
  }
}
