// Invitations that expired are removed after a while.

import { invitationRows } from '../../identity/invitations/storage.ts'
import type { Services } from '../../services.ts'
import { days, type Milliseconds } from '../../time.ts'

/** So long the page behind an old link can say what became of it, and the list shows it. */
const kept: Milliseconds = days(30)

/** @returns how many were removed. */
export function purgeInvitations({ database, clock }: Pick<Services, 'database' | 'clock'>): Promise<number> {
  return invitationRows.purge(database.db, clock.now() - kept)
}
