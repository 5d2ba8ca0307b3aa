import type { EmailTemplates } from '../../email/template.ts'

export const emails = {
  'two-factor-added': { facts: true },
  'two-factor-removed': { facts: true, newPassword: 'button' },
  'two-factor-app-removed': { facts: true, newPassword: 'button' },
  'two-factor-reset': { facts: true, newPassword: 'button' },
  'two-factor-locked': { facts: true, newPassword: 'button' },
  'recovery-code-used': { facts: true, newPassword: 'button' },
  'recovery-codes-few': { facts: true, newPassword: 'button' },
  'recovery-codes-renewed': { facts: true, newPassword: 'button' },
} satisfies EmailTemplates
