import { paths } from '../../paths.ts'
import type { Capability } from '../capability.ts'
import { accountRow } from './account-row.tsx'
import { accounts } from './accounts.routes.tsx'
import { ActForm } from './act.form.ts'
import { accountActs, newAccount } from './act.routes.tsx'
import { emails } from './emails.ts'
import { events } from './events.ts'
import { administratorLink } from './link.routes.tsx'
import { overview } from './overview.routes.tsx'

export const admin: Capability = {
  name: 'admin',
  // A new account stands before the address of any, and what belongs to one before its acts.
  routes: [administratorLink, overview, newAccount, accounts, accountActs],
  forms: { 'act of an administrator': ActForm },
  events,
  emails,
  accountRows: [accountRow],
  consolePages: [
    { place: 10, path: paths.console, label: ({ console }) => console.overview.title },
    { place: 20, path: paths.consoleAccounts, label: ({ console }) => console.accounts.title },
  ],
}
