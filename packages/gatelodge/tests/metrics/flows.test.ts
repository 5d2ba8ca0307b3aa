// Whatever people do, the metrics name nobody: all flows are walked, and every label holds one of the words that are known
// beforehand.
import { expect, it } from 'vitest'
import { capabilities, createApp, declared } from '../../src/app.ts'
import { sharedEvents } from '../../src/identity/audit/events.ts'
import { type DeclaredMetric, declaredMetrics } from '../../src/metrics/declared.ts'
import { find } from '../support/canaries.ts'
import { type Sample, samplesIn, testMeter } from '../support/exposition.ts'
import { sites } from '../support/flows.ts'
import { makeApp, throwawayDatabase } from '../support/make-app.ts'

const events = [sharedEvents, ...capabilities.map((one) => one.events ?? {})].flatMap((some) => Object.keys(some))
const rules = events.filter((event) => event.endsWith('.rate-limited')).map((event) => event.split('.')[0] ?? '')

/** Of labels whose words the declaration does not have. */
const open: Record<string, readonly string[]> = {
  version: ['0.0.0-test'],
  method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'other'],
  template: [...Object.keys(declared.emails), 'other'],
  rule: rules,
}

function isKnown(routes: Set<string>, { name, labels }: Sample): boolean {
  const metric = Object.entries<DeclaredMetric>(declaredMetrics).find(
    ([one, { kind }]) => one === name || (kind === 'histogram' && name.startsWith(one)),
  )
  const words = { ...open, ...metric?.[1].words }
  return Object.entries(labels).every(([label, value]) => {
    if (label === 'le') return value === '+Inf' || Number(value) > 0
    if (label === 'route') return routes.has(value)
    if (label === 'code') return /^[1-5]\d\d$/.test(value)
    return metric?.[1].labels.includes(label) && words[label]?.includes(value)
  })
}

it('V14.2.4 V16.2.5 no metric has an account, an address, an IP or a token in a label, whatever people do', async () => {
  const from = '203.0.113.77'
  const seen = new Set<string>()
  for (const { settings, flows } of sites) {
    const meter = testMeter()
    const app = await makeApp(throwawayDatabase(), settings, { meter })
    const here = { ...app, visitor: () => app.visitor(from) }
    meter.sample(app.services)
    for (const flow of Object.values(flows)) {
      const { browser, person } = await flow.prepare(here)
      const { status } = await flow.send(browser, person)
      await flow.verify(here, person, status, browser)
    }
    const text = await meter.text()
    const samples = samplesIn(text)
    const routes = new Set([...createApp(app.services).routes.map(({ path }) => path), 'unknown'])
    expect(samples.filter((sample) => !isKnown(routes, sample))).toEqual([])
    const accounts = await app.services.database.db.selectFrom('gatelodge_accounts').selectAll().execute()
    expect(accounts.length).toBeGreaterThan(0)
    const people = accounts.flatMap(({ id, name, email }) => [String(name), String(email), id.toString('hex')])
    const canaries = Object.fromEntries([from, '127.0.0.1', ...people].map((one) => [one, one]))
    expect(find(canaries, [{ name: 'the metrics', content: text }])).toEqual([])
    for (const { name, value } of samples) if (value > 0) seen.add(name)
    await app.close()
  }
  const counters = Object.entries<DeclaredMetric>(declaredMetrics).filter(([, { kind }]) => kind !== 'gauge')
  const uncounted = counters.map(([name]) => name).filter((name) => !seen.has(name) && !seen.has(`${name}_count`))
  // No email is sent there, no proxy asks, and no queue is full.
  expect(uncounted.sort()).toEqual([
    'gatelodge_emails_total',
    'gatelodge_forward_auth_total',
    'gatelodge_password_hash_refused_total',
  ])
})
