// What only the database knows is asked when someone reads the metrics, at most twice a minute, and never waited for long.
import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../database/connect.ts'
import type { Emails } from '../email/queue.ts'
import { countImports } from '../identity/imports/count-storage.ts'
import type { Sessions } from '../identity/sessions/rules.ts'
import { type Clock, hours, type Milliseconds, seconds } from '../time.ts'
import type { Metrics } from './registry.ts'

export interface Sampled {
  clock: Clock
  database: Pick<Database, 'db' | 'isAway' | 'takesNoWrites'>
  sessions: Pick<Sessions, 'countUsed'>
  emails: Pick<Emails, 'mode' | 'waitingSince'>
}

const sampleEvery: Milliseconds = seconds(30)
/** A database that hangs holds up no look at the other metrics. */
const longestWait: Milliseconds = seconds(2)
const usedWithin: Milliseconds = hours(1)
const mostSessions = 200_000
const mostEmails = 1_000

/** @returns what brings the gauges up to date. It never throws: what nobody knows has no value. */
export function sampler(from: Sampled, set: Metrics['set']): () => Promise<void> {
  let askedAt = Number.NEGATIVE_INFINITY
  let asking = Promise.resolve()
  const askDatabase = async () => {
    await Promise.all([countSessions(from, set), countEmails(from, set), lookAtImports(from, set)])
  }
  return async () => {
    set('gatelodge_database_breaker_open', Number(from.database.isAway()), { type: 'connections' })
    set('gatelodge_database_breaker_open', Number(from.database.takesNoWrites()), { type: 'writes' })
    if (performance.now() - askedAt >= sampleEvery) {
      askedAt = performance.now()
      asking = askDatabase()
    }
    await Promise.race([asking, pause(longestWait, undefined, { ref: false })])
  }
}

async function countSessions({ sessions, clock }: Sampled, set: Metrics['set']): Promise<void> {
  const used = await known(() => sessions.countUsed(clock.now() - usedWithin, mostSessions))
  set('gatelodge_sessions_active', used)
}

async function countEmails({ emails, database, clock }: Sampled, set: Metrics['set']): Promise<void> {
  const waiting = emails.mode === 'smtp' ? await known(() => emails.waitingSince(database.db, mostEmails)) : []
  set('gatelodge_email_queue', waiting?.length)
  const oldest = waiting && (waiting.length === 0 ? 0 : (clock.now() - Math.min(...waiting)) / seconds(1))
  set('gatelodge_email_queue_oldest_seconds', oldest)
}

/** The command is another process, and writes how far it is. */
async function lookAtImports({ database, clock }: Sampled, set: Metrics['set']): Promise<void> {
  const counts = await known(() => countImports(database.db, clock.now()))
  for (const result of ['running', 'stopped', 'finished'] as const)
    set('gatelodge_imports', counts?.[result], { result })
}

/** @returns undefined where the database does not answer. */
async function known<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask()
  } catch {
    return undefined
  }
}
