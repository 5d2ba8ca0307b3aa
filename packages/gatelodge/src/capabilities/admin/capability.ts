import type { Operation } from '../../api/operation.ts'
import type { Capability } from '../capability.ts'
import * as accountActs from './account-acts.api.ts'
import * as accounts from './accounts.api.ts'
import * as audit from './audit.api.ts'
import { emails } from './emails.ts'
import { events } from './events.ts'
import * as groups from './groups.api.ts'
import { administratorLink } from './link.routes.tsx'
import * as sessions from './sessions.api.ts'

/** Below /api/v1/admin, for programs with a key. */
const operations = [accounts, accountActs, sessions, groups, audit].flatMap((all): Operation[] => Object.values(all))

export const admin: Capability = {
  name: 'admin',
  routes: [administratorLink],
  operations,
  events,
  emails,
}
