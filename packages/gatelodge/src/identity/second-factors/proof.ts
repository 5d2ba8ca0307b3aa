// A code of the second factor, wherever it is asked: at log-in and in reauthentication. What it is counted under, what is
// recorded, and which emails the owner gets. Knows no HTTP.
import type { Database } from '../../database/connect.ts'
import type { Store } from '../../database/transaction.ts'
import type { Clock } from '../../time.ts'
import { asksForFactor } from '../accounts/demands.ts'
import { type Recipient, recipientOf } from '../accounts/recipient.ts'
import type { accounts } from '../accounts/storage.ts'
import type { Attempts, RateLimited, Tries } from '../attempts/rules.ts'
import type { RequestSource } from '../audit/request-source.ts'
import type { Audit } from '../audit/rules.ts'
import type { LoginAccount } from '../logins/login.ts'
import type { Methods } from '../logins/methods.ts'
import type { LoginsUnderWay } from '../logins/rules.ts'
import { type LoginUnderWay, mostTries } from '../logins/storage.ts'
import type { Passkeys } from '../passkeys/rules.ts'
import { codeBudget, fewRecoveryCodes, reauthenticationBudget } from './limits.ts'
import type { LookedAt, RightCode, SecondFactors } from './rules.ts'
import { type CodeProblem, readAppCode, readRecoveryCode } from './typed-code.ts'

/** As the form sends it: one of these. */
export interface TypedFactor {
  code?: string | undefined
  recovery_code?: string | undefined
  /** Or what an authenticator answered: JSON of a form, an object of a program. */
  answer?: unknown
}

type FactorCode = CodeProblem | 'wrong' | 'used' | 'clock'
/** Of the app alone: they are about digits and the time. */
type AppCode = 'full-width' | 'clock'

export type FactorProblem =
  | { field: 'code'; code: FactorCode }
  | { field: 'recovery_code'; code: Exclude<FactorCode, AppCode> }
  /** `same-kind`: a key without user verification was the first factor already. */
  | { field: 'answer'; code: 'wrong' | 'same-kind' }

export type FactorRefusal =
  | { kind: 'refused'; problems: FactorProblem[] }
  /** That was the last wrong code that the log-in under way takes. */
  | { kind: 'login-over' }

export interface ProvedFactor {
  kind: 'proved'
  methods: Methods
  tries: { admit: Tries; forgets: boolean }
  /** In the transaction of what it opens. */
  work(trx: Store): Promise<FactorRefusal | undefined>
  /** After `work` refused: another took the code meanwhile. It counts as a wrong one. */
  refuse(): Promise<FactorRefusal | RateLimited>
}

export type FactorProof = ProvedFactor | FactorRefusal | RateLimited

interface Notice {
  kind: 'recovery-code-used' | 'recovery-codes-few' | 'two-factor-locked'
  accountId: Buffer
  to: Recipient
  source: RequestSource
}

/** As much of the emails as is needed here: they are written a floor above. */
interface Notices {
  prepare(notice: Notice): unknown
  notify(store: Store, message: unknown): Promise<unknown>
}

interface Needs {
  clock: Clock
  database: Pick<Database, 'dialect'>
  accounts: typeof accounts
  secondFactors: SecondFactors
  passkeys: Pick<Passkeys, 'judgeUse'>
  loginsUnderWay: LoginsUnderWay
  attempts: Attempts
  audit: Audit
  emails: Notices
}

export interface AskedFactor {
  account: LoginAccount
  /** Where the account has logged in before with this password: counted by itself, so that nobody keeps its owner out. */
  knownDevice: string | undefined
  source: RequestSource
  /** The hash of the token of the log-in under way, or of the session: what the question for a passkey was bound to. */
  by: Buffer
  /** What was proved before, in that log-in or session. */
  before: Methods
  /** The log-in that it is for. */
  underWay?: Pick<LoginUnderWay, 'tokenHash' | 'tries'> | undefined
}

