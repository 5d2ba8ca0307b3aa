// While the table holds hashes of other systems, a wrong password costs more at some accounts than at others, and the time of
// a refusal would tell them apart. So each refusal waits as long as the slowest format that is left takes on this machine.
import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../../database/connect.ts'
import type { Log } from '../../log.ts'
import { type Milliseconds, seconds } from '../../time.ts'
import { newToken, type Sealing } from '../sealing.ts'
import type { PasswordVerifier } from './foreign/verify.ts'
import type { Queue } from './queue.ts'
import type { passwords } from './storage.ts'

/** However slow a format is: people who mistyped wait, too. */
const longestRefusal: Milliseconds = seconds(0.5)
/** More formats than these are not measured one by one: refusals take the longest then. */
const mostFormats = 20
const measurements = 3

export interface ForeignFormats {
  /** Whether a password fits a hash of another system. @throws {Error} for a hash that cannot be read. */
  fits(typed: string, stored: string): Promise<boolean>
  /** Waits until a refusal that began at that moment (`performance.now()`) may be answered. */
  untilRefusal(began: number): Promise<void>
  /** Looks at which formats are left, and measures those it has not met before. Loads nothing where there are none. */
  refresh(): Promise<void>
}

interface Parts {
  database: Pick<Database, 'db'>
  passwords: typeof passwords
  queue: Queue
  sealing: Sealing
  log: Pick<Log, 'error'>
  verifiers: readonly PasswordVerifier[]
}

export function createForeignFormats({ database, passwords, queue, sealing, log, verifiers }: Parts): ForeignFormats {
  const measured = new Map<string, Milliseconds>()
  let refusal: Milliseconds = 0

  async function fits(typed: string, stored: string): Promise<boolean> {
    const { fitsForeign } = await import('./foreign/verify.ts')
    try {
      return await fitsForeign(typed, stored, (sealed) => sealing.open('pepper', sealed), verifiers)
    } catch (error) {
      log.error({ why: (error as Error).message }, 'password.unreadable')
      return false
    }
  }

  /** The middle one of three, through the queue, so that it neither disturbs log-ins nor is disturbed by many of them. */
  async function measure(stored: string): Promise<Milliseconds> {
    const times: Milliseconds[] = []
    for (let run = 0; run < measurements; run += 1) {
      times.push(
        await queue.run(async () => {
          const began = performance.now()
          await fits(newToken(), stored)
          return performance.now() - began
        }),
      )
    }
    return times.sort((one, other) => one - other)[1] ?? 0
  }

  return {
    fits,
    async untilRefusal(began) {
      const left = refusal - (performance.now() - began)
      if (left > 0) await pause(left)
    },
    async refresh() {
      const formats = await passwords.foreignFormats(database.db, mostFormats + 1)
      for (const { format, hash } of formats.slice(0, mostFormats)) {
        if (!measured.has(format)) measured.set(format, await measure(hash))
      }
      const times = formats.map(({ format }) => measured.get(format) ?? longestRefusal)
      // One that takes a little longer than usual must not stand out.
      refusal = Math.min(longestRefusal, Math.max(0, ...times) * 1.25)
    },
  }
}
