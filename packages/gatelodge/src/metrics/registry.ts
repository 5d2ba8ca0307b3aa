// The declared metrics, as prom-client keeps them. The only file that knows prom-client.
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { type DeclaredMetric, declaredMetrics, type MetricName } from './declared.ts'

type Labels = Record<string, string>

export interface Metrics {
  /** The type that Prometheus expects of the text. */
  contentType: string
  /** All metrics, in the text format of Prometheus. */
  text(): Promise<string>
  /** One more of a counter. */
  count(name: MetricName, labels?: Labels): void
  /** @param seconds into a histogram. */
  observe(name: MetricName, seconds: number, labels?: Labels): void
  /** @param value of a gauge; undefined: nobody knows, so the metric has no value for now. */
  set(name: MetricName, value: number | undefined, labels?: Labels): void
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  const all = Object.entries<DeclaredMetric>(declaredMetrics).map(([name, metric]) => {
    const { kind, help, labels, buckets = [] } = metric
    const options = { name, help, labelNames: [...labels], registers: [registry] }
    if (kind === 'counter') return [name, new Counter(options)] as const
    if (kind === 'gauge') return [name, new Gauge(options)] as const
    return [name, new Histogram({ ...options, buckets: [...buckets] })] as const
  })
  const byName = new Map<string, Counter | Gauge | Histogram>(all)
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    count: (name, labels = {}) => (byName.get(name) as Counter).inc(labels),
    observe: (name, seconds, labels = {}) => (byName.get(name) as Histogram).observe(labels, seconds),
    set(name, value, labels = {}) {
      const gauge = byName.get(name) as Gauge
      if (value === undefined) gauge.remove(labels)
      else gauge.set(labels, value)
    },
  }
}
