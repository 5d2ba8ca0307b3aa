// Who may register, and what happens then. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import { type AskedByEmail, askByEmail } from '../../email/registration-by-email.ts'
import { asNew } from '../../identity/accounts/account.ts'
import { type Address, parseAddress } from '../../identity/accounts/address.ts'
import { addressKey } from '../../identity/accounts/address-key.ts'
import { type CustomValues, judgeCustomFields } from '../../identity/accounts/custom-fields.ts'
import { parseName } from '../../identity/accounts/name.ts'
import { recipientAt } from '../../identity/accounts/recipient.ts'
import type { RateLimited, Tries } from '../../identity/attempts/rules.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import { newId } from '../../identity/ids.ts'
import type { LoginRefusal } from '../../identity/logins/by-password.ts'
import type { PasswordRefusal } from '../../identity/passwords/policy.ts'
import type { Services } from '../../services.ts'
import type { CustomFieldProblem, HookProblem } from '../../text/problem-text.ts'
import type { LoggedInOutcome, LoginEntry, StepDue } from '../../web/session/complete-login.ts'
import { type AddressProblem, emailProblems } from './address.rules.ts'
import type { Registration } from './form.ts'
import { logInInstead } from './known-address.rules.ts'
import { limits } from './limits.ts'
import { byRegistration } from './way-in.ts'

export type RegistrationProblem =
  | { field: 'name'; code: 'empty' | 'too-long' | 'control-characters' }
  | AddressProblem
  | { field: 'password'; code: PasswordRefusal }
  | CustomFieldProblem
  /** The app that holds us says so. */
  | HookProblem

export type RegistrationOutcome =
  /** There is an account, and its owner is logged in. */
  | (LoggedInOutcome & { name: string })
  /** There was one already, and the password is its own: a log-in, as far as it goes. */
  | { kind: 'known'; login: LoggedInOutcome | StepDue }
  /** There is an account, and a step must be passed before its session starts. */
  | StepDue
  /** The email decides. */
  | AskedByEmail
  /** `login`: the password of the account that has the address was another one. */
  | { kind: 'refused'; problems: RegistrationProblem[]; login?: LoginRefusal }
  | { kind: 'closed' }
  /** Only those who have one can register. */
  | { kind: 'invitation' }
  | RateLimited

type Needs = Pick<
  Services,
  | 'settings'
  | 'clock'
  | 'database'
  | 'accounts'
  | 'passwords'
  | 'passwordPolicy'
  | 'hashing'
  | 'attempts'
  | 'audit'
  | 'tokens'
  | 'emails'
  | 'hooks'
>

/** `own`: all that was posted; the site's custom fields are looked for in it. */
export type Typed = Omit<Registration, 'meant_email'> & { own: Readonly<Record<string, unknown>> }

/**
 * Stores an account, its password and its first session, all or nothing; or, where the setting says `confirm-first`, what
 * an account will be made of.
 * @throws {Busy} where too many passwords are being hashed. @throws {Unavailable} where the database is away.
 */
export async function register(
  needs: Needs,
  typed: Typed,
  entry: LoginEntry,
  source: RequestSource,
): Promise<RegistrationOutcome> {
  const { settings, hashing, attempts } = needs
  if (settings.registration === 'closed' || settings.registration === 'invitation')
    return { kind: settings.registration }
  const tries = attempts.from('registration from', source.clientAddress, limits['registration from'](settings))
  const rateLimited = await attempts.rateLimited(tries)
  if (rateLimited) return rateLimited

  const named = parseName(typed.name)
  const address = parseAddress(typed.email)
  const owner = { name: 'name' in named ? named.name : '', email: address?.given ?? '' }
  const weakness = await needs.passwordPolicy.judge(typed.password, owner)
  const problems: RegistrationProblem[] = []
  if ('refusal' in named) problems.push({ field: 'name', code: named.refusal })
  problems.push(...(await emailProblems(needs, typed, address)))
  if (weakness) problems.push({ field: 'password', code: weakness })
  const own = judgeCustomFields(settings.fields, typed.own)
  problems.push(...own.problems)
  if (problems.every(({ code }) => code === 'taken') && problems.length > 0)
    return known(needs, typed, { entry, tries, source })
  if (problems.some(({ code }) => code === 'taken' || code === 'reserved'))
    return countRefusal(needs, typed, tries, source, problems, 'taken')
  if ('refusal' in named || !address || problems.length > 0) return { kind: 'refused', problems }

  // Asked whether or not the address has an account, so that its answer and its time do not reveal that.
  const refusal = await needs.hooks.registering({ name: named.name, email: address.given, fields: own.values }, source)
  if (refusal) {
    const { field, refuse: message } = refusal
    return countRefusal(needs, typed, tries, source, [{ field, code: 'refused', message }], 'hook')
  }
  const hash = await hashing.hash(typed.password, source.clientAddress)
  const newcomer = { name: named.name, address, hash, fields: own.values, tries, source }
  const isByEmail = settings.registration === 'confirm-first'
  const stored = isByEmail ? await askByEmail(needs, newcomer) : await store(needs, { ...newcomer, entry })
  if (stored !== 'duplicate') return stored
  return isByEmail
    ? countRefusal(needs, typed, tries, source, [taken], 'taken')
    : known(needs, typed, { entry, tries, source })
}

