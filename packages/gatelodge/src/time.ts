// Time, in one unit: every duration and every moment in this program is a number of milliseconds.

export type Milliseconds = number

/** Tells the moment, as milliseconds since 1970 UTC. Everything asks this, so that a test can move it. */
export interface Clock {
  now(): Milliseconds
}

export const systemClock: Clock = { now: Date.now }

export const seconds = (count: number): Milliseconds => count * 1_000
export const minutes = (count: number): Milliseconds => seconds(count * 60)
export const hours = (count: number): Milliseconds => minutes(count * 60)
export const days = (count: number): Milliseconds => hours(count * 24)
