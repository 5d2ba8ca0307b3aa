// The sessions table. Beside this file: the statement that stores one (start-storage.ts), and the look-up of each page (lookup.ts).
import { type ExpressionBuilder, sql } from 'kysely'
import { momentFrom } from '../../database/moment.ts'
import type { Position } from '../../database/paging.ts'
import type { SessionRow, Tables } from '../../database/schema.ts'
import type { Store } from '../../database/transaction.ts'
import type { DeviceDescription } from '../../text/device-name.ts'
import { readDevice } from '../audit/request-source.ts'
import { type Methods, readMethods } from '../logins/methods.ts'
import type { Endings } from './endings.ts'

/** Why a session is over, for the person who comes back with it. A log-out deletes its session at once. */
export type EndReason =
  | 'elsewhere'
  | 'password-changed'
  | 'password-reset'
  | 'address-confirmed'
  | 'address-changed'
  | 'account-deletion-scheduled'
  | 'factor-changed'
  | 'administrator-changed'
  | 'by-site'

export interface ListedSession {
  tokenHash: Buffer
  id: Buffer | null
  device: DeviceDescription
  clientAddress: string | null
  methods: Methods
  createdAt: number
  lastSeenAt: number
  remembered: boolean
}

/** One that is over, too, for as long as it is kept. */
export interface KeptSession extends ListedSession {
  reauthenticatedAt: number | null
  endedAt: number | null
  endedBy: EndReason | null
}

interface Ending {
  by: EndReason
  now: number
}

export const sessions = {
  async exists(store: Store, tokenHash: Buffer): Promise<boolean> {
    const row = await store
      .selectFrom('gatelodge_sessions')
      .select('account_id')
      .where('token_hash', '=', tokenHash)
      .where('ended_at', 'is', null)
      .executeTakeFirst()
    return row !== undefined
  },

  /** At most that many that lie beside a position, the nearest in front; without one, this session, then those used last. */
  async beside(
    store: Store,
    { accountId, here, endings }: { accountId: Buffer; here: Buffer; endings: Endings },
    { before, after }: Position<LastUse>,
    most: number,
  ): Promise<ListedSession[]> {
    const { startedBefore, idleSince, idleSinceRemembered } = endings
    const idle = sql<number>`case when remembered = 1 then ${idleSinceRemembered} else ${idleSince} end`
    const isFirst = !before && !after
    const order = after ? 'asc' : 'desc'
    const rows = await store
      .selectFrom('gatelodge_sessions')
      .selectAll()
      .where('account_id', '=', accountId)
      .where('ended_at', 'is', null)
      .where('created_at', '>', startedBefore)
      .where('last_seen_at', '>', idle)
      .$if(!isFirst, (query) => query.where('token_hash', '!=', here))
      .$if(before !== undefined, (query) => query.where(isBeside('<', before as LastUse)))
      .$if(after !== undefined, (query) => query.where(isBeside('>', after as LastUse)))
      .$if(isFirst, (query) => query.orderBy(sql`case when token_hash = ${here} then 0 else 1 end`))
      .orderBy('last_seen_at', order)
      .orderBy('id', order)
      .limit(most)
      .execute()
    return rows.map(fromRow)
  },

  /** All that are kept, those that are over among them. */
  async all(store: Store, accountId: Buffer): Promise<KeptSession[]> {
    const rows = await ofAccount(store, accountId).execute()
    return rows.map(fromRow)
  },

  /** @returns whether it was there and not over. */
  async remove(store: Store, tokenHash: Buffer): Promise<boolean> {
    const { numDeletedRows } = await store
      .deleteFrom('gatelodge_sessions')
      .where('token_hash', '=', tokenHash)
      .where('ended_at', 'is', null)
      .executeTakeFirst()
    return numDeletedRows > 0n
  },

  /** One of an account's own, by what names it in the list. @returns whether it was there and not over. */
  async endOne(store: Store, accountId: Buffer, id: Buffer, { by, now }: Ending): Promise<boolean> {
    const { numUpdatedRows } = await store
      .updateTable('gatelodge_sessions')
      .set({ ended_at: now, ended_by: by })
      .where('account_id', '=', accountId)
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },

  /**
   * All sessions of an account, except `kept`. They are invalid from now on, and say why for some days.
   * @returns whether there was one.
   */
  async endAll(store: Store, accountId: Buffer, kept: Buffer | undefined, { by, now }: Ending): Promise<boolean> {
    const { numUpdatedRows } = await store
      .updateTable('gatelodge_sessions')
      .set({ ended_at: now, ended_by: by })
      .where('account_id', '=', accountId)
      .where('ended_at', 'is', null)
      .$if(kept !== undefined, (query) => query.where('token_hash', '!=', kept as Buffer))
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },

  async removeAll(store: Store, accountId: Buffer): Promise<void> {
    await store.deleteFrom('gatelodge_sessions').where('account_id', '=', accountId).execute()
  },
}

/** Where a session stands in the list: of those used at the same moment, the one that began last in front. */
export interface LastUse {
  lastSeenAt: number
  id: Buffer
}

function isBeside(side: '<' | '>', { lastSeenAt, id }: LastUse) {
  return (row: ExpressionBuilder<Tables, 'gatelodge_sessions'>) =>
    row.or([
      row('last_seen_at', side, lastSeenAt),
      row.and([row('last_seen_at', '=', lastSeenAt), row('id', side, id)]),
    ])
}

function ofAccount(store: Store, accountId: Buffer) {
  return store
    .selectFrom('gatelodge_sessions')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('last_seen_at', 'desc')
}

function fromRow(row: SessionRow): KeptSession {
  return {
    tokenHash: row.token_hash,
    id: row.id,
    device: readDevice(row.device),
    clientAddress: row.client_address,
    methods: readMethods(row.methods),
    createdAt: Number(row.created_at),
    lastSeenAt: Number(row.last_seen_at),
    remembered: row.remembered === 1,
    reauthenticatedAt: momentFrom(row.reauthenticated_at),
    endedAt: momentFrom(row.ended_at),
    endedBy: row.ended_by as EndReason | null,
  }
}
