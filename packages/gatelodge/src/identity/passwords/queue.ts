// Hashing a password takes a core for some 15 ms on purpose. Only so many run at once, only so many wait, and only so
// long: beyond that people are told at once, and everybody else's pages stay quick.
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
  begin(): void
  impatience: NodeJS.Timeout
}

/** First come, first served. */
export function createQueue({ atOnce, waiting: most, longestWait }: QueueLimits): Queue {
  // Kept in the order in which they came.
  const waiting = new Set<Waiting>()
  let running = 0

  function turn(): Promise<void> {
    if (running < atOnce) {
      running += 1
      return Promise.resolve()
    }
    if (waiting.size >= most) return Promise.reject(new Busy('the queue of password hashes is full'))
    return new Promise((begin, refuse) => {
      const impatience = setTimeout(() => {
        waiting.delete(one)
        refuse(new Busy('waited too long for a password hash'))
      }, longestWait)
      const one: Waiting = { begin, impatience }
      waiting.add(one)
    })
  }

  /** The place that became free goes to the next in line, so that nobody slips in between. */
  function passOn() {
    const [next] = waiting
    if (!next) {
      running -= 1
      return
    }
    waiting.delete(next)
    clearTimeout(next.impatience)
    next.begin()
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
