// What lets people into an account ends here, whole: another way in that is added is ended here, too.
import type { Store } from '../../database/transaction.ts'
import type { SecondFactors } from '../second-factors/rules.ts'
import type { Sessions } from '../sessions/rules.ts'
import type { EndReason } from '../sessions/storage.ts'
import type { LoginsUnderWay } from './rules.ts'

interface Needs {
  sessions: Sessions
  loginsUnderWay: LoginsUnderWay
  secondFactors: SecondFactors
}

/**
 * Nobody stays in, no log-in that is under way comes in, and no device skips the second factor any more (ASVS V7.4.2). In the
 * transaction of the caller, who holds the account's row.
 */
export async function endAccess(
  { sessions, loginsUnderWay, secondFactors }: Needs,
  trx: Store,
  accountId: Buffer,
  why: EndReason,
): Promise<void> {
  await sessions.endOthers(trx, accountId, undefined, why)
  await loginsUnderWay.cancelAll(trx, accountId)
  await secondFactors.trusted.removeAll(trx, accountId)
}
