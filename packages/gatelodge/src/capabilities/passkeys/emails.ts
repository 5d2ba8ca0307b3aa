import type { EmailTemplates } from '../../email/template.ts'

export const emails = {
  'passkey-added': { facts: true, newPassword: 'button' },
  'passkey-removed': { facts: true, newPassword: 'button' },
  'passkey-renamed': { facts: true, newPassword: 'button' },
  'passkey-after-password-on': { facts: true, newPassword: 'button' },
  'passkey-after-password-off': { facts: true, newPassword: 'button' },
} satisfies EmailTemplates
