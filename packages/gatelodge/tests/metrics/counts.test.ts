// Each metric counts what it says.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../src/identity/ids.ts'
import { importRuns } from '../../src/identity/imports/storage.ts'
import { Busy, createQueue } from '../../src/identity/passwords/queue.ts'
import type { Meter } from '../../src/metrics/meter.ts'
import { minutes, seconds } from '../../src/time.ts'
import { onEachDatabase } from '../support/databases.ts'
import { sampleOf, samplesIn, testMeter } from '../support/exposition.ts'
import { useMailServer } from '../support/mail-server.ts'
import { makeApp, type TestApp, throwawayDatabase } from '../support/make-app.ts'
import { logInWithPasskey, optionsFor, sendAnswer, someoneWithPasskey, tokenOn } from '../support/passkeys.ts'
import { shown, someoneWithApp } from '../support/second-factor.ts'

describe('The metrics of what people do', () => {
  const mail = useMailServer()
  let meter: Meter
  let app: TestApp
  beforeAll(async () => {
    meter = testMeter()
    // A level that drops every line: the counts do not depend on it.
    app = await makeApp(
      throwawayDatabase(),
      { logLevel: 'silent', smtpUrl: mail.url, mailFrom: 'a@example.org' },
      { meter },
    )
    meter.sample(app.services)
  })
  afterAll(() => app.close())

  /** How much more there is of each after something was done; what has not changed is left out. */
  async function during(act: () => Promise<unknown>): Promise<Record<string, number>> {
    const before = await meter.text()
    await act()
    const after = samplesIn(await meter.text())
    const changes = after.map(({ name, labels, value }) => {
      const spelled = Object.values(labels).join(' ')
      return [
        `${name.replace('gatelodge_', '')} ${spelled}`.trim(),
        value - (sampleOf(before, name, labels) ?? 0),
      ] as const
    })
    const counted = /^(?:logins|registrations|second_factor|forward_auth|rate_limited|emails|http_requests)_total/
    return Object.fromEntries(changes.filter(([name, change]) => change !== 0 && counted.test(name)))
  }

  const of = (counts: Record<string, number>, name: string) =>
    Object.fromEntries(
      Object.entries(counts).flatMap(([key, value]) =>
        key.startsWith(`${name}_total`) ? [[key.slice(name.length + 7), value]] : [],
      ),
    )

  it('counts requests by the declared pattern, and all unknown addresses as one', async () => {
    const browser = app.visitor()
    const counts = await during(async () => {
      await browser.open('/reset-password/one-token')
      await browser.open('/reset-password/another')
      for (const path of ['/nowhere', '/no/where/else?a=b', '/%00']) await browser.send('GET', path)
      await browser.send('PURGE', '/login')
    })
    expect(of(counts, 'http_requests')).toMatchObject({ 'GET unknown 404': 3, 'other unknown 405': 1 })
    const known = Object.keys(of(counts, 'http_requests')).filter((key) => key.includes('/reset-password'))
    expect(known.join()).not.toMatch(/one-token|another/)
  })

  it('counts registrations, logins and waits by their results', async () => {
    const browser = app.visitor()
    let person = {}
    expect(await during(async () => (person = await browser.register()))).toMatchObject({
      'registrations_total succeeded': 1,
    })
    await browser.logOut()
    const wrong = { ...person, password: 'quiet amber windmill' }
    const program = app.visitor()
    const counts = await during(async () => {
      await browser.logIn(person)
      for (let time = 0; time < 6; time += 1) await program.json('POST', '/api/v1/login', wrong)
      await program.json('POST', '/api/v1/register', { name: '', email: 'x', password: '' })
    })
    expect(of(counts, 'logins')).toEqual({ 'password succeeded': 1, 'password failed': 5 })
    expect(of(counts, 'rate_limited')).toEqual({ login: 1 })
    expect(of(counts, 'registrations')).toEqual({ refused: 1 })
  })

  it('counts second factors by their kind, also before sensitive changes', async () => {
    const { person, key, codes } = await someoneWithApp(app)
    const counts = await during(async () => {
      const browser = app.visitor()
      await browser.logIn(person)
      await browser.submit({ code: shown(app, key, 40) })
      await browser.submit({ code: shown(app, key) })
      const other = app.visitor()
      await other.logIn(person)
      await other.open('/two-factor?by=recovery-code')
      await other.submit({ recovery_code: codes[0] ?? '' })
    })
    expect(of(counts, 'second_factor')).toEqual({ 'app failed': 1, 'app succeeded': 1, 'recovery-code succeeded': 1 })
    expect(of(counts, 'logins')).toEqual({ 'password unfinished': 2, 'password succeeded': 2 })
  })

  it('counts a login with a passkey as one, and a passkey before a sensitive change as a second factor', async () => {
    const { key } = await someoneWithPasskey(app)
    const counts = await during(async () => {
      const browser = app.visitor()
      await logInWithPasskey(app.visitor(), key, { origin: 'https://evil.example' })
      await logInWithPasskey(browser, key)
      await browser.open('/reauthenticate')
      const token = tokenOn(browser.page) ?? ''
      const proof = key.use(await optionsFor(browser, '/reauthenticate', token))
      await sendAnswer(browser, '/reauthenticate', proof, { form_token: token })
    })
    expect(of(counts, 'logins')).toEqual({ 'passkey failed': 1, 'passkey succeeded': 1 })
    expect(of(counts, 'second_factor')).toEqual({ 'passkey succeeded': 1 })
  })

  it('counts what a proxy was told', async () => {
    const browser = app.visitor()
    await browser.register()
    const counts = await during(async () => {
      await browser.send('GET', '/forward-auth')
      await browser.send('GET', '/auth-request')
      await app.visitor().send('GET', '/forward-auth', undefined, { accept: 'text/html' })
      await app.visitor().send('GET', '/auth-request')
    })
    expect(of(counts, 'forward_auth')).toEqual({ allowed: 2, login: 2 })
  })

  it('counts emails by their template, and says how many wait and for how long', async () => {
    await app.visitor().register()
    const fresh = testMeter()
    fresh.sample(app.services)
    app.clock.pass(minutes(2))
    const waiting = await fresh.text()
    expect(sampleOf(waiting, 'gatelodge_email_queue')).toBeGreaterThan(0)
    expect(sampleOf(waiting, 'gatelodge_email_queue_oldest_seconds')).toBeGreaterThanOrEqual(minutes(2) / seconds(1))
    const counts = await during(async () => {
      for (
        let round = 0;
        round < 20 && (await app.services.emails.waitingSince(app.services.database.db, 1)).length;
        round += 1
      )
        await app.services.delivery.deliver()
    })
    expect(of(counts, 'emails')['verify-email sent']).toBeGreaterThan(0)
  })

  it('says how many hashes wait, how long one takes, and how many were refused', async () => {
    const own = testMeter()
    const queue = own.watchQueue(createQueue({ atOnce: 1, waiting: 1, longestWait: seconds(10) }))
    const { promise, resolve } = Promise.withResolvers<void>()
    const [first, second] = [queue.run(() => promise), queue.run(async () => {})]
    await expect(queue.run(async () => {})).rejects.toThrow(Busy)
    const full = await own.text()
    expect(sampleOf(full, 'gatelodge_password_hash_queue')).toBe(1)
    expect(sampleOf(full, 'gatelodge_password_hash_refused_total')).toBe(1)
    resolve()
    await Promise.all([first, second])
    const empty = await own.text()
    expect(sampleOf(empty, 'gatelodge_password_hash_queue')).toBe(0)
    expect(sampleOf(empty, 'gatelodge_password_hash_duration_seconds_count')).toBe(2)
  })
})

