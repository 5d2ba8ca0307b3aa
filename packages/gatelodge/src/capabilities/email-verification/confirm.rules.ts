// The link that confirms an address. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import type { Account } from '../../identity/accounts/account.ts'
import { parseAddress } from '../../identity/accounts/address.ts'
import { addressKey } from '../../identity/accounts/address-key.ts'
import type { RateLimited, Tries } from '../../identity/attempts/rules.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import { isAdministrator } from '../../identity/groups/names.ts'
import { provePassword } from '../../identity/passwords/proof.ts'
import type { Token } from '../../identity/tokens/storage.ts'
import type { Services } from '../../services.ts'
import type { LoggedInOutcome, LoginEntry, LoginOutcome, StepDue } from '../../web/session/complete-login.ts'
import type { Passed } from '../../web/session/login-under-way.ts'
import { byVerifyLink } from './way-in.ts'

export type VerificationLink =
  | { kind: 'good'; account: Account; token: Token; asksPassword: boolean }
  /** Confirmed already, with this link; or with another, where its owner is the one who asks. */
  | { kind: 'done'; account: Account }
  | { kind: 'invalid-link' }

export type VerificationOutcome =
  /** `login`: the password was proved as well, so the log-in went on: to a session, or to the next step. */
  | { kind: 'verified'; account: Account; login?: LoggedInOutcome | StepDue }
  | Exclude<VerificationLink, { kind: 'good' }>
  | { kind: 'refused'; problems: { field: 'password'; code: 'empty' | 'wrong' }[] }
  | RateLimited

type Needs = Pick<
  Services,
  | 'clock'
  | 'database'
  | 'accounts'
  | 'secondFactors'
  | 'passwords'
  | 'hashing'
  | 'sessions'
  | 'attempts'
  | 'audit'
  | 'tokens'
>

/** The browser in which the link was opened. */
export interface Browser {
  /** The session that it has, if any. */
  session: { tokenHash: Buffer; account: Account } | null
  /** Whose log-in is under way in it, if any: anyone who has proved the password here is not asked again. */
  underWay: { account: Buffer; goOn<Refusal>(passed: Passed<Refusal>): Promise<LoginOutcome | Refusal> } | undefined
  entry: LoginEntry
}

/** What a link is worth in this browser. Changes nothing. */
export async function lookAtLink(needs: Needs, text: string, browser: Browser): Promise<VerificationLink> {
  const { database, accounts, tokens } = needs
  const token = await tokens.find(text, 'verify-email')
  const account = token && (await accounts.findById(database.db, token.accountId))
  if (!token || !account || account.deletesAt !== null || account.disabledAt !== null) return worthNothing(browser)
  if (!addressKey(account.email).equals(token.addressKey)) return worthNothing(browser)
  if (account.verifiedAt !== null) return { kind: 'done', account }
  if (!tokens.isGood(token)) return worthNothing(browser)
  const isLoggedIn = browser.session?.account.id.equals(account.id) ?? false
  const isUnderWay = browser.underWay?.account.equals(account.id) ?? false
  const isKnown = browser.entry.device.isKnownTo(account.id, account.passwordVersion)
  const asksPassword = !isLoggedIn && !isUnderWay && !isKnown
  return { kind: 'good', account, token, asksPassword }
}

/** For a person who is logged in and has confirmed the address already, the page says so. */
function worthNothing({ session }: Browser): VerificationLink {
  const isDone = session !== null && session.account.verifiedAt !== null
  return isDone ? { kind: 'done', account: session.account } : { kind: 'invalid-link' }
}

/**
 * In a browser that the account knows, the button is enough. Any other is asked for the password as well: someone may have
 * registered with an address that is not theirs, and anyone who reads its emails must not make their account good. All other
 * sessions end, and what was pending.
 */
export async function confirmAddress(
  needs: Needs,
  { text, password }: { text: string; password: string },
  browser: Browser,
  source: RequestSource,
): Promise<VerificationOutcome> {
  const link = await lookAtLink(needs, text, browser)
  if (link.kind !== 'good') return link
  if (!link.asksPassword) return store(needs, { ...link, text }, browser, source)
  if (password === '') return { kind: 'refused', problems: [{ field: 'password', code: 'empty' }] }
  const { account } = link
  const address = parseAddress(account.email)
  const tries = address ? needs.attempts.ofAccount(address) : []
  const typed = { account: account.id, password, tries, source, refusal: 'reauthentication.failed' } as const
  const proof = await provePassword(needs, typed)
  if (proof.kind === 'rate-limited') return proof
  if (proof.kind === 'wrong') return { kind: 'refused', problems: [{ field: 'password', code: 'wrong' }] }
  return store(needs, { ...link, text, tries }, browser, source)
}

