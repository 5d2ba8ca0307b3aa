import type { Capability } from '../capability.ts'
import { accountRow } from './account-row.tsx'
import { changePassword } from './api.ts'
import { emails } from './emails.ts'
import { events } from './events.ts'
import { ChangePasswordForm } from './form.ts'
import { passwordChange as pages } from './routes.tsx'

export const passwordChange: Capability = {
  name: 'password-change',
  routes: [pages],
  forms: { 'password-change': ChangePasswordForm },
  operations: [changePassword],
  events,
  emails,
  accountRows: [accountRow],
}