const taken = { field: 'email', code: 'taken' } as const

/** Right or wrong, known or rate-limited: where it does not become a log-in, the page says that the account exists. */
async function known(
  needs: Needs,
  typed: Typed,
  { entry, tries, source }: Pick<Newcomer, 'entry' | 'tries' | 'source'>,
): Promise<RegistrationOutcome> {
  const login = await logInInstead(needs, typed, entry, source)
  if (login.kind === 'logged-in' || login.kind === 'step-due') return { kind: 'known', login }
  const refusal = await countRefusal(needs, typed, tries, source, [taken], 'taken')
  return refusal.kind === 'refused' ? { ...refusal, login } : refusal
}

/** Counted too: anyone who wants to know which addresses have accounts, or what the app lets pass, would ask here. */
export async function countRefusal(
  { attempts, audit }: Pick<Needs, 'attempts' | 'audit'>,
  { email }: Pick<Typed, 'email'>,
  tries: Tries,
  source: RequestSource,
  problems: RegistrationProblem[],
  reason: 'taken' | 'hook',
): Promise<{ kind: 'refused'; problems: RegistrationProblem[] } | RateLimited> {
  const record = audit.record('registration.refused', source, { typedAddress: email, reason })
  return (await attempts.fail(tries, record)) ?? { kind: 'refused', problems }
}

interface Newcomer {
  name: string
  address: Address
  hash: string
  fields: CustomValues
  entry: LoginEntry
  tries: Tries
  source: RequestSource
}

async function store(needs: Needs, newcomer: Newcomer): Promise<RegistrationOutcome | 'duplicate'> {
  const { clock, accounts, passwords, attempts, tokens, emails } = needs
  const { name, address, hash, fields, entry, tries, source } = newcomer
  const id = newId()
  const now = clock.now()
  const token = tokens.prepare('verify-email')
  const to = recipientAt(address.given)
  const link = { token: token.text, life: token.life }
  const message = emails.prepare({ kind: 'verify-email', accountId: id, to, link })
  const emailTries = emails.tries('verify-email', address, source.clientAddress)
  const work = async (trx: Store) => {
    await accounts.insert(trx, { id, name, address, createdAt: now, fields })
    await passwords.insert(trx, id, hash, now)
    // Beyond the limit of emails there is an account and no email; its page offers to send one.
    if (emails.mode !== 'none' && (await attempts.countIfRoom(trx, emailTries))) {
      await tokens.issue(trx, token, { accountId: id, addressKey: addressKey(address) })
      await emails.write(trx, message)
    }
    return undefined
  }
  const outcome = await entry.complete<never>({
    way: byRegistration,
    isNewAccount: true,
    account: { id, name, email: address.given, verifiedAt: null, ...asNew },
    methods: { pwd: now },
    tries: { count: tries },
    work,
  })
  if (outcome.kind === 'changed-meanwhile') throw new Error('a new account did not let its owner in')
  if (outcome.kind === 'duplicate') return 'duplicate'
  return outcome.kind === 'logged-in' ? { ...outcome, name } : outcome
}
