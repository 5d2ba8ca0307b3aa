// The accounts table.
import { type Selectable, sql } from 'kysely'
import { readOwn, writeOwn } from '../../database/custom-values.ts'
import type { Dialect } from '../../database/dialect.ts'
import type { AccountRow, Tables } from '../../database/schema.ts'
import type { Store } from '../../database/transaction.ts'
import { readGroups } from '../groups/names.ts'
import { digest } from '../sealing.ts'
import type { Address } from './address.ts'
import { addressKey } from './address-key.ts'
import type { CustomValues } from './custom-fields.ts'
import { sortedName } from './sorted.ts'

export interface Account {
  id: Buffer
  name: string
  email: string
  createdAt: number
  disabledAt: number | null
  /** Null: nobody has shown yet that they read what is sent to the address. */
  verifiedAt: number | null
  /** A new address that its owner has not confirmed yet. */
  pendingEmail: string | null
  /** Its owner deleted it: nobody can log in, and its data is deleted from this moment on. */
  deletesAt: number | null
  /** They only rise: with each new password, and with each change of a second factor or a passkey. */
  passwordVersion: number
  factorVersion: number
  /** A log-in proves a second factor, too: by an app, or because its owner wants a passkey asked for behind the password. */
  hasSecondFactor: boolean
  hasApp: boolean
  /** Since when its owner wants that; null: not. */
  asksPasskeySince: number | null
  /** When the offer to make a passkey was answered, or a passkey made; null: it may still be made. */
  passkeyOfferAnsweredAt: number | null
  /** Their names, sorted. */
  groups: readonly string[]
  /** Null: the account has no password. */
  passwordChangedAt: number | null
  /** Since when the people who run the site demand another password; null: not, or it was changed since. */
  passwordDemandedAt: number | null
  /** What the site asked at registration, beyond name and address. */
  fields: CustomValues
}

/** An account whose row is held: nobody else changes it before this transaction ends. */
export interface HeldAccount extends Account {
  addressKey: Buffer
}

export interface NewAccount {
  id: Buffer
  name: string
  address: Address
  createdAt: number
  verifiedAt?: number
  fields?: CustomValues
  disabledAt?: number | null
  passwordChangedAt?: number | null
}

type FactorChanges = Partial<Pick<Account, 'hasApp' | 'asksPasskeySince' | 'passkeyOfferAnsweredAt'>>

/** Of an account's password and of its factors, as it begins. */
export const firstVersion = 1

/** What a log-in needs to know of an account that it makes. */
export const asNew = {
  ...{ passwordVersion: firstVersion, factorVersion: firstVersion },
  ...{ hasSecondFactor: false, hasApp: false, groups: [], passwordDemandedAt: null },
}

