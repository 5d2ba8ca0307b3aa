import type { Capability } from '../capability.ts'
import { accountRow } from './account-row.tsx'
import { listActivity } from './api.ts'
import { activity as pages } from './routes.tsx'

export const activity: Capability = {
  name: 'activity',
  routes: [pages],
  operations: [listActivity],
  accountRows: [accountRow],
}
