// What a way in hands over once it knows who someone is. No session has started yet: web/session/complete-login.ts decides.
import type { Store } from '../../database/transaction.ts'
import type { Account } from '../accounts/account.ts'
import type { Tries } from '../attempts/rules.ts'
import type { AuditedEvent } from '../audit/events.ts'
import type { Methods } from './methods.ts'

/** A way in. A capability that has one declares it in its `way-in.ts`; a test tries each of them with every step. */
export interface WayIn {
  name: string
  /** Recorded where a session starts. */
  succeeded: AuditedEvent
  /** Recorded where a step must be passed first. */
  unfinished: AuditedEvent
}

/** The account, at the versions that were proved. */
export type LoginAccount = Pick<
  Account,
  | ('id' | 'name' | 'email' | 'verifiedAt' | 'groups')
  | ('passwordVersion' | 'passwordDemandedAt' | 'factorVersion' | 'hasSecondFactor' | 'hasApp')
>

export interface Login<Refusal = never> {
  way: WayIn
  /** As it is once `work` is done. */
  account: LoginAccount
  /** What was proved, and when. */
  methods: Methods
  /** `work` makes the account: there is nothing yet that a step could find stored. */
  isNewAccount?: boolean
  /** What the proof is counted under: without room there is no session. */
  tries?: {
    /** For a proof that was right: it has no more room than a wrong one. */
    admit?: Tries
    /** And the count starts at zero again. */
    forgets?: boolean
    /** For what is counted whether or not it was right, such as registrations. */
    count?: Tries
  }
  /** The password was right, and its hash was made with older parameters: made again where the log-in succeeds. */
  outdatedHash?: { hash: string | null; password: string }
  /**
   * What the way in stores, in the transaction of the session and before it: all or nothing. Ids and tokens are made before.
   * @returns a refusal: then nothing of all this happens.
   */
  work?(trx: Store): Promise<Refusal | undefined>
}

/** What was asked for beside the log-in itself. */
export interface LoginOptions {
  remembered: boolean
  /** `bearer`: for an app, which gets a token in the answer and no cookie. */
  as: 'cookie' | 'bearer'
  /** As returnTarget() judged it. */
  returnTo?: string | undefined
}
