// The accounts table.
import { sql } from 'kysely'
import { writeOwn } from '../../database/custom-values.ts'
import type { Dialect } from '../../database/dialect.ts'
import type { Store } from '../../database/transaction.ts'
import { digest } from '../sealing.ts'
import { type Account, type HeldAccount, hasLeft, type NewAccount } from './account.ts'
import type { Address } from './address.ts'
import { addressKey } from './address-key.ts'
import type { CustomValues } from './custom-fields.ts'
import { accountFrom, type FoundAccountRow, newRow } from './row-storage.ts'
import { sortedName } from './sorted.ts'

type FactorChanges = Partial<Pick<Account, 'hasApp' | 'asksPasskeySince' | 'passkeyOfferAnsweredAt'>>

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

/** An account that has left gives up its address, and can no longer come back: the next purge removes it. */
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
