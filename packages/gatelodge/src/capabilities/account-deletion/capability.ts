import type { Capability } from '../capability.ts'
import { accountRow } from './account-row.tsx'
import { deleteAccount } from './api.ts'
import { emails } from './emails.ts'
import { events } from './events.ts'
import { DeleteAccountForm } from './form.ts'
import { removeClosedAccounts } from './removal.rules.ts'
import { accountDeletion as pages } from './routes.tsx'

export const accountDeletion: Capability = {
  name: 'account-deletion',
  routes: [pages],
  forms: { 'account-deletion': DeleteAccountForm },
  operations: [deleteAccount],
  events,
  emails,
  accountRows: [accountRow],
  // All of them in one go: what could not be removed would be tried again at once.
  purge: (services) => removeClosedAccounts(services).then(() => 0),
}
