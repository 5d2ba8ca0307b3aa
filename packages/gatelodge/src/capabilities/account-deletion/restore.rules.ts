// The way back to a closed account, by the link in the email. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import type { Account } from '../../identity/accounts/account.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import type { Token } from '../../identity/tokens/storage.ts'
import type { Services } from '../../services.ts'

type Needs = Pick<Services, 'clock' | 'database' | 'accounts' | 'audit' | 'tokens'>

/** @returns undefined for a link that does not work any more. Changes nothing. */
export async function findClosed(needs: Needs, text: string): Promise<{ account: Account; token: Token } | undefined> {
  const { clock, database, accounts, tokens } = needs
  const token = await tokens.find(text, 'restore-account')
  if (!token || !tokens.isGood(token)) return undefined
  const account = await accounts.findById(database.db, token.accountId)
  // One that the operator has disabled is theirs to open.
  if (!account?.deletesAt || account.disabledAt !== null) return undefined
  return account.deletesAt > clock.now() ? { account, token } : undefined
}

/** The account is as it was, and nobody is logged in. @returns whose it is; undefined where there is no way back. */
export async function restoreAccount(needs: Needs, text: string, source: RequestSource): Promise<Buffer | undefined> {
  const { clock, database, accounts, audit, tokens } = needs
  const found = await findClosed(needs, text)
  if (!found) return undefined
  const { account, token } = found
  const attempt = tokens.attempt()
  const record = audit.record('account.restored', source, { account: account.id })
  const work = async (trx: Store) => {
    if (!(await accounts.reopen(trx, account.id, clock.now()))) return undefined
    if (!(await tokens.use(trx, token, attempt))) throw new UsedMeanwhile()
    await audit.write(trx, record)
    return account.id
  }
  const landed = async (db: Store) => ((await tokens.wasUsedBy(db, token, attempt)) ? account.id : undefined)
  try {
    const outcome = await database.transact(work, landed)
    return outcome === 'duplicate' ? undefined : outcome
  } catch (error) {
    if (error instanceof UsedMeanwhile) return undefined
    throw error
  }
}

/** Someone came back with it, and has left once more: thrown, so that this account stays closed. */
class UsedMeanwhile extends Error {}
