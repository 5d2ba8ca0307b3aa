import type { EmailTemplates } from '../../email/template.ts'

export const emails = {
  'new-device': { facts: true, newPassword: 'button' },
} satisfies EmailTemplates
