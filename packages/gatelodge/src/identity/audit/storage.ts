// The audit table: rows are added, and leave when their time is over. Nothing changes one. And the copy of an account's
// last events on its own row.
import { sql } from 'kysely'
import type { Position } from '../../database/paging.ts'
import type { Store } from '../../database/transaction.ts'
import { type Methods, methodNames } from '../logins/methods.ts'
import { type AuditedEvent, outcomeOf } from './events.ts'
import { lineOf } from './recent.ts'
import { type RequestSource, readDevice, writeDevice } from './request-source.ts'
import { seenByOwner } from './seen-by-owner.ts'

const batch = 1_000
/** As many as the column takes. */
const mostCharacters = 1_000

/** Of one kind of refused try. */
const mostRefused = 3

/** What stands there, less the line in front where that is one of so many that tell the same. */
function withoutFront(event: AuditedEvent) {
  // The moment has 13 digits, each "_" stands for one; "%" may span lines.
  const lines = Array.from({ length: mostRefused }, () => `[_____________,"${event}",`)
  return sql`case when recent like ${`${lines.join('%')}%`} then substr(recent, instr(recent, ${'\n'}) + 1) else recent end`
}

/** Made before the first try of the transaction that it belongs to. */
export interface AuditRecord extends RequestSource {
  id: Buffer
  at: number
  event: AuditedEvent
  accountId: Buffer | null
  addressHash: Buffer | null
  reason: string | null
  /** Who did it to the account of someone else: `command`, `code`, or the id of an administrator. */
  actor?: string | undefined
  /** Why, in the words of that person. */
  note?: string | undefined
  /** How someone proved who they are, where a session started or was about to. */
  methods?: Methods | undefined
}

/** A record as its own account may read it. */
export type RecordOfAccount = Pick<AuditRecord, 'id' | 'at' | 'reason' | 'device' | 'clientAddress'> & {
  event: string
  outcome: string
  actor: string | null
  note: string | null
  /** By name: `pwd otp`. */
  methods: string | null
}

/** The same for the people who run the site: whose it is, too. */
export type SiteRecord = RecordOfAccount & { accountId: Buffer | null }

export interface RecordsWanted {
  /** undefined: of the whole site. */
  account?: Buffer | undefined
  /** Only these, by name; undefined: all. */
  events?: readonly string[] | undefined
  /** Those that are older than that one. */
  before?: Buffer | undefined
  most: number
}

