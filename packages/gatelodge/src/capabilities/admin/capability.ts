import { paths } from '../../paths.ts'
import type { Capability } from '../capability.ts'
import { accountRow } from './account-row.tsx'
import { emails } from './emails.ts'
import { events } from './events.ts'
import { administratorLink } from './link.routes.tsx'
import { overview } from './overview.routes.tsx'

export const admin: Capability = {
  name: 'admin',
  routes: [administratorLink, overview],
  events,
  emails,
  accountRows: [accountRow],
  consolePages: [{ place: 10, path: paths.console, label: ({ console }) => console.overview.title }],
}
