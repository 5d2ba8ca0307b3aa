// An account's last events beside its name, so that the page which shows them asks for nothing further. A copy: the audit
// table is what counts, and keeps more of each. docs/decisions/0015-recent-activity.md tells why.
import { sql } from 'kysely'
import type { Store } from '../../database/transaction.ts'
import type { AuditedEvent } from './events.ts'
import type { AuditRecord } from './storage.ts'

export interface RecentEvent {
  at: number
  event: AuditedEvent
  device: string
}

const mostCharacters = 1_000

/** In front of the others; what no longer fits falls off the end. One write that reads nothing, so that none is lost. */
export async function addRecent(store: Store, accountId: Buffer, { at, event, device }: AuditRecord): Promise<void> {
  const line = `${JSON.stringify([at, event, device])}\n`
  await store
    .updateTable('gatelodge_accounts')
    .set({ recent: sql<string>`substr(concat(${line}, recent), 1, ${mostCharacters})` })
    .where('id', '=', accountId)
    .execute()
}

/** @returns the newest first. */
export function readRecent(recent: string, most: number): RecentEvent[] {
  // Behind the last line break stands nothing, or a line that was cut.
  const lines = recent.split('\n').slice(0, -1)
  return lines
    .map((line) => {
      const [at, event, device] = JSON.parse(line)
      return { at, event, device }
    })
    .sort((left, right) => right.at - left.at)
    .slice(0, most)
}
