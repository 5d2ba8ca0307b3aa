import type { Capability } from '../capability.ts'
import { reauthenticate, reauthenticateByCode, reauthenticationPasskeyOptions } from './api.ts'
import { events } from './events.ts'
import { ReauthenticationForm } from './form.ts'
import { reauthentication as pages } from './routes.tsx'

export const reauthentication: Capability = {
  name: 'reauthentication',
  routes: [pages],
  forms: { reauthentication: ReauthenticationForm },
  operations: [reauthenticate, reauthenticationPasskeyOptions, reauthenticateByCode],
  events,
}
