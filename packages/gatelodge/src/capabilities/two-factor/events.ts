import type { KeptIn } from '../../identity/audit/events.ts'

export const events = {
  'two-factor.added': 'record',
  'two-factor.app-removed': 'record',
  'recovery-codes.renewed': 'record',
} as const satisfies Record<string, KeptIn>

declare module '../../identity/audit/events.ts' {
  interface DeclaredEvents {
    'two-factor': typeof events
  }
}
