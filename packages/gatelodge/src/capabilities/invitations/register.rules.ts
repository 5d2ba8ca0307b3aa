// An account that starts with an invitation. Knows no HTTP and no SQL.
import { stringify } from 'uuid'
import type { Store } from '../../database/transaction.ts'
import { type AskedByEmail, askByEmail } from '../../email/registration-by-email.ts'
import { asNew } from '../../identity/accounts/account.ts'
import { type Address, type AddressRefusal, addressRefusal, parseAddress } from '../../identity/accounts/address.ts'
import { addressKey } from '../../identity/accounts/address-key.ts'
import { type CustomValues, judgeCustomFields } from '../../identity/accounts/custom-fields.ts'
import { parseName } from '../../identity/accounts/name.ts'
import { recipientAt } from '../../identity/accounts/recipient.ts'
import type { RateLimited, Tries } from '../../identity/attempts/rules.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import { newId } from '../../identity/ids.ts'
import { joinGroups, prepareJoining, useInvitation } from '../../identity/invitations/joining.ts'
import {
  findInvitation,
  type InvalidInvitation,
  showsAccounts,
  usedUp,
  whyOver,
} from '../../identity/invitations/state.ts'
import type { Invitation } from '../../identity/invitations/storage.ts'
import type { PasswordRefusal } from '../../identity/passwords/policy.ts'
import type { Services } from '../../services.ts'
import type { CustomFieldProblem, HookProblem } from '../../text/problem-text.ts'
import type { LoggedInOutcome, LoginEntry, StepDue } from '../../web/session/complete-login.ts'
import { limits } from './limits.ts'
import { byInvitation } from './way-in.ts'

export type NewcomerProblem =
  | { field: 'name'; code: 'empty' | 'too-long' | 'control-characters' }
  | { field: 'email'; code: AddressRefusal | 'taken' | 'reserved' }
  | { field: 'password'; code: PasswordRefusal }
  | CustomFieldProblem
  /** The app that holds us says so. */
  | HookProblem

export type NewcomerOutcome =
  | LoggedInOutcome
  /** The site reveals no accounts, and the link did not come by email: an email decides. */
  | AskedByEmail
  | StepDue
  | { kind: 'refused'; problems: NewcomerProblem[] }
  | InvalidInvitation
  /** The setting says that nobody can register. */
  | { kind: 'closed' }
  | RateLimited

type Needs = Pick<
  Services,
  | 'settings'
  | 'clock'
  | 'database'
  | 'accounts'
  | 'groups'
  | 'passwords'
  | 'passwordPolicy'
  | 'hashing'
  | 'attempts'
  | 'audit'
  | 'tokens'
  | 'emails'
  | 'hooks'
>

export interface TypedByNewcomer {
  /** In the link. */
  token: string
  name: string
  email: string
  password: string
  /** All that was posted; the site's custom fields are looked for in it. */
  own: Readonly<Record<string, unknown>>
}

/**
 * Stores an account, its password, its groups, the use of the invitation and the first session, all or nothing.
 * @throws {Busy} where too many passwords are being hashed. @throws {Unavailable} where the database is away.
 */
export async function registerByInvitation(
  needs: Needs,
  typed: TypedByNewcomer,
  entry: LoginEntry,
  source: RequestSource,
): Promise<NewcomerOutcome> {
  const { settings, attempts, hashing } = needs
  if (settings.registration === 'closed') return { kind: 'closed' }
  // Asked first: anyone who has no link gets no hash out of us.
  const found = await findInvitation(needs, typed.token)
  if (found.kind === 'invalid-link') return found
  const { invitation } = found
  const tries = attempts.from('invitation from', source.clientAddress, limits['invitation from'](settings))
  const rateLimited = await attempts.rateLimited(tries)
  if (rateLimited) return rateLimited

  const judged = await judge(needs, invitation, typed)
  if (judged.kind === 'refused') {
    const isTold = judged.problems.some(({ code }) => code === 'taken' || code === 'reserved')
    return isTold ? refuse(needs, typed, { invitation, tries, source }, judged.problems) : judged
  }
  const { name, address, fields } = judged
  const refusal = await needs.hooks.registering({ name, email: address.given, fields }, source)
  if (refusal) {
    const { field, refuse: message } = refusal
    return refuse(needs, typed, { invitation, tries, source }, [{ field, code: 'refused', message }])
  }
  const hash = await hashing.hash(typed.password, source.clientAddress)
  if (isByEmail(needs, invitation)) {
    const asked = await askByEmail(needs, { name, address, hash, fields, invitationId: invitation.id, tries, source })
    if (asked === 'duplicate') throw new Error('nothing here can meet a unique key')
    return asked
  }
  const { token } = typed
  const stored = await store(needs, { token, invitation, name, address, fields, hash, tries, source, entry })
  if (stored !== 'duplicate') return stored
  return refuse(needs, typed, { invitation, tries, source }, [{ field: 'email', code: 'taken' }])
}

/** Where registration reveals no accounts, the form behind an open invitation reveals none either. */
const isByEmail = ({ settings }: Pick<Needs, 'settings'>, { emailKey }: Invitation) =>
  emailKey === null && !showsAccounts(settings, true)

