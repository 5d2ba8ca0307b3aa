import type { Capability } from '../capability.ts'
import { reauthenticate, reauthenticateByCode, reauthenticationPasskeyOptions } from './api.ts'
import { ReauthenticationForm } from './form.ts'
import { reauthentication as pages } from './routes.tsx'

export const reauthentication: Capability = {
  name: 'reauthentication',
  routes: [pages],
  forms: { reauthentication: ReauthenticationForm },
  operations: [reauthenticate, reauthenticationPasskeyOptions, reauthenticateByCode],
}
