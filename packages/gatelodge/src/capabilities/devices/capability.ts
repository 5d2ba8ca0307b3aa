import type { Capability } from '../capability.ts'
import { accountRow } from './account-row.tsx'
import { endDevice, endOtherDevices, endTrustedDevice, listDevices } from './api.ts'
import { events } from './events.ts'
import { DevicesForm } from './form.ts'
import { devices as pages } from './routes.tsx'

export const devices: Capability = {
  name: 'devices',
  routes: [pages],
  forms: { devices: DevicesForm },
  operations: [listDevices, endDevice, endOtherDevices, endTrustedDevice],
  events,
  accountRows: [accountRow],
}
