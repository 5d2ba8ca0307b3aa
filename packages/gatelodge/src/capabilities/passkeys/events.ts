import type { KeptIn } from '../../identity/audit/events.ts'

export const events = {
  'passkey.added': 'record',
  'passkey.removed': 'record',
  'passkey.renamed': 'record',
  'passkey-after-password.turned-on': 'record',
  'passkey-after-password.turned-off': 'record',
  'passkey.refused': 'log',
} as const satisfies Record<string, KeptIn>

declare module '../../identity/audit/events.ts' {
  interface DeclaredEvents {
    passkeys: typeof events
  }
}