type Judged =
  | { kind: 'judged'; name: string; address: Address; fields: CustomValues }
  | { kind: 'refused'; problems: NewcomerProblem[] }

/** Everything that is wrong at once. The address of the invitation counts, whatever was sent beside it. */
async function judge(needs: Needs, invitation: Invitation, typed: TypedByNewcomer): Promise<Judged> {
  const { email, emailKey } = invitation
  const given = emailKey ? (email ?? '') : typed.email
  const named = parseName(typed.name)
  const address = parseAddress(given)
  const owner = { name: 'name' in named ? named.name : '', email: address?.given ?? '' }
  const weakness = await needs.passwordPolicy.judge(typed.password, owner)
  const own = judgeCustomFields(needs.settings.fields, typed.own)
  const problems: NewcomerProblem[] = []
  if ('refusal' in named) problems.push({ field: 'name', code: named.refusal })
  const wrong = address ? await addressTaken(needs, invitation, address) : addressRefusal(given)
  if (wrong) problems.push({ field: 'email', code: wrong })
  if (weakness) problems.push({ field: 'password', code: weakness })
  problems.push(...own.problems)
  if ('refusal' in named || !address || problems.length > 0) return { kind: 'refused', problems }
  return { kind: 'judged', name: named.name, address, fields: own.values }
}

/** In this order: an address that is left meanwhile is found by one of the two. The unique key is what decides. */
async function addressTaken(
  needs: Needs,
  invitation: Invitation,
  address: Address,
): Promise<'taken' | 'reserved' | undefined> {
  const { accounts, tokens, database } = needs
  if (isByEmail(needs, invitation)) return undefined
  if (await accounts.isTaken(database.db, address)) return 'taken'
  return (await tokens.isReserved(database.db, addressKey(address))) ? 'reserved' : undefined
}

interface Refused {
  invitation: Invitation
  tries: Tries
  source: RequestSource
}

/** Counted: with the link of an open invitation one could ask for which addresses there are accounts. */
async function refuse(
  { attempts, audit }: Needs,
  { email }: TypedByNewcomer,
  { invitation, tries, source }: Refused,
  problems: NewcomerProblem[],
): Promise<{ kind: 'refused'; problems: NewcomerProblem[] } | RateLimited> {
  const about = { typedAddress: invitation.email ?? email, reason: stringify(invitation.id) }
  const record = audit.record('invitation.refused', source, about)
  return (await attempts.fail(tries, record)) ?? { kind: 'refused', problems }
}

interface Newcomer extends Refused {
  token: string
  name: string
  address: Address
  fields: CustomValues
  hash: string
  entry: LoginEntry
}

async function store(needs: Needs, newcomer: Newcomer): Promise<NewcomerOutcome | 'duplicate'> {
  const { clock, accounts, passwords, audit } = needs
  const { invitation, name, address, fields, hash, tries, source, entry } = newcomer
  const id = newId()
  const now = clock.now()
  // People who were invited by email have shown that they read what comes to that address.
  const verifiedAt = invitation.emailKey ? now : null
  const joining = prepareJoining(needs, invitation, id, source)
  const verified = audit.record('email.verified', source, { account: id, reason: 'invitation' })
  const verification = verifiedAt === null ? verificationOf(needs, id, address, source) : undefined
  const work = async (trx: Store): Promise<InvalidInvitation | undefined> => {
    // First of all: of many at once, those who come too late must not write anything that they have to wait for.
    if (!(await useInvitation(needs, trx, invitation, joining))) return usedUp
    await accounts.insert(trx, { id, name, address, createdAt: now, ...(verifiedAt && { verifiedAt }), fields })
    await passwords.insert(trx, id, hash, now)
    await verification?.write(trx)
    if (verifiedAt !== null) await audit.write(trx, verified)
    await joinGroups(needs, trx, id, joining)
    return undefined
  }
  const outcome = await entry.complete<InvalidInvitation>({
    way: byInvitation,
    isNewAccount: true,
    account: { ...asNew, id, name, email: address.given, verifiedAt, groups: joining.groups.map((one) => one.name) },
    methods: { pwd: now, ...(verifiedAt && { email: now }) },
    tries: { count: tries },
    work,
  })
  if (outcome.kind === 'changed-meanwhile') throw new Error('a new account did not let its owner in')
  if (outcome.kind === 'duplicate') return 'duplicate'
  return outcome.kind === 'invalid-link' ? whyOver(needs, newcomer.token) : outcome
}

/** The email that a registration sends: an open invitation says nothing about the address. */
function verificationOf(needs: Needs, accountId: Buffer, address: Address, source: RequestSource) {
  const { tokens, emails, attempts } = needs
  const token = tokens.prepare('verify-email')
  const link = { token: token.text, life: token.life }
  const message = emails.prepare({ kind: 'verify-email', accountId, to: recipientAt(address.given), link })
  const tries = emails.tries('verify-email', address, source.clientAddress)
  return {
    async write(trx: Store) {
      if (emails.mode === 'none' || !(await attempts.countIfRoom(trx, tries))) return
      await tokens.issue(trx, token, { accountId, addressKey: addressKey(address) })
      await emails.write(trx, message)
    },
  }
}
