import type { Capability } from '../capability.ts'
import { accountRow } from './account-row.tsx'
import { emails } from './emails.ts'
import { events } from './events.ts'
import { ChangeEmailForm, UndoForm } from './form.ts'
import { emailChange as pages } from './routes.tsx'

export const emailChange: Capability = {
  name: 'email-change',
  routes: [pages],
  forms: { 'email-change': ChangeEmailForm, 'email-change, undo': UndoForm },
  events,
  emails,
  accountRows: [accountRow],
}
