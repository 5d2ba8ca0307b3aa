// Registrations that nobody has confirmed in time leave.
import type { Services } from '../../services.ts'
import { registrations } from './storage.ts'

/** @returns how many left. */
export function purgeRegistrations({ database, clock }: Pick<Services, 'database' | 'clock'>): Promise<number> {
  return registrations.purge(database.db, clock.now())
}
