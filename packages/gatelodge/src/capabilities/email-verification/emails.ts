import type { EmailTemplates } from '../../email/template.ts'
import { paths } from '../../paths.ts'

export const emails = {
  'verify-email': { link: paths.verifyEmail, toStranger: true },
} satisfies EmailTemplates
