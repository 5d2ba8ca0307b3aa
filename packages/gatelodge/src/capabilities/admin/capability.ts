import type { Capability } from '../capability.ts'
import { emails } from './emails.ts'
import { events } from './events.ts'
import { administratorLink } from './link.routes.tsx'

export const admin: Capability = {
  name: 'admin',
  routes: [administratorLink],
  events,
  emails,
}
