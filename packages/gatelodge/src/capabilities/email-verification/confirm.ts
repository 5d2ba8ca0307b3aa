// The link that confirms an address. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import { parseAddress } from '../../identity/accounts/address.ts'
import { addressKey } from '../../identity/accounts/address-key.ts'
import type { Account } from '../../identity/accounts/storage.ts'
import type { HeldBack, Tries } from '../../identity/attempts/rules.ts'
import type { Asker } from '../../identity/audit/asker.ts'
import { provePassword } from '../../identity/passwords/proof.ts'
import type { Token } from '../../identity/tokens/storage.ts'
import type { Services } from '../../services.ts'

export type Link =
  | { kind: 'good'; account: Account; token: Token; asksPassword: boolean }
  /** Confirmed already, with this link; or with another, where its owner is the one who asks. */
  | { kind: 'done'; account: Account }
  | { kind: 'dead-link' }

export type Outcome =
  /** `isLetIn`: the password was typed as well, and a session has started. */
  | { kind: 'verified'; account: Account; isLetIn: boolean }
  | Exclude<Link, { kind: 'good' }>
  | { kind: 'refused'; problems: { field: 'password'; code: 'empty' | 'wrong' }[] }
  | HeldBack

type Needs = Pick<
  Services,
  'clock' | 'database' | 'accounts' | 'passwords' | 'hashing' | 'sessions' | 'attempts' | 'audit' | 'tokens'
>

/** The browser in which the link was opened. */
export interface Browser {
  /** The session that it has, if any. */
  session: { tokenHash: Buffer; account: Account } | null
  device: { isKnownTo(account: Buffer, passwordVersion: number): boolean }
  start(store: Store, proved: { accountId: Buffer; version: number }): Promise<boolean>
}

/** What a link is worth in this browser. Changes nothing. */
export async function lookAtLink(needs: Needs, text: string, browser: Browser): Promise<Link> {
  const { database, accounts, passwords, tokens } = needs
  const token = await tokens.find(text, 'verify-email')
  const account = token && (await accounts.findById(database.db, token.accountId))
  if (!token || !account || account.deletesAt !== null || account.disabledAt !== null) return worthNothing(browser)
  if (!addressKey(account.email).equals(token.addressKey)) return worthNothing(browser)
  if (account.verifiedAt !== null) return { kind: 'done', account }
  if (!tokens.isGood(token)) return worthNothing(browser)
  const isLoggedIn = browser.session?.account.id.equals(account.id) ?? false
  const { version = 0 } = (await passwords.findByAccount(database.db, account.id)) ?? {}
  const asksPassword = !isLoggedIn && !browser.device.isKnownTo(account.id, version)
  return { kind: 'good', account, token, asksPassword }
}

/** Somebody who is logged in, and has nothing left to confirm, is told so. */
function worthNothing({ session }: Browser): Link {
  const isDone = session !== null && session.account.verifiedAt !== null
  return isDone ? { kind: 'done', account: session.account } : { kind: 'dead-link' }
}

/**
 * In a browser that the account knows, the button is enough. Any other is asked for the password as well: somebody may have
 * registered with an address that is not theirs, and whoever reads its letters must not make their account good. All other
 * sessions end, and what was pending.
 */
export async function confirmAddress(
  needs: Needs,
  { text, password }: { text: string; password: string },
  browser: Browser,
  asker: Asker,
): Promise<Outcome> {
  const link = await lookAtLink(needs, text, browser)
  if (link.kind !== 'good') return link
  if (!link.asksPassword) return store(needs, { ...link, text }, browser, asker)
  if (password === '') return { kind: 'refused', problems: [{ field: 'password', code: 'empty' }] }
  const { account } = link
  const address = parseAddress(account.email)
  const tries = address ? needs.attempts.ofAccount(address) : []
  const typed = { account: account.id, password, tries, asker, refusal: 'password.confirm-refused' } as const
  const proof = await provePassword(needs, typed)
  if (proof.kind === 'held-back') return proof
  if (proof.kind === 'wrong') return { kind: 'refused', problems: [{ field: 'password', code: 'wrong' }] }
  const proved = { accountId: account.id, version: proof.credential.version }
  return store(needs, { ...link, text, proved, tries }, browser, asker)
}

type Confirmed = Extract<Link, { kind: 'good' }> & {
  text: string
  /** The password that was typed as well, and what it is counted under. */
  proved?: { accountId: Buffer; version: number }
  tries?: Tries
}

/** The password that was typed is no longer the current one: thrown, so that all of it goes. */
class ChangedMeanwhile extends Error {}

async function store(needs: Needs, link: Confirmed, browser: Browser, asker: Asker): Promise<Outcome> {
  const { clock, database, accounts, sessions, tokens, attempts, audit } = needs
  const { account, token, proved, tries = [] } = link
  const attempt = tokens.attempt()
  const record = audit.record('email.verified', asker, { account: account.id })
  // Somebody else's session in this browser is not ours to end.
  const isLetIn = proved !== undefined && !browser.session
  const verified: Outcome = { kind: 'verified', account, isLetIn }
  const own = browser.session?.account.id.equals(account.id) ? browser.session.tokenHash : undefined
  const landed = async (db: Store) => ((await tokens.wasUsedBy(db, token, attempt)) ? verified : undefined)
  const work = async (trx: Store): Promise<Outcome> => {
    // Of many at once, a right password has no more room than a wrong one.
    if (proved) await attempts.admit(trx, tries)
    const held = await accounts.hold(trx, database.dialect, account.id)
    if (!held?.addressKey.equals(token.addressKey) || !(await tokens.use(trx, token, attempt)))
      return { kind: 'dead-link' }
    await accounts.setVerified(trx, account.id, clock.now())
    await accounts.setPendingEmail(trx, account.id, null)
    await tokens.void(trx, account.id)
    await sessions.endOthers(trx, account.id, own, 'address-confirmed')
    await audit.write(trx, record)
    if (isLetIn && !(await browser.start(trx, proved))) throw new ChangedMeanwhile()
    return verified
  }
  try {
    const outcome = await attempts.within(tries, work, landed)
    if (outcome !== 'duplicate' && outcome.kind !== 'dead-link') return outcome
  } catch (error) {
    if (!(error instanceof ChangedMeanwhile)) throw error
    return { kind: 'refused', problems: [{ field: 'password', code: 'wrong' }] }
  }
  // Of several at once, the others find it done.
  const now = await lookAtLink(needs, link.text, browser)
  return now.kind === 'good' ? { kind: 'dead-link' } : now
}