export const accounts = {
  /** A second account for one address is the unique key's to refuse: the error ends the transaction. */
  async insert(store: Store, account: NewAccount): Promise<void> {
    await makeRoom(store, account.address)
    await store.insertInto('gatelodge_accounts').values(newRow(account)).execute()
  },

  /** Many in one statement, for addresses that nobody has, not even an account that was left. */
  async insertMany(store: Store, all: NewAccount[]): Promise<void> {
    await store.insertInto('gatelodge_accounts').values(all.map(newRow)).execute()
  },

  async findById(store: Store, id: Buffer): Promise<Account | undefined> {
    const row = await store.selectFrom('gatelodge_accounts').selectAll().where('id', '=', id).executeTakeFirst()
    return row && accountFrom(row)
  },

  async findByAddress(store: Store, address: Address): Promise<Account | undefined> {
    const key = addressKey(address)
    const row = await store.selectFrom('gatelodge_accounts').selectAll().where('email_key', '=', key).executeTakeFirst()
    return row && accountFrom(row)
  },

  /**
   * What writes for an account begins with this, first thing in its transaction: others who write for it wait, and no row
   * of it can appear once it is gone. @returns undefined where it is closed or gone.
   */
  async hold(store: Store, { updateLock }: Dialect, id: Buffer): Promise<HeldAccount | undefined> {
    const { rows } = await sql<FoundAccountRow>`
      select * from gatelodge_accounts where id = ${id} and disabled_at is null and deletes_at is null
      ${updateLock}`.execute(store)
    return rows[0] && { ...accountFrom(rows[0]), addressKey: rows[0].email_key }
  },

  /** The same for those who run the site: closed and disabled ones too. @returns undefined where its rows are being removed. */
  async holdAny(store: Store, { updateLock }: Dialect, id: Buffer): Promise<HeldAccount | undefined> {
    const { rows } = await sql<FoundAccountRow>`
      select * from gatelodge_accounts where id = ${id} and (deletes_at is null or deletes_at > 0)
      ${updateLock}`.execute(store)
    return rows[0] && { ...accountFrom(rows[0]), addressKey: rows[0].email_key }
  },

  async isTaken(store: Store, address: Address): Promise<boolean> {
    const account = await accounts.findByAddress(store, address)
    return account !== undefined && !hasLeft(account)
  },

  async setName(store: Store, id: Buffer, name: string): Promise<void> {
    await store
      .updateTable('gatelodge_accounts')
      .set({ name, name_sorted: sortedName(name) })
      .where('id', '=', id)
      .execute()
  },

  async setFields(store: Store, id: Buffer, fields: CustomValues): Promise<void> {
    await store
      .updateTable('gatelodge_accounts')
      .set({ fields: writeOwn(fields) })
      .where('id', '=', id)
      .execute()
  },

  /** What a stranger may have written about its owner: only what stands in the address is known. */
  async forgetWords(store: Store, id: Buffer, name: string): Promise<void> {
    await store
      .updateTable('gatelodge_accounts')
      .set({ name, name_sorted: sortedName(name), fields: null })
      .where('id', '=', id)
      .execute()
  },

  /** Its owner has shown that they read what comes to its address. The first moment stays. */
  async setVerified(store: Store, id: Buffer, now: number): Promise<void> {
    await store
      .updateTable('gatelodge_accounts')
      .set({ verified_at: now })
      .where('id', '=', id)
      .where('verified_at', 'is', null)
      .execute()
  },

  /**
   * A second factor or a passkey was added or removed: what was proved before is worthless from the COMMIT on. The caller
   * holds the row.
   * @param changes what is different from now on; what is not named stays.
   */
  async changeFactors(store: Store, id: Buffer, changes: FactorChanges = {}): Promise<void> {
    const { hasApp, asksPasskeySince, passkeyOfferAnsweredAt } = changes
    await store
      .updateTable('gatelodge_accounts')
      .set((row) => ({
        factor_version: row('factor_version', '+', 1),
        ...(hasApp !== undefined && { has_app: hasApp ? 1 : 0 }),
        ...(asksPasskeySince !== undefined && { asks_passkey_since: asksPasskeySince }),
        ...(passkeyOfferAnsweredAt !== undefined && { passkey_offer_answered_at: passkeyOfferAnsweredAt }),
      }))
      .where('id', '=', id)
      .execute()
  },

  /** The first answer stays. */
  async answerPasskeyOffer(store: Store, id: Buffer, now: number): Promise<void> {
    await store
      .updateTable('gatelodge_accounts')
      .set({ passkey_offer_answered_at: now })
      .where('id', '=', id)
      .where('passkey_offer_answered_at', 'is', null)
      .execute()
  },

  async setPendingEmail(store: Store, id: Buffer, email: string | null): Promise<void> {
    await store.updateTable('gatelodge_accounts').set({ pending_email: email }).where('id', '=', id).execute()
  },

  /** A confirmed one. An address that someone has meanwhile is the unique key's to refuse: the error ends the transaction. */
  async setAddress(store: Store, id: Buffer, address: Address, verifiedAt: number | null): Promise<void> {
    await makeRoom(store, address)
    await store
      .updateTable('gatelodge_accounts')
      .set({
        ...{ email: address.given, email_key: addressKey(address), email_sorted: address.normalised },
        ...{ verified_at: verifiedAt, pending_email: null },
      })
      .where('id', '=', id)
      .execute()
  },

  /** Closed at once, gone at that moment. */
  async close(store: Store, id: Buffer, deletesAt: number): Promise<void> {
    await store
      .updateTable('gatelodge_accounts')
      .set({ deletes_at: deletesAt, pending_email: null })
      .where('id', '=', id)
      .execute()
  },

  /** @returns whether it was still there to come back to. One that the operator has disabled is not its owner's to open. */
  async reopen(store: Store, id: Buffer, now: number): Promise<boolean> {
    const { numUpdatedRows } = await store
      .updateTable('gatelodge_accounts')
      .set({ deletes_at: null })
      .where('id', '=', id)
      .where('deletes_at', '>', now)
      .where('disabled_at', 'is', null)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },

  /**
   * To enable it also brings back one that was leaving.
   * @returns whether it was there; not where its rows are being removed already.
   */
  async setDisabled(store: Store, id: Buffer, disabledAt: number | null): Promise<boolean> {
    const state = disabledAt === null ? { disabled_at: null, deletes_at: null } : { disabled_at: disabledAt }
    const { numUpdatedRows } = await store
      .updateTable('gatelodge_accounts')
      .set(state)
      .where('id', '=', id)
      .where((row) => row.or([row('deletes_at', 'is', null), row('deletes_at', '>', 0)]))
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },
}

