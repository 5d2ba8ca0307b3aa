// Who is invited, by whom, and to what. Knows no HTTP and no SQL.
import { stringify } from 'uuid'
import { z } from 'zod'
import { isGroupName } from '../../config/group-name.ts'
import type { Store } from '../../database/transaction.ts'
import { type Address, parseAddress } from '../../identity/accounts/address.ts'
import { addressKey } from '../../identity/accounts/address-key.ts'
import { recipientAt } from '../../identity/accounts/recipient.ts'
import type { RateLimited } from '../../identity/attempts/rules.ts'
import { noteOf } from '../../identity/audit/note.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import { administratorsGroup, mostGroups } from '../../identity/groups/names.ts'
import { newId } from '../../identity/ids.ts'
import { revocableBy } from '../../identity/invitations/carried.ts'
import { type Invitation, invitationRows } from '../../identity/invitations/storage.ts'
import { digest, newToken } from '../../identity/sealing.ts'
import { paths } from '../../paths.ts'
import type { Services } from '../../services.ts'
import { days, minutes } from '../../time.ts'
import { limits } from './limits.ts'

/** Who invites, and why. */
export interface InvitationOrder {
  /** As the record keeps it: `command`, `code`, `key:NAME`, or the id of an administrator. */
  actor: string
  /** In their own words: for the record, not for the person who is invited. */
  reason?: string | undefined
  source: RequestSource
}

/** So many people may use one link: a large class, or all members of a club. */
export const mostUses = 10_000
export const shortestLife = minutes(5)
export const longestLife = days(365)

export const NewInvitation = z.object({
  /** None: for anyone who has the link. */
  email: z.string().optional(),
  groups: z.array(z.string()).default([]),
  uses: z.int().min(1).max(mostUses).default(1),
  /** Milliseconds. Default: the setting `invitationLife`. */
  life: z.int().min(shortestLife).max(longestLife).optional(),
})

export type Made =
  /** `address`: the link, where it went to nobody by email. It is stored nowhere. */
  | { kind: 'done'; invitation: Invitation; address?: string }
  | { kind: 'bad-address' }
  /** An email is for one person. */
  | { kind: 'one-use' }
  | { kind: 'no-group'; group: string }
  /** No invitation makes an administrator (ASVS V8.2.1). */
  | { kind: 'no-administrators' }
  | { kind: 'too-many-groups' }
  | { kind: 'email-not-set-up' }
  | RateLimited

type Needs = Pick<Services, 'settings' | 'clock' | 'database' | 'groups' | 'attempts' | 'audit' | 'emails'>

/** The answer and the email are the same whether or not the address has an account: those who invite learn nothing of it. */
export async function createInvitation(
  needs: Needs,
  order: InvitationOrder,
  { email, groups, uses, life }: z.output<typeof NewInvitation>,
): Promise<Made> {
  const { settings, clock, emails } = needs
  const address = email === undefined ? undefined : parseAddress(email)
  if (email !== undefined && !address) return { kind: 'bad-address' }
  if (address && uses > 1) return { kind: 'one-use' }
  if (address && emails.mode === 'none') return { kind: 'email-not-set-up' }
  const names = [...new Set(groups)].sort()
  const refusal = await groupsRefused(needs, names)
  if (refusal) return refusal
  const token = newToken()
  const now = clock.now()
  const invitation: Invitation = {
    ...{ id: newId(), tokenHash: digest(token), actor: order.actor, groups: names },
    ...{ email: address?.given ?? null, emailKey: address ? addressKey(address) : null },
    ...{ mostUses: uses, used: 0, createdAt: now, expiresAt: now + (life ?? settings.invitationLife), revokedAt: null },
  }
  const stored = await store(needs, order, { invitation, address, token })
  if (stored.kind !== 'done' || address) return stored
  const { baseUrl, basePath } = settings
  return { ...stored, address: `${baseUrl}${basePath}${paths.invitation}/${token}` }
}

async function groupsRefused({ database, groups }: Needs, names: string[]): Promise<Made | undefined> {
  if (names.includes(administratorsGroup)) return { kind: 'no-administrators' }
  if (names.length > mostGroups) return { kind: 'too-many-groups' }
  for (const group of names)
    if (!isGroupName(group) || !(await groups.find(database.db, group))) return { kind: 'no-group', group }
  return undefined
}

interface New {
  invitation: Invitation
  address: Address | undefined
  token: string
}

async function store(
  { attempts, audit, emails, settings }: Needs,
  { actor, reason, source }: InvitationOrder,
  { invitation, address, token }: New,
): Promise<Made> {
  const by = [
    ...(actor === 'command' || actor === 'code'
      ? []
      : attempts.of('invitations by', actor, limits['invitations by']())),
    ...(address ? attempts.of('invitation to', address.normalised, limits['invitation to'](settings)) : []),
  ]
  const rateLimited = by.length > 0 ? await attempts.rateLimited(by) : undefined
  if (rateLimited) return rateLimited
  const note = noteOf(reason)
  const record = audit.record('invitation.created', source, {
    ...{ actor, reason: stringify(invitation.id) },
    ...(note && { note }),
    ...(address && { typedAddress: address.given }),
  })
  const link = { token, life: invitation.expiresAt - invitation.createdAt }
  const message =
    address && emails.prepare({ kind: 'invitation', accountId: null, to: recipientAt(address.given), link })
  const done: Made = { kind: 'done', invitation }
  const outcome = await attempts.within(
    by,
    async (trx: Store): Promise<Made> => {
      await invitationRows.insert(trx, invitation)
      await audit.write(trx, record)
      if (message) await emails.write(trx, message)
      await attempts.count(trx, by)
      return done
    },
    async (db) => ((await audit.isWritten(db, record)) ? done : undefined),
  )
  if (outcome === 'duplicate') throw new Error('nothing here can meet a unique key')
  return outcome
}

export type Revoked = { kind: 'done' } | { kind: 'no-invitation' } | { kind: 'over' }

/** From then on its link no longer works. Accounts that it has made stay. @returns `over` where it did not work any more. */
export async function revokeInvitation(
  needs: Pick<Needs, 'settings' | 'clock' | 'database' | 'audit'>,
  { actor, reason, source }: InvitationOrder,
  id: Buffer,
): Promise<Revoked> {
  const { clock, database, audit } = needs
  const invitation = await invitationRows.findById(database.db, id)
  if (!invitation) return { kind: 'no-invitation' }
  const asOf = revocableBy(needs, invitation)
  const note = noteOf(reason)
  const about = { actor, reason: stringify(id), ...(note && { note }) }
  const record = audit.record('invitation.revoked', source, about)
  const done: Revoked = { kind: 'done' }
  const outcome = await database.transact<Revoked>(
    async (trx) => {
      if (!(await invitationRows.revoke(trx, id, { now: clock.now(), asOf }))) return { kind: 'over' }
      await audit.write(trx, record)
      return done
    },
    async (db) => ((await audit.isWritten(db, record)) ? done : undefined),
  )
  if (outcome === 'duplicate') throw new Error('nothing here can meet a unique key')
  return outcome
}
