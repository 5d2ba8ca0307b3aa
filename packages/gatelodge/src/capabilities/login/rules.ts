// Whether an email address and a password belong together. Knows no HTTP and no SQL.
import type { RateLimited, Tries } from '../../identity/attempts/rules.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import type { Verdict } from '../../identity/passwords/hashing.ts'
import type { Credential } from '../../identity/passwords/storage.ts'
import type { Services } from '../../services.ts'
import type { LoggedInOutcome, LoginEntry, StepDue } from '../../web/session/complete-login.ts'
import type { LoginFields } from './form.ts'
import { byPassword } from './way-in.ts'

export type LoginProblem = { field: 'email'; code: 'empty' } | { field: 'password'; code: 'empty' }

export type Reason = 'unknown' | 'wrong' | 'disabled' | 'changed-meanwhile'

export type PasswordLoginOutcome =
  | LoggedInOutcome
  /** All was right, and a step must be passed before a session starts. */
  | StepDue
  | { kind: 'incomplete'; problems: LoginProblem[] }
  /** People read one sentence for all of these; the reason is for the record and the log. */
  | { kind: 'refused'; reason: Reason; accountId?: Buffer }
  | RateLimited

type Needs = Pick<Services, 'clock' | 'database' | 'passwords' | 'hashing' | 'attempts' | 'audit'>

const nobody = Buffer.alloc(16)

/**
 * Two SELECTs, one argon2id verification and one transaction, whatever the address and the password are (ASVS V6.3.8).
 * @throws {Busy} where too many passwords are being hashed. @throws {Unavailable} where the database is away.
 */
export async function logIn(
  needs: Needs,
  typed: LoginFields,
  entry: LoginEntry,
  source: RequestSource,
): Promise<PasswordLoginOutcome> {
  const { database, passwords, hashing, attempts } = needs
  const { email, password } = typed
  const problems: LoginProblem[] = []
  if (email.trim() === '') problems.push({ field: 'email', code: 'empty' })
  if (password === '') problems.push({ field: 'password', code: 'empty' })
  if (problems.length > 0) return { kind: 'incomplete', problems }

  const credential = await passwords.findByAddress(database.db, email)
  const isKnownDevice = entry.device.isKnownTo(credential?.accountId ?? nobody, credential?.passwordVersion ?? 0)
  const tries = attempts.ofLogin(email, source.clientAddress, isKnownDevice ? entry.device.id : undefined)
  const rateLimited = await attempts.rateLimited(tries)
  if (rateLimited) return rateLimited

  const isRefused = credential?.isDisabled
  const verdict = await hashing.verify(password, credential?.hash ?? undefined, source.clientAddress, isRefused)
  const attempt = { email, credential, tries, source }
  const reason = reasonToRefuse(credential, verdict)
  if (reason || !credential) return refuse(needs, attempt, reason ?? 'unknown')
  const outcome = await entry.complete({
    way: byPassword,
    account: { ...credential, id: credential.accountId },
    methods: { pwd: needs.clock.now() },
    // A stranger's tries are forgotten by time alone; those on a device of its owner by a right password, too.
    tries: { admit: tries, forgets: isKnownDevice },
    ...(verdict === 'ok-and-rehash' && { outdatedHash: { hash: credential.hash, password } }),
  })
  const isOver = outcome.kind === 'changed-meanwhile' || outcome.kind === 'duplicate'
  return isOver ? refuse(needs, attempt, 'changed-meanwhile') : outcome
}

interface Attempt {
  email: string
  credential: Credential | undefined
  tries: Tries
  source: RequestSource
}

function reasonToRefuse(credential: Credential | undefined, verdict: Verdict): Reason | undefined {
  if (!credential) return 'unknown'
  if (verdict === 'no') return 'wrong'
  return credential.isDisabled ? 'disabled' : undefined
}

/** Answered only where there was room for one more try: of many at once, the others learn nothing. */
async function refuse(
  needs: Needs,
  { email, credential, tries, source }: Attempt,
  reason: Reason,
): Promise<PasswordLoginOutcome> {
  const account = credential?.accountId
  const record = needs.audit.record('login.failed', source, { account, typedAddress: email, reason })
  const rateLimited = await needs.attempts.fail(tries, record)
  return rateLimited ?? { kind: 'refused', reason, ...(account && { accountId: account }) }
}
