// Hashing a password takes a core for some 15 ms on purpose. Only so many run at once, only so many wait, and only so
// long. Beyond that a request gets its error page at once, and all other pages stay quick.
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
  /**
   * @param whose the line in which it waits: those of each client, so that none can keep all others out.
   * @throws {Busy} where the queue is full, or where this job waited too long.
   */
  run<T>(job: () => Promise<T>, whose?: string): Promise<T>
}

interface Waiting {
  begin(): void
  refuse(error: Busy): void
  impatience: NodeJS.Timeout
}

/** First come, first served within a line; the lines take turns. Where no place is left, the longest line gives one up. */
export function createQueue({ atOnce, waiting: most, longestWait }: QueueLimits): Queue {
  // Both kept in order: the line whose turn is next stands first, and in it anyone who came first.
  const lines = new Map<string, Set<Waiting>>()
  let waiting = 0
  let running = 0

  function turn(whose: string): Promise<void> {
    if (running < atOnce) {
      running += 1
      return Promise.resolve()
    }
    if (waiting >= most && !makeRoom(whose)) return Promise.reject(new Busy('the queue of password hashes is full'))
    return new Promise((begin, refuse) => {
      const impatience = setTimeout(() => {
        leave(whose, one)
        refuse(new Busy('waited too long for a password hash'))
      }, longestWait)
      const one: Waiting = { begin, refuse, impatience }
      lines.set(whose, (lines.get(whose) ?? new Set()).add(one))
      waiting += 1
    })
  }

  /** @returns whether there was a line so long that its last one goes, for someone who comes with fewer. */
  function makeRoom(whose: string): boolean {
    const [longest, line] = [...lines].reduce((one, other) => (other[1].size > one[1].size ? other : one), ['', none])
    const last = [...line].at(-1)
    if (!last || line.size <= (lines.get(whose)?.size ?? 0) + 1) return false
    leave(longest, last)
    last.refuse(new Busy('the queue of password hashes is full'))
    return true
  }

  function leave(whose: string, one: Waiting) {
    clearTimeout(one.impatience)
    const line = lines.get(whose)
    line?.delete(one)
    if (line?.size === 0) lines.delete(whose)
    waiting -= 1
  }

  /** The place that became free goes to the next in line, so that nobody slips in between. */
  function passOn() {
    const [next] = lines
    if (!next) {
      running -= 1
      return
    }
    const [whose, line] = next
    const [one] = line as Set<Waiting>
    // Behind all others, for the next round.
    lines.delete(whose)
    lines.set(whose, line)
    leave(whose, one as Waiting)
    one?.begin()
  }

  return {
    async run(job, whose = '') {
      await turn(whose)
      try {
        return await job()
      } finally {
        passOn()
      }
    },
  }
}

const none: Set<Waiting> = new Set()
