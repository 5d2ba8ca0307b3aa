import type { KeptIn } from '../../identity/audit/events.ts'

export const events = {
  'invitation.created': 'record',
  'invitation.revoked': 'record',
  'invitation.refused': 'record',
  'invitation.rate-limited': 'log',
} as const satisfies Record<string, KeptIn>

declare module '../../identity/audit/events.ts' {
  interface DeclaredEvents {
    invitations: typeof events
  }
}
