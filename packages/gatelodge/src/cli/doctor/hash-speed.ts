// How long a password hash takes here, and what this machine could afford.
import { totalmem } from 'node:os'
import { spellBytes } from '../../config/values.ts'
import { createHashing, type HashParameters } from '../../identity/passwords/hashing.ts'
import { createQueue } from '../../identity/passwords/queue.ts'
import { type Milliseconds, seconds } from '../../time.ts'
import { type DoctorFinding, type DoctorInput, type Look, ok, warning } from './finding.ts'

const mebibyte = 1024 ** 2
/** What people do not notice, and thieves of a database do. */
const wanted: Milliseconds = 100
const slow: Milliseconds = 500
/** OWASP's choices for argon2id lie at 35 MiB times passes and above. */
const weakest = 35 * mebibyte
const sizes = [19, 24, 32, 46, 64, 96, 128, 192, 256].map((size) => size * mebibyte)
const passes = 2
const typed = 'how long does it take'

async function lookAtHashSpeed({ settings }: DoctorInput): Promise<DoctorFinding[]> {
  const name = 'password hash'
  const { hashMemory: memory, hashPasses, hashParallel } = settings
  const ms = await timeOf({ memory, passes: hashPasses })
  const here = `${Math.round(ms)} ms with ${spellBytes(memory)} and ${hashPasses} passes`
  const proposal = proposed({ memory, passes: hashPasses }, ms, hashParallel)
  const set = `hashMemory=${spellBytes(proposal)} and hashPasses=${passes}`
  if (memory * hashPasses < weakest) return [warning(name, `${here}: weaker than OWASP recommends`, `Set ${set}.`)]
  if (ms > slow) return [warning(name, `${here}: logins wait for one another`, `Set ${set}, or use a faster machine.`)]
  if (memory * hashPasses >= proposal * passes) return [ok(name, here)]
  return [ok(name, `${here}; this machine could afford ${set}`)]
}

/** Of three, the quickest: others may use the machine as well. A slow one is tried once. */
async function timeOf(cost: HashParameters): Promise<Milliseconds> {
  const hashing = createHashing(createQueue({ atOnce: 1, waiting: 1, longestWait: seconds(60) }), cost)
  // The first one loads native code.
  await createHashing(createQueue({ atOnce: 1, waiting: 1, longestWait: seconds(60) }), {
    memory: 64 * 1024,
    passes: 1,
  }).hash(typed)
  let best = Number.POSITIVE_INFINITY
  for (let time = 0; time < 3 && (time === 0 || best < seconds(1)); time += 1) {
    const started = performance.now()
    await hashing.hash(typed)
    best = Math.min(best, performance.now() - started)
  }
  return best
}

/** The time grows with memory times passes. At once, all of them take a tenth of the machine's memory at most. */
function proposed(cost: HashParameters, ms: Milliseconds, atOnce: number): number {
  const affordable = (cost.memory * cost.passes * wanted) / ms / passes
  const room = totalmem() / 10 / atOnce
  const fitting = sizes.filter((size) => size <= Math.min(affordable, room))
  return fitting.at(-1) ?? (sizes[0] as number)
}

export const hashSpeed: Look = { name: 'password hash', look: lookAtHashSpeed }
