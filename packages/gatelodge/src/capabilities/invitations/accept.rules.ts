// An account that is there already takes the groups of an invitation. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import type { Account, HeldAccount } from '../../identity/accounts/account.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import type { AuditRecord } from '../../identity/audit/storage.ts'
import { type Joining, joinGroups, prepareJoining, useInvitation } from '../../identity/invitations/joining.ts'
import { findInvitation, type InvalidInvitation, whyOver } from '../../identity/invitations/state.ts'
import type { Invitation } from '../../identity/invitations/storage.ts'
import type { Services } from '../../services.ts'

export type AcceptOutcome =
  /** `nothing-new`: the account had all that it says, so nothing of it was used up. */
  | { kind: 'accepted' }
  | { kind: 'nothing-new' }
  | InvalidInvitation
  /** It is for another address. */
  | { kind: 'other-address' }
  | { kind: 'too-many-groups' }
  | { kind: 'logged-out' }

type Needs = Pick<
  Services,
  'clock' | 'database' | 'accounts' | 'groups' | 'secondFactors' | 'sessions' | 'sessionRows' | 'tokens' | 'audit'
>

interface AcceptingOwner {
  account: Account
  tokenHash: Buffer
  source: RequestSource
}

/** All or nothing. One that is for an address also verifies it: its link came by email. */
export async function acceptInvitation(needs: Needs, token: string, owner: AcceptingOwner): Promise<AcceptOutcome> {
  const { database } = needs
  const { account, source } = owner
  const found = await findInvitation(needs, token)
  if (found.kind === 'invalid-link') return found
  const { invitation } = found
  const joining = prepareJoining(needs, invitation, account.id, source)
  const confirming = prepareConfirming(needs, account.id, source)
  const accepted: AcceptOutcome = { kind: 'accepted' }
  try {
    const outcome = await database.transact<AcceptOutcome>(
      (trx) => accept(needs, trx, { ...owner, invitation, joining, confirming }),
      async (db) => ((await needs.audit.isWritten(db, joining.accepted)) ? accepted : undefined),
    )
    if (outcome === 'duplicate') throw new Error('nothing here can meet a unique key')
    return outcome
  } catch (error) {
    if (!(error instanceof NotAccepted)) throw error
    return error.outcome ?? whyOver(needs, token)
  }
}

/** Thrown, so that nothing of it is done. */
class NotAccepted extends Error {
  readonly outcome: AcceptOutcome | undefined
  constructor(outcome?: AcceptOutcome) {
    super('the invitation was not accepted')
    this.outcome = outcome
  }
}

interface Accepting extends AcceptingOwner {
  invitation: Invitation
  joining: Joining
  confirming: Confirming
}

async function accept(needs: Needs, trx: Store, accepting: Accepting): Promise<AcceptOutcome> {
  const { accounts, sessionRows, database } = needs
  const { account, tokenHash, invitation, joining, confirming } = accepting
  const held = await accounts.hold(trx, database.dialect, account.id)
  if (!held) return { kind: 'logged-out' }
  // Before anything else is read, so that of many at once each sees what the others did; all that follows may take it back.
  if (!(await useInvitation(needs, trx, invitation, joining))) throw new NotAccepted()
  if (!(await sessionRows.exists(trx, tokenHash))) throw new NotAccepted({ kind: 'logged-out' })
  if (invitation.emailKey && !held.addressKey.equals(invitation.emailKey))
    throw new NotAccepted({ kind: 'other-address' })
  const joined = await joinGroups(needs, trx, account.id, joining)
  if (joined === 'too-many-groups') throw new NotAccepted({ kind: joined })
  const verifies = invitation.emailKey !== null && held.verifiedAt === null
  if (joined === 0 && !verifies) throw new NotAccepted({ kind: 'nothing-new' })
  if (verifies) await confirm(needs, trx, held, tokenHash, confirming)
  return { kind: 'accepted' }
}

interface Confirming {
  verified: AuditRecord
  removal: AuditRecord
}

function prepareConfirming({ audit }: Needs, account: Buffer, source: RequestSource): Confirming {
  return {
    verified: audit.record('email.verified', source, { account, reason: 'invitation' }),
    removal: audit.record('two-factor.removed', source, { account, reason: 'address-verified' }),
  }
}

/** As the link of a verification does: whatever is from before may be that of a stranger, who registered with this address. */
async function confirm(
  { clock, accounts, secondFactors, sessions, tokens, audit }: Needs,
  trx: Store,
  held: HeldAccount,
  own: Buffer,
  { verified, removal }: Confirming,
): Promise<void> {
  const { id } = held
  await accounts.setVerified(trx, id, clock.now())
  if (await secondFactors.removeUnconfirmed(trx, held)) await audit.write(trx, removal)
  await accounts.setPendingEmail(trx, id, null)
  await tokens.void(trx, id)
  await sessions.endOthers(trx, id, own, 'address-confirmed')
  await audit.write(trx, verified)
}
