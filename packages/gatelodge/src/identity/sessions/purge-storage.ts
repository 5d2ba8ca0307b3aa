// Sessions that ended by themselves leave the table, and those that were ended once they have said why for long enough; at
// most a thousand of each at a time.
import { sql } from 'kysely'
import type { Settings } from '../../config/schema.ts'
import type { Database } from '../../database/connect.ts'
import { days, type Milliseconds } from '../../time.ts'

const batch = 1_000
/** So long someone who comes back with an ended session sees why it ended. */
const remembered: Milliseconds = days(7)

/** @returns how many rows left. */
export async function purgeSessions(
  { db }: Pick<Database, 'db'>,
  now: number,
  limits: Pick<Settings, 'sessionIdle' | 'sessionIdleRemembered' | 'sessionAge'>,
): Promise<number> {
  const shortest = Math.min(limits.sessionIdle, limits.sessionIdleRemembered, limits.sessionAge)
  const ended = await db
    .selectFrom('gatelodge_sessions')
    .select('token_hash')
    // All that the others ask for stands below it, and an index finds that.
    .where('last_seen_at', '<=', now - shortest)
    // Not "is null": the index on it would be taken instead, and gives nearly every row.
    .where(sql`coalesce(ended_at, 0)`, '=', 0)
    .where((row) =>
      row.or([
        row('last_seen_at', '<=', now - limits.sessionIdleRemembered),
        row('last_seen_at', '<=', now - limits.sessionAge),
        row.and([row('last_seen_at', '<=', now - limits.sessionIdle), row('remembered', '=', 0)]),
      ]),
    )
    .limit(batch)
    .execute()
  const shownAsEnded = await db
    .selectFrom('gatelodge_sessions')
    .select('token_hash')
    .where('ended_at', '<=', now - remembered)
    .limit(batch)
    .execute()
  if (ended.length + shownAsEnded.length === 0) return 0
  const hashes = [...ended, ...shownAsEnded].map((row) => row.token_hash)
  await db.deleteFrom('gatelodge_sessions').where('token_hash', 'in', hashes).execute()
  return ended.length + shownAsEnded.length
}