/** @throws {Busy} where too much is being hashed. @throws {Unavailable} where the database is away: no try is spent. */
export async function proveFactor(needs: Needs, asked: AskedFactor, typed: TypedFactor): Promise<FactorProof> {
  if (typed.answer) return provePasskey(needs, asked, typed.answer)
  const isRecovery = typed.recovery_code !== undefined
  const field = isRecovery ? 'recovery_code' : 'code'
  const read = isRecovery ? readRecoveryCode(typed.recovery_code ?? '') : readAppCode(typed.code ?? '')
  if (read.kind === 'unreadable') return { kind: 'refused', problems: [problemOf(field, read.code)] }
  const { account, source, knownDevice } = asked
  const own = isRecovery ? await ownTries(needs, asked) : codeTries(needs, account, knownDevice)
  if ('kind' in own) return own
  const { tries } = own
  const found = await needs.secondFactors.look(account.id, read, source.clientAddress)
  if (found.kind === 'wrong') return refuse(needs, asked, { field, tries, code: found.code })
  const now = needs.clock.now()
  return {
    kind: 'proved',
    methods: { otp: now, mfa: now },
    tries: own.right,
    work: take(needs, asked, found, field),
    refuse: () => refuse(needs, asked, { field, tries, code: 'used' }),
  }
}

/** A passkey or a security key. Without user verification it is one factor, and none beside another key. */
async function provePasskey(needs: Needs, asked: AskedFactor, answer: unknown): Promise<FactorProof> {
  const { account, source, underWay, by, before } = asked
  const own = await ownTries(needs, asked)
  if ('kind' in own) return own
  const wrong: Wrong = { field: 'answer', tries: own.tries, code: 'wrong' }
  const ceremony = underWay ? 'second-factor' : 'reauthenticate'
  const judged = await needs.passkeys.judgeUse(answer, { ceremony, by }, account.id)
  if (judged.kind === 'wrong') return refuse(needs, asked, wrong)
  const isSecond = judged.isVerified || before.pwd !== undefined || before.email !== undefined
  const needsSecond = underWay !== undefined || asksForFactor(account)
  if (needsSecond && !isSecond) return { kind: 'refused', problems: [{ field: 'answer', code: 'same-kind' }] }
  const copied = needs.audit.record('passkey.copy-suspected', source, { account: account.id })
  return {
    kind: 'proved',
    methods: { ...judged.methods, ...(needsSecond && { mfa: needs.clock.now() }) },
    tries: own.right,
    async work(trx) {
      if (!(await judged.take(trx))) return { kind: 'refused', problems: [{ field: 'answer', code: 'wrong' }] }
      if (judged.wentBack) await needs.audit.write(trx, copied)
      return undefined
    },
    refuse: () => refuse(needs, asked, wrong),
  }
}

interface Counted {
  tries: Tries
  /** For a proof that was right. */
  right: ProvedFactor['tries']
}

/**
 * Counted under the account, whichever log-in the code belongs to; with a device that is known to the account, under that
 * device alone, so that nobody who knows the password can keep the owner out.
 */
function codeTries(
  { attempts }: Pick<Needs, 'attempts'>,
  { id }: LoginAccount,
  knownDevice: string | undefined,
): Counted {
  const tries = attempts.of('code', `${id.toString('hex')} ${knownDevice ?? ''}`, codeBudget)
  return { tries, right: { admit: tries, forgets: knownDevice !== undefined } }
}

/**
 * Recovery codes and passkeys are outside that count: nobody guesses one, and anyone who has used up all tries of the app must
 * not keep its owner out. A log-in under way takes five wrong ones. A session has a count of its own, which is looked at before
 * the answer is: to judge one costs a hash, or a signature.
 */
async function ownTries(
  { attempts }: Pick<Needs, 'attempts'>,
  { by, underWay }: AskedFactor,
): Promise<Counted | RateLimited> {
  if (underWay) return { tries: [], right: { admit: [], forgets: false } }
  const tries = attempts.of('reauthentication', by.toString('hex'), reauthenticationBudget)
  return (await attempts.rateLimited(tries)) ?? { tries, right: { admit: tries, forgets: true } }
}

