// The end of a session, and its record. Knows no HTTP and no SQL.
import type { Store } from '../../database/transaction.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import type { Services } from '../../services.ts'

type Needs = Pick<Services, 'database' | 'accounts' | 'sessions' | 'audit' | 'hooks'>

/** Of several at once, one is recorded. @param account whose session it is; undefined where it has ended already. */
export async function logOut(
  { database, accounts, sessions, audit, hooks }: Needs,
  tokenHash: Buffer,
  account: Buffer | undefined,
  source: RequestSource,
): Promise<void> {
  const record = audit.record('logout.succeeded', source, { account })
  await database.transact(
    async (trx: Store) => {
      // First, as whatever else ends sessions does: two that lock the account and its sessions crosswise wait for each other.
      if (account) await accounts.hold(trx, database.dialect, account)
      if ((await sessions.end(trx, tokenHash)) && account) await audit.write(trx, record)
    },
    // A second try finds nothing to end, and records nothing.
    async () => undefined,
  )
  if (account) await hooks.loggedOut(account, source, 'here')
}
