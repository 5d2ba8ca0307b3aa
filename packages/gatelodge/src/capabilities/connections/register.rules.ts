// A person whom another provider knows and nobody here: their account starts with it, without a password. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import { asNew } from '../../identity/accounts/account.ts'
import { type Address, parseAddress } from '../../identity/accounts/address.ts'
import { addressKey } from '../../identity/accounts/address-key.ts'
import { judgeCustomFields } from '../../identity/accounts/custom-fields.ts'
import { type NameRefusal, parseName } from '../../identity/accounts/name.ts'
import { recipientAt } from '../../identity/accounts/recipient.ts'
import type { RateLimited } from '../../identity/attempts/rules.ts'
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
import type { Services } from '../../services.ts'
import type { CustomFieldProblem, HookProblem } from '../../text/problem-text.ts'
import type { LoggedInOutcome, LoginEntry, StepDue } from '../../web/session/complete-login.ts'
import { prepareAddition } from './addition.rules.ts'
import { limits } from './limits.ts'
import type { ProviderProof } from './proof.rules.ts'
import { byNewConnection } from './way-in.ts'

type Needs = Pick<
  Services,
  | 'settings'
  | 'clock'
  | 'database'
  | 'accounts'
  | 'groups'
  | 'connections'
  | 'attempts'
  | 'audit'
  | 'tokens'
  | 'emails'
  | 'hooks'
>

/** Why this person gets no account in this way. */
export type Bar =
  /** Nobody may register here, or nobody by this provider. */
  | 'closed'
  /** The provider gives no address that emails could go to. */
  | 'no-address'
  /** It does not prove the address, and the site reveals no accounts: registering by email does both. */
  | 'unproved'

export type ProviderNewcomerProblem = { field: 'name'; code: NameRefusal } | CustomFieldProblem | HookProblem

export type ProviderNewcomerOutcome =
  | LoggedInOutcome
  | StepDue
  | { kind: 'barred'; why: Bar }
  | { kind: 'refused'; problems: ProviderNewcomerProblem[] }
  /** Answered already, or someone has the address or this very connection by now. */
  | { kind: 'over' }
  /** The invitation. */
  | InvalidInvitation
  | RateLimited

export interface JudgedNewcomer {
  address: Address
  /** By the provider, or by the invitation: its link came to that address. */
  isProved: boolean
}

/**
 * @param invitation one that is open. For one address, the account has that one, whatever the provider calls the person.
 * @returns the address that the account will have, or why there will be none.
 */
export function judgeNewcomer(
  { settings }: Pick<Needs, 'settings'>,
  { setting, profile }: Pick<ProviderProof, 'setting' | 'profile'>,
  invitation: Invitation | undefined,
): JudgedNewcomer | { why: Bar } {
  const { registration } = settings
  const isInvited = invitation !== undefined
  const isOpen = invitation ? registration !== 'closed' : registration === 'instant' || registration === 'confirm-first'
  if (!isOpen || !setting.registers) return { why: 'closed' }
  const isForAddress = invitation?.emailKey != null
  const given = isForAddress ? invitation.email : profile.email
  const address = given == null ? undefined : parseAddress(given)
  if (!address) return { why: 'no-address' }
  const isProved = isForAddress || profile.isVerified
  return isProved || showsAccounts(settings, isInvited) ? { address, isProved } : { why: 'unproved' }
}

/**
 * @param typed what the person wants to be called, the site's own fields, and the token of an invitation.
 * @throws {Unavailable} where the database is away.
 */
