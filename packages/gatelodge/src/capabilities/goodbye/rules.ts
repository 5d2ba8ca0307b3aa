// Somebody deletes their account: it is closed at once, and gone after a while in which they can come back. Knows no HTTP
// and no SQL.
import type { Store } from '../../database/transaction.ts'
import { readerOf } from '../../identity/accounts/reader.ts'
import type { Account } from '../../identity/accounts/storage.ts'
import type { HeldBack, Tries } from '../../identity/attempts/rules.ts'
import type { Asker } from '../../identity/audit/asker.ts'
import { provePassword } from '../../identity/passwords/proof.ts'
import type { Credential } from '../../identity/passwords/storage.ts'
import type { Letter } from '../../mail/letters.ts'
import type { Services } from '../../services.ts'
import { removeAccount } from './removal.ts'

export type Outcome =
  | { kind: 'closed' }
  | { kind: 'refused'; problems: { field: 'current_password'; code: 'empty' | 'wrong' }[] }
  /** Closed already, or the session was ended or the password changed meanwhile. */
  | { kind: 'logged-out' }
  | HeldBack

type Needs = Pick<
  Services,
  | 'settings'
  | 'clock'
  | 'log'
  | 'database'
  | 'accounts'
  | 'passwords'
  | 'hashing'
  | 'sessions'
  | 'sessionRows'
  | 'attempts'
  | 'audit'
  | 'tokens'
  | 'letters'
  | 'hooks'
>

interface Owner {
  account: Account
  tokenHash: Buffer
  asker: Asker
}

/** @throws {Busy} where too many passwords are being hashed. @throws {Unavailable} where the database is away. */
export async function closeAccount(needs: Needs, owner: Owner, password: string): Promise<Outcome> {
  if (password === '') return { kind: 'refused', problems: [{ field: 'current_password', code: 'empty' }] }
  const { account, asker } = owner
  const tries = needs.attempts.ofPasswordChange(owner.tokenHash)
  const refusal = 'password.confirm-refused'
  const proof = await provePassword(needs, { account: account.id, password, tries, asker, refusal })
  if (proof.kind === 'held-back') return proof
  if (proof.kind === 'wrong') return { kind: 'refused', problems: [{ field: 'current_password', code: 'wrong' }] }
  const outcome = await close(needs, owner, tries, proof.credential)
  if (outcome.kind !== 'closed') return outcome
  // It is closed, and the person has no way to ask again: what cannot be done now, the next purge does.
  if (needs.settings.deletionDelay === 0) await removeAccount(needs, account.id).catch(() => {})
  return outcome
}

async function close(needs: Needs, owner: Owner, tries: Tries, proved: Credential): Promise<Outcome> {
  const { settings, clock, database, accounts, sessions, sessionRows, attempts, audit, tokens } = needs
  const { account, tokenHash, asker } = owner
  const now = clock.now()
  const deletesAt = now + settings.deletionDelay
  const token = tokens.prepare('restore-account')
  const letter = goodbyeLetter(needs, owner, { token: token.text, life: token.life })
  const record = audit.record('account.closed', asker, { account: account.id })
  const closed: Outcome = { kind: 'closed' }
  const work = async (trx: Store): Promise<Outcome> => {
    // Of many guesses at once, the right one has no more room than a wrong one.
    await attempts.admit(trx, tries)
    const held = await accounts.hold(trx, database.dialect, account.id)
    if (held?.passwordVersion !== proved.passwordVersion) return { kind: 'logged-out' }
    // Logged out from elsewhere while the password was being checked.
    if (!(await sessionRows.exists(trx, tokenHash))) return { kind: 'logged-out' }
    await accounts.close(trx, account.id, deletesAt)
    await sessions.endOthers(trx, account.id, undefined, 'account-closed')
    await tokens.void(trx, account.id)
    await tokens.issue(trx, token, { accountId: account.id, addressKey: held.addressKey })
    await audit.write(trx, record)
    await needs.letters.notify(trx, letter)
    return closed
  }
  const landed = async (db: Store) => ((await audit.isWritten(db, record)) ? closed : undefined)
  const outcome = await attempts.within(tries, work, landed)
  return outcome === 'duplicate' ? closed : outcome
}

/** With a way back; or, where there is none, one that must not go with the account. */
function goodbyeLetter({ settings, letters }: Needs, { account, asker }: Owner, link: NonNullable<Letter['link']>) {
  const to = readerOf(account)
  if (settings.deletionDelay === 0) return letters.prepare({ kind: 'account-gone', accountId: null, to, asker })
  return letters.prepare({ kind: 'account-closed', accountId: account.id, to, link, asker })
}
