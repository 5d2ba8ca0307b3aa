// The link that sets a new password. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import type { Account, HeldAccount } from '../../identity/accounts/account.ts'
import { parseAddress } from '../../identity/accounts/address.ts'
import { addressKey } from '../../identity/accounts/address-key.ts'
import { nameFrom } from '../../identity/accounts/name.ts'
import { recipientOf } from '../../identity/accounts/recipient.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import type { AuditRecord } from '../../identity/audit/storage.ts'
import { otherWaysOf } from '../../identity/logins/other-way.ts'
import type { PasswordRefusal } from '../../identity/passwords/policy.ts'
import type { Token } from '../../identity/tokens/storage.ts'
import type { Services } from '../../services.ts'

export type ResetOutcome =
  | { kind: 'reset'; accountId: Buffer }
  | { kind: 'refused'; problems: { field: 'new_password'; code: PasswordRefusal | 'same' }[] }
  | { kind: 'invalid-link' }

type Needs = Pick<
  Services,
  | 'clock'
  | 'database'
  | 'accounts'
  | 'secondFactors'
  | 'connections'
  | 'passkeys'
  | 'passwords'
  | 'passwordPolicy'
  | 'hashing'
  | 'sessions'
  | 'attempts'
  | 'audit'
  | 'tokens'
  | 'emails'
>

/** Whose account the link is for; undefined where it does not work any more. Changes nothing. */
export async function findReset(
  { database, accounts, tokens }: Pick<Needs, 'database' | 'accounts' | 'tokens'>,
  text: string,
): Promise<{ account: Account; token: Token } | undefined> {
  const token = (await tokens.find(text, 'reset-password')) ?? (await tokens.find(text, 'reset-password-shown'))
  if (!token || !tokens.isGood(token)) return undefined
  const account = await accounts.findById(database.db, token.accountId)
  if (!account || account.disabledAt !== null || account.deletesAt !== null) return undefined
  // An email that went to the previous address is invalid.
  return addressKey(account.email).equals(token.addressKey) ? { account, token } : undefined
}

interface Typed {
  /** The token in the link. */
  text: string
  new_password: string
}

/** The browser in which the link was opened, and the session that it has, if any. */
interface Browser {
  source: RequestSource
  session: { tokenHash: Buffer } | null
}

/**
 * A new password, judged as at registration. The token is used once: of many at once, one wins. All sessions end, and all
 * other links and what was pending: anyone who had a part in the account has none any more.
 * @throws {Busy} where too many passwords are being hashed. @throws {Unavailable} where the database is away.
 */
export async function resetPassword(
  needs: Needs,
  { text, new_password }: Typed,
  browser: Browser,
): Promise<ResetOutcome> {
  // Asked first: anyone who has no link gets no hash out of us.
  const found = await findReset(needs, text)
  if (!found) return { kind: 'invalid-link' }
  const weakness = await needs.passwordPolicy.judge(new_password, found.account)
  if (weakness) return { kind: 'refused', problems: [{ field: 'new_password', code: weakness }] }
  if (await isDemandedAway(needs, found.account, new_password, browser.source))
    return { kind: 'refused', problems: [{ field: 'new_password', code: 'same' }] }
  const hash = await needs.hashing.hash(new_password, browser.source.clientAddress)
  return store(needs, { ...found, ...browser, hash })
}

/** Whether it is the very password that the people who run the site want replaced. */
async function isDemandedAway(
  { database, passwords, hashing }: Pick<Needs, 'database' | 'passwords' | 'hashing'>,
  { id, passwordDemandedAt }: Pick<Account, 'id' | 'passwordDemandedAt'>,
  typed: string,
  { clientAddress }: RequestSource,
): Promise<boolean> {
  if (passwordDemandedAt === null) return false
  const old = await passwords.findByAccount(database.db, id)
  return old?.hash != null && (await hashing.verify(typed, old.hash, clientAddress)) !== 'no'
}

interface Reset extends Browser {
  account: Account
  token: Token
  hash: string
}

async function store(needs: Needs, { account, token, hash, source, session }: Reset): Promise<ResetOutcome> {
  const { clock, database, accounts, passwords, sessions, attempts, audit, tokens, emails } = needs
  const attempt = tokens.attempt()
  const record = audit.record('password-reset.succeeded', source, { account: account.id })
  const removal = audit.record('two-factor.removed', source, { account: account.id, reason: 'address-verified' })
  // A link that came by email shows that emails reach the owner; one that the site showed does not.
  const isByEmail = token.purpose === 'reset-password'
  const to = { ...recipientOf(account), ...(isByEmail && { isVerified: true }) }
  // They end where nobody had confirmed the address, see below.
  const otherWays = isByEmail && account.verifiedAt === null ? undefined : await otherWaysOf(needs, account.id)
  const message = emails.prepare({
    ...{ kind: 'password-reset', accountId: account.id, to, source },
    ...(otherWays && { otherWays }),
  })
  const address = parseAddress(account.email)
  const reset: ResetOutcome = { kind: 'reset', accountId: account.id }
  const work = async (trx: Store): Promise<ResetOutcome> => {
    const held = await accounts.hold(trx, database.dialect, account.id)
    if (!held?.addressKey.equals(token.addressKey) || !(await tokens.use(trx, token, attempt)))
      return { kind: 'invalid-link' }
    await passwords.replace(trx, account.id, hash, clock.now())
    await sessions.endOthers(trx, account.id, undefined, 'password-reset')
    // A person who was logged in here to another account is logged out.
    if (session) await sessions.end(trx, session.tokenHash)
    await tokens.void(trx, account.id)
    await accounts.setPendingEmail(trx, account.id, null)
    if (isByEmail) await proveAddress(needs, trx, held, removal)
    // What strangers have tried is not to hold up the owner, who has no device that is known any more.
    if (address) await attempts.forget(trx, attempts.ofAccount(address))
    await audit.write(trx, record)
    await emails.notify(trx, message)
    return reset
  }
  const landed = async (db: Store) => ((await tokens.wasUsedBy(db, token, attempt)) ? reset : undefined)
  const outcome = await database.transact(work, landed)
  if (outcome === 'duplicate') throw new Error('nothing here can meet a unique key')
  return outcome
}

/** Anyone who registered with an address that nobody had confirmed may be a stranger, whose words are not to greet its owner. */
async function proveAddress(needs: Needs, trx: Store, held: HeldAccount, removal: AuditRecord): Promise<void> {
  const { clock, accounts, connections, secondFactors, audit } = needs
  if (held.verifiedAt === null) {
    await accounts.forgetWords(trx, held.id, nameFrom(held.email))
    await connections.rows.removeAll(trx, held.id)
    // Nor is their second factor to keep its owner out. Where the address was confirmed before, it stays.
    if (await secondFactors.removeUnconfirmed(trx, held)) await audit.write(trx, removal)
  }
  await accounts.setVerified(trx, held.id, clock.now())
}
