// What was measured, as two tables and a sentence.
import { median, quantile } from '../rounds.ts'
import { aligned } from '../table.ts'
import { medianDifference, rankTest } from './statistics.ts'

/** How likely chance alone may be to accuse any pair at all. */
const risk = 0.01

/** @param title of what the kinds are. */
export function report(title: string, taken: Map<string, number[]>): string {
  const kinds = [...taken].map(([name, list]) => [
    name,
    String(list.length),
    ...[median(list), quantile(list, 0.1), quantile(list, 0.9)].map((value) => value.toFixed(3)),
  ])
  const pairs = pairsOf([...taken]).map(([[one, left], [other, right]]) => ({
    name: `${one} – ${other}`,
    ...rankTest(left, right),
    ...medianDifference(left, right),
  }))
  const lines = pairs.map(({ name, difference, low, high, z, p }) => [
    name,
    inMicroseconds(difference),
    `${inMicroseconds(low)} to ${inMicroseconds(high)}`,
    z.toFixed(2),
    p.toFixed(4),
  ])
  return [
    aligned([[title, 'samples', 'median, ms', '10 %', '90 %'], ...kinds]),
    aligned([['pair', 'difference of medians, µs', '95 % interval, µs', 'z', 'p'], ...lines]),
    judgement(pairs),
  ].join('\n\n')
}

function judgement(pairs: { name: string; p: number }[]): string {
  // As many chances to be wrong as there are pairs (Bonferroni).
  const threshold = risk / pairs.length
  const different = pairs.filter(({ p }) => p < threshold)
  const asked = `${pairs.length} pairs, each at p < ${Number(threshold.toPrecision(2))}`
  if (different.length === 0) return `No two of them can be told apart by the time they take (${asked}).`
  return `These can be told apart by the time they take (${asked}): ${different.map(({ name }) => name).join('; ')}.`
}

function pairsOf<T>(list: T[]): [T, T][] {
  return list.flatMap((one, index) => list.slice(index + 1).map((other): [T, T] => [one, other]))
}

function inMicroseconds(milliseconds: number): string {
  return (milliseconds * 1000).toFixed(0)
}
