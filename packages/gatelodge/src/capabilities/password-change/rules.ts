// What a person may change about their account. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import type { Account } from '../../identity/accounts/account.ts'
import { recipientOf } from '../../identity/accounts/recipient.ts'
import type { RateLimited, Tries } from '../../identity/attempts/rules.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import { otherWaysOf } from '../../identity/logins/other-way.ts'
import type { PasswordRefusal } from '../../identity/passwords/policy.ts'
import { provePassword, refuseProof } from '../../identity/passwords/proof.ts'
import type { Credential } from '../../identity/passwords/storage.ts'
import type { Services } from '../../services.ts'
import type { Renewal } from '../../web/session/renew-session.ts'
import type { ChangePassword } from './form.ts'

export type PasswordChangeProblem =
  | { field: 'current_password'; code: 'empty' | 'wrong' }
  | { field: 'new_password'; code: PasswordRefusal | 'same' }

export type PasswordChangeOutcome =
  | { kind: 'changed' }
  | { kind: 'refused'; problems: PasswordChangeProblem[] }
  /** The session ended meanwhile, or the account was disabled: nothing was changed. */
  | { kind: 'logged-out' }
  | RateLimited

type Needs = Pick<
  Services,
  | 'clock'
  | 'database'
  | 'connections'
  | 'passkeys'
  | 'passwords'
  | 'passwordPolicy'
  | 'hashing'
  | 'sessions'
  | 'sessionRows'
  | 'attempts'
  | 'audit'
  | 'tokens'
  | 'emails'
>

/** Who asks: their account, and the session in which they do. */
interface Owner {
  account: Account
  tokenHash: Buffer
  source: RequestSource
}

/**
 * A new password for someone who knows the current one. All other sessions end; the present one goes on with a new token.
 * Of several changes at once, one wins: the others proved a password that is no longer the current one.
 * @throws {Busy} where too many passwords are being hashed. @throws {Unavailable} where the database is away.
 */
export async function changePassword(
  needs: Needs,
  owner: Owner,
  { current_password, new_password }: ChangePassword,
  renewal: Renewal,
): Promise<PasswordChangeOutcome> {
  const { passwordPolicy, hashing } = needs
  const problems: PasswordChangeProblem[] = []
  if (current_password === '') problems.push({ field: 'current_password', code: 'empty' })
  const weakness = await passwordPolicy.judge(new_password, owner.account)
  if (weakness) problems.push({ field: 'new_password', code: weakness })
  else if (new_password.normalize('NFC') === current_password.normalize('NFC'))
    problems.push({ field: 'new_password', code: 'same' })
  if (problems.length > 0) return { kind: 'refused', problems }

  const { source } = owner
  const tries = needs.attempts.ofPasswordChange(owner.tokenHash)
  const typed = { account: owner.account.id, password: current_password, tries, source, refusal } as const
  const proof = await provePassword(needs, typed)
  if (proof.kind !== 'proved') return refused(proof)
  const hash = await hashing.hash(new_password, source.clientAddress)
  return store(needs, { owner, tries, renewal, proved: proof.credential, hash })
}

const refusal = 'password.change-refused'

function refused(proof: { kind: 'wrong' } | RateLimited): PasswordChangeOutcome {
  if (proof.kind === 'rate-limited') return proof
  return { kind: 'refused', problems: [{ field: 'current_password', code: 'wrong' }] }
}

interface Change {
  owner: Owner
  tries: Tries
  renewal: Renewal
  proved: Credential
  hash: string
}

async function store(needs: Needs, change: Change): Promise<PasswordChangeOutcome> {
  const { clock, database, passwords, sessions, sessionRows, attempts, audit, tokens, emails } = needs
  const { owner, tries, renewal, proved, hash } = change
  const { accountId, passwordVersion } = proved
  const record = audit.record('password.changed', owner.source, { account: accountId })
  const to = recipientOf(owner.account)
  const otherWays = await otherWaysOf(needs, accountId)
  const message = emails.prepare({ kind: 'password-changed', accountId, to, source: owner.source, otherWays })
  const typed = { account: accountId, tries, source: owner.source, refusal } as const
  const work = async (trx: Store) => {
    if (await attempts.admit(trx, tries)) await attempts.forget(trx, tries)
    await audit.write(trx, record)
    if (!(await passwords.change(trx, proved, hash, clock.now()))) throw new ChangedMeanwhile()
    // Logged out or disabled meanwhile: thrown, so that the new password goes too.
    if (!(await sessions.end(trx, owner.tokenHash))) throw new NoLongerAllowed()
    await sessions.endOthers(trx, accountId, undefined, 'password-changed')
    // A reset link that was sent while the old password was in force becomes invalid.
    await tokens.void(trx, accountId, ['reset-password'])
    if (!(await renewal.start(trx, passwordVersion + 1))) throw new NoLongerAllowed()
    await emails.notify(trx, message)
    return true
  }
  const landed = async (db: Store) => (await sessionRows.exists(db, renewal.session.tokenHash)) || undefined
  try {
    const outcome = await attempts.within(tries, work, landed)
    if (typeof outcome === 'object') return outcome
    return outcome === true ? { kind: 'changed' } : refused(await refuseProof(needs, typed))
  } catch (error) {
    if (error instanceof ChangedMeanwhile) return refused(await refuseProof(needs, typed))
    if (!(error instanceof NoLongerAllowed)) throw error
    // A COMMIT of ours may have landed late: then it was our own change that ended the session.
    return (await landed(database.db)) ? { kind: 'changed' } : { kind: 'logged-out' }
  }
}

/** The password that was proved is no longer the current one. Thrown, like the other, so that all of the change goes. */
class ChangedMeanwhile extends Error {}
class NoLongerAllowed extends Error {}
