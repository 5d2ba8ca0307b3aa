// How much processor time a password hash takes here, and what this machine could afford.
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
/** Each about twice as strong as the one before: so the advice does not hang on a millisecond. */
const sizes = [19, 46, 96, 192].map((size) => size * mebibyte)
const passes = 2
/** Of large ones the caches of the processor hold less, so they take more than their share. */
const allowance = 1.25
const typed = 'how long does it take'

/** One hash with these parameters. @returns the processor time that it took. */
type TimeHash = (cost: HashParameters) => Promise<Milliseconds>

async function lookAtHashSpeed({ settings }: DoctorInput, timeHash: TimeHash): Promise<DoctorFinding[]> {
  const name = 'password hash'
  const { hashMemory: memory, hashPasses, hashParallel } = settings
  const cost = { memory, passes: hashPasses }
  const { least, times } = await measured(cost, timeHash)
  const says = `${Math.round(least)} ms of processor time (the least of ${times}) with ${spellBytes(memory)} and ${hashPasses} passes`
  const lighter = sizes.findLast((size) => isAffordable(size, { cost, least, hashParallel })) ?? sizes[0]
  if (memory * hashPasses < weakest)
    return [warning(name, `${says}: weaker than OWASP recommends`, `Set ${spelled(sizes[0])}.`)]
  if (least > slow)
    return [warning(name, `${says}: logins wait for one another`, `Set ${spelled(lighter)}, or use a faster machine.`)]
  const stronger = sizes.find((size) => size * passes >= 2 * memory * hashPasses)
  if (stronger === undefined || !isAffordable(stronger, { cost, least, hashParallel })) return [ok(name, says)]
  return [ok(name, `${says}; this machine could afford ${spelled(stronger)}`)]
}

const spelled = (size = 0) => `hashMemory=${spellBytes(size)} and hashPasses=${passes}`

const [fewest, most] = [3, 9]

/**
 * The processor time of the cheapest of several hashes. Other programs make a hash wait, which is not counted, and take its
 * caches, which is: so on a busy machine at least three are made, however long they wait.
 */
async function measured(cost: HashParameters, timeHash: TimeHash): Promise<{ least: Milliseconds; times: number }> {
  const started = performance.now()
  const taken: Milliseconds[] = []
  const hasTime = () => performance.now() - started < (taken.length < fewest ? seconds(12) : seconds(3))
  do taken.push(await timeHash(cost))
  while (taken.length < most && hasTime())
  return { least: Math.min(...taken), times: taken.length }
}

/** All threads of this process count: nothing else runs in it meanwhile. */
async function processorTime(cost: HashParameters): Promise<Milliseconds> {
  const hashing = createHashing(createQueue({ atOnce: 1, waiting: 1, longestWait: seconds(60) }), cost)
  const before = process.cpuUsage()
  await hashing.hash(typed)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

interface Measured {
  cost: HashParameters
  least: Milliseconds
  hashParallel: number
}

/** The time grows with memory times passes. At once, all of them take a tenth of the machine's memory at most. */
function isAffordable(size: number, { cost, least, hashParallel }: Measured): boolean {
  const larger = (size * passes) / (cost.memory * cost.passes)
  return least * larger * allowance <= wanted && size * hashParallel <= totalmem() / 10
}

/** @param timeHash only for tests. */
export const hashSpeed = (timeHash: TimeHash = processorTime): Look => ({
  name: 'password hash',
  look: (asked) => lookAtHashSpeed(asked, timeHash),
})
