// The new password that is demanded at a log-in. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import { recipientOf } from '../../identity/accounts/recipient.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import { type OtherWays, otherWaysOf } from '../../identity/logins/other-way.ts'
import type { LoginUnderWay } from '../../identity/logins/storage.ts'
import type { PasswordRefusal } from '../../identity/passwords/policy.ts'
import type { Credential } from '../../identity/passwords/storage.ts'
import type { Services } from '../../services.ts'
import type { LoggedInOutcome, LoginOutcome, StepDue } from '../../web/session/complete-login.ts'
import type { Passed } from '../../web/session/login-under-way.ts'

export type NewPasswordOutcome =
  | LoggedInOutcome
  | StepDue
  | { kind: 'refused'; problems: { field: 'new_password'; code: PasswordRefusal | 'same' }[] }
  /** It was used, the password was changed meanwhile, or too many were tried: the log-in begins once more. */
  | { kind: 'login-over' }

type Needs = Pick<
  Services,
  | 'clock'
  | 'connections'
  | 'database'
  | 'passwords'
  | 'passwordPolicy'
  | 'hashing'
  | 'loginsUnderWay'
  | 'passkeys'
  | 'sessions'
  | 'audit'
  | 'tokens'
  | 'emails'
>

/** The log-in under way, and how it goes on. */
interface StepRequest {
  login: LoginUnderWay
  source: RequestSource
  goOn<Refusal>(passed: Passed<Refusal>): Promise<LoginOutcome | Refusal>
}

/**
 * Judged as everywhere, and not the old one. It is stored in the transaction that starts the session; all other sessions end,
 * and links for another password no longer work. Of many at once, one wins.
 * @throws {Busy} where too many passwords are being hashed. @throws {Unavailable} where the database is away.
 */
export async function renewPassword(
  needs: Needs,
  { login, source, goOn }: StepRequest,
  { new_password }: { new_password: string },
): Promise<NewPasswordOutcome> {
  const { database, passwords, passwordPolicy, hashing, loginsUnderWay } = needs
  const { account } = login
  const weakness = await passwordPolicy.judge(new_password, account)
  if (weakness) return refusedAs(weakness)
  const old = await passwords.findByAccount(database.db, account.id)
  if (!old?.hash || old.passwordVersion !== account.passwordVersion) return { kind: 'login-over' }
  if ((await hashing.verify(new_password, old.hash, source.clientAddress)) !== 'no') {
    // Each costs a hash, so that they are as few as wrong codes.
    const hadRoom = await loginsUnderWay.countTry(database.db, login)
    return hadRoom ? refusedAs('same') : { kind: 'login-over' }
  }
  const hash = await hashing.hash(new_password, source.clientAddress)
  const outcome = await goOn<{ kind: 'login-over' }>({
    account: { passwordVersion: account.passwordVersion + 1, passwordDemandedAt: null },
    work: storing(needs, { login, source, old, hash, otherWays: await otherWaysOf(needs, account.id) }),
  })
  return outcome.kind === 'logged-in' || outcome.kind === 'step-due' ? outcome : { kind: 'login-over' }
}

function refusedAs(code: PasswordRefusal | 'same'): NewPasswordOutcome {
  return { kind: 'refused', problems: [{ field: 'new_password', code }] }
}

interface Change extends Pick<StepRequest, 'login' | 'source'> {
  old: Credential
  hash: string
  otherWays: OtherWays
}

/** Made before the first try, so that a retry repeats it. */
function storing(needs: Needs, { login, source, old, hash, otherWays }: Change) {
  const { clock, passwords, sessions, audit, tokens, emails } = needs
  const { account } = login
  const accountId = account.id
  const record = audit.record('password.changed', source, { account: accountId })
  const to = recipientOf(account)
  const message = emails.prepare({ kind: 'password-changed', accountId, to, source, otherWays })
  return async (trx: Store): Promise<{ kind: 'login-over' } | undefined> => {
    if (!(await passwords.change(trx, old, hash, clock.now()))) return { kind: 'login-over' }
    await sessions.endOthers(trx, accountId, undefined, 'password-changed')
    await tokens.void(trx, accountId, ['reset-password'])
    await audit.write(trx, record)
    await emails.notify(trx, message)
    return undefined
  }
}
