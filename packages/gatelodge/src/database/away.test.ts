import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { onMysql } from '../../tests/support/databases.ts'
import { type Gate, gateBefore } from '../../tests/support/gate.ts'
import { makeApp, type TestApp } from '../../tests/support/make-app.ts'
import { Visitor } from '../../tests/support/visitor.ts'
import { createApp, declared } from '../app.ts'
import { loadSettings } from '../config/load.ts'
import { createLog } from '../log.ts'
import { createServices } from '../services.ts'
import { seconds } from '../time.ts'

async function eventually(what: () => Promise<boolean>): Promise<void> {
  while (!(await what())) await pause(50)
}

onMysql('A database that is away', (database) => {
  let app: Pick<TestApp, 'close'> | undefined
  let gate: Gate
  afterEach(async () => {
    await gate.open()
    await app?.close()
    await gate.close()
  })

  it('V13.1.2 does not keep the site from standing: pages say so kindly, and it recovers by itself', async () => {
    gate = await gateBefore(database.url)
    const loaded = loadSettings({
      flags: { databaseUrl: gate.url, databaseTimeout: '1s', secret: 'a-secret-for-tests-0123456789-abcdefgh' },
    })
    if (loaded.kind === 'faults') throw new Error(JSON.stringify(loaded.faults))
    const services = await createServices(loaded.settings, declared, {
      log: createLog(loaded.settings, { write: () => {} }),
    })
    app = services
    const handler = createApp(services)
    const visitor = () => new Visitor(async (request) => handler.fetch(request), loaded.settings.baseUrl)
    const ready = async () => (await visitor().send('GET', '/health/ready')).status

    expect([(await visitor().send('GET', '/health/alive')).status, await ready()]).toEqual([200, 503])
    const browser = visitor()
    expect((await browser.open('/login')).status).toBe(200)
    await browser.submit({ email: 'ada@example.org', password: 'violet tram lamp' })
    expect(browser.page).toMatchObject({ status: 503, heading: 'This page is temporarily unavailable' })
    expect(browser.page.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(browser.page.headers.get('content-security-policy')).toContain("default-src 'none'")

    await gate.open()
    await services.readiness.first
    await eventually(async () => (await ready()) === 200)
    await eventually(
      async () => (await visitor().json('POST', '/api/v1/login', { email: 'a@b.cd', password: 'x' })).status === 401,
    )
  })

  it('V13.1.3 V16.5.2 that goes silent costs a person the time-out and no more, and nobody their session', async () => {
    gate = await gateBefore(database.url)
    await gate.open()
    const made = await makeApp({ url: gate.url }, { databaseTimeout: seconds(0.5) })
    app = made
    const browser = made.visitor()
    await browser.register()
    gate.silence()
    for (let tries = 0; tries < 5; tries += 1) {
      expect((await browser.send('GET', '/account')).status).toBe(503)
      expect((await browser.json('POST', '/api/v1/login', { email: 'a@b.cd', password: 'x' })).status).toBe(503)
    }
    await gate.open()
    // The breaker lets a probe through once a second by the clock that the test moves.
    await eventually(async () => {
      made.clock.pass(seconds(1))
      return (await browser.send('GET', '/account')).status === 200
    })
  })
})
