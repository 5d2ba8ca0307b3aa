// A histogram in plain numbers, which prom-client writes.
import { Histogram, type HistogramConfiguration } from 'prom-client'

export interface Tallies {
  /** @returns what takes seconds. */
  of(labels: Record<string, string>): (seconds: number) => void
  all: Tally[]
}

interface Tally {
  labels: Record<string, string>
  /** How many were at most as long as each bound, and longer than the one before; the last: longer than all. */
  counts: number[]
  sum: number
}

/** @param bounds in seconds, rising. */
export function talliesOf(bounds: readonly number[]): Tallies {
  const all: Tally[] = []
  return {
    all,
    of(labels) {
      const tally: Tally = { labels, counts: new Array(bounds.length + 1).fill(0), sum: 0 }
      all.push(tally)
      return (seconds) => {
        let at = 0
        while (at < bounds.length && seconds > (bounds[at] as number)) at += 1
        tally.counts[at] = (tally.counts[at] as number) + 1
        tally.sum += seconds
      }
    },
  }
}

export function talliedHistogram(
  options: HistogramConfiguration<string>,
  bounds: readonly number[],
  { all }: Tallies,
): Histogram {
  class Tallied extends Histogram {
    /** The registry makes the text of what this gives. */
    async getForPromString() {
      const { name, help } = options
      return { name, help, type: 'histogram', values: all.flatMap((tally) => valuesOf(name, bounds, tally)) }
    }
  }
  return new Tallied({ ...options, buckets: [...bounds], registers: [] })
}

function valuesOf(name: string, bounds: readonly number[], { labels, counts, sum }: Tally) {
  let count = 0
  const buckets = [...bounds, '+Inf'].map((le, at) => {
    count += counts[at] as number
    return { metricName: `${name}_bucket`, labels: { ...labels, le }, value: count }
  })
  return [
    ...buckets,
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: count },
  ]
}
