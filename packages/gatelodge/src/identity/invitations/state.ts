// What an invitation is worth. Knows no HTTP and no SQL.
import type { Settings } from '../../config/schema.ts'
import type { Database } from '../../database/connect.ts'
import type { Clock } from '../../time.ts'
import { parseAddress } from '../accounts/address.ts'
import type { accounts as accountRows } from '../accounts/storage.ts'
import { digest } from '../sealing.ts'
import { type Invitation, invitationRows } from './storage.ts'

interface Needs {
  database: Pick<Database, 'db'>
  clock: Clock
}

export type InvitationState = 'open' | 'used' | 'expired' | 'revoked'

export function stateOf({ used, mostUses, expiresAt, revokedAt }: Invitation, now: number): InvitationState {
  if (revokedAt !== null) return 'revoked'
  if (used >= mostUses) return 'used'
  return expiresAt > now ? 'open' : 'expired'
}

/** Not good, and why: the page says it. A link that never was one, or was removed long ago, is `unknown`. */
export interface InvalidInvitation {
  kind: 'invalid-link'
  why: Exclude<InvitationState, 'open'> | 'unknown'
}

/** What a link holds, before it is looked for. */
const form = /^[\w-]{43}$/

/** Changes nothing: a scanner of emails may open a link as often as it likes. */
export async function findInvitation(
  { database, clock }: Needs,
  token: string,
): Promise<{ kind: 'good'; invitation: Invitation } | InvalidInvitation> {
  const invitation = form.test(token) ? await invitationRows.find(database.db, digest(token)) : undefined
  if (!invitation) return { kind: 'invalid-link', why: 'unknown' }
  const state = stateOf(invitation, clock.now())
  return state === 'open' ? { kind: 'good', invitation } : { kind: 'invalid-link', why: state }
}

/** Others were quicker. */
export const usedUp: InvalidInvitation = { kind: 'invalid-link', why: 'used' }

/** Of one that was good when it was found, and not any more when it was to be used. */
export async function whyOver(needs: Needs, token: string): Promise<InvalidInvitation> {
  const now = await findInvitation(needs, token)
  return now.kind === 'invalid-link' ? now : usedUp
}

/** Whether the address that it is for has an account by now. */
export async function hasAccount(
  { database, accounts }: Pick<Needs, 'database'> & { accounts: Pick<typeof accountRows, 'isTaken'> },
  { email }: Invitation,
): Promise<boolean> {
  const address = email === null ? undefined : parseAddress(email)
  return address !== undefined && (await accounts.isTaken(database.db, address))
}

/**
 * Whether anyone may learn which addresses have accounts. With `instant` everyone may, and with `invitation` those who have
 * one. With `confirm-first` and `closed` nobody may, also by an invitation.
 */
export function showsAccounts({ registration }: Pick<Settings, 'registration'>, isInvited: boolean): boolean {
  return registration === 'instant' || (isInvited && registration === 'invitation')
}