type Confirmed = Extract<VerificationLink, { kind: 'good' }> & {
  text: string
  /** What the password is counted under, where it was typed as well. */
  tries?: Tries
}

async function store(
  needs: Needs,
  link: Confirmed,
  browser: Browser,
  source: RequestSource,
): Promise<VerificationOutcome> {
  const { account } = link
  const work = workOf(needs, link, browser, source)
  // Someone else's session in this browser is not ours to end.
  const goesOn = !browser.session && (link.tries !== undefined || browser.underWay?.account.equals(account.id))
  const outcome = goesOn ? await verifyAndGoOn(needs, link, browser, work) : await verifyOnly(needs, link, work)
  if (outcome.kind !== 'invalid-link') return outcome
  // Of several at once, the others find it done.
  const now = await lookAtLink(needs, link.text, browser)
  return now.kind === 'good' ? outcome : now
}

interface Work {
  run(trx: Store): Promise<{ kind: 'invalid-link' } | undefined>
  /** Whether an earlier try had worked. */
  landed(db: Store): Promise<boolean>
}

function workOf(needs: Needs, { account, token }: Confirmed, { session }: Browser, source: RequestSource): Work {
  const { clock, database, accounts, secondFactors, sessions, tokens, audit } = needs
  const attempt = tokens.attempt()
  const record = audit.record('email.verified', source, { account: account.id })
  const removal = audit.record('two-factor.removed', source, { account: account.id, reason: 'address-verified' })
  const own = session?.account.id.equals(account.id) ? session.tokenHash : undefined
  return {
    async run(trx) {
      const held = await accounts.hold(trx, database.dialect, account.id)
      if (!held?.addressKey.equals(token.addressKey) || !(await tokens.use(trx, token, attempt)))
        return { kind: 'invalid-link' }
      await accounts.setVerified(trx, account.id, clock.now())
      // A second factor from before is perhaps that of a stranger, who registered with an address of someone else.
      if (await secondFactors.removeUnconfirmed(trx, held)) await audit.write(trx, removal)
      await accounts.setPendingEmail(trx, account.id, null)
      await tokens.void(trx, account.id)
      await sessions.endOthers(trx, account.id, own, 'address-confirmed')
      await audit.write(trx, record)
      return undefined
    },
    landed: (db) => tokens.wasUsedBy(db, token, attempt),
  }
}

/** The password was proved here, now or within the last hour: the log-in goes on in the same transaction. */
async function verifyAndGoOn(
  { clock }: Needs,
  { account, tries }: Confirmed,
  { entry, underWay }: Browser,
  { run }: Work,
): Promise<VerificationOutcome> {
  const now = clock.now()
  const verified = { ...account, verifiedAt: now, ...withoutFactor(account) }
  const outcome = tries
    ? await entry.complete({
        ...{ way: byVerifyLink, account: verified, methods: { pwd: now, email: now } },
        ...{ tries: { admit: tries }, work: run },
      })
    : await underWay?.goOn({
        account: { verifiedAt: now, ...withoutFactor(account) },
        methods: { email: now },
        work: run,
      })
  switch (outcome?.kind) {
    case 'logged-in':
    case 'step-due':
      return { kind: 'verified', account, login: outcome }
    case 'invalid-link':
    case 'rate-limited':
      return outcome
    default:
      // Changed a moment ago; or the log-in under way is over, and the password is asked from now on.
      return { kind: 'refused', problems: [{ field: 'password', code: tries ? 'wrong' : 'empty' }] }
  }
}

/** The result of `run`. */
function withoutFactor(account: Account) {
  const { hasSecondFactor, factorVersion } = account
  return hasSecondFactor && !isAdministrator(account)
    ? { hasSecondFactor: false, hasApp: false, factorVersion: factorVersion + 1 }
    : {}
}

async function verifyOnly(
  { attempts }: Needs,
  { account, tries = [] }: Confirmed,
  work: Work,
): Promise<VerificationOutcome> {
  const verified: VerificationOutcome = { kind: 'verified', account }
  const all = async (trx: Store): Promise<VerificationOutcome> => {
    // Of many at once, a right password has no more room than a wrong one.
    if (tries.length > 0) await attempts.admit(trx, tries)
    return (await work.run(trx)) ?? verified
  }
  const outcome = await attempts.within(tries, all, async (db) => ((await work.landed(db)) ? verified : undefined))
  return outcome === 'duplicate' ? { kind: 'invalid-link' } : outcome
}
