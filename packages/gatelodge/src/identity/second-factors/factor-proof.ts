// A proof of the second factor: what is given, what it needs, and what comes of it.
import type { Database } from '../../database/connect.ts'
import type { Store } from '../../database/transaction.ts'
import type { Clock } from '../../time.ts'
import type { Recipient } from '../accounts/recipient.ts'
import type { accounts } from '../accounts/storage.ts'
import type { Attempts, RateLimited, Tries } from '../attempts/rules.ts'
import type { RequestSource } from '../audit/request-source.ts'
import type { Audit } from '../audit/rules.ts'
import type { LoginAccount } from '../logins/login.ts'
import type { Methods } from '../logins/methods.ts'
import type { LoginsUnderWay } from '../logins/rules.ts'
import type { LoginUnderWay } from '../logins/storage.ts'
import type { Passkeys } from '../passkeys/rules.ts'
import type { SecondFactors } from './rules.ts'
import type { CodeProblem } from './typed-code.ts'

/** As the form sends it: one of these. */
export interface TypedFactor {
  code?: string | undefined
  recovery_code?: string | undefined
  /** Or what an authenticator answered: JSON of a form, an object of a program. */
  answer?: unknown
}

export type FactorCode = CodeProblem | 'wrong' | 'used' | 'clock'
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

export interface ProofNeeds {
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
