import type { Capability } from '../capability.ts'
import { askForLink, resetPassword } from './api.ts'
import { emails } from './emails.ts'
import { events } from './events.ts'
import { ForgotForm, ResetForm } from './form.ts'
import { passwordReset as pages } from './routes.tsx'

export const passwordReset: Capability = {
  name: 'password-reset',
  routes: [pages],
  forms: { 'password-reset, ask': ForgotForm, 'password-reset': ResetForm },
  operations: [askForLink, resetPassword],
  events,
  emails,
}
