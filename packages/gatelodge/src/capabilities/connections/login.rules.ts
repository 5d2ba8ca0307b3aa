// Logging in by another provider: which account is it, and may this person have it? (docs/security/connections.md). Knows no
// HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import { type Account, hasLeft } from '../../identity/accounts/account.ts'
import { parseAddress } from '../../identity/accounts/address.ts'
import { addressKey } from '../../identity/accounts/address-key.ts'
import { nameFrom, parseName } from '../../identity/accounts/name.ts'
import type { RateLimited, Tries } from '../../identity/attempts/rules.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import type { Profile } from '../../identity/connections/profile.ts'
import type { ProviderConnection } from '../../identity/connections/storage.ts'
import { isAdministrator } from '../../identity/groups/names.ts'
import { findInvitation, showsAccounts } from '../../identity/invitations/state.ts'
import type { Methods } from '../../identity/logins/methods.ts'
import type { Services } from '../../services.ts'
import type { LoggedInOutcome, LoginEntry, LoginOutcome, StepDue } from '../../web/session/complete-login.ts'
import { connectionAdded, prepareAddition } from './addition.rules.ts'
import { groupChange } from './groups.rules.ts'
import { limits } from './limits.ts'
import { type ProviderProof, taking } from './proof.rules.ts'
import { byConnection } from './way-in.ts'

/** For the record and the log; people read what they can do. */
export type ConnectionReason =
  | 'disabled'
  /** An account has the address, and the provider does not prove that it is the same person. */
  | 'log-in-first'
  | 'changed-meanwhile'
  /** The provider does not prove the address, and the site does not say who has an account: the same for everyone. */
  | 'unproved'

export type ConnectionLogin =
  | LoggedInOutcome
  | StepDue
  /** No account here belongs to this person. */
  | { kind: 'newcomer' }
  | { kind: 'refused'; reason: ConnectionReason; accountId?: Buffer }
  | RateLimited

type Needs = Pick<
  Services,
  | 'settings'
  | 'clock'
  | 'database'
  | 'accounts'
  | 'groups'
  | 'passwords'
  | 'passkeys'
  | 'secondFactors'
  | 'connections'
  | 'sessions'
  | 'tokens'
  | 'attempts'
  | 'audit'
  | 'emails'
>

interface Attempt {
  proof: ProviderProof
  entry: LoginEntry
  tries: Tries
  source: RequestSource
}

/**
 * @param invitation the token of one, as it was given: it need not be good.
 * @throws {Unavailable} where the database is away.
 */
export async function logIn(
  needs: Needs,
  proof: ProviderProof,
  entry: LoginEntry,
  source: RequestSource,
  invitation?: string,
): Promise<ConnectionLogin> {
  const { settings, database, accounts, attempts, connections } = needs
  const { profile } = proof
  const tries = attempts.from('connection', source.clientAddress, limits.connection(settings))
  const rateLimited = await attempts.rateLimited(tries)
  if (rateLimited) return rateLimited
  const attempt = { proof, entry, tries, source }
  const known = await connections.rows.find(database.db, profile.issuer, profile.subject)
  if (known) return enter(needs, attempt, known)
  const address = profile.email === undefined ? undefined : parseAddress(profile.email)
  // Before anyone looks whose address it is.
  const next = profile.isVerified ? 'look' : await unprovedMay(needs, invitation)
  if (next === 'refuse') return refuse(needs, attempt, 'unproved', undefined)
  if (next === 'newcomer') return { kind: 'newcomer' }
  const account = address && (await accounts.findByAddress(database.db, address))
  if (!account || hasLeft(account)) return { kind: 'newcomer' }
  if (account.disabledAt !== null || account.deletesAt !== null) return refuse(needs, attempt, 'disabled', account)
  if (!profile.isVerified) return refuse(needs, attempt, 'log-in-first', account)
  return account.verifiedAt === null ? takeOver(needs, attempt, account) : link(needs, attempt, account)
}

/** The page behind an invitation that is not good, or is for one address, says so by itself, to everyone alike. */
async function unprovedMay(needs: Needs, invitation: string | undefined): Promise<'look' | 'newcomer' | 'refuse'> {
  if (showsAccounts(needs.settings, false)) return 'look'
  if (invitation === undefined) return 'refuse'
  const found = await findInvitation(needs, invitation)
  if (found.kind !== 'good' || found.invitation.emailKey !== null) return 'newcomer'
  return showsAccounts(needs.settings, true) ? 'look' : 'refuse'
}

const methodsOf = ({ setting, profile }: ProviderProof, now: number): Methods => ({
  [`connection:${setting.name}`]: now,
  ...(profile.hasSecondFactor && { mfa: now }),
})

