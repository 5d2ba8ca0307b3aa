import type { Capability } from '../capability.ts'
import { sendVerification, verifyEmail } from './api.ts'
import { emails } from './emails.ts'
import { events } from './events.ts'
import { ConfirmForm } from './form.ts'
import { emailVerification as pages } from './routes.tsx'
import { verifiedAddress } from './step.ts'

export const emailVerification: Capability = {
  name: 'email-verification',
  routes: [pages],
  forms: { 'email-verification': ConfirmForm },
  operations: [sendVerification, verifyEmail],
  events,
  emails,
  steps: [verifiedAddress],
}
