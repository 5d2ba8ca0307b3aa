import type { Capability } from '../capability.ts'
import { renewPassword } from './api.ts'
import { NewPasswordForm } from './form.ts'
import { newPassword as pages } from './routes.tsx'
import { newPassword as step } from './step.ts'

export const newPassword: Capability = {
  name: 'new-password',
  routes: [pages],
  forms: { 'new password': NewPasswordForm },
  operations: [renewPassword],
  steps: [step],
}
