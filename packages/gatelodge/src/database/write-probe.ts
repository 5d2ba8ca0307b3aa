// Whether the database takes writes: a primary that was demoted, and a disk that is full, answer every question.
import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { type Milliseconds, seconds } from '../time.ts'
import type { Breaker } from './breaker.ts'
import type { Dialect } from './dialect.ts'
import type { Tables } from './schema.ts'
import { Unavailable } from './unavailable.ts'

/** However many machines ask for the health: a write costs a turn of the disk. */
const probeEvery: Milliseconds = seconds(1)

/** The key of a row that nobody ever sees. */
const key = createHash('sha256').update('gatelodge: whether this database takes writes').digest()

/** @returns what rejects where it does not; it shuts `writes` then, and opens it again. */
export function writeProbe(db: Kysely<Tables>, dialect: Dialect, writes: Breaker): () => Promise<void> {
  let askedAt = Number.NEGATIVE_INFINITY
  let answer = Promise.resolve()

  async function ask(): Promise<void> {
    try {
      // That there is no room shows only where something is written.
      if (dialect.refusesEmptyWrites && !writes.isOpen()) await changeNothing(db)
      else await writeAndRemove(db)
      writes.succeeded()
    } catch (error) {
      const fault = dialect.faultOf(error)
      // Another program has the lock: it can write, so there is room.
      if (fault === 'again') return
      if (fault === 'unwritable') writes.failed()
      throw new Unavailable('the database takes no writes', { cause: error })
    }
  }

  return () => {
    if (performance.now() - askedAt >= probeEvery) {
      askedAt = performance.now()
      answer = ask()
    }
    return answer
  }
}

async function changeNothing(db: Kysely<Tables>): Promise<void> {
  await db.updateTable('gatelodge_attempts').set({ tries: 0 }).where('attempt_key', '=', key).execute()
}

async function writeAndRemove(db: Kysely<Tables>): Promise<void> {
  const trx = await db.startTransaction().execute()
  try {
    const row = { attempt_key: key, tries: 0, waits_until: 0, forgotten_at: 0 }
    await trx.insertInto('gatelodge_attempts').values(row).execute()
    await trx.deleteFrom('gatelodge_attempts').where('attempt_key', '=', key).execute()
    await trx.commit().execute()
  } catch (error) {
    await trx
      .rollback()
      .execute()
      .catch(() => {})
    throw error
  }
}
