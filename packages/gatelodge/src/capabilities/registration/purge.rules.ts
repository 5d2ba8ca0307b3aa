// Registrations that nobody has confirmed in time leave.

import { registrations } from '../../identity/registrations/storage.ts'
import type { Services } from '../../services.ts'

/** @returns how many left. */
export function purgeRegistrations({ database, clock }: Pick<Services, 'database' | 'clock'>): Promise<number> {
  return registrations.purge(database.db, clock.now())
}
