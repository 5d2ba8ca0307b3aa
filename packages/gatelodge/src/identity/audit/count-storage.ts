// How often something happened, by the day, for the people who run the site. Read from the index of events: ids sort by
// time, so a day of one event is a range of it. Of each range at most so many entries are looked at, so that a site with
// millions of log-ins a day gets its page as quickly.
import { sql } from 'kysely'
import type { Store } from '../../database/transaction.ts'
import { firstIdOf } from '../ids.ts'
import type { AuditedEvent } from './events.ts'

export interface Range {
  events: readonly AuditedEvent[]
  /** Moments in milliseconds: the first belongs to it, the last does not. */
  from: number
  to: number
}

/** One statement for all. @returns for each range how many there are, at most `most`. */
export async function countEvents(store: Store, ranges: readonly Range[], most: number): Promise<number[]> {
  if (ranges.length === 0) return []
  const counts = ranges.map(
    ({ events, from, to }, index) => sql`(select count(*) from (select 1 as one from gatelodge_audit
      where event in (${sql.join(events)}) and id >= ${firstIdOf(from)} and id < ${firstIdOf(to)} limit ${most})
      as counted) as ${sql.ref(`c${index}`)}`,
  )
  const { rows } = await sql<Record<string, number | bigint>>`select ${sql.join(counts)}`.execute(store)
  return ranges.map((_, index) => Number(rows[0]?.[`c${index}`] ?? 0))
}
