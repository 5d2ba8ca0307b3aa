import type { KeptIn } from '../../identity/audit/events.ts'

export const events = {
  'account.created': 'record',
  'administrator.link-made': 'record',
  'administrator.added': 'record',
  'administrator.removed': 'record',
  'group.created': 'record',
  'group.described': 'record',
  'group.deleted': 'record',
  'key.created': 'record',
  'key.revoked': 'record',
  'name.set': 'record',
  'fields.set': 'record',
  'email.sent-again': 'record',
  'activity.downloaded': 'record',
  'accounts.downloaded': 'record',
  'bulk-act.ordered': 'record',
  'email.set': 'record',
  'email.marked-verified': 'record',
  'account.deletion-started': 'record',
  'account.brought-back': 'record',
  'account.logged-out': 'record',
  'session.ended-by-site': 'record',
  'password.set': 'record',
  'password.demanded': 'record',
  'password-reset.link-made': 'record',
} as const satisfies Record<string, KeptIn>

declare module '../../identity/audit/events.ts' {
  interface DeclaredEvents {
    admin: typeof events
  }
}
