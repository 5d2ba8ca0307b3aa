// An invitation that a start link carries: someone accepted it and then had to confirm their address. Knows no HTTP and no SQL.
import type { Settings } from '../../config/schema.ts'
import type { Database } from '../../database/connect.ts'
import type { Clock } from '../../time.ts'
import { type InvalidInvitation, stateOf, usedUp } from './state.ts'
import { type Invitation, invitationRows } from './storage.ts'

interface Needs {
  database: Pick<Database, 'db'>
  clock: Clock
  settings: Pick<Settings, 'verifyLinkLife' | 'registration'>
}

/**
 * By when the invitation must not have expired: those who accepted it in time keep it as long as their link can last. A link
 * that is sent again has its own time, and prolongs nothing.
 */
export const acceptedBy = ({ clock, settings }: Pick<Needs, 'clock' | 'settings'>) =>
  clock.now() - settings.verifyLinkLife

/** By when an invitation must not have expired to be revoked: that also ends the start links that carry it. */
export function revocableBy(needs: Pick<Needs, 'clock' | 'settings'>, { emailKey }: Invitation): number {
  const isCarried = needs.settings.registration === 'confirm-first' && emailKey === null
  return isCarried ? acceptedBy(needs) : needs.clock.now()
}

/** Revoked or used up counts as it is now. One that was removed long ago is `unknown`. */
export async function findCarried(
  needs: Needs,
  id: Buffer,
): Promise<{ kind: 'good'; invitation: Invitation } | InvalidInvitation> {
  const invitation = await invitationRows.findById(needs.database.db, id)
  if (!invitation) return { kind: 'invalid-link', why: 'unknown' }
  const state = stateOf(invitation, acceptedBy(needs))
  return state === 'open' ? { kind: 'good', invitation } : { kind: 'invalid-link', why: state }
}

/** Of one that was good when it was found, and not any more when it was to be used. */
export async function whyCarriedOver(needs: Needs, id: Buffer): Promise<InvalidInvitation> {
  const now = await findCarried(needs, id)
  return now.kind === 'invalid-link' ? now : usedUp
}
