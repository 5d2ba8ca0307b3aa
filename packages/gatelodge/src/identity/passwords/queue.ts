// Hashing a password takes a core for some 15 ms on purpose. Only so many run at once, only so many wait, and only so
// long: beyond that people are told at once, and everybody else's pages stay quick.
import { performance } from 'node:perf_hooks'
import { type Milliseconds, seconds } from '../../time.ts'

/** Too many people are logging in at this moment. Becomes the 503 page with `Retry-After`. */
export class Busy extends Error {
  override name = 'Busy'
  readonly retryAfter: Milliseconds = seconds(5)
}

export interface QueueLimits {
  atOnce: number
  waiting: number
  longestWait: Milliseconds
}

export interface Queue {
  /** @throws {Busy} where the queue is full, or where this job waited too long. */
  run<T>(job: () => Promise<T>): Promise<T>
}

interface Waiting {
  since: Milliseconds
  begin(): void
  refuse(reason: Busy): void
}

/** First come, first served. */
export function createQueue({ atOnce, waiting: most, longestWait }: QueueLimits): Queue {
  const waiting: Waiting[] = []
  let running = 0

  function turn(): Promise<void> {
    if (running < atOnce) {
      running += 1
      return Promise.resolve()
    }
    if (waiting.length >= most) return Promise.reject(new Busy('the queue of password hashes is full'))
    return new Promise((begin, refuse) => {
      waiting.push({ since: performance.now(), begin, refuse })
    })
  }

  /** The place that became free goes to the next in line, so that nobody slips in between. */
  function passOn() {
    const next = waiting.shift()
    if (!next) {
      running -= 1
    } else if (performance.now() - next.since > longestWait) {
      // Whoever waited too long has probably gone; the ones behind have not.
      next.refuse(new Busy('waited too long for a password hash'))
      passOn()
    } else next.begin()
  }

  return {
    async run(job) {
      await turn()
      try {
        return await job()
      } finally {
        passOn()
      }
    },
  }
}
