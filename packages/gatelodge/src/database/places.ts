// So many at once, in the order in which they came; who waits too long is sent away.
import type { Milliseconds } from '../time.ts'
import { Unavailable } from './unavailable.ts'

export interface DatabasePlaces {
  /** @returns what gives the place back. @throws {Unavailable} where none was free in time. */
  enter(): Promise<() => void>
}

export function createPlaces(places: number, longestWait: Milliseconds): DatabasePlaces {
  let free = places
  const waiting = new Set<() => void>()

  function leave() {
    const [next] = waiting
    if (!next) free += 1
    else next()
  }

  /** A place is given back once, however often it is said. */
  function place(): () => void {
    let isMine = true
    return () => {
      if (isMine) leave()
      isMine = false
    }
  }

  return {
    enter() {
      if (free > 0) {
        free -= 1
        return Promise.resolve(place())
      }
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(next)
          reject(new Unavailable('all connections that may write are in use'))
        }, longestWait)
        const next = () => {
          clearTimeout(timer)
          waiting.delete(next)
          resolve(place())
        }
        waiting.add(next)
      })
    },
  }
}
