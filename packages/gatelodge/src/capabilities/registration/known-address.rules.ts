// A registration whose address has an account already. It may be the same person: the COMMIT of their first try landed and its
// answer was lost, or the form was sent twice. With the right password it goes on as a log-in; with any other, the page says
// that the account exists. Knows no HTTP and no SQL.
import type { RequestSource } from '../../identity/audit/request-source.ts'
import { type LoginRefusal, provePassword } from '../../identity/logins/by-password.ts'
import type { Services } from '../../services.ts'
import type { LoggedInOutcome, LoginEntry, StepDue } from '../../web/session/complete-login.ts'
import { byKnownAddress } from './way-in.ts'

type Needs = Pick<Services, 'clock' | 'database' | 'passwords' | 'hashing' | 'attempts' | 'audit'>

/**
 * It is a log-in in every respect: counted under the same keys, so that nobody gets more guesses here than there; with the
 * same steps before a session, the same record and the same email about a new device.
 * @throws {Busy} where too many passwords are being hashed. @throws {Unavailable} where the database is away.
 */
export async function logInInstead(
  needs: Needs,
  typed: { email: string; password: string },
  entry: LoginEntry,
  source: RequestSource,
): Promise<LoggedInOutcome | StepDue | LoginRefusal> {
  const proof = await provePassword(needs, typed, entry.device, source)
  if (proof.kind !== 'proved') return proof
  const outcome = await entry.complete({ way: byKnownAddress, ...proof.login })
  return outcome.kind === 'changed-meanwhile' || outcome.kind === 'duplicate' ? proof.refuse() : outcome
}
