import type { Capability } from '../capability.ts'
import { accountRow } from './account-row.tsx'
import { register, registerWithPasskey } from './api.ts'
import { emails } from './emails.ts'
import { events } from './events.ts'
import { PasskeyRegistrationForm, RegistrationForm, StartForm } from './form.ts'
import { limits } from './limits.ts'
import { purgeRegistrations } from './purge.rules.ts'
import { registration as pages } from './routes.tsx'
import { startAccount, startAccountPasskeyOptions } from './start.api.ts'
import { registrationStart } from './start.routes.tsx'

export const registration: Capability = {
  name: 'registration',
  routes: [pages, registrationStart],
  forms: {
    registration: RegistrationForm,
    'registration, passkey': PasskeyRegistrationForm,
    'registration, start': StartForm,
  },
  operations: [register, registerWithPasskey, startAccount, startAccountPasskeyOptions],
  events,
  emails,
  limits,
  accountRows: [accountRow],
  purge: purgeRegistrations,
}
