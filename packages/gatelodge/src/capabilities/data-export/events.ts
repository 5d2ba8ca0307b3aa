import type { KeptIn } from '../../identity/audit/events.ts'

export const events = {
  'data.exported': 'log',
} as const satisfies Record<string, KeptIn>

declare module '../../identity/audit/events.ts' {
  interface DeclaredEvents {
    'data-export': typeof events
  }
}
