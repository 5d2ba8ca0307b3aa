// The passwords table.
import { momentFrom } from '../../database/moment.ts'
import type { AccountRow, PasswordRow } from '../../database/schema.ts'
import type { Store } from '../../database/transaction.ts'
import { parseAddress } from '../accounts/address.ts'
import { readGroups } from '../groups/names.ts'
import { digest } from '../sealing.ts'

/** Of an account, whether or not it has a password. */
export interface Credential {
  accountId: Buffer
  /** Null: the account has no password, so none is right. */
  hash: string | null
  passwordVersion: number
  factorVersion: number
  hasSecondFactor: boolean
  hasApp: boolean
  groups: readonly string[]
  /** By the operator, or because its owner deleted the account. */
  isDisabled: boolean
  verifiedAt: number | null
  /** Since when another password is demanded. */
  passwordDemandedAt: number | null
  /** For an email to its owner. */
  name: string
  email: string
}

export const passwords = {
  /** The first password of an account that was just inserted: its version stays. */
  async insert(store: Store, accountId: Buffer, hash: string, now: number): Promise<void> {
    await store
      .insertInto('gatelodge_passwords')
      .values({ account_id: accountId, hash, foreign_format: null })
      .execute()
    await store
      .updateTable('gatelodge_accounts')
      .set({ password_changed_at: now })
      .where('id', '=', accountId)
      .execute()
  },

  /** First passwords of accounts that were just inserted, as other systems stored them. @param all each with its label. */
  async insertForeign(store: Store, all: { id: Buffer; hash: string; label: string }[]): Promise<void> {
    if (all.length === 0) return
    const rows = all.map(({ id, hash, label }) => ({ account_id: id, hash, foreign_format: label }))
    await store.insertInto('gatelodge_passwords').values(rows).execute()
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
    const { accountId, passwordVersion } = proved
    const { numUpdatedRows } = await rise(store, accountId, now)
      .where('password_version', '=', passwordVersion)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return (await currentHash(store, accountId)) === hash
    await store
      .updateTable('gatelodge_passwords')
      .set({ hash, foreign_format: null })
      .where('account_id', '=', accountId)
      .execute()
    return true
  },

  /**
   * A new one for an owner who lost the old one, or never had one, and proved by a link in an email who they are. The caller
   * holds the account's row.
   */
  async replace(store: Store, accountId: Buffer, hash: string, now: number): Promise<void> {
    const current = await currentHash(store, accountId)
    // Our own hash in the row means that an earlier try of this very change had worked (its salt is nobody else's).
    if (current === hash) return
    await rise(store, accountId, now).execute()
    if (current === undefined)
      await store
        .insertInto('gatelodge_passwords')
        .values({ account_id: accountId, hash, foreign_format: null })
        .execute()
    else
      await store
        .updateTable('gatelodge_passwords')
        .set({ hash, foreign_format: null })
        .where('account_id', '=', accountId)
        .execute()
  },

  /**
   * Another one is demanded than the one in force, at the next log-in with it. The caller holds the row.
   * @returns false: the account has no password.
   */
  async demandNew(store: Store, accountId: Buffer, now: number): Promise<boolean> {
    const { numUpdatedRows } = await store
      .updateTable('gatelodge_accounts')
      .set({ password_demanded_at: now })
      .where('id', '=', accountId)
      .where('password_changed_at', 'is not', null)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },

  /** An owner who proves otherwise who they are does not keep a password that a stranger may have set. The caller holds the row. */
  async remove(store: Store, accountId: Buffer): Promise<void> {
    await store
      .updateTable('gatelodge_accounts')
      .set((row) => ({
        password_version: row('password_version', '+', 1),
        ...{ password_changed_at: null, password_demanded_at: null },
      }))
      .where('id', '=', accountId)
      .execute()
    await store.deleteFrom('gatelodge_passwords').where('account_id', '=', accountId).execute()
  },

  /** One hash of each foreign format that is left, in the order of their labels; as many statements as there are formats. */
  async foreignFormats(store: Store, most: number): Promise<{ format: string; hash: string }[]> {
    const found: { format: string; hash: string }[] = []
    for (let last = ''; found.length < most; ) {
      const next = await store
        .selectFrom('gatelodge_passwords')
        .select(['foreign_format', 'hash'])
        .where('foreign_format', '>', last)
        .orderBy('foreign_format')
        .limit(1)
        .executeTakeFirst()
      if (!next?.foreign_format) break
      last = next.foreign_format
      found.push({ format: last, hash: next.hash })
    }
    return found
  },

  /** The same password under new parameters. Anyone who comes second changes nothing. */
  async renewHash(store: Store, old: Pick<Credential, 'accountId' | 'hash'>, hash: string): Promise<void> {
    await store
      .updateTable('gatelodge_passwords')
      .set({ hash, foreign_format: null })
      .where('account_id', '=', old.accountId)
      .where('hash', '=', old.hash)
      .execute()
  },
}

/** Everything that was proved with the password before it is worthless from the COMMIT on, and a demand for another is met. */
function rise(store: Store, accountId: Buffer, now: number) {
  return store
    .updateTable('gatelodge_accounts')
    .set((row) => ({
      password_version: row('password_version', '+', 1),
      ...{ password_changed_at: now, password_demanded_at: null },
    }))
    .where('id', '=', accountId)
}

async function currentHash(store: Store, accountId: Buffer): Promise<string | undefined> {
  const row = await store
    .selectFrom('gatelodge_passwords')
    .select('hash')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row?.hash
}

function credential(store: Store) {
  return store
    .selectFrom('gatelodge_accounts as account')
    .leftJoin('gatelodge_passwords as password', 'password.account_id', 'account.id')
    .select([
      'account.id',
      'account.disabled_at',
      'account.deletes_at',
      'account.verified_at',
      'account.name',
      'account.email',
      'account.password_version',
      'account.password_demanded_at',
      'account.factor_version',
      'account.has_second_factor',
      'account.has_app',
      'account.member_of',
      'password.hash',
    ])
}

type CredentialRow = Pick<
  AccountRow,
  | 'id'
  | 'name'
  | 'email'
  | 'disabled_at'
  | 'deletes_at'
  | 'verified_at'
  | 'password_version'
  | 'password_demanded_at'
  | 'factor_version'
  | 'has_app'
  | 'member_of'
> & { has_second_factor: number; hash: PasswordRow['hash'] | null }

function fromRow(row: CredentialRow | undefined): Credential | undefined {
  return (
    row && {
      accountId: row.id,
      hash: row.hash,
      passwordVersion: row.password_version,
      factorVersion: row.factor_version,
      hasSecondFactor: row.has_second_factor === 1,
      hasApp: row.has_app === 1,
      groups: readGroups(row.member_of),
      isDisabled: row.disabled_at !== null || row.deletes_at !== null,
      verifiedAt: momentFrom(row.verified_at),
      passwordDemandedAt: momentFrom(row.password_demanded_at),
      name: row.name,
      email: row.email,
    }
  )
}
