// The last way to log in to an account stays: its owner does not remove it, and neither do the people who run the site.
import type { Store } from '../../database/transaction.ts'

interface Needs {
  passwords: { findByAccount(store: Store, accountId: Buffer): Promise<{ hash: string | null } | undefined> }
  passkeys: { ofAccount(store: Store, accountId: Buffer): Promise<{ id: Buffer }[]> }
  connections: { rows: { ofAccount(store: Store, accountId: Buffer): Promise<{ id: Buffer }[]> } }
}

/** The caller holds the account's row. @returns whether it has a way in beside that passkey or connection. */
export async function hasOtherWay(
  { passwords, passkeys, connections }: Needs,
  trx: Store,
  accountId: Buffer,
  without: Buffer,
): Promise<boolean> {
  if ((await passwords.findByAccount(trx, accountId))?.hash != null) return true
  const others = [...(await connections.rows.ofAccount(trx, accountId)), ...(await passkeys.ofAccount(trx, accountId))]
  return others.some(({ id }) => !id.equals(without))
}
