// When a session was last used. Noted in memory, written in batches now and then: best effort, and never on a page's way.
import type { Database } from '../../database/connect.ts'
import { type Clock, type Milliseconds, minutes } from '../../time.ts'
import type { FoundSession } from './lookup.ts'

/** A session used again within this time is not noted again: idle limits are exact to it. */
const lastSeenStep: Milliseconds = minutes(1)

const mostAtOnce = 500

/** So many wait for a database that takes no writes; more are forgotten. */
const mostWaiting = 10_000

export interface LastSeen {
  note(session: Pick<FoundSession, 'tokenHash' | 'lastSeenAt'>): void
  /** Writes what was noted. Never throws: what could not be written waits for the next time. */
  write(): Promise<void>
}

export function createLastSeen({ db }: Pick<Database, 'db'>, clock: Clock): LastSeen {
  let noted = new Map<string, Buffer>()
  function keep(unwritten: Buffer[]) {
    for (const one of unwritten.slice(0, mostWaiting - noted.size)) noted.set(one.toString('latin1'), one)
  }
  return {
    note({ tokenHash, lastSeenAt }) {
      if (clock.now() - lastSeenAt < lastSeenStep) return
      noted.set(tokenHash.toString('latin1'), tokenHash)
    },
    async write() {
      const seen = [...noted.values()]
      noted = new Map()
      for (let start = 0; start < seen.length; start += mostAtOnce) {
        const batch = seen.slice(start, start + mostAtOnce)
        await db
          .updateTable('gatelodge_sessions')
          .set({ last_seen_at: clock.now() })
          .where('token_hash', 'in', batch)
          .execute()
          .catch(() => keep(batch))
      }
    },
  }
}
