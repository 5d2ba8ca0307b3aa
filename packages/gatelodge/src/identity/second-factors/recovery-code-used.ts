// The email and the record of a used recovery code.
import type { Store } from '../../database/transaction.ts'
import { recipientOf } from '../accounts/recipient.ts'
import type { AskedFactor, ProofNeeds } from './factor-proof.ts'
import { fewRecoveryCodes } from './limits.ts'

/** The owner gets an email for each, and another text when few are left. Both are made before the first try, so that a retry repeats them. */
export function recoveryCodeUsed(needs: ProofNeeds, { account, source }: AskedFactor): (trx: Store) => Promise<void> {
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