/** They have come in by it before, whatever the address says by now. */
async function enter(needs: Needs, attempt: Attempt, known: ProviderConnection): Promise<ConnectionLogin> {
  const { clock, database, accounts, connections } = needs
  const { proof, source } = attempt
  const account = await accounts.findById(database.db, known.accountId)
  if (!account || account.disabledAt !== null || account.deletesAt !== null)
    return refuse(needs, attempt, 'disabled', account)
  const take = taking(needs, proof)
  const changeGroups = groupChange(needs, proof, { ...account, isFirst: false }, source)
  return complete(needs, attempt, account, async (trx) => {
    if (changeGroups && !(await accounts.hold(trx, database.dialect, account.id))) return 'taken'
    if (!(await take(trx))) return 'taken'
    const isThere = await connections.rows.noteUse(trx, known.id, proof.profile.email ?? null, clock.now())
    if (!isThere) return 'taken'
    await changeGroups?.(trx)
    return undefined
  })
}

/** The provider proves the address, and so did the account: it is the same person. */
async function link(needs: Needs, attempt: Attempt, account: Account): Promise<ConnectionLogin> {
  const { database, accounts, emails } = needs
  const { proof, source } = attempt
  const addition = prepareAddition(needs, proof, account, source)
  const message = connectionAdded(needs, proof, account, source)
  return complete(needs, attempt, account, async (trx) => {
    const held = await accounts.hold(trx, database.dialect, account.id)
    if (!held?.addressKey.equals(addressKey(account.email)) || held.verifiedAt === null) return 'taken'
    if (!(await addition.take(trx))) return 'taken'
    await addition.write(trx)
    await emails.notify(trx, message)
    return undefined
  })
}

/**
 * Anyone may have registered with an address that is not theirs, and waits for its owner to come. All their ways in end here,
 * and all that they wrote (pre-hijacking). The factors of an administrator stay.
 */
async function takeOver(needs: Needs, attempt: Attempt, account: Account): Promise<ConnectionLogin> {
  const { clock, database, accounts, passwords, passkeys, secondFactors, connections, sessions, tokens, audit } = needs
  const { proof, source } = attempt
  const addition = prepareAddition(needs, proof, account, source)
  const name = nameOf(proof.profile, account.email)
  const now = clock.now()
  const keepsFactor = isAdministrator(account)
  const hasFactor = account.hasSecondFactor || (await passkeys.ofAccount(database.db, account.id)).length > 0
  const verified = audit.record('email.verified', source, { account: account.id, reason: 'connection' })
  const owned = {
    ...account,
    ...{ name, verifiedAt: now, passwordVersion: account.passwordVersion + 1 },
    ...(!keepsFactor && { hasSecondFactor: false, hasApp: false }),
    factorVersion: account.factorVersion + (hasFactor && !keepsFactor ? 1 : 0),
  }
  return complete(needs, attempt, owned, async (trx) => {
    const held = await accounts.hold(trx, database.dialect, account.id)
    if (!held?.addressKey.equals(addressKey(account.email)) || held.verifiedAt !== null) return 'taken'
    if (!(await addition.take(trx))) return 'taken'
    await passwords.remove(trx, account.id)
    await secondFactors.removeUnconfirmed(trx, held)
    await connections.rows.removeAll(trx, account.id)
    await sessions.endOthers(trx, account.id, undefined, 'address-confirmed')
    await tokens.void(trx, account.id)
    await accounts.setPendingEmail(trx, account.id, null)
    await accounts.forgetWords(trx, account.id, name)
    await accounts.setVerified(trx, account.id, now)
    await addition.write(trx)
    await audit.write(trx, verified)
    return undefined
  })
}

/** As the provider gives it, or what stands before the @. */
export function nameOf({ name }: Profile, email: string): string {
  const parsed = parseName(name ?? '')
  return 'name' in parsed ? parsed.name : nameFrom(email)
}

async function complete(
  needs: Needs,
  attempt: Attempt,
  account: Account,
  work: (trx: Store) => Promise<'taken' | undefined>,
): Promise<ConnectionLogin> {
  const outcome: LoginOutcome | 'taken' = await attempt.entry.complete<'taken'>({
    ...{ way: byConnection, account, methods: methodsOf(attempt.proof, needs.clock.now()) },
    ...{ tries: { admit: attempt.tries }, work },
  })
  const isOver = outcome === 'taken' || outcome.kind === 'changed-meanwhile' || outcome.kind === 'duplicate'
  return isOver ? refuse(needs, attempt, 'changed-meanwhile', account) : outcome
}

async function refuse(
  { attempts, audit }: Needs,
  { tries, source }: Attempt,
  reason: ConnectionReason,
  account: Account | undefined,
): Promise<ConnectionLogin> {
  const record = audit.record('login.failed', source, { account: account?.id, reason: `connection-${reason}` })
  const rateLimited = await attempts.fail(tries, record)
  return rateLimited ?? { kind: 'refused', reason, ...(account && { accountId: account.id }) }
}