function problemOf(field: FactorProblem['field'], code: FactorCode): FactorProblem {
  if (field === 'answer') return { field, code: 'wrong' }
  if (field === 'code') return { field, code }
  return { field, code: code === 'full-width' || code === 'clock' ? 'wrong' : code }
}

function take(needs: Needs, asked: AskedFactor, found: RightCode, field: FactorProblem['field']): ProvedFactor['work'] {
  const tell = found.by === 'recovery' ? recoveryCodeUsed(needs, asked) : async () => {}
  return async (trx) => {
    if (!(await found.take(trx))) return { kind: 'refused', problems: [problemOf(field, 'used')] }
    await tell(trx)
    return undefined
  }
}

/** Its owner learns of each, and of how many are left. Made before the first try, so that a retry repeats it. */
function recoveryCodeUsed(needs: Needs, { account, source }: AskedFactor): (trx: Store) => Promise<void> {
  const { database, accounts, secondFactors, audit, emails } = needs
  const about = { accountId: account.id, to: recipientOf(account), source }
  const used = audit.record('recovery-code.used', source, { account: account.id })
  const few = audit.record('recovery-codes.few', source, { account: account.id })
  const messages = {
    used: emails.prepare({ kind: 'recovery-code-used', ...about }),
    few: emails.prepare({ kind: 'recovery-codes-few', ...about }),
  }
  return async (trx) => {
    await accounts.hold(trx, database.dialect, account.id)
    await audit.write(trx, used)
    const isFew = (await secondFactors.ofAccount(trx, account.id)).recoveryCodesLeft <= fewRecoveryCodes
    if (isFew) await audit.write(trx, few)
    await emails.notify(trx, isFew ? messages.few : messages.used)
  }
}

interface Wrong {
  field: FactorProblem['field']
  tries: Tries
  code: Extract<LookedAt, { kind: 'wrong' }>['code']
}

/** Counted and recorded in one transaction: where it fails, no try is spent; of many at once, no more than there is room for. */
async function refuse(
  needs: Needs,
  asked: AskedFactor,
  { field, tries, code }: Wrong,
): Promise<FactorRefusal | RateLimited> {
  const { loginsUnderWay, attempts, audit } = needs
  const { account, source, underWay } = asked
  const record = audit.record('two-factor.failed', source, {
    account: account.id,
    reason: { code, recovery_code: 'recovery-code', answer: 'passkey' }[field],
  })
  const lock = locked(needs, asked)
  const refused: FactorRefusal = { kind: 'refused', problems: [problemOf(field, code)] }
  const over: FactorRefusal = { kind: 'login-over' }
  const isLast = underWay !== undefined && underWay.tries + 1 >= mostTries
  const work = async (trx: Store) => {
    await attempts.count(trx, tries)
    if (underWay && !(await loginsUnderWay.countTry(trx, underWay))) throw new Over()
    await audit.write(trx, record)
    if (await attempts.wasLastFree(trx, tries)) await lock(trx)
    return isLast ? over : refused
  }
  const landed = async (db: Store) => ((await audit.isWritten(db, record)) ? (isLast ? over : refused) : undefined)
  try {
    const outcome = await attempts.within(tries, work, landed)
    return outcome === 'duplicate' ? refused : outcome
  } catch (error) {
    if (!(error instanceof Over)) throw error
    return over
  }
}

/** Thrown, so that nothing is counted: others have used up the tries of this log-in meanwhile. */
class Over extends Error {}

/** The owner learns that someone who knows the password guesses codes. */
function locked({ database, accounts, audit, emails }: Needs, { account, source }: AskedFactor) {
  const record = audit.record('two-factor.locked', source, { account: account.id })
  const to = recipientOf(account)
  const message = emails.prepare({ kind: 'two-factor-locked', accountId: account.id, to, source })
  return async (trx: Store) => {
    await accounts.hold(trx, database.dialect, account.id)
    await audit.write(trx, record)
    await emails.notify(trx, message)
  }
}