export const auditRows = {
  async insert(store: Store, record: AuditRecord): Promise<void> {
    await store
      .insertInto('gatelodge_audit')
      .values({
        id: record.id,
        at: record.at,
        event: record.event,
        account_id: record.accountId,
        address_hash: record.addressHash,
        client_address: record.clientAddress,
        device: writeDevice(record.device),
        outcome: outcomeOf(record.event),
        reason: record.reason,
        actor: record.actor ?? null,
        note: record.note ?? null,
        methods: record.methods ? methodNames(record.methods).join(' ') : null,
        request_id: record.requestId,
      })
      .execute()
  },

  /** Ids sort by time, so the oldest stand in front. At most a thousand, those that come after one that is known. */
  async ofAccount(store: Store, accountId: Buffer, after: Buffer = Buffer.alloc(16)): Promise<RecordOfAccount[]> {
    const rows = await rowsOf(store, accountId).where('id', '>', after).orderBy('id').limit(batch).execute()
    return rows.map(recordFrom)
  },

  /** At most that many that lie beside a position, the nearest in front; without one, the newest. */
  async beside(
    store: Store,
    accountId: Buffer,
    { before, after }: Position<Buffer>,
    most: number,
  ): Promise<RecordOfAccount[]> {
    const rows = await rowsOf(store, accountId)
      .$if(before !== undefined, (query) => query.where('id', '<', before as Buffer))
      .$if(after !== undefined, (query) => query.where('id', '>', after as Buffer))
      .orderBy('id', after === undefined ? 'desc' : 'asc')
      .limit(most)
      .execute()
    return rows.map(recordFrom)
  },

  /** The newest in front. */
  async latest(store: Store, { account, events, before, most }: RecordsWanted): Promise<SiteRecord[]> {
    if (events?.length === 0) return []
    // Of one account the rows are few; of the site, each event has its own part of the index.
    const ids = events && !account ? await idsOf(store, events, before, most) : undefined
    if (ids?.length === 0) return []
    const rows = await all(store)
      .select('account_id')
      .$if(events !== undefined && account !== undefined, (query) => query.where('event', 'in', events as string[]))
      .$if(ids !== undefined, (query) => query.where('id', 'in', ids as Buffer[]))
      .$if(account !== undefined, (query) => query.where('account_id', '=', account as Buffer))
      .$if(before !== undefined, (query) => query.where('id', '<', before as Buffer))
      .orderBy('id', 'desc')
      .limit(most)
      .execute()
    return rows.map(({ account_id, ...row }) => ({ ...recordFrom(row), accountId: account_id }))
  },

  async exists(store: Store, id: Buffer): Promise<boolean> {
    const row = await store.selectFrom('gatelodge_audit').select('id').where('id', '=', id).executeTakeFirst()
    return row !== undefined
  },

  /**
   * In front of the account's others; what no longer fits falls off the end. It reads nothing, so that none is lost. A
   * further refused try takes the place of the one in front: a stranger, who can add nothing else, must not push out of
   * sight what matters, such as a log-in of their own.
   */
  async addRecent(store: Store, accountId: Buffer, record: AuditRecord): Promise<void> {
    const others = outcomeOf(record.event) !== 'succeeded' ? withoutFront(record.event) : sql`recent`
    await store
      .updateTable('gatelodge_accounts')
      .set({ recent: sql<string>`substr(concat(${lineOf(seenByOwner(record))}, ${others}), 1, ${mostCharacters})` })
      .where('id', '=', accountId)
      .execute()
  },

  /** @returns how many rows left. Ids sort by time, so the oldest stand first in the table's own order. */
  async purge(store: Store, before: number): Promise<number> {
    const oldest = await store.selectFrom('gatelodge_audit').select(['id', 'at']).orderBy('id').limit(batch).execute()
    const ids = oldest.filter((row) => Number(row.at) < before).map((row) => row.id)
    if (ids.length > 0) await store.deleteFrom('gatelodge_audit').where('id', 'in', ids).execute()
    return ids.length
  },
}

/**
 * The newest of these events: of each the newest, and of those the newest. So it is as quick among millions of rows. The comments
 * are for MySQL and MariaDB: with a second event, which cannot be, the range begins at `before` and not at the newest row.
 */
async function idsOf(store: Store, events: readonly string[], before: Buffer | undefined, most: number) {
  const older = before ? sql`and id < ${before}` : sql``
  const lanes = events.map(
    (event) => sql`select id from (select id from gatelodge_audit /*! force index (gatelodge_audit_event) */
      where event in (${event} /*! , '' */) ${older}
      order by event desc, id desc limit ${most}) as lane`,
  )
  const { rows } = await sql<{ id: Buffer }>`select id from (${sql.join(lanes, sql` union all `)}) as found
    order by id desc limit ${most}`.execute(store)
  return rows.map(({ id }) => id)
}

function all(store: Store) {
  return store
    .selectFrom('gatelodge_audit')
    .select(['id', 'at', 'event', 'outcome', 'reason', 'actor', 'note', 'methods', 'device', 'client_address'])
}

const rowsOf = (store: Store, accountId: Buffer) => all(store).where('account_id', '=', accountId)

type FoundRow = Awaited<ReturnType<ReturnType<typeof rowsOf>['executeTakeFirstOrThrow']>>

const recordFrom = ({ at, client_address, device, ...rest }: FoundRow): RecordOfAccount => ({
  ...rest,
  at: Number(at),
  clientAddress: client_address,
  device: readDevice(device),
})
