// The first thing in a transaction of someone who is logged in: their account is held, and their session is still there.
import type { Database } from '../../database/connect.ts'
import type { Store } from '../../database/transaction.ts'
import type { HeldAccount } from '../accounts/account.ts'
import type { accounts } from '../accounts/storage.ts'
import type { sessions } from './storage.ts'

interface Needs {
  database: Pick<Database, 'dialect'>
  accounts: Pick<typeof accounts, 'hold'>
  sessionRows: Pick<typeof sessions, 'exists'>
}

/**
 * Anyone who ended the session meanwhile has thrown this browser out; and two that log each other out at the same moment must not
 * both succeed.
 * @returns the account as it is now; undefined where the session is over, or the account closed.
 */
export async function holdWhileIn(
  { database, accounts, sessionRows }: Needs,
  trx: Store,
  { account, tokenHash }: { account: { id: Buffer }; tokenHash: Buffer },
): Promise<HeldAccount | undefined> {
  const held = await accounts.hold(trx, database.dialect, account.id)
  return held && (await sessionRows.exists(trx, tokenHash)) ? held : undefined
}
