import type { EmailTemplates } from '../../email/template.ts'

export const emails = {
  'password-changed': { facts: true, otherWays: true, newPassword: 'button' },
  'password-added': { facts: true, newPassword: 'button' },
} satisfies EmailTemplates
