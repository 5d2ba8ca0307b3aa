// While a database is away, waiting for it in every request would hold up everyone: after a few failures in a row
// this answers at once, and lets one request through now and then to see whether it is back.
import { type Clock, type Milliseconds, seconds } from '../time.ts'
import { Unavailable } from './unavailable.ts'

export interface Breaker {
  /** @throws {Unavailable} while the database is known to be away. */
  enter(): void
  succeeded(): void
  failed(): void
  isOpen(): boolean
}

const probeEvery: Milliseconds = seconds(1)

export function createBreaker(clock: Clock, failuresToOpen = 3, why = 'the database is away'): Breaker {
  let failures = 0
  let nextProbe = 0
  return {
    enter() {
      if (failures < failuresToOpen) return
      if (clock.now() < nextProbe) throw new Unavailable(why)
      nextProbe = clock.now() + probeEvery
    },
    succeeded() {
      failures = 0
    },
    failed() {
      failures += 1
      if (failures === failuresToOpen) nextProbe = clock.now() + probeEvery
    },
    isOpen: () => failures >= failuresToOpen,
  }
}
