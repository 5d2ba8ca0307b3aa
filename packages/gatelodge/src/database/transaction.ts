// The one function that runs every transaction. Whatever happens to the server meanwhile, all of it is done or nothing
// is, and a lost answer is asked for again until it is known which, or the time for that is over.
import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Kysely, Transaction } from 'kysely'
import { type Milliseconds, seconds } from '../time.ts'
import type { Breaker } from './breaker.ts'
import type { Dialect } from './dialect.ts'
import type { DatabaseFault } from './faults.ts'
import type { Tables } from './schema.ts'
import { Unavailable } from './unavailable.ts'

export type Store = Kysely<Tables> | Transaction<Tables>

/**
 * @param work is run again, in a new transaction, at each try: ids and tokens are made before it, emails are rows in it.
 * @param landed tells whether an earlier try had worked after all: after COMMIT was sent, a lost answer is not a failure.
 *   It looks for something that only this attempt could have written.
 * @returns what `work` returned (or `landed`), or `duplicate` where a unique key already held one of its values.
 * @throws {Unavailable} where the database stayed away; otherwise whatever `work` threw.
 */
export type Transact = <T>(
  work: (trx: Transaction<Tables>) => Promise<T>,
  landed: (db: Store) => Promise<T | undefined>,
) => Promise<T | 'duplicate'>

const triesOnConflict = 5
/** The second on another connection: behind one address there may be another server by now, which takes writes. */
const triesOnUnwritable = 2
const budgetOnLoss: Milliseconds = seconds(3)

export interface Bounds {
  /** The longest that one statement takes: so long may the question take whether a COMMIT has landed. */
  timeout: Milliseconds
  /** Shut while the database is known to take no writes. */
  writes: Breaker
}

export function transactions(db: Kysely<Tables>, dialect: Dialect, bounds: Bounds): Transact {
  return async (work, landed) => {
    bounds.writes.enter()
    const started = performance.now()
    let mayHaveLanded = false
    let lostAt: number | undefined
    let metDuplicate = false
    for (let attempt = 1; ; attempt += 1) {
      try {
        // Looked for before working again, and once more after it: a COMMIT may arrive long after its connection is gone,
        // and then our own row is the duplicate that the next try meets, or the change that it finds made already.
        const earlier = mayHaveLanded ? await landed(db) : undefined
        if (earlier !== undefined) return earlier
        if (metDuplicate) return 'duplicate'
        const isRetry = mayHaveLanded
        const result = await once(db, work, () => {
          mayHaveLanded = true
        })
        bounds.writes.succeeded()
        return isRetry ? ((await landed(db)) ?? result) : result
      } catch (error) {
        // Away from the start: say so at once. Gone in the middle: ask until it is known what became of it.
        if (error instanceof Unavailable && attempt === 1) throw error
        const fault = error instanceof Unavailable ? 'lost' : dialect.faultOf(error)
        if (fault === 'duplicate') {
          if (!mayHaveLanded) return 'duplicate'
          metDuplicate = true
          continue
        }
        if (mayHaveLanded) lostAt ??= performance.now()
        if (!mayTryAgain(fault, attempt, timeLeft(bounds, started, lostAt))) {
          // The next try may find that it must not (someone has to wait by now) what an earlier one has done already.
          const done = mayHaveLanded && fault !== 'lost' ? await landed(db) : undefined
          if (done !== undefined) return done
          if (fault === 'unwritable') bounds.writes.failed()
          throw fault === 'other' ? error : new Unavailable('the database could not finish this', { cause: error })
        }
        await pause(randomInt(10, 51))
      }
    }
  }
}

/**
 * Before COMMIT was sent nothing has changed, and a page may say "try again later". After it, the answer has to be
 * true. The time counts from the lost connection, however long the COMMIT took, and is enough for a slow query, too.
 */
function timeLeft({ timeout }: Bounds, started: number, lostAt: number | undefined): Milliseconds {
  const end = lostAt === undefined ? started + budgetOnLoss : lostAt + timeout + budgetOnLoss
  return end - performance.now()
}

function mayTryAgain(fault: DatabaseFault, attempt: number, left: Milliseconds): boolean {
  if (fault === 'again') return attempt < triesOnConflict
  if (fault === 'unwritable') return attempt < triesOnUnwritable
  return fault === 'lost' && left > 0
}

async function once<T>(
  db: Kysely<Tables>,
  work: (trx: Transaction<Tables>) => Promise<T>,
  beforeCommit: () => void,
): Promise<T> {
  const trx = await db.startTransaction().execute()
  try {
    const result = await work(trx)
    beforeCommit()
    await trx.commit().execute()
    return result
  } catch (error) {
    // Any error ends the transaction; on a connection that is gone there is nothing left to roll back.
    await trx
      .rollback()
      .execute()
      .catch(() => {})
    throw error
  }
}
