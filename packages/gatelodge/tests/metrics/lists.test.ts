// docs/running/metrics.md and examples/grafana name the metrics that the code declares, and no others.
import { expect, it } from 'vitest'
import { type DeclaredMetric, declaredMetrics } from '../../src/metrics/declared.ts'
import { codes, document, table } from '../support/documents.ts'

const declared = new Map<string, DeclaredMetric>(Object.entries(declaredMetrics))

/** Of a histogram, Prometheus makes three. */
function metricOf(name: string): DeclaredMetric | undefined {
  const known = declared.get(name)
  if (known) return known.kind === 'histogram' ? undefined : known
  const histogram = declared.get(name.replace(/_(?:bucket|sum|count)$/, ''))
  return histogram?.kind === 'histogram' ? histogram : undefined
}

/** Prometheus adds them. */
const added = ['job', 'instance', 'le']

/** Each expression of PromQL in a file. */
const expressions = {
  'examples/grafana/dashboard.json': () => {
    const { panels } = JSON.parse(document('examples/grafana/dashboard.json')) as {
      panels: { targets?: { expr: string; legendFormat: string }[] }[]
    }
    // A legend names labels of its expression.
    return panels.flatMap(({ targets = [] }) =>
      targets.map(({ expr, legendFormat }) => ({
        expr,
        shown: [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label),
      })),
    )
  },
  'examples/grafana/alerts.yml': () => {
    const rules = document('examples/grafana/alerts.yml').split('- alert: ').slice(1)
    return rules.map((rule) => ({
      expr: /^ +expr: (?:>-\n)?([\s\S]*?)\n +(?:for|labels):/m.exec(rule)?.[1] ?? '',
      shown: [...rule.matchAll(/\$labels\.(\w+)/g)].map(([, label = '']) => label),
    }))
  },
}

it('docs/running/metrics.md lists every metric with its kind, its labels and what it says', () => {
  const listed = table('docs/running/metrics.md', 'All metrics').map((row) => [
    codes(row.metric)[0],
    { kind: row.kind, labels: codes(row.labels), help: row.says },
  ])
  expect(Object.fromEntries(listed)).toEqual(
    Object.fromEntries([...declared].map(([name, { kind, labels, help }]) => [name, { kind, labels, help }])),
  )
})

it('the names follow the conventions of Prometheus', () => {
  for (const [name, { kind, labels }] of declared) {
    expect(name).toMatch(/^gatelodge_[a-z_]+$/)
    expect(name.endsWith('_total'), name).toBe(kind === 'counter')
    if (kind === 'histogram') expect(name).toMatch(/_seconds$/)
    for (const label of labels)
      expect(['method', 'route', 'code', 'result', 'type', 'rule', 'template', 'version']).toContain(label)
  }
})

it.each(Object.entries(expressions))('%s asks for metrics that there are, by labels that they have', (_, read) => {
  const all = read()
  expect(all.length).toBeGreaterThan(9)
  for (const { expr, shown } of all) {
    expect(expr).not.toBe('')
    const names = [...expr.matchAll(/\bgatelodge_\w+/g)].map(([name]) => name)
    for (const name of names) expect(metricOf(name), `${name} in ${expr}`).toBeDefined()
    const labels = new Set([...added, ...names.flatMap((name) => metricOf(name)?.labels ?? [])])
    for (const [, name = '', matchers = ''] of expr.matchAll(/\b(gatelodge_\w+)\{([^}]*)\}/g))
      for (const [, label = ''] of matchers.matchAll(/(\w+) *(?:=~|!~|!=|=)/g))
        expect([...added, ...(metricOf(name)?.labels ?? [])], expr).toContain(label)
    for (const [, list = ''] of expr.matchAll(/\b(?:by|without|on|ignoring) *\(([^)]*)\)/g))
      for (const label of list.split(/, */)) expect([...labels], expr).toContain(label)
    for (const label of shown) expect([...labels], expr).toContain(label)
  }
})

it('the dashboard shows every metric', () => {
  const text = document('examples/grafana/dashboard.json')
  expect([...declared.keys()].filter((name) => !text.includes(name))).toEqual([])
})
