import type { EmailTemplates } from '../../email/template.ts'

export const emails = {
  'administrator-added': { facts: true, newPassword: 'button' },
  'account-disabled': { facts: true },
  'account-enabled': { facts: true },
  'account-deleted-by-site': { facts: true },
  'account-restored': { facts: true },
  'address-set': { facts: true },
  'password-set': { facts: true, newPassword: 'button' },
  'password-demanded': { facts: true, newPassword: 'button' },
  'sessions-ended': { facts: true, newPassword: 'button' },
  'session-ended': { facts: true, newPassword: 'button' },
  'connection-taken': { facts: true, newPassword: 'button' },
  'groups-changed': { facts: true },
  'administrator-removed': { facts: true },
} satisfies EmailTemplates
