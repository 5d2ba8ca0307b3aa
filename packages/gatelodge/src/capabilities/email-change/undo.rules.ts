// "That was not me": the old address comes back, by the link in the email that went there. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import type { Account } from '../../identity/accounts/account.ts'
import { type Address, type AddressRefusal, addressRefusal, parseAddress } from '../../identity/accounts/address.ts'
import { addressKey } from '../../identity/accounts/address-key.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import { isAdministrator } from '../../identity/groups/names.ts'
import { newToken } from '../../identity/sealing.ts'
import type { Token } from '../../identity/tokens/storage.ts'
import type { Services } from '../../services.ts'

export type UndoOutcome =
  | { kind: 'undone'; accountId: Buffer; email: string }
  | { kind: 'refused'; problems: { field: 'email'; code: AddressRefusal | 'other' }[] }
  | { kind: 'invalid-link' }
  /** Someone else has it by now. */
  | { kind: 'taken' }

type Needs = Pick<
  Services,
  | 'clock'
  | 'database'
  | 'accounts'
  | 'connections'
  | 'secondFactors'
  | 'passwords'
  | 'hashing'
  | 'sessions'
  | 'audit'
  | 'tokens'
  | 'emails'
>

interface Typed {
  /** The token in the link. */
  text: string
  email: string
}

/** The browser in which the link was opened, and the session that it has, if any. */
interface Browser {
  source: RequestSource
  session: { tokenHash: Buffer } | null
}

/** @returns undefined for a link that does not work any more. Changes nothing. */
export async function findUndo(
  { clock, database, accounts, tokens }: Pick<Needs, 'clock' | 'database' | 'accounts' | 'tokens'>,
  text: string,
): Promise<{ account: Account; token: Token } | undefined> {
  const token = await tokens.find(text, 'undo-email-change')
  if (!token || !tokens.isGood(token)) return undefined
  const account = await accounts.findById(database.db, token.accountId)
  if (!account || account.disabledAt !== null) return undefined
  // Closed meanwhile it comes back, too: anyone who took it over would close it first.
  return account.deletesAt === null || account.deletesAt > clock.now() ? { account, token } : undefined
}

/**
 * We keep no address that was left, only its hash: it is typed. Everything that came after the change ends with it, the
 * password too, because anyone who changed the address knows it, a second factor and a provider that were added since, and new
 * recovery codes.
 * @throws {Busy} where too many passwords are being hashed. @throws {Unavailable} where the database is away.
 */
export async function undoChange(needs: Needs, { text, email }: Typed, browser: Browser): Promise<UndoOutcome> {
  const found = await findUndo(needs, text)
  if (!found) return { kind: 'invalid-link' }
  const address = parseAddress(email)
  if (!address) return refused(addressRefusal(email))
  if (!addressKey(address).equals(found.token.addressKey)) return refused('other')
  const hash = await needs.hashing.hash(newToken(), browser.source.clientAddress)
  return store(needs, { ...found, ...browser, address, hash })
}

function refused(code: AddressRefusal | 'other'): UndoOutcome {
  return { kind: 'refused', problems: [{ field: 'email', code }] }
}

interface Undo extends Browser {
  account: Account
  token: Token
  address: Address
  /** Of a password that nobody knows. */
  hash: string
}

async function store(needs: Needs, { account, token, address, hash, source, session }: Undo): Promise<UndoOutcome> {
  const { clock, database, accounts, connections, secondFactors, passwords, sessions, audit, tokens, emails } = needs
  const { id } = account
  const attempt = tokens.attempt()
  const record = audit.record('email.changed', source, { account: id, reason: 'undone' })
  const removals = {
    factors: audit.record('two-factor.removed', source, { account: id, reason: 'undone' }),
    'recovery codes': audit.record('recovery-codes.removed', source, { account: id, reason: 'undone' }),
  }
  const disconnected = audit.record('connection.removed', source, { account: id, reason: 'undone' })
  // To anyone who confirmed it, and by no name: whose it is, the account does not say.
  const to = { name: '', address: account.email, isVerified: true }
  const about = { to, otherEmail: address.given, source }
  const notice = emails.prepare({ kind: 'email-change-undone', accountId: id, ...about })
  const undone: UndoOutcome = { kind: 'undone', accountId: id, email: address.given }
  const work = async (trx: Store): Promise<UndoOutcome> => {
    await accounts.reopen(trx, id, clock.now())
    const held = await accounts.hold(trx, database.dialect, id)
    if (!held || !(await tokens.use(trx, token, attempt))) throw new NoWayBack()
    await accounts.setAddress(trx, id, address, clock.now())
    // A factor from before the change is its owner's own: anyone who changed the address had to prove it. Recovery codes
    // that were made after the change are known to the person who made them.
    // Of an administrator they stay: an old mailbox alone must not be enough to run the site.
    const removed = isAdministrator(held) ? undefined : await secondFactors.removeSince(trx, held, token.createdAt)
    if (removed) await audit.write(trx, removals[removed])
    if (await connections.rows.removeAll(trx, id, token.createdAt)) await audit.write(trx, disconnected)
    await passwords.replace(trx, id, hash, clock.now())
    await sessions.endOthers(trx, id, undefined, 'address-changed')
    if (session) await sessions.end(trx, session.tokenHash)
    await tokens.void(trx, id)
    await tokens.voidYounger(trx, token)
    await audit.write(trx, record)
    await emails.notify(trx, notice)
    return undone
  }
  const landed = async (db: Store) => ((await tokens.wasUsedBy(db, token, attempt)) ? undone : undefined)
  try {
    const outcome = await database.transact(work, landed)
    return outcome === 'duplicate' ? { kind: 'taken' } : outcome
  } catch (error) {
    if (!(error instanceof NoWayBack)) throw error
    return { kind: 'invalid-link' }
  }
}

/** Thrown, so that a closed account does not open. */
class NoWayBack extends Error {}
