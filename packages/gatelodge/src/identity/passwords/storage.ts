// The passwords table.
import type { AccountRow, PasswordRow } from '../../database/schema.ts'
import type { Store } from '../../database/transaction.ts'
import { parseAddress } from '../accounts/address.ts'
import { digest } from '../sealing.ts'

export interface Credential {
  accountId: Buffer
  hash: string
  version: number
  /** By the operator, or because its owner has said goodbye. */
  isDisabled: boolean
  verifiedAt: number | null
  /** For a letter to its owner. */
  name: string
  email: string
}

export const passwords = {
  async insert(store: Store, accountId: Buffer, hash: string, now: number): Promise<void> {
    await store
      .insertInto('gatelodge_passwords')
      .values({ account_id: accountId, hash, version: 1, changed_at: now })
      .execute()
  },

  /** One statement, the same for an address that is known, unknown or none at all. */
  async findByAddress(store: Store, typed: string): Promise<Credential | undefined> {
    const key = digest(parseAddress(typed)?.normalised ?? typed)
    return credential(store).where('account.email_key', '=', key).executeTakeFirst().then(fromRow)
  },

  async findByAccount(store: Store, accountId: Buffer): Promise<Credential | undefined> {
    return credential(store).where('account.id', '=', accountId).executeTakeFirst().then(fromRow)
  },

  /**
   * Sets a new password where the proved version is still the one in force: of two changes at once, one wins.
   * Our own hash in the row means that an earlier try of this very change had worked (its salt is nobody else's).
   * @returns whether it is the password now.
   */
  async change(store: Store, proved: Credential, hash: string, now: number): Promise<boolean> {
    const { numUpdatedRows } = await store
      .updateTable('gatelodge_passwords')
      .set({ hash, version: proved.version + 1, changed_at: now })
      .where('account_id', '=', proved.accountId)
      .where((row) => row.or([row('version', '=', proved.version), row('hash', '=', hash)]))
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },

  /**
   * A new one for whoever has lost the old one and proved by letter who they are; also where the row is missing. The
   * caller holds the account's row.
   */
  async replace(store: Store, accountId: Buffer, hash: string, now: number): Promise<void> {
    const { numUpdatedRows } = await store
      .updateTable('gatelodge_passwords')
      .set((row) => ({ version: row('version', '+', 1), hash, changed_at: now }))
      .where('account_id', '=', accountId)
      // Our own hash in the row means that an earlier try of this very change had worked (its salt is nobody else's).
      .where('hash', '!=', hash)
      .executeTakeFirst()
    if (numUpdatedRows > 0n) return
    const row = await store
      .selectFrom('gatelodge_passwords')
      .select('version')
      .where('account_id', '=', accountId)
      .executeTakeFirst()
    if (!row) await passwords.insert(store, accountId, hash, now)
  },

  /** The same password under new parameters. Whoever comes second changes nothing. */
  async renewHash(store: Store, old: Credential, hash: string): Promise<void> {
    await store
      .updateTable('gatelodge_passwords')
      .set({ hash })
      .where('account_id', '=', old.accountId)
      .where('hash', '=', old.hash)
      .execute()
  },
}

function credential(store: Store) {
  return store
    .selectFrom('gatelodge_accounts as account')
    .innerJoin('gatelodge_passwords as password', 'password.account_id', 'account.id')
    .select([
      'account.id',
      'account.disabled_at',
      'account.deletes_at',
      'account.verified_at',
      'account.name',
      'account.email',
      'password.hash',
      'password.version',
    ])
}

type CredentialRow = Pick<AccountRow, 'id' | 'name' | 'email' | 'disabled_at' | 'deletes_at' | 'verified_at'> &
  Pick<PasswordRow, 'hash' | 'version'>

function fromRow(row: CredentialRow | undefined): Credential | undefined {
  return (
    row && {
      accountId: row.id,
      hash: row.hash,
      version: row.version,
      isDisabled: row.disabled_at !== null || row.deletes_at !== null,
      verifiedAt: row.verified_at === null ? null : Number(row.verified_at),
      name: row.name,
      email: row.email,
    }
  )
}
