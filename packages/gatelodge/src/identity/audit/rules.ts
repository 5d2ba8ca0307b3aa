// What happened to whom, when, from where, and why: for the person themselves, and for anyone who looks into an incident.
import { setImmediate as turnOfOthers } from 'node:timers/promises'
import type { Settings } from '../../config/schema.ts'
import type { Database } from '../../database/connect.ts'
import { type ListPage, type Position, readPage } from '../../database/paging.ts'
import type { Store } from '../../database/transaction.ts'
import type { Clock } from '../../time.ts'
import { parseAddress } from '../accounts/address.ts'
import { newId } from '../ids.ts'
import type { Methods } from '../logins/methods.ts'
import type { Sealing } from '../sealing.ts'
import { countEvents, type Range } from './count-storage.ts'
import { type AuditedEvent, outcomeOf } from './events.ts'
import type { RequestSource } from './request-source.ts'
import { type AuditRecord, auditRows, type RecordOfAccount, type RecordsWanted, type SiteRecord } from './storage.ts'

interface Details {
  account?: Buffer | undefined
  addressHash?: Buffer
  reason?: string
  /** Of what is done to the account of someone else: who does it, and why in their own words. */
  actor?: string
  note?: string
  methods?: Methods
}

/** Made before the first try of a transaction, so that a retry repeats it. */
export function recordOf(event: AuditedEvent, source: RequestSource, details: Details, now: number): AuditRecord {
  const { account = null, addressHash = null, reason = null, methods, actor, note } = details
  return { id: newId(), at: now, event, accountId: account, addressHash, reason, methods, actor, note, ...source }
}

interface Typed extends Omit<Details, 'addressHash'> {
  /** Only a keyed hash of it is kept: someone may have typed a password there. */
  typedAddress?: string
}

export interface Audit {
  record(event: AuditedEvent, source: RequestSource, details: Typed): AuditRecord
  /**
   * In the transaction of what it tells, and before whatever else locks the account there: two log-ins at once would wait
   * for one another.
   */
  write(store: Store, record: AuditRecord): Promise<void>
  isWritten(store: Store, record: AuditRecord): Promise<boolean>
  /** What is recorded of an account, the oldest in front, a thousand at a time. @param after the last one that is known. */
  someOf(account: Buffer, after?: Buffer): Promise<RecordOfAccount[]>
  /** The same, a page at a time, the newest in front. */
  pageOf(account: Buffer, position: Position<Buffer>): Promise<ListPage<RecordOfAccount>>
  /** Of the whole site or of one account, the newest in front, for the people who run the site. */
  latest(wanted: RecordsWanted): Promise<SiteRecord[]>
  /** How often each happened, at most `most` of each. One statement. */
  count(ranges: readonly Range[], most: number): Promise<number[]>
  /** Brings what was refused to the account's last events. Best effort. */
  catchUp(): Promise<void>
  /** Removes rows whose time is over, some at a time. @returns how many. */
  purge(): Promise<number>
}

const mostWaiting = 1_000

export function createAudit(
  database: Pick<Database, 'db'>,
  sealing: Sealing,
  clock: Clock,
  { auditRetention }: Pick<Settings, 'auditRetention'>,
): Audit {
  /** By id: a transaction that is tried twice brings its record twice. */
  let refused = new Map<string, AuditRecord>()
  const waitWith = (record: AuditRecord) => {
    if (refused.size < mostWaiting) refused.set(record.id.toString('hex'), record)
  }
  return {
    record(event, source, { typedAddress, ...details }) {
      if (typedAddress === undefined) return recordOf(event, source, details, clock.now())
      const address = parseAddress(typedAddress)?.normalised ?? typedAddress
      return recordOf(event, source, { ...details, addressHash: sealing.sign('audited address', address) }, clock.now())
    },
    async write(store, record) {
      await auditRows.insert(store, record)
      if (!record.accountId) return
      // A refused log-in must cost the same whether or not there is such an account (ASVS V6.3.8), so its line comes later.
      if (outcomeOf(record.event) !== 'succeeded') waitWith(record)
      else await auditRows.addRecent(store, record.accountId, record)
    },
    async catchUp() {
      const records = refused.values()
      refused = new Map()
      for (const record of records) {
        // An embedded database answers without letting anyone else have their turn.
        await turnOfOthers()
        // One that failed in the end brings a record that never was.
        if (record.accountId && (await auditRows.exists(database.db, record.id)))
          await auditRows.addRecent(database.db, record.accountId, record)
      }
    },
    isWritten: (store, { id }) => auditRows.exists(store, id),
    someOf: (account, after) => auditRows.ofAccount(database.db, account, after),
    pageOf: (account, position) =>
      readPage(position, (beside, most) => auditRows.beside(database.db, account, beside, most)),
    latest: (wanted) => auditRows.latest(database.db, wanted),
    count: (ranges, most) => countEvents(database.db, ranges, most),
    purge: () => auditRows.purge(database.db, clock.now() - auditRetention),
  }
}
