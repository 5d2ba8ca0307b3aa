// Whether an email address and a password belong together. Knows no HTTP and no SQL.
import type { RequestSource } from '../../identity/audit/request-source.ts'
import { type LoginRefusal, provePassword } from '../../identity/logins/by-password.ts'
import type { Services } from '../../services.ts'
import type { LoggedInOutcome, LoginEntry, StepDue } from '../../web/session/complete-login.ts'
import type { LoginFields } from './form.ts'
import { byPassword } from './way-in.ts'

export type LoginProblem = { field: 'email'; code: 'empty' } | { field: 'password'; code: 'empty' }

export type PasswordLoginOutcome =
  | LoggedInOutcome
  /** All was right, and a step must be passed before a session starts. */
  | StepDue
  | { kind: 'incomplete'; problems: LoginProblem[] }
  | LoginRefusal

type Needs = Pick<Services, 'clock' | 'database' | 'passwords' | 'hashing' | 'attempts' | 'audit'>

/** @throws {Busy} where too many passwords are being hashed. @throws {Unavailable} where the database is away. */
export async function logIn(
  needs: Needs,
  typed: LoginFields,
  entry: LoginEntry,
  source: RequestSource,
): Promise<PasswordLoginOutcome> {
  const problems: LoginProblem[] = []
  if (typed.email.trim() === '') problems.push({ field: 'email', code: 'empty' })
  if (typed.password === '') problems.push({ field: 'password', code: 'empty' })
  if (problems.length > 0) return { kind: 'incomplete', problems }

  const proof = await provePassword(needs, typed, entry.device, source)
  if (proof.kind !== 'proved') return proof
  const outcome = await entry.complete({ way: byPassword, ...proof.login })
  return outcome.kind === 'changed-meanwhile' || outcome.kind === 'duplicate' ? proof.refuse() : outcome
}
