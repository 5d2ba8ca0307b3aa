// What the two transactions of a log-in share: the one that starts its session, and the one that writes down that a step is
// due first.
import type { Store } from '../../database/transaction.ts'
import type { Attempts } from '../../identity/attempts/rules.ts'
import type { Login } from '../../identity/logins/login.ts'

/** What was proved does not hold any more. */
export type ChangedMeanwhile = { kind: 'changed-meanwhile' }

/** The way in itself said no, in the transaction. */
export type Refused<Refusal> = { kind: 'refused-by-work'; refusal: Refusal }

/** Thrown, so that all of the transaction goes. */
export class NotStarted extends Error {
  readonly refusal: unknown

  constructor(refusal?: unknown) {
    super('the log-in did not go on')
    this.refusal = refusal
  }
}

/** @throws whatever is none of ours. */
export function refusalOf<R>(error: unknown): ChangedMeanwhile | Refused<R> {
  if (!(error instanceof NotStarted)) throw error
  if (error.refusal === undefined) return { kind: 'changed-meanwhile' }
  return { kind: 'refused-by-work', refusal: error.refusal as R }
}

/** First of all: of many at once, a right proof has no more room than a wrong one. */
export async function prepareTries(attempts: Attempts, trx: Store, tries: Login['tries']): Promise<void> {
  if (!tries?.admit || tries.admit.length === 0) return
  const isCounted = await attempts.admit(trx, tries.admit)
  if (tries.forgets && isCounted) await attempts.forget(trx, tries.admit)
}

/** Last, because many may wait for these rows. */
export async function countRest(attempts: Attempts, trx: Store, tries: Login['tries']): Promise<void> {
  if (tries?.count) await attempts.count(trx, tries.count)
}
