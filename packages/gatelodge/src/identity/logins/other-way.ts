// The last way to log in to an account stays: its owner does not remove it, and neither do the people who run the site.
import type { Store } from '../../database/transaction.ts'

interface Needs {
  passwords: { findByAccount(store: Store, accountId: Buffer): Promise<{ hash: string | null } | undefined> }
  passkeys: { ofAccount(store: Store, accountId: Buffer): Promise<{ id: Buffer }[]> }
  connections: { rows: { ofAccount(store: Store, accountId: Buffer): Promise<{ id: Buffer }[]> } }
}

/** What logs in to an account without its password. */
export interface OtherWays {
  passkeys: number
  /** As the settings call them; one that they no longer have logs nobody in. */
  providers: string[]
}

interface Ways {
  database: { db: Store }
  passkeys: { ofAccount(store: Store, accountId: Buffer): Promise<unknown[]> }
  connections: {
    find(name: string): { label: string } | undefined
    rows: { ofAccount(store: Store, accountId: Buffer): Promise<{ provider: string }[]> }
  }
}

/** For the notice of a new password: these stay, and not all of them need be the owner's. */
export async function otherWaysOf(
  { database: { db }, passkeys, connections }: Ways,
  accountId: Buffer,
): Promise<OtherWays> {
  const [keys, connected] = await Promise.all([
    passkeys.ofAccount(db, accountId),
    connections.rows.ofAccount(db, accountId),
  ])
  return {
    passkeys: keys.length,
    providers: connected.flatMap(({ provider }) => connections.find(provider)?.label ?? []),
  }
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
