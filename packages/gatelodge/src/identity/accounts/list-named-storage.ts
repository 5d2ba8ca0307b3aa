// Accounts that another table names: the members of a group, those with an app or a passkey.
import { sql } from 'kysely'
import type { Tables } from '../../database/schema.ts'
import type { Store } from '../../database/transaction.ts'
import type { Account } from './account.ts'
import { columns, filtered, kindsOf } from './list-statement-storage.ts'
import type { AccountsWanted, Lane } from './list-wanted.ts'
import { accountFrom } from './row-storage.ts'

/** @returns the ids behind that one, the newest in front, each once. */
type Named = (after: Buffer | undefined, most?: number) => Promise<Buffer[]>

/** Ids that are looked at in one turn. */
const turn = 200

/** Of those that are sorted here. */
const perStatement = 500

export interface SortKey {
  id: Buffer
  /** What the list is sorted by; empty in the order of registration. */
  key: Buffer
}

/** @returns undefined where no table names those that are wanted. */
export function namedIn(store: Store, { group, factor }: AccountsWanted): Named | undefined {
  if (group !== undefined) return (after, most = turn) => membersOf(store, group, after, most)
  const table = factor && tables[factor]
  if (!table) return undefined
  return async (after, most = turn) => {
    const rows = await store
      .selectFrom(table)
      .select('account_id')
      .distinct()
      .$if(after !== undefined, (query) => query.where('account_id', '<', after as Buffer))
      .orderBy('account_id', 'desc')
      .limit(most)
      .execute()
    return rows.map(({ account_id }) => account_id)
  }
}

const tables = { app: 'gatelodge_totp', passkey: 'gatelodge_passkeys', none: undefined } as const

/** The comments are for MySQL and MariaDB, as in `onPage()`: a second group, which cannot be, makes it a range. */
async function membersOf(store: Store, group: string, after: Buffer | undefined, most: number): Promise<Buffer[]> {
  const before = after ? sql`and account_id < ${after}` : sql``
  const { rows } = await sql<{ account_id: Buffer }>`select account_id from gatelodge_group_members
    /*! force index (gatelodge_group_members_group_name) */
    where group_name in (${group} /*! , '' */) ${before}
    order by group_name desc, account_id desc limit ${most}`.execute(store)
  return rows.map(({ account_id }) => account_id)
}

const some = (store: Store, wanted: AccountsWanted, ids: Buffer[]) =>
  filtered(store.selectFrom('gatelodge_accounts').where('id', 'in', ids).where('state', 'in', kindsOf(wanted)), wanted)

/** In the order of registration. Each turn begins where the one before ended, until the page is full. */
export async function readNamed(
  store: Store,
  wanted: AccountsWanted,
  named: Named,
  after: Buffer | undefined,
  most: number,
): Promise<Account[]> {
  const found: Account[] = []
  let ids = await named(after)
  while (ids.length > 0 && found.length < most) {
    const rows = await some(store, wanted, ids).selectAll().orderBy('id', 'desc').execute()
    found.push(...rows.map(accountFrom))
    ids = ids.length < turn ? [] : await named(ids.at(-1))
  }
  return found.slice(0, most)
}

/** The keys of all of them first, then the accounts that are chosen by them. */
export async function readFew(
  store: Store,
  wanted: AccountsWanted,
  lane: Lane,
  ids: Buffer[],
  choose: (keys: SortKey[]) => Buffer[],
): Promise<Account[]> {
  const keys: SortKey[] = []
  for (let from = 0; from < ids.length; from += perStatement) {
    const query = some(store, wanted, ids.slice(from, from + perStatement))
    const rows = await query.select(['id', 'email_sorted', 'name_sorted']).execute()
    keys.push(...rows.filter((row) => isIn(lane, row)).map((row) => keyIn(lane, row)))
  }
  const chosen = choose(keys)
  if (chosen.length === 0) return []
  return (await some(store, wanted, chosen).selectAll().execute()).map(accountFrom)
}

type Sorted = Pick<Tables['gatelodge_accounts'], 'id' | 'email_sorted' | 'name_sorted'>

/** Not asked of the database: beside a range of another index, SQLite would read that one and not these few. */
function isIn({ order, begins, notAddress }: Lane, row: Sorted): boolean {
  const column = columns[order]
  if (notAddress !== undefined && row.email_sorted.startsWith(notAddress)) return false
  return begins === undefined || column === 'id' || row[column].startsWith(begins)
}

function keyIn({ order }: Lane, row: Sorted): SortKey {
  const column = columns[order]
  return { id: row.id, key: Buffer.from(column === 'id' ? '' : row[column]) }
}
