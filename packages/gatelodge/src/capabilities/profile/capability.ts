import type { Capability } from '../capability.ts'
import { accountRow } from './account-row.tsx'
import { changeName } from './api.ts'
import { emails } from './emails.ts'
import { events } from './events.ts'
import { ProfileForm } from './form.ts'
import { profile as pages } from './routes.tsx'

export const profile: Capability = {
  name: 'profile',
  routes: [pages],
  forms: { profile: ProfileForm },
  operations: [changeName],
  events,
  emails,
  accountRows: [accountRow],
}