onEachDatabase('The metrics of the database', (database) => {
  it('have its statements, the sessions that were used in the last hour, and the imports', async () => {
    const meter = testMeter()
    const app = await makeApp(database, {}, { meter })
    await Promise.all([app.visitor().register(), app.visitor().register()])
    app.clock.pass(minutes(61))
    const late = app.visitor()
    await late.register()
    const { database: opened, clock } = app.services
    const begin = async (source: string) => {
      const id = newId()
      await importRuns.begin(opened.db, { id, source, system: 'django', started_at: clock.now() })
      return id
    }
    const [whole, , running] = [await begin('one.csv'), await begin('killed.csv'), await begin('two.csv')]
    await importRuns.end(opened.db, whole, clock.now(), true)
    app.clock.pass(minutes(5))
    await importRuns.note(opened.db, running, clock.now())
    meter.sample(app.services)
    const text = await meter.text()
    expect(sampleOf(text, 'gatelodge_sessions_active')).toBe(1)
    const imports = ['running', 'stopped', 'finished'].map((result) => sampleOf(text, 'gatelodge_imports', { result }))
    expect(imports).toEqual([1, 1, 1])
    expect(sampleOf(text, 'gatelodge_database_statement_duration_seconds_count', { result: 'ok' })).toBeGreaterThan(20)
    await expect(opened.read('select no_such_column from gatelodge_accounts', [])).rejects.toThrow()
    expect(
      sampleOf(await meter.text(), 'gatelodge_database_statement_duration_seconds_count', { result: 'failed' }),
    ).toBe(1)
    for (const type of ['connections', 'writes'])
      expect(sampleOf(text, 'gatelodge_database_breaker_open', { type })).toBe(0)
    await app.close()
  })
})
