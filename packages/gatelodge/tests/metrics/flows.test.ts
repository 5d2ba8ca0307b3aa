// Whatever people do, the metrics name nobody: all flows are walked, and every label holds one of the words that are known
// beforehand.
import { expect, it } from 'vitest'
import { capabilities, createApp, declared } from '../../src/app.ts'
import { sharedEvents } from '../../src/identity/audit/events.ts'
import { declaredMetrics } from '../../src/metrics/declared.ts'
import { find } from '../support/canaries.ts'
import { type Sample, samplesIn, testMeter } from '../support/exposition.ts'
import { sites } from '../support/flows.ts'
import { makeApp, throwawayDatabase } from '../support/make-app.ts'

const events = [sharedEvents, ...capabilities.map((one) => one.events ?? {})].flatMap((some) => Object.keys(some))
const rules = events.filter((event) => event.endsWith('.rate-limited')).map((event) => event.split('.')[0] ?? '')

const words: Record<string, readonly string[]> = {
  version: ['0.0.0-test'],
  method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'other'],
  type: ['app', 'recovery-code', 'passkey', 'connections', 'writes'],
  template: [...Object.keys(declared.emails), 'other'],
  rule: rules,
  result: [
    ...['allowed', 'login', 'refused', 'failed', 'succeeded', 'unfinished', 'requested'],
    ...['sent', 'delayed', 'ok', 'started', 'finished'],
  ],
}
const ways = ['password', 'passkey', 'provider', 'link', 'other']

function isKnown(routes: Set<string>, { name, labels }: Sample): boolean {
  return Object.entries(labels).every(([label, value]) => {
    if (label === 'le') return value === '+Inf' || Number(value) > 0
    if (label === 'route') return routes.has(value)
    if (label === 'code') return /^[1-5]\d\d$/.test(value)
    if (name === 'gatelodge_logins_total' && label === 'method') return ways.includes(value)
    return words[label]?.includes(value)
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
    for (const { name } of samples) seen.add(name)
    await app.close()
  }
  const unseen = Object.keys(declaredMetrics).filter((name) => !seen.has(name) && !seen.has(`${name}_count`))
  // No email is sent there, and no proxy asks.
  expect(unseen.sort()).toEqual(['gatelodge_emails_total', 'gatelodge_forward_auth_total'])
})
