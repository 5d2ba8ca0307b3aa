// Accounts a page at a time, for the people who run the site: sorted, filtered, or found by how they begin. A page is read
// from an index that begins where the page before ended, so that it is as quick among a million as among a few. Nothing is
// counted. Values are parameters, and a search is a range of the index: there is no pattern to escape (ASVS V1.2.4).
import { sql } from 'kysely'
import { isGroupName } from '../../config/group-name.ts'
import type { Store } from '../../database/transaction.ts'
import { idFrom } from '../ids.ts'
import type { Account } from './account.ts'
import { parseAddress } from './address.ts'
import { type AccountOrder, isAscii, type ListCursor, readCursor, writeCursor } from './list-cursor.ts'
import { accountFrom } from './row-storage.ts'
import { sortedName } from './sorted.ts'

/** As the generated column counts them. */
const states = { active: 0, disabled: 1, deleted: 2 } as const
const columns = { registered: 'id', address: 'email_sorted', name: 'name_sorted' } as const

export type AccountState = keyof typeof states
export const accountStates = Object.keys(states) as AccountState[]

/** What proves more than the password: an app, a passkey, nothing. */
export const accountFactors = ['app', 'passkey', 'none'] as const
export type AccountFactor = (typeof accountFactors)[number]

export interface AccountsWanted {
  /** An address or id as a whole, or the beginning of an address or name. */
  query?: string | undefined
  state?: AccountState | undefined
  group?: string | undefined
  factor?: AccountFactor | undefined
  /** Of a list without a query: `registered` has the newest in front. With one: those that match by address, then by name. */
  order?: AccountOrder | undefined
  /** At most so many. */
  limit: number
  /** What the page before gave as `next`. */
  cursor?: string | undefined
}

export interface AccountsPage {
  accounts: Account[]
  /** For the next page; undefined: this was the last. */
  next: string | undefined
}

/** One index that is read. */
interface Lane {
  order: AccountOrder
  begins?: string | undefined
  /** They were in a lane before. */
  notAddress?: string | undefined
}

/** @returns undefined for a cursor that no page gave. */
export async function listAccounts(store: Store, wanted: AccountsWanted): Promise<AccountsPage | undefined> {
  if (wanted.group !== undefined && !isGroupName(wanted.group)) return { accounts: [], next: undefined }
  const query = wanted.query?.trim() ?? ''
  const id = idFrom(query)
  if (id) return { accounts: await read(store, wanted, { order: 'registered' }, { id }, 1), next: undefined }
  const lanes = query === '' ? [{ order: wanted.order ?? 'registered' }] : lanesOf(query)
  const cursor = wanted.cursor === undefined ? undefined : readCursor(wanted.cursor)
  if (wanted.cursor !== undefined && (!cursor || !lanes.some(({ order }) => order === cursor.order))) return undefined
  const found: { account: Account; cursor: ListCursor }[] = []
  const first = lanes.findIndex(({ order }) => order === (cursor?.order ?? lanes[0]?.order))
  for (const [at, lane] of lanes.slice(first).entries()) {
    const left = wanted.limit + 1 - found.length
    const beside = { after: at === 0 ? cursor : undefined }
    const accounts = left > 0 ? await readLane(store, wanted, lane, beside, left) : []
    found.push(...accounts.map((account) => ({ account, cursor: cursorOf(account, lane.order) })))
  }
  const page = found.slice(0, wanted.limit)
  const last = page.at(-1)
  const next = found.length > wanted.limit && last ? writeCursor(last.cursor) : undefined
  return { accounts: page.map(({ account }) => account), next }
}

function lanesOf(query: string): Lane[] {
  const address = parseAddress(query)?.normalised ?? query.toLowerCase()
  const name = sortedName(query)
  // What is not ASCII begins no normalised address.
  if (!isAscii(address)) return [{ order: 'name', begins: name }]
  return [
    { order: 'address', begins: address },
    { order: 'name', begins: name, notAddress: address },
  ]
}

function cursorOf(account: Account, order: AccountOrder): ListCursor {
  return { order, id: account.id, key: keyOf(account, order) }
}

function keyOf(account: Account, order: AccountOrder): string {
  if (order === 'registered') return ''
  return order === 'name' ? sortedName(account.name) : (parseAddress(account.email)?.normalised ?? '')
}

/**
 * Few accounts may be in a group, or have a factor, among a million: where the list is in the order of registration, the
 * table that names them is read instead, in the same order.
 */
async function readLane(store: Store, wanted: AccountsWanted, lane: Lane, beside: Beside, most: number) {
  const isOfFewStates = wanted.state === 'disabled' || wanted.state === 'deleted'
  const named = lane.order === 'registered' && !isOfFewStates ? namedIn(store, wanted) : undefined
  return named ? readNamed(store, wanted, named, beside.after?.id, most) : read(store, wanted, lane, beside, most)
}

