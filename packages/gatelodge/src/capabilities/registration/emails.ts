import type { EmailTemplates } from '../../email/template.ts'
import { paths } from '../../paths.ts'

export const emails = {
  'start-account': { link: paths.startAccount, toStranger: true },
  'already-registered': { link: paths.login, newPassword: 'link' },
} satisfies EmailTemplates
