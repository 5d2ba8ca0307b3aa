// An account and its row in the accounts table: one becomes the other here, and nowhere else.
import type { Selectable } from 'kysely'
import { readOwn, writeOwn } from '../../database/custom-values.ts'
import { momentFrom } from '../../database/moment.ts'
import type { AccountRow, Tables } from '../../database/schema.ts'
import { readGroups } from '../groups/names.ts'
import { type Account, firstVersion, type NewAccount } from './account.ts'
import { addressKey } from './address-key.ts'
import { sortedName } from './sorted.ts'

export type FoundAccountRow = Selectable<Tables['gatelodge_accounts']>

export function newRow({ id, name, address, createdAt, fields = {}, ...more }: NewAccount): AccountRow {
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

/** What stands in a row, as the rules know it. */
export function accountFrom(row: FoundAccountRow): Account {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    createdAt: Number(row.created_at),
    disabledAt: momentFrom(row.disabled_at),
    verifiedAt: momentFrom(row.verified_at),
    pendingEmail: row.pending_email,
    deletesAt: momentFrom(row.deletes_at),
    passwordVersion: row.password_version,
    factorVersion: row.factor_version,
    hasSecondFactor: row.has_second_factor === 1,
    hasApp: row.has_app === 1,
    asksPasskeySince: momentFrom(row.asks_passkey_since),
    passkeyOfferAnsweredAt: momentFrom(row.passkey_offer_answered_at),
    groups: readGroups(row.member_of),
    passwordChangedAt: momentFrom(row.password_changed_at),
    passwordDemandedAt: momentFrom(row.password_demanded_at),
    fields: readOwn(row.fields),
  }
}
