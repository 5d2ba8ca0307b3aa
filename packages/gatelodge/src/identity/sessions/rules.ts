// A session holds one thing, the account's id; everything else is looked up from it. The cookie holds a random token, the
// database only its hash, so that neither a stolen backup nor a look into the table lets anybody in.
import type { Settings } from '../../config/schema.ts'
import type { Database } from '../../database/connect.ts'
import type { Store } from '../../database/transaction.ts'
import type { Clock } from '../../time.ts'
import type { Credential } from '../passwords/storage.ts'
import { digest, newToken } from '../sealing.ts'
import { createLastSeen, type LastSeen } from './last-seen.ts'
import { createLookup, type FoundSession } from './lookup.ts'
import { purgeSessions } from './purge.ts'
import { type NewSession, sessions } from './storage.ts'

export interface Sessions {
  /** Made before the first try of the transaction that stores it. */
  prepare(options: { remembered: boolean }): NewSession
  /**
   * Starts it, provided the account may still be entered with what was proved.
   * @returns whether it started: not where the account was disabled or its password changed meanwhile.
   */
  start(store: Store, session: NewSession, proved: Pick<Credential, 'accountId' | 'version'>): Promise<boolean>
  /** One prepared SELECT, shared with all requests of the same turn of the event loop; writes nothing. */
  resume(token: string): Promise<FoundSession | undefined>
  /** @returns whether there was still something to end. */
  end(store: Store, tokenHash: Buffer): Promise<boolean>
  endOthers(store: Store, accountId: Buffer, kept: NewSession): Promise<void>
  lastSeen: LastSeen
  /** Removes rows of sessions that ended by themselves. @returns how many. */
  purge(): Promise<number>
}

type Limits = Pick<Settings, 'sessionIdle' | 'sessionIdleRemembered' | 'sessionAge'>

export function createSessions(database: Database, clock: Clock, limits: Limits): Sessions {
  const lookUp = createLookup(database)
  const lastSeen = createLastSeen(database, clock)
  return {
    prepare({ remembered }) {
      const token = newToken()
      return { token, tokenHash: digest(token), remembered }
    },
    start: (store, session, proved) => sessions.insertIfProved(store, database.dialect, session, proved, clock.now()),
    async resume(token) {
      const found = await lookUp(digest(token))
      if (!found || found.account.disabledAt !== null || hasEnded(found, clock.now(), limits)) return undefined
      lastSeen.note(found)
      return found
    },
    end: (store, tokenHash) => sessions.remove(store, tokenHash),
    endOthers: (store, accountId, kept) => sessions.removeOthers(store, accountId, kept.tokenHash),
    lastSeen,
    purge: () => purgeSessions(database, clock.now(), limits),
  }
}

type Aging = Pick<FoundSession, 'createdAt' | 'lastSeenAt' | 'remembered'>

/** By idleness and by age (ASVS V7.3.1, V7.3.2). */
function hasEnded(session: Aging, now: number, limits: Limits): boolean {
  const idle = session.remembered ? limits.sessionIdleRemembered : limits.sessionIdle
  return now - session.lastSeenAt >= idle || now - session.createdAt >= limits.sessionAge
}