function newRow({ id, name, address, createdAt, fields = {}, ...more }: NewAccount): AccountRow {
  return {
    id,
    name,
    email: address.given,
    email_key: addressKey(address),
    created_at: createdAt,
    disabled_at: more.disabledAt ?? null,
    verified_at: more.verifiedAt ?? null,
    pending_email: null,
    deletes_at: null,
    password_version: firstVersion,
    password_changed_at: more.passwordChangedAt ?? null,
    password_demanded_at: null,
    factor_version: firstVersion,
    has_app: 0,
    asks_passkey_since: null,
    passkey_offer_answered_at: null,
    member_of: '',
    recent: '',
    fields: writeOwn(fields),
    email_sorted: address.normalised,
    name_sorted: sortedName(name),
  }
}

/** Closed, and never confirmed: anyone who did that may be a stranger, and must not keep the address from its owner. */
export function hasLeft({ deletesAt, verifiedAt, disabledAt }: Account): boolean {
  return deletesAt !== null && verifiedAt === null && disabledAt === null
}

/** Such an account gives its address up, and with it the way back; the next purge removes it. */
async function makeRoom(store: Store, address: Address): Promise<void> {
  const holder = await accounts.findByAddress(store, address)
  if (!holder || !hasLeft(holder)) return
  await store
    .updateTable('gatelodge_accounts')
    .set({ email: '', email_sorted: '', email_key: digest(holder.id.toString('hex')), deletes_at: 0 })
    .where('id', '=', holder.id)
    // Come back since it was looked at: then the unique key decides.
    .where('deletes_at', 'is not', null)
    .where('verified_at', 'is', null)
    .where('disabled_at', 'is', null)
    .execute()
}

type FoundAccountRow = Selectable<Tables['gatelodge_accounts']>

/** What stands in a row, as the rules know it. */
export function accountFrom(row: FoundAccountRow): Account {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    createdAt: Number(row.created_at),
    disabledAt: moment(row.disabled_at),
    verifiedAt: moment(row.verified_at),
    pendingEmail: row.pending_email,
    deletesAt: moment(row.deletes_at),
    passwordVersion: row.password_version,
    factorVersion: row.factor_version,
    hasSecondFactor: row.has_second_factor === 1,
    hasApp: row.has_app === 1,
    asksPasskeySince: moment(row.asks_passkey_since),
    passkeyOfferAnsweredAt: moment(row.passkey_offer_answered_at),
    groups: readGroups(row.member_of),
    passwordChangedAt: moment(row.password_changed_at),
    passwordDemandedAt: moment(row.password_demanded_at),
    fields: readOwn(row.fields),
  }
}

function moment(value: number | null): number | null {
  return value === null ? null : Number(value)
}
