import { expect, it } from 'vitest'
import { medianDifference, rankTest } from './statistics.ts'

it('the rank test gives what a table of it says', () => {
  // U = 0 for two lists of 5 that do not overlap: z = (0 - 12.5) / sqrt(25 * 11 / 12).
  const { z, p } = rankTest([1, 2, 3, 4, 5], [6, 7, 8, 9, 10])
  expect(z).toBeCloseTo(-2.611, 3)
  expect(p).toBeCloseTo(0.00902, 4)
})

it('equal lists do not differ, and neither do lists of one value', () => {
  const list = Array.from({ length: 200 }, (_, index) => index % 7)
  expect(rankTest(list, list)).toMatchObject({ z: 0 })
  expect(rankTest(list, list).p).toBeCloseTo(1, 6)
  expect(rankTest([1, 1], [1, 1]).z).toBe(0)
})

it('a shift is found, with its size inside the interval', () => {
  const left = Array.from({ length: 500 }, (_, index) => index / 100)
  const right = left.map((value) => value + 1)
  expect(rankTest(left, right).p).toBeLessThan(1e-6)
  const { difference, low, high } = medianDifference(left, right)
  expect(difference).toBeCloseTo(-1)
  expect(low).toBeLessThan(-0.5)
  expect(high).toBeGreaterThan(-1.5)
  expect(high).toBeLessThan(0)
})
