// The account that a link starts: with a verified address, and with the password or the passkey that comes with it, in the
// transaction of its first session. All of it or nothing. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import { asNew } from '../../identity/accounts/account.ts'
import { type Address, parseAddress } from '../../identity/accounts/address.ts'
import { addressKey } from '../../identity/accounts/address-key.ts'
import type { RateLimited } from '../../identity/attempts/rules.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import { acceptedBy, findCarried, whyCarriedOver } from '../../identity/invitations/carried.ts'
import { joinGroups, prepareJoining, useInvitation } from '../../identity/invitations/joining.ts'
import type { InvalidInvitation } from '../../identity/invitations/state.ts'
import type { Login, WayIn } from '../../identity/logins/login.ts'
import type { Methods } from '../../identity/logins/methods.ts'
import { registrations, type Waiting } from '../../identity/registrations/storage.ts'
import type { Services } from '../../services.ts'
import type { LoggedInOutcome, LoginEntry, StepDue } from '../../web/session/complete-login.ts'

/** The invitation that the link carries was used up or revoked in the meantime. */
export interface CarriedOver {
  kind: 'invitation-over'
  why: InvalidInvitation['why']
}

type NotMade =
  | { kind: 'invalid-link' }
  /** Someone has left the address lately, and can still put it back. */
  | { kind: 'reserved' }
  | CarriedOver
  /** What it was to be logged in with has been used meanwhile. */
  | { kind: 'used' }

/** `isInvited`: by the invitation that the link carried. */
export type MadeOutcome =
  | (LoggedInOutcome & { name: string; isInvited: boolean })
  | (StepDue & { isInvited: boolean })
  | NotMade
  /** Another email was quicker, or the address has an account by now; or the passkey belongs to one. */
  | { kind: 'taken' }
  | RateLimited

type Needs = Pick<Services, 'settings' | 'clock' | 'database' | 'accounts' | 'groups' | 'tokens' | 'audit'>

export interface Making {
  waiting: Waiting
  entry: LoginEntry
  source: RequestSource
  way: WayIn
  /** What was proved beside the address. */
  methods: Methods
  tries?: Login['tries']
  /** Stores what the account is logged in with. @returns false: then nothing of all this is stored. */
  give(trx: Store, accountId: Buffer): Promise<boolean>
}

export function addressOf({ email }: Waiting): Address {
  const address = parseAddress(email)
  if (!address) throw new Error('an address that was taken is none any more')
  return address
}

/** The link is used by one statement: of many at once, one makes the account. So is the invitation that it carries. */
export async function makeAccount(needs: Needs, making: Making): Promise<MadeOutcome> {
  const { clock, accounts, tokens } = needs
  const { waiting, entry, way, methods, tries, give } = making
  const { accountId: id, name, email, fields, tokenHash } = waiting
  const joining = await prepareCarried(needs, making)
  if (joining?.kind === 'invitation-over') return joining
  const address = addressOf(waiting)
  const key = addressKey(address)
  const now = clock.now()
  const work = async (trx: Store): Promise<NotMade | undefined> => {
    // First of all: of many at once, those who come too late must not write anything that they have to wait for.
    if (joining && !(await joining.use(trx))) return { kind: 'invitation-over', why: 'used' }
    if (await tokens.isReserved(trx, key)) return { kind: 'reserved' }
    if (!(await registrations.take(trx, tokenHash, now))) return { kind: 'invalid-link' }
    await accounts.insert(trx, { id, name, address, createdAt: now, verifiedAt: now, fields })
    if (!(await give(trx, id))) return { kind: 'used' }
    await registrations.removeOthers(trx, key)
    await joining?.join(trx)
    return undefined
  }
  const outcome = await entry.complete<NotMade>({
    way,
    isNewAccount: true,
    account: { id, name, email, verifiedAt: now, ...asNew, ...(joining && { groups: joining.groups }) },
    methods: { email: now, ...methods },
    ...(tries && { tries }),
    work,
  })
  const isInvited = joining !== undefined
  if (outcome.kind === 'changed-meanwhile') throw new Error('a new account did not let its owner in')
  if (outcome.kind === 'duplicate') return { kind: 'taken' }
  if (outcome.kind === 'invitation-over') return whyNotMade(needs, waiting)
  if (outcome.kind === 'step-due') return { ...outcome, isInvited }
  return outcome.kind === 'logged-in' ? { ...outcome, name, isInvited } : outcome
}

/** What the use of the invitation does in the transaction; undefined where the link carries none. */
async function prepareCarried(needs: Needs, { waiting: { accountId, invitationId }, source }: Making) {
  if (invitationId === null) return undefined
  const found = await findCarried(needs, invitationId)
  if (found.kind === 'invalid-link') return { kind: 'invitation-over', why: found.why } as const
  const joining = prepareJoining(needs, found.invitation, accountId, source)
  const asOf = acceptedBy(needs)
  return {
    kind: 'good' as const,
    groups: joining.groups.map((one) => one.name),
    use: (trx: Store) => useInvitation(needs, trx, found.invitation, joining, asOf),
    join: (trx: Store) => joinGroups(needs, trx, accountId, joining),
  }
}

/** The same link may have been used twice at once: then the invitation is used up by its own account. */
async function whyNotMade(needs: Needs, { tokenHash, invitationId }: Waiting): Promise<NotMade> {
  const { clock, database } = needs
  const isWaiting = await registrations.find(database.db, tokenHash, clock.now())
  if (!isWaiting || invitationId === null) return { kind: 'invalid-link' }
  return { kind: 'invitation-over', why: (await whyCarriedOver(needs, invitationId)).why }
}
