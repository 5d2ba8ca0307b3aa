// A wrong code or passkey: counted, recorded, and the owner gets an email when the tries are used up.
import type { Store } from '../../database/transaction.ts'
import { recipientOf } from '../accounts/recipient.ts'
import type { RateLimited, Tries } from '../attempts/rules.ts'
import { mostTries } from '../logins/storage.ts'
import type { AskedFactor, FactorCode, FactorProblem, FactorRefusal, ProofNeeds } from './factor-proof.ts'
import type { LookedAt } from './rules.ts'

export interface WrongCode {
  field: FactorProblem['field']
  tries: Tries
  code: Extract<LookedAt, { kind: 'wrong' }>['code']
}

/** Counted and recorded in one transaction: where it fails, no try is spent; of many at once, no more than there is room for. */
export async function refuse(
  needs: ProofNeeds,
  asked: AskedFactor,
  { field, tries, code }: WrongCode,
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
function locked({ database, accounts, audit, emails }: ProofNeeds, { account, source }: AskedFactor) {
  const record = audit.record('two-factor.locked', source, { account: account.id })
  const to = recipientOf(account)
  const message = emails.prepare({ kind: 'two-factor-locked', accountId: account.id, to, source })
  return async (trx: Store) => {
    await accounts.hold(trx, database.dialect, account.id)
    await audit.write(trx, record)
    await emails.notify(trx, message)
  }
}

export function problemOf(field: FactorProblem['field'], code: FactorCode): FactorProblem {
  if (field === 'answer') return { field, code: 'wrong' }
  if (field === 'code') return { field, code }
  return { field, code: code === 'full-width' || code === 'clock' ? 'wrong' : code }
}