export async function register(
  needs: Needs,
  proof: ProviderProof,
  typed: { name: string; own: Readonly<Record<string, unknown>>; invitation?: string | undefined },
  entry: LoginEntry,
  source: RequestSource,
): Promise<ProviderNewcomerOutcome> {
  const { settings, attempts, hooks } = needs
  const found = typed.invitation === undefined ? undefined : await findInvitation(needs, typed.invitation)
  if (found?.kind === 'invalid-link') return found
  const judged = judgeNewcomer(needs, proof, found?.invitation)
  if ('why' in judged) return { kind: 'barred', why: judged.why }
  const limit = limits['registration by connection'](settings)
  const tries = attempts.from('registration by connection', source.clientAddress, limit)
  const rateLimited = await attempts.rateLimited(tries)
  if (rateLimited) return rateLimited
  const named = parseName(typed.name)
  const own = judgeCustomFields(settings.fields, typed.own)
  const problems: ProviderNewcomerProblem[] = [...own.problems]
  if ('refusal' in named) problems.unshift({ field: 'name', code: named.refusal })
  if ('refusal' in named || problems.length > 0) return { kind: 'refused', problems }
  const newcomer = { name: named.name, email: judged.address.given, fields: own.values }
  const refusal = await hooks.registering(newcomer, source)
  if (refusal)
    return { kind: 'refused', problems: [{ field: refusal.field, code: 'refused', message: refusal.refuse }] }
  const stored = await store(needs, {
    ...newcomer,
    ...judged,
    invitation: found?.invitation,
    proof,
    tries,
    entry,
    source,
  })
  return stored.kind === 'invalid-link' && typed.invitation !== undefined ? whyOver(needs, typed.invitation) : stored
}

interface Newcomer {
  name: string
  address: Address
  isProved: boolean
  invitation: Invitation | undefined
  fields: ReturnType<typeof judgeCustomFields>['values']
  proof: ProviderProof
  tries: ReturnType<Services['attempts']['from']>
  entry: LoginEntry
  source: RequestSource
}

async function store(needs: Needs, newcomer: Newcomer): Promise<ProviderNewcomerOutcome> {
  const { name, address, isProved, invitation, proof, tries, entry } = newcomer
  const now = needs.clock.now()
  const id = newId()
  const { setting, profile } = proof
  const verifiedAt = isProved ? now : null
  const outcome = await entry.complete<'over' | InvalidInvitation>({
    way: byNewConnection,
    isNewAccount: true,
    account: { id, name, email: address.given, verifiedAt, ...asNew },
    methods: {
      [`connection:${setting.name}`]: now,
      ...(profile.hasSecondFactor && { mfa: now }),
      ...(invitation?.emailKey && { email: now }),
    },
    tries: { count: tries },
    work: writing(needs, newcomer, { id, now, verifiedAt }),
  })
  if (outcome === 'over' || outcome.kind === 'duplicate' || outcome.kind === 'changed-meanwhile')
    return { kind: 'over' }
  return outcome
}

/** Account, connection and, where nobody has proved the address, the email that does. */
function writing(
  needs: Needs,
  { name, address, invitation, fields, proof, source }: Newcomer,
  { id, now, verifiedAt }: { id: Buffer; now: number; verifiedAt: number | null },
) {
  const { accounts, attempts, audit, tokens, emails } = needs
  const joining = invitation && prepareJoining(needs, invitation, id, source)
  const verifiedBy = invitation?.emailKey ? 'invitation' : 'connection'
  const verified = verifiedAt && audit.record('email.verified', source, { account: id, reason: verifiedBy })
  const invited = joining?.groups.map((one) => one.name) ?? []
  const addition = prepareAddition(needs, proof, { id, groups: invited }, source)
  const token = tokens.prepare('verify-email')
  const to = recipientAt(address.given)
  const link = { token: token.text, life: token.life }
  const message = emails.prepare({ kind: 'verify-email', accountId: id, to, link })
  const emailTries = emails.tries('verify-email', address, source.clientAddress)
  return async (trx: Store): Promise<'over' | InvalidInvitation | undefined> => {
    // First of all: of many at once, those who come too late must not write anything that they have to wait for.
    if (invitation && joining && !(await useInvitation(needs, trx, invitation, joining))) return usedUp
    if (!(await addition.take(trx)) || (await tokens.isReserved(trx, addressKey(address)))) return 'over'
    await accounts.insert(trx, { id, name, address, createdAt: now, fields, ...(verifiedAt && { verifiedAt }) })
    if (verified) await audit.write(trx, verified)
    if (joining) await joinGroups(needs, trx, id, joining)
    await addition.write(trx)
    const asksToVerify = verifiedAt === null && emails.mode !== 'none'
    if (asksToVerify && (await attempts.countIfRoom(trx, emailTries))) {
      await tokens.issue(trx, token, { accountId: id, addressKey: addressKey(address) })
      await emails.write(trx, message)
    }
    return undefined
  }
}
