import type { Capability } from '../capability.ts'
import { accountRow } from './account-row.tsx'
import { exportData } from './api.ts'
import { events } from './events.ts'
import { dataExport as pages } from './routes.ts'

export const dataExport: Capability = {
  name: 'data-export',
  routes: [pages],
  operations: [exportData],
  events,
  accountRows: [accountRow],
}
