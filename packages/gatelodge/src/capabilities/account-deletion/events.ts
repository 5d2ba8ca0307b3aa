import type { KeptIn } from '../../identity/audit/events.ts'

export const events = {
  'account.deletion-scheduled': 'record',
  'account.restored': 'record',
  'account.deleted': 'log',
} as const satisfies Record<string, KeptIn>

declare module '../../identity/audit/events.ts' {
  interface DeclaredEvents {
    'account-deletion': typeof events
  }
}
