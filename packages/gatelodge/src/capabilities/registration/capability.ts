import type { Capability } from '../capability.ts'
import { accountRow } from './account-row.tsx'
import { register, startAccount } from './api.ts'
import { emails } from './emails.ts'
import { events } from './events.ts'
import { RegistrationForm, StartForm } from './form.ts'
import { limits } from './limits.ts'
import { purgeRegistrations } from './purge.rules.ts'
import { registration as pages } from './routes.tsx'

export const registration: Capability = {
  name: 'registration',
  routes: [pages],
  forms: { registration: RegistrationForm, 'registration, start': StartForm },
  operations: [register, startAccount],
  events,
  emails,
  limits,
  accountRows: [accountRow],
  purge: purgeRegistrations,
}
