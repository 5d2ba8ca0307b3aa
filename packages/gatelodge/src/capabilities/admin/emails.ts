import type { EmailTemplates } from '../../email/template.ts'

export const emails = {
  'administrator-added': { facts: true, newPassword: 'button' },
  'account-disabled': { facts: true },
  'account-enabled': { facts: true },
  'administrator-removed': { facts: true },
} satisfies EmailTemplates
