import type { KeptIn } from '../../identity/audit/events.ts'

export const events = {
  'account.created': 'record',
  'administrator.link-made': 'record',
  'administrator.added': 'record',
  'administrator.removed': 'record',
  'group.created': 'record',
  'group.deleted': 'record',
  'group.joined': 'record',
  'group.left': 'record',
  'password.set': 'record',
  'password-reset.link-made': 'record',
} as const satisfies Record<string, KeptIn>

declare module '../../identity/audit/events.ts' {
  interface DeclaredEvents {
    admin: typeof events
  }
}
