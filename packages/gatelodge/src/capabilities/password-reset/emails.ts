import type { EmailTemplates } from '../../email/template.ts'
import { paths } from '../../paths.ts'

export const emails = {
  'reset-password': { link: paths.resetPassword },
  'password-reset': { facts: true, otherWays: true },
} satisfies EmailTemplates
