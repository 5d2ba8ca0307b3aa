import type { EmailTemplates } from '../../email/template.ts'
import { paths } from '../../paths.ts'

export const emails = {
  'account-deletion-scheduled': { link: paths.restoreAccount, facts: true },
  'account-deleted': { facts: true },
} satisfies EmailTemplates
