import type { EmailTemplates } from '../../email/template.ts'

export const emails = {
  'name-changed': { facts: true, newPassword: 'button' },
} satisfies EmailTemplates
