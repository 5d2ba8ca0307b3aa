// The statements of a list of accounts. Each reads one index from where the page begins, and stops when the page is full.
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Tables } from '../../database/schema.ts'
import type { Store } from '../../database/transaction.ts'
import { type AccountFactor, type AccountState, type AccountsWanted, type Lane, states } from './list-wanted.ts'

export const columns = { registered: 'id', address: 'email_sorted', name: 'name_sorted' } as const

type Query<Row> = SelectQueryBuilder<Tables, 'gatelodge_accounts', Row>
type Filters = Pick<AccountsWanted, 'group' | 'factor'>
type Wanted = AccountsWanted & { state: AccountState }

/** Sorts behind whatever else a column holds. */
const last = { email_sorted: '\x7f', name_sorted: '\u{10ffff}' }

const all = (store: Store) => store.selectFrom('gatelodge_accounts').selectAll('gatelodge_accounts')

/** The one with that id, if it is of those wanted. */
export function byId(store: Store, wanted: AccountsWanted, id: Buffer) {
  return filtered(all(store).where('id', '=', id).where('state', 'in', kindsOf(wanted)), wanted)
}

/** Those whose rows are being removed are in no list. */
export const kindsOf = ({ state }: Pick<AccountsWanted, 'state'>) => (state ? [states[state]] : Object.values(states))

/** Of one state. @returns the rows of the page in their order. */
export async function onPage(store: Store, wanted: Wanted, lane: Lane, most: number) {
  const column = columns[lane.order]
  const { after } = lane
  const query = begun(filtered(inLane(store, lane).where(isOf(wanted.state)), wanted), lane)
  if (column === 'id') {
    const rest = after ? query.where('id', '<', after.id) : query
    return rest.orderBy('state', 'desc').orderBy('id', 'desc').limit(most).execute()
  }
  const inOrder = query.orderBy('state').orderBy(column).orderBy('id')
  if (!after) return inOrder.limit(most).execute()
  // Two ranges: a million may have the same name, and those before the cursor are not to be read again.
  const behind = query.where(column, '=', after.key).where('id', '>', after.id)
  const same = await behind.orderBy('state').orderBy('id').limit(most).execute()
  if (same.length === most) return same
  const rest = inOrder.where(column, '>', after.key).limit(most - same.length)
  return [...same, ...(await rest.execute())]
}

/**
 * MySQL and MariaDB carry out what stands in such a comment; SQLite, which does by itself what is wanted, does not. Left to
 * its own choice, MariaDB looks for one state alone, and then reads all its accounts from the first one to the cursor. With a
 * second state, which nobody has, it must read a range of the index, and the range begins at the cursor.
 */
const isOf = (state: AccountState) => sql<boolean>`state in (${states[state]} /*! , 9 */)`

const hinted = {
  registered: sql`gatelodge_accounts /*! force index (gatelodge_accounts_state) */`,
  address: sql`gatelodge_accounts /*! force index (gatelodge_accounts_state_email_sorted) */`,
  name: sql`gatelodge_accounts /*! force index (gatelodge_accounts_state_name_sorted) */`,
}

function inLane(store: Store, { order }: Lane) {
  const table = sql<Tables['gatelodge_accounts']>`gatelodge_accounts`.as<'gatelodge_accounts'>(hinted[order])
  return store.selectFrom(table).selectAll('gatelodge_accounts') as unknown as ReturnType<typeof all>
}

export function filtered<Row>(query: Query<Row>, { group, factor }: Filters): Query<Row> {
  let rest = query
  if (group !== undefined) rest = rest.where(isMember(group))
  if (factor !== undefined) rest = rest.where(hasFactor[factor])
  return rest
}

/** Those that begin as the lane says. What is behind a cursor has that beginning: two lower ends are one too many for SQLite. */
function begun<Row>(query: Query<Row>, { order, begins, notAddress, after }: Lane): Query<Row> {
  const column = columns[order]
  let rest = query
  if (begins !== undefined && column !== 'id') {
    rest = rest.where(column, '<', begins + last[column])
    if (!after) rest = rest.where(column, '>=', begins)
  }
  if (notAddress !== undefined)
    rest = rest.where((row) =>
      row.or([row('email_sorted', '<', notAddress), row('email_sorted', '>=', notAddress + last.email_sorted)]),
    )
  return rest
}

const isMember = (group: string) => sql<boolean>`exists (select 1 from gatelodge_group_members as member
  where member.account_id = gatelodge_accounts.id and member.group_name = ${group})`

const hasPasskey = sql<boolean>`exists (select 1 from gatelodge_passkeys as passkey
  where passkey.account_id = gatelodge_accounts.id)`

const hasFactor: Record<AccountFactor, ReturnType<typeof isMember>> = {
  app: sql<boolean>`has_app = 1`,
  passkey: hasPasskey,
  none: sql<boolean>`has_app = 0 and not ${hasPasskey}`,
}
