// What `/metrics` says, read as Prometheus reads it.

import { declared } from '../../src/app.ts'
import { createMeter, type Meter } from '../../src/metrics/meter.ts'

export interface Sample {
  name: string
  labels: Record<string, string>
  value: number
}

export function testMeter(): Meter {
  return createMeter({ version: '0.0.0-test', templates: Object.keys(declared.emails) })
}

export function samplesIn(text: string): Sample[] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return lines.map((line) => {
    const [, name = '', labels = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? []
    if (!name) throw new Error(`no sample: ${line}`)
    const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)]
    return {
      name,
      labels: Object.fromEntries(pairs.map(([, key = '', text = '']) => [key, text])),
      value: Number(value),
    }
  })
}

/** Of the one sample that has these labels, and no others but those; undefined: there is none. */
export function sampleOf(text: string, name: string, labels: Record<string, string> = {}): number | undefined {
  const wanted = JSON.stringify(Object.entries(labels).sort())
  return samplesIn(text).find(
    (sample) => sample.name === name && JSON.stringify(Object.entries(sample.labels).sort()) === wanted,
  )?.value
}
