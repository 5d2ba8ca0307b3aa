import type { EmailTemplates } from '../../email/template.ts'
import { paths } from '../../paths.ts'

export const emails = {
  invitation: { link: paths.invitation, toStranger: true },
  'invited-already-registered': { link: paths.login, newPassword: 'link' },
} satisfies EmailTemplates
