// Gets the database ready in the background, so that the site stands before its database does and recovers by itself.
import { setTimeout as pause } from 'node:timers/promises'
import { type Clock, type Milliseconds, seconds } from '../time.ts'
import type { Database } from './connect.ts'
import type { Dialect } from './dialect.ts'
import { isHandshake, refusesUs } from './faults.ts'
import { isMigrated, migrate } from './migrate.ts'
import { checkRequirements, Unfit } from './requirements.ts'
import { Unavailable } from './unavailable.ts'

export interface Readiness {
  /** Settles when the database was ready for the first time; rejects only with what waiting cannot mend. */
  first: Promise<void>
  /** Whether it was ready once. */
  wasReady(): boolean
  /** Whether a request could be served now: asks the database. */
  now(): Promise<boolean>
  stop(): void
}

export interface ReadinessOptions {
  database: Database
  clock: Clock
  migrates: boolean
  /** So long a request waits for the tables. */
  longestWait: Milliseconds
  /** Told once for each time the database is found away. */
  onAway(error: unknown): void
}

export function prepareDatabase(options: ReadinessOptions): Readiness {
  const { database } = options
  const stopped = new AbortController()
  let isReady = false
  const first = untilReady(options, stopped.signal).then(() => {
    isReady = true
  })
  // Anyone who wants to know listens too; nobody has to.
  first.catch(() => {})
  return {
    first,
    wasReady: () => isReady,
    async now() {
      if (!isReady) return false
      return database.check().then(
        () => true,
        () => false,
      )
    },
    stop: () => stopped.abort(),
  }
}

async function untilReady(options: ReadinessOptions, stopped: AbortSignal): Promise<void> {
  let wasAway = false
  while (!stopped.aborted) {
    try {
      return await makeReady(options, stopped, wasAway)
    } catch (error) {
      const refusal = refusalOf(error, options.database.dialect)
      if (refusal) throw refusal
      if (!wasAway) options.onAway(error)
      wasAway = true
      await pause(seconds(0.5), undefined, { signal: stopped }).catch(() => {})
    }
  }
}

/** Waiting does not help where the server answered and said no. */
function refusalOf(error: unknown, { faultOf }: Dialect): Error | undefined {
  if (error instanceof Unfit) return error
  const cause = (error as Error).cause ?? error
  const { code, message } = cause as {
    /** A number where a wait was aborted (`DOMException`). */
    code?: string | number
    message: string
  }
  if (isHandshake(code)) {
    return new Unfit(
      `The database cannot be reached as ?tls=required asks: ${message}. Mend its certificate, or name its issuer with NODE_EXTRA_CA_CERTS.`,
    )
  }
  if (refusesUs(cause)) {
    return new Unfit(
      `The database server refuses us: ${message}. Check the user, the password and the name in databaseUrl.`,
    )
  }
  const mayPass = error instanceof Unavailable || faultOf(error) !== 'other'
  return mayPass ? undefined : (error as Error)
}

/** A database that was away is knocked at first, and holds up nobody: requests are refused at once until it answers. */
async function makeReady(options: ReadinessOptions, stopped: AbortSignal, wasAway: boolean): Promise<void> {
  const { database, longestWait } = options
  if (wasAway) await checkRequirements(database)
  await database.hold.during(() => bringUpToDate(options, stopped), longestWait)
}

async function bringUpToDate({ database, clock, migrates }: ReadinessOptions, stopped: AbortSignal): Promise<void> {
  await checkRequirements(database)
  if (migrates) await migrate(database, clock, stopped)
  else if (!(await isMigrated(database))) throw new Unfit('The tables are not up to date; run: gatelodge migrate up')
}