interface Beside {
  after?: ListCursor | undefined
  id?: Buffer
}

/** Of each state its own part of the index, and the nearest of them all. */
async function read(store: Store, wanted: AccountsWanted, lane: Lane, beside: Beside, most: number) {
  const kinds = wanted.state ? [wanted.state] : accountStates
  const found: Account[] = []
  for (const state of kinds) {
    const rows = await statement(store, { ...wanted, state }, lane, beside, most).execute()
    found.push(...rows.map(accountFrom))
  }
  return found.sort((one, other) => compare(one, other, lane.order)).slice(0, most)
}

/** As both databases do: byte by byte. */
function compare(one: Account, other: Account, order: AccountOrder): number {
  if (order === 'registered') return other.id.compare(one.id)
  const [left, right] = [one, other].map((account) => Buffer.from(keyOf(account, order))) as [Buffer, Buffer]
  return left.compare(right) || one.id.compare(other.id)
}

type Named = (after: Buffer | undefined) => Promise<Buffer[]>

/** Ids that are looked at in one turn. */
const turn = 200

function namedIn(store: Store, { group, factor }: AccountsWanted): Named | undefined {
  const next = <Row extends { account_id: Buffer }>(rows: Row[]) => rows.map((row) => row.account_id)
  if (group !== undefined)
    return async (after) =>
      next(
        await store
          .selectFrom('gatelodge_group_members')
          .select('account_id')
          .where('group_name', '=', group)
          .$if(after !== undefined, (query) => query.where('account_id', '<', after as Buffer))
          .orderBy('account_id', 'desc')
          .limit(turn)
          .execute(),
      )
  const table = { app: 'gatelodge_totp', passkey: 'gatelodge_passkeys', none: undefined } as const
  const from = factor && table[factor]
  if (!from) return undefined
  return async (after) =>
    next(
      await store
        .selectFrom(from)
        .select('account_id')
        .distinct()
        .$if(after !== undefined, (query) => query.where('account_id', '<', after as Buffer))
        .orderBy('account_id', 'desc')
        .limit(turn)
        .execute(),
    )
}

/** Each turn begins where the one before ended, until the page is full. */
async function readNamed(
  store: Store,
  { state, group, factor }: AccountsWanted,
  named: Named,
  after: Buffer | undefined,
  most: number,
): Promise<Account[]> {
  const kinds = (state ? [state] : accountStates).map((one) => states[one])
  const found: Account[] = []
  let ids = await named(after)
  while (ids.length > 0 && found.length < most) {
    let query = all(store).where('id', 'in', ids).where('state', 'in', kinds)
    if (group !== undefined) query = query.where(isMember(group))
    if (factor !== undefined) query = query.where(hasFactor[factor])
    const rows = await query.orderBy('id', 'desc').execute()
    found.push(...rows.map(accountFrom))
    ids = ids.length < turn ? [] : await named(ids.at(-1))
  }
  return found.slice(0, most)
}

type Wanted = AccountsWanted & { state: AccountState }

const all = (store: Store) => store.selectFrom('gatelodge_accounts').selectAll('gatelodge_accounts')

function statement(store: Store, { state, group, factor }: Wanted, lane: Lane, { after, id }: Beside, most: number) {
  const column = columns[lane.order]
  let query = all(store).where('state', '=', states[state])
  if (id) query = query.where('id', '=', id)
  if (group !== undefined) query = query.where(isMember(group))
  if (factor !== undefined) query = query.where(hasFactor[factor])
  if (lane.begins !== undefined && column !== 'id')
    query = query.where(column, '>=', lane.begins).where(column, '<', lane.begins + last[column])
  if (lane.notAddress !== undefined) {
    const address = lane.notAddress
    query = query.where((row) =>
      row.or([row('email_sorted', '<', address), row('email_sorted', '>=', address + last.email_sorted)]),
    )
  }
  if (column === 'id') {
    if (after) query = query.where('id', '<', after.id)
    return query.orderBy('id', 'desc').limit(most)
  }
  if (after)
    query = query
      .where(column, '>=', after.key)
      .where((row) => row.or([row(column, '>', after.key), row('id', '>', after.id)]))
  return query.orderBy(column).orderBy('id').limit(most)
}

/** Sorts behind whatever else a column holds. */
const last = { email_sorted: '\x7f', name_sorted: '\u{10ffff}' }

const isMember = (group: string) => sql<boolean>`exists (select 1 from gatelodge_group_members as member
  where member.account_id = gatelodge_accounts.id and member.group_name = ${group})`

const hasPasskey = sql<boolean>`exists (select 1 from gatelodge_passkeys as passkey
  where passkey.account_id = gatelodge_accounts.id)`

const hasFactor: Record<AccountFactor, ReturnType<typeof isMember>> = {
  app: sql<boolean>`has_app = 1`,
  passkey: hasPasskey,
  none: sql<boolean>`has_app = 0 and not ${hasPasskey}`,
}
