import type { EmailTemplates } from '../../email/template.ts'
import { paths } from '../../paths.ts'

export const emails = {
  'confirm-email': { link: paths.confirmEmail, toStranger: true },
  'email-taken': {},
  'email-change-requested': { facts: true, newPassword: 'button' },
  'email-changed': { link: paths.undoEmailChange, facts: true },
  'email-change-undone': { facts: true },
} satisfies EmailTemplates
