// How far a walk goes: all the way in `npm run test:exhaustive`, and a few steps of it in `npm test`.
import { expect, inject, it } from 'vitest'
import { onEachDatabase, onSqlite } from './databases.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    walks: 'whole' | 'sample'
  }
}

export const isWhole = inject('walks') === 'whole'

/** For titles, so that each says what was done. */
export const each = isWhole ? 'each' : 'the first and the last'

/** A sample is taken where nothing has to be asked over a network. */
export const onWalkedDatabases = isWhole ? onEachDatabase : onSqlite

/** What a sample cannot show. It is not there at all: one that is skipped counts as failed. */
export const itWhole: (title: string, test: () => unknown, limit?: number) => void = isWhole ? it : () => {}

/** Of a sample: the first and the last. */
export const walked = <T>(all: T[]): T[] => (isWhole ? all : all.filter((_, at) => at === 0 || at === all.length - 1))

/** Of a sample: the first, the one that many places behind it, and so on. */
export const sampled = <T>(all: T[], every: number): T[] => (isWhole ? all : all.filter((_, at) => at % every === 0))

/**
 * Stops at each place on a way (from 1), until there is no further place; in a sample at the first and the last.
 * @param stop answers whether there was such a place.
 * @param length how many places the way had that was just gone without a stop.
 * @returns the first number that was no place any more.
 */
export async function walk(stop: (at: number) => Promise<boolean>, length: () => number): Promise<number> {
  if (isWhole) {
    let at = 1
    while (await stop(at)) at += 1
    return at
  }
  let last: number
  await stop(Number.POSITIVE_INFINITY)
  // The first time of all may be longer than the next.
  do last = length()
  while (!(await stop(last)))
  expect(await stop(1)).toBe(true)
  return last + 1
}
