// Hashing that runs on the main thread lets others have their turn, each millisecond or so.
import { setImmediate as turnOfOthers } from 'node:timers/promises'

/** @returns what to wait for after each round, by its number. */
export function pauses() {
  return (round: number) => (round % 500 === 499 ? turnOfOthers() : undefined)
}
