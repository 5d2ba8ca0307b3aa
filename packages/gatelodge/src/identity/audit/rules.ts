// What happened to whom, when, from where, and why: for the person themselves, and for whoever looks into an incident.
import type { Settings } from '../../config/schema.ts'
import type { Database } from '../../database/connect.ts'
import type { Store } from '../../database/transaction.ts'
import type { Clock } from '../../time.ts'
import { parseAddress } from '../accounts/address.ts'
import { newId } from '../ids.ts'
import type { Sealing } from '../sealing.ts'
import type { Asker } from './asker.ts'
import type { AuditedEvent } from './events.ts'
import { type AuditRecord, auditRows } from './storage.ts'

interface Told {
  account?: Buffer | undefined
  addressHash?: Buffer
  reason?: string
}

/** Made before the first try of a transaction, so that a retry repeats it. */
export function recordOf(event: AuditedEvent, asker: Asker, told: Told, now: number): AuditRecord {
  const { account = null, addressHash = null, reason = null } = told
  return { id: newId(), at: now, event, accountId: account, addressHash, reason, ...asker }
}

interface Typed extends Omit<Told, 'addressHash'> {
  /** Only a keyed hash of it is kept: somebody may have typed a password there. */
  typedAddress?: string
}

export interface Audit {
  record(event: AuditedEvent, asker: Asker, told: Typed): AuditRecord
  write(store: Store, record: AuditRecord): Promise<void>
  isWritten(store: Store, record: AuditRecord): Promise<boolean>
  /** Removes rows whose time is over, some at a time. @returns how many. */
  purge(): Promise<number>
}

export function createAudit(
  database: Pick<Database, 'db'>,
  sealing: Sealing,
  clock: Clock,
  { auditRetention }: Pick<Settings, 'auditRetention'>,
): Audit {
  return {
    record(event, asker, { typedAddress, ...told }) {
      if (typedAddress === undefined) return recordOf(event, asker, told, clock.now())
      const address = parseAddress(typedAddress)?.normalised ?? typedAddress
      return recordOf(event, asker, { ...told, addressHash: sealing.sign('audited address', address) }, clock.now())
    },
    write: auditRows.insert,
    isWritten: (store, { id }) => auditRows.exists(store, id),
    purge: () => auditRows.purge(database.db, clock.now() - auditRetention),
  }
}
