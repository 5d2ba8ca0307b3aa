// How many sessions are in use, for the metrics. Counted in the index of the last use alone: no row is read.
import { sql } from 'kysely'
import type { Database } from '../../database/connect.ts'

/** @returns how many were used since that moment, at most `most`. */
export async function countUsedSessions({ db }: Pick<Database, 'db'>, since: number, most: number): Promise<number> {
  const { rows } = await sql<{ used: number | bigint }>`select count(*) as used from (
    select 1 as one from gatelodge_sessions where last_seen_at > ${since} limit ${most}) as counted`.execute(db)
  return Number(rows[0]?.used ?? 0)
}
