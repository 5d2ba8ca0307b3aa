// What happens by itself while the site runs, outside of any request: emails are sent, and what is over is deleted.
import { setImmediate as turnOfOthers } from 'node:timers/promises'
import { capabilities } from './app.ts'
import type { Services } from './services.ts'
import { minutes, seconds } from './time.ts'

export interface BackgroundJobs {
  stop(): void
}

const tick = seconds(1)
/** Looked for so often after one was written: its transaction may still have been open the first time. */
const looks = 2
/** Emails of other copies, and those that wait for their next try, are found this often. */
const emailTicks = 15
/** What other copies have left undone is found this often. */
const workTicks = 5
const noteTicks = 30
const purgeTicks = minutes(15) / tick

/** Best effort, all of it: what does not work now is done next time. */
export function startBackgroundJobs(services: Services): BackgroundJobs {
  let ticks = 0
  let looksLeft = looks
  let isPurging = false
  let isWorking = false
  services.emails.onWritten(() => {
    looksLeft = looks
  })
  const jobs = setInterval(async () => {
    ticks += 1
    if (services.emails.mode === 'smtp' && (looksLeft > 0 || ticks % emailTicks === 0)) {
      looksLeft -= 1
      void services.delivery.deliver()
    }
    if (ticks % workTicks === 0 && !isWorking) {
      isWorking = true
      void work(services).finally(() => {
        isWorking = false
      })
    }
    if (ticks % noteTicks === 1) void services.foreignFormats.refresh().catch(() => {})
    if (ticks % noteTicks === 0) await writeNotes(services)
    if (ticks % purgeTicks === 0 && !isPurging) {
      isPurging = true
      await purge(services).catch(() => {})
      isPurging = false
    }
  }, tick)
  jobs.unref()
  return { stop: () => clearInterval(jobs) }
}

/** What a capability has begun and not finished. */
async function work(services: Services): Promise<void> {
  for (const { work } of capabilities) await work?.(services).catch(() => {})
}

/** When sessions and keys were last used, and what was refused. */
async function writeNotes({ sessions, keys, audit }: Services): Promise<void> {
  await sessions.lastSeen.write()
  await keys.writeUses()
  await audit.catchUp().catch(() => {})
}

/** A batch of each at a time, so that nobody waits long behind one; the rest comes next time. */
export async function purge(services: Services): Promise<void> {
  const { sessions, loginsUnderWay, secondFactors, attempts, audit, tokens, emails } = services
  const all = [
    ...[sessions, loginsUnderWay, secondFactors.trusted, attempts, audit, tokens, emails].map(
      (rows) => () => rows.purge(),
    ),
    ...capabilities.flatMap(({ purge }) => (purge ? [() => purge(services)] : [])),
  ]
  for (const some of all) {
    for (let batches = 0; batches < mostBatches && (await some()) > 0; batches += 1) await turnOfOthers()
  }
}

const mostBatches = 50
