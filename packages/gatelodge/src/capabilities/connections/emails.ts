import type { EmailTemplates } from '../../email/template.ts'

export const emails = {
  'connection-added': { facts: true, newPassword: 'button' },
  'connection-removed': { facts: true, newPassword: 'button' },
} satisfies EmailTemplates
