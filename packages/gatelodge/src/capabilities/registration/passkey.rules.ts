// Registration without a password: the address is verified first, and the passkey is made behind the link in the email. One
// answer and one amount of work in every mode, whether or not the address has an account. Knows no HTTP and no SQL.
import { type AskedByEmail, askByEmail } from '../../email/registration-by-email.ts'
import { parseAddress } from '../../identity/accounts/address.ts'
import { judgeCustomFields } from '../../identity/accounts/custom-fields.ts'
import { parseName } from '../../identity/accounts/name.ts'
import type { RateLimited } from '../../identity/attempts/rules.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import type { Services } from '../../services.ts'
import { spellingProblems } from './address.rules.ts'
import { limits } from './limits.ts'
import { countRefusal, type RegistrationProblem, type Typed } from './rules.ts'

export type PasskeyRegistrationOutcome =
  | AskedByEmail
  | { kind: 'refused'; problems: RegistrationProblem[] }
  | { kind: 'closed' }
  | { kind: 'invitation' }
  /** No address can be verified here. */
  | { kind: 'email-not-set-up' }
  | RateLimited

type Needs = Pick<Services, 'settings' | 'clock' | 'database' | 'accounts' | 'attempts' | 'audit' | 'emails' | 'hooks'>

/** Stores what an account will be made of. @throws {Unavailable} where the database is away. */
export async function registerWithPasskey(
  needs: Needs,
  typed: Omit<Typed, 'password'>,
  source: RequestSource,
): Promise<PasskeyRegistrationOutcome> {
  const { settings, attempts, emails, hooks } = needs
  if (settings.registration === 'closed' || settings.registration === 'invitation')
    return { kind: settings.registration }
  if (emails.mode === 'none') return { kind: 'email-not-set-up' }
  const tries = attempts.from('registration from', source.clientAddress, limits['registration from'](settings))
  const rateLimited = await attempts.rateLimited(tries)
  if (rateLimited) return rateLimited

  const named = parseName(typed.name)
  const address = parseAddress(typed.email)
  const own = judgeCustomFields(settings.fields, typed.own)
  const problems: RegistrationProblem[] = []
  if ('refusal' in named) problems.push({ field: 'name', code: named.refusal })
  problems.push(...spellingProblems(typed, address).map(withoutPassword), ...own.problems)
  if ('refusal' in named || !address || problems.length > 0) return { kind: 'refused', problems }

  const newcomer = { name: named.name, email: address.given, fields: own.values }
  const refusal = await hooks.registering(newcomer, source)
  if (refusal) {
    const { field, refuse: message } = refusal
    return countRefusal(needs, typed, tries, source, [{ field, code: 'refused', message }], 'hook')
  }
  const asked = { name: named.name, address, hash: null, fields: own.values, tries, source }
  const outcome = await askByEmail(needs, asked)
  if (outcome === 'duplicate') throw new Error('nothing here can meet a unique key')
  return outcome
}

/** The question about a slip of the finger speaks of no password. */
function withoutPassword(problem: RegistrationProblem): RegistrationProblem {
  return problem.code === 'typo' ? { ...problem, code: 'typo-kept' } : problem
}
