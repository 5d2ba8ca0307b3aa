// All invitations, for the people who run the site. Knows no HTTP and no SQL.
import { stringify } from 'uuid'
import { idFrom } from '../../identity/ids.ts'
import { revocableBy } from '../../identity/invitations/carried.ts'
import { type InvitationState, stateOf } from '../../identity/invitations/state.ts'
import { type Invitation, invitationRows } from '../../identity/invitations/storage.ts'
import type { Services } from '../../services.ts'

export interface JudgedInvitation extends Invitation {
  state: InvitationState
}

export interface ListedInvitation extends JudgedInvitation {
  /** Also one that has expired, as long as start links carry it. */
  isRevocable: boolean
}

/** @param before the `next` of the page before. @returns undefined for what is no such thing. */
export async function listInvitations(
  needs: Pick<Services, 'settings' | 'database' | 'clock'>,
  { before, most }: { before?: string | undefined; most: number },
): Promise<{ invitations: ListedInvitation[]; next: string | undefined } | undefined> {
  const id = before === undefined ? undefined : idFrom(before)
  if (before !== undefined && !id) return undefined
  const { database, clock } = needs
  const found = await invitationRows.list(database.db, id, most + 1)
  const page = found.slice(0, most)
  const last = page.at(-1)
  const now = clock.now()
  const invitations = page.map((one) => ({
    ...{ ...one, state: stateOf(one, now) },
    isRevocable: stateOf(one, revocableBy(needs, one)) === 'open',
  }))
  return { invitations, next: found.length > most && last ? stringify(last.id) : undefined }
}
