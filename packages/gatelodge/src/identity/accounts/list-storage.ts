// Accounts a page at a time, for the people who run the site: sorted, filtered, or found by how they begin. A page is read
// from an index that begins where the page before ended, so that it is as quick among a million as among a few. Nothing is
// counted. Values are parameters, and a search is a range of the index: there is no pattern to escape (ASVS V1.2.4).
import { isGroupName } from '../../config/group-name.ts'
import type { Store } from '../../database/transaction.ts'
import { idFrom } from '../ids.ts'
import type { Account } from './account.ts'
import { parseAddress } from './address.ts'
import { type AccountOrder, isAscii, type ListCursor, readCursor, writeCursor } from './list-cursor.ts'
import { namedIn, readFew, readNamed, type SortKey } from './list-named-storage.ts'
import { byId, onPage } from './list-statement-storage.ts'
import { type AccountsWanted, accountStates, type Lane } from './list-wanted.ts'
import { accountFrom } from './row-storage.ts'
import { sortedName } from './sorted.ts'

export interface AccountsPage {
  accounts: Account[]
  /** For the next page; undefined: this was the last. */
  next: string | undefined
}

/** @returns undefined for a cursor that no page gave. */
export async function listAccounts(store: Store, wanted: AccountsWanted): Promise<AccountsPage | undefined> {
  if (wanted.group !== undefined && !isGroupName(wanted.group)) return { accounts: [], next: undefined }
  const query = wanted.query?.trim() ?? ''
  const id = idFrom(query)
  if (id) return { accounts: (await byId(store, wanted, id).execute()).map(accountFrom), next: undefined }
  const lanes = query === '' ? [{ order: wanted.order ?? 'registered' }] : lanesOf(query)
  const cursor = wanted.cursor === undefined ? undefined : readCursor(wanted.cursor)
  if (wanted.cursor !== undefined && (!cursor || !lanes.some(({ order }) => order === cursor.order))) return undefined
  const found: { account: Account; cursor: ListCursor }[] = []
  const first = lanes.findIndex(({ order }) => order === (cursor?.order ?? lanes[0]?.order))
  for (const [at, lane] of lanes.slice(first).entries()) {
    const left = wanted.limit + 1 - found.length
    const after = at === 0 ? cursor : undefined
    const accounts = left > 0 ? await readLane(store, wanted, { ...lane, after }, left) : []
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
 * Few accounts may be in a group, or have a factor, among a million: the table that names them is read instead. In the order of
 * registration it has the same order; in any other, as long as they are few.
 */
async function readLane(store: Store, wanted: AccountsWanted, lane: Lane, most: number): Promise<Account[]> {
  const named = namedIn(store, wanted)
  if (!named) return read(store, wanted, lane, most)
  const isOfFewStates = wanted.state === 'disabled' || wanted.state === 'deleted'
  if (lane.order === 'registered' && !isOfFewStates) return readNamed(store, wanted, named, lane.after?.id, most)
  const ids = await named(undefined, mostFew + 1)
  if (ids.length > mostFew) return read(store, wanted, lane, most)
  const found = await readFew(store, wanted, lane, ids, (keys) => nextOf(keys, lane, most))
  return found.sort((one, other) => compare(one, other, lane.order))
}

/** A group or a factor of so many is read whole, and sorted here. Among more, a page is full soon. */
const mostFew = 2_000

/** @returns which of them are on the page. */
function nextOf(keys: SortKey[], { order, after }: Lane, most: number): Buffer[] {
  const inOrder = (one: SortKey, other: SortKey) =>
    order === 'registered' ? other.id.compare(one.id) : one.key.compare(other.key) || one.id.compare(other.id)
  const last = after && { id: after.id, key: Buffer.from(after.key) }
  const rest = last ? keys.filter((key) => inOrder(key, last) > 0) : keys
  return rest
    .sort(inOrder)
    .slice(0, most)
    .map(({ id }) => id)
}

/** Of each state its own part of the index, and the nearest of them all. */
async function read(store: Store, wanted: AccountsWanted, lane: Lane, most: number): Promise<Account[]> {
  const kinds = wanted.state ? [wanted.state] : accountStates
  const found: Account[] = []
  for (const state of kinds) {
    const rows = await onPage(store, { ...wanted, state }, lane, most)
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
