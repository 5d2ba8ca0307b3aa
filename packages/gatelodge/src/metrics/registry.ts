// The declared metrics. prom-client writes them as Prometheus reads them; what is counted at each request is counted here, in
// plain numbers, because its own way takes several microseconds each time. The only file that knows prom-client.
import { Counter, Gauge, Registry } from 'prom-client'
import { type DeclaredMetric, declaredMetrics, type MetricName } from './declared.ts'
import { type Tallies, talliedHistogram, talliesOf } from './tally.ts'

export type Labels = Record<string, string>

export interface Metrics {
  /** The type that Prometheus expects of the text. */
  contentType: string
  /** All metrics, in the text format of Prometheus. */
  text(): Promise<string>
  /** One more of a counter. */
  count(name: MetricName, labels?: Labels): void
  /** For what happens often. @returns what counts one more of a counter. */
  counter(name: MetricName, labels: Labels): () => void
  /** @returns what takes seconds into a histogram. */
  histogram(name: MetricName, labels?: Labels): (seconds: number) => void
  /** @param value of a gauge; undefined: nobody knows, so the metric has no value for now. */
  set(name: MetricName, value: number | undefined, labels?: Labels): void
}

/** @param known words of labels, beside those of the declaration. */
export function createMetrics(known: Readonly<Record<string, readonly string[]>>): Metrics {
  const registry = new Registry()
  const counters = new Map<string, Counter>()
  const gauges = new Map<string, Gauge>()
  const histograms = new Map<string, Tallies>()
  for (const [name, { kind, help, labels, words = {}, buckets = [] }] of Object.entries<DeclaredMetric>(
    declaredMetrics,
  )) {
    const options = { name, help, labelNames: [...labels], registers: [registry] }
    if (kind === 'counter') counters.set(name, fromZero(new Counter(options), labels, { ...known, ...words }))
    else if (kind === 'gauge') gauges.set(name, new Gauge(options))
    else {
      const tallies = talliesOf(buckets)
      histograms.set(name, tallies)
      registry.registerMetric(talliedHistogram(options, buckets, tallies))
    }
  }
  /** Of those that happen often: handed over when the text is made. */
  const pending: (() => void)[] = []
  return {
    contentType: registry.contentType,
    text() {
      for (const handOver of pending) handOver()
      return registry.metrics()
    },
    count: (name, labels = {}) => counters.get(name)?.inc(labels),
    counter(name, labels) {
      let more = 0
      pending.push(() => {
        if (more > 0) counters.get(name)?.inc(labels, more)
        more = 0
      })
      return () => {
        more += 1
      }
    },
    histogram: (name, labels = {}) => histograms.get(name)?.of(labels) ?? (() => {}),
    set(name, value, labels = {}) {
      const gauge = gauges.get(name)
      if (value === undefined) gauge?.remove(labels)
      else gauge?.set(labels, value)
    },
  }
}

/** Prometheus does not see that something happened for the first time where there was no number before. */
function fromZero(counter: Counter, labels: readonly string[], words: NonNullable<DeclaredMetric['words']>): Counter {
  const all = labels.reduce<Labels[]>(
    (some, label) => some.flatMap((one) => (words[label] ?? []).map((word) => ({ ...one, [label]: word }))),
    [{}],
  )
  for (const each of all) counter.inc(each, 0)
  return counter
}
