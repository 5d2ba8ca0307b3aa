// Sessions that ended by themselves leave the table, at most a thousand at a time.
import type { Settings } from '../../config/schema.ts'
import type { Database } from '../../database/connect.ts'

const batch = 1_000

/** @returns how many rows left. */
export async function purgeSessions(
  { db }: Pick<Database, 'db'>,
  now: number,
  limits: Pick<Settings, 'sessionIdle' | 'sessionIdleRemembered' | 'sessionAge'>,
): Promise<number> {
  const ended = await db
    .selectFrom('gatelodge_sessions')
    .select('token_hash')
    .where((row) =>
      row.or([
        row('last_seen_at', '<=', now - limits.sessionIdleRemembered),
        row('last_seen_at', '<=', now - limits.sessionAge),
        row.and([row('last_seen_at', '<=', now - limits.sessionIdle), row('remembered', '=', 0)]),
      ]),
    )
    .limit(batch)
    .execute()
  if (ended.length === 0) return 0
  const hashes = ended.map((row) => row.token_hash)
  await db.deleteFrom('gatelodge_sessions').where('token_hash', 'in', hashes).execute()
  return ended.length
}
