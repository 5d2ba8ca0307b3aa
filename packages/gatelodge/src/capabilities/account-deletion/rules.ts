// Someone deletes their account: it is closed at once, and gone after a while in which they can come back. Knows no HTTP
// and no SQL.
import type { Store } from '../../database/transaction.ts'
import type { Email } from '../../email/queue.ts'
import type { Account } from '../../identity/accounts/account.ts'
import { recipientOf } from '../../identity/accounts/recipient.ts'
import type { RateLimited, Tries } from '../../identity/attempts/rules.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import { isAdministrator } from '../../identity/groups/names.ts'
import { endAccess } from '../../identity/logins/end-access.ts'
import { provePassword } from '../../identity/passwords/proof.ts'
import type { Services } from '../../services.ts'
import { removeAccount } from './removal.rules.ts'

export type AccountDeletionOutcome =
  | { kind: 'closed' }
  | { kind: 'refused'; problems: { field: 'current_password'; code: 'empty' | 'wrong' }[] }
  /** Closed already, or the session was ended or the password changed meanwhile. */
  | { kind: 'logged-out' }
  /** Nobody would be left to run the site. */
  | { kind: 'last-administrator' }
  | RateLimited

type Needs = Pick<
  Services,
  | 'settings'
  | 'clock'
  | 'log'
  | 'database'
  | 'accounts'
  | 'groups'
  | 'loginsUnderWay'
  | 'secondFactors'
  | 'passwords'
  | 'hashing'
  | 'sessions'
  | 'sessionRows'
  | 'attempts'
  | 'audit'
  | 'tokens'
  | 'emails'
  | 'hooks'
>

interface Owner {
  account: Account
  tokenHash: Buffer
  source: RequestSource
}

/** @throws {Busy} where too many passwords are being hashed. @throws {Unavailable} where the database is away. */
export async function closeAccount(needs: Needs, owner: Owner, password: string): Promise<AccountDeletionOutcome> {
  const { account, source } = owner
  // There is no password to ask for: the proof is the fresh one of the session.
  if (account.passwordChangedAt === null) return finish(needs, owner, [], account.passwordVersion)
  if (password === '') return { kind: 'refused', problems: [{ field: 'current_password', code: 'empty' }] }
  const tries = needs.attempts.ofPasswordChange(owner.tokenHash)
  const refusal = 'reauthentication.failed'
  const proof = await provePassword(needs, { account: account.id, password, tries, source, refusal })
  if (proof.kind === 'rate-limited') return proof
  if (proof.kind === 'wrong') return { kind: 'refused', problems: [{ field: 'current_password', code: 'wrong' }] }
  return finish(needs, owner, tries, proof.credential.passwordVersion)
}

async function finish(...[needs, owner, ...proved]: Parameters<typeof close>): Promise<AccountDeletionOutcome> {
  const outcome = await close(needs, owner, ...proved)
  if (outcome.kind !== 'closed') return outcome
  // It is closed, and the person has no way to ask again: what cannot be done now, the next purge does.
  if (needs.settings.deletionDelay === 0) await removeAccount(needs, owner.account.id).catch(() => {})
  return outcome
}

async function close(
  needs: Needs,
  owner: Owner,
  tries: Tries,
  passwordVersion: number,
): Promise<AccountDeletionOutcome> {
  const { settings, clock, database, accounts, sessionRows, attempts, audit, tokens } = needs
  const { account, tokenHash, source } = owner
  const now = clock.now()
  const deletesAt = now + settings.deletionDelay
  const token = tokens.prepare('restore-account')
  const message = deletionEmail(needs, owner, { token: token.text, life: token.life })
  const record = audit.record('account.deletion-scheduled', source, { account: account.id })
  const closed: AccountDeletionOutcome = { kind: 'closed' }
  const work = async (trx: Store): Promise<AccountDeletionOutcome> => {
    // Of many guesses at once, the right one has no more room than a wrong one.
    if (tries.length > 0) await attempts.admit(trx, tries)
    const held = await accounts.hold(trx, database.dialect, account.id)
    if (held?.passwordVersion !== passwordVersion) return { kind: 'logged-out' }
    // Logged out from elsewhere while the password was being checked.
    if (!(await sessionRows.exists(trx, tokenHash))) return { kind: 'logged-out' }
    if (isAdministrator(held) && !(await needs.groups.keepsAdministrator(trx, account.id)))
      return { kind: 'last-administrator' }
    await accounts.close(trx, account.id, deletesAt)
    await endAccess(needs, trx, account.id, 'account-deletion-scheduled')
    await tokens.void(trx, account.id)
    await tokens.issue(trx, token, { accountId: account.id, addressKey: held.addressKey })
    await audit.write(trx, record)
    await needs.emails.notify(trx, message)
    return closed
  }
  const landed = async (db: Store) => ((await audit.isWritten(db, record)) ? closed : undefined)
  const outcome = await attempts.within(tries, work, landed)
  return outcome === 'duplicate' ? closed : outcome
}

/** With a way back; or, where there is none, one that must not go with the account. */
function deletionEmail({ settings, emails }: Needs, { account, source }: Owner, link: NonNullable<Email['link']>) {
  const to = recipientOf(account)
  if (settings.deletionDelay === 0) return emails.prepare({ kind: 'account-deleted', accountId: null, to, source })
  return emails.prepare({ kind: 'account-deletion-scheduled', accountId: account.id, to, link, source })
}
