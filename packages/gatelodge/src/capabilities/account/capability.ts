import type { Capability } from '../capability.ts'
import { accountRow, groupsRow } from './account-row.tsx'
import { getSession } from './api.ts'
import { account as pages } from './routes.tsx'

export const account: Capability = {
  name: 'account',
  routes: [pages],
  operations: [getSession],
  accountRows: [accountRow, groupsRow],
}
