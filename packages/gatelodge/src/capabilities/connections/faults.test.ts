// A provider that is slow, changes, breaks or is mixed up with another one, by the front door.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { onSqlite } from '../../../tests/support/databases.ts'
import { type FakeProvider, json, startFakeProvider } from '../../../tests/support/fake-provider.ts'
import { accountOf } from '../../../tests/support/groups.ts'
import { makeApp, type TestApp } from '../../../tests/support/make-app.ts'
import { verify } from '../../../tests/support/second-factor.ts'
import { hours, seconds } from '../../time.ts'

let count = 0
const someone = (more: Record<string, unknown> = {}) => {
  count += 1
  return { sub: `sub-${count}`, email: `person-${count}@example.org`, email_verified: true, name: 'Grace', ...more }
}

onSqlite('A provider that misbehaves', (database) => {
  let provider: FakeProvider
  let other: FakeProvider
  let app: TestApp
  beforeAll(async () => {
    provider = await startFakeProvider()
    other = await startFakeProvider()
    const connections = [provider.setting(), other.setting({ name: 'other', label: 'Other' })]
    app = await makeApp(database, { connections })
  })
  afterEach(() => {
    provider.mishap = undefined
    vi.restoreAllMocks()
  })
  afterAll(async () => {
    await app.close()
    await Promise.all([provider.close(), other.close()])
  })

  async function joined() {
    const claims = someone()
    const visitor = app.visitor()
    await provider.logIn(visitor, claims)
    await visitor.submit({ name: 'Grace' })
    return claims
  }

  const hang = () => {}
  const drip = (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{')
    const dripping = setInterval(() => response.write(' '), 20)
    response.once('close', () => clearInterval(dripping))
  }
  const at =
    (path: string, answer: (response: ServerResponse) => void) =>
    (request: IncomingMessage, response: ServerResponse) => {
      if (request.url !== path) return false
      answer(response)
      return true
    }

  it.each([
    ['hangs at the code', '/token', hang],
    ['sends its answer byte by byte', '/token', drip],
    ['never gives its keys', '/keys', hang],
    ['gives its keys byte by byte', '/keys', drip],
  ])('V13.1.3 V16.5.2 a slow one, that %s, keeps nobody waiting for ever', async (_, path, answer) => {
    const claims = await joined()
    const own = await startFakeProvider()
    const waiting = await makeApp(database, { connections: [own.setting()] })
    const timeout = AbortSignal.timeout.bind(AbortSignal)
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((time) => timeout(time / 40))
    own.mishap = at(path, answer)
    const page = await own.logIn(waiting.visitor(), claims)
    expect([page.path, page.notice]).toEqual(['/login', expect.stringContaining('does not answer')])
    own.mishap = undefined
    await waiting.close()
    await own.close()
  })

  it('V13.1.3 a slow one stops neither the log-in page nor another provider', async () => {
    const own = await startFakeProvider()
    const waiting = await makeApp(database, { connections: [own.setting(), other.setting({ name: 'other' })] })
    const timeout = AbortSignal.timeout.bind(AbortSignal)
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((time) => timeout(time / 40))
    own.mishap = () => true
    const slow = waiting.visitor().open('/login/with/fake')
    expect((await waiting.visitor().open('/login')).status).toBe(200)
    expect((await other.logIn(waiting.visitor(), someone(), {}, '/login/with/other')).path).toContain('/register')
    expect((await slow).notice).toContain('does not answer')
    await waiting.close()
    await own.close()
  })

  it('its metadata are asked for again once it answers, and again after an hour', async () => {
    const own = await startFakeProvider()
    const asking = await makeApp(database, { connections: [own.setting()] })
    const metadata = () => own.asked['/.well-known/openid-configuration'] ?? 0
    const leads = async () => (await asking.visitor().send('GET', '/login/with/fake')).headers.get('location') ?? ''
    own.mishap = (_, response) => {
      json(response, 503, {})
      return true
    }
    expect(await leads()).toBe('/login')
    expect(await leads()).toBe('/login')
    expect(metadata()).toBe(1)
    own.mishap = undefined
    asking.clock.pass(seconds(5))
    expect(await leads()).toContain(`${own.issuer}/authorize?`)
    own.metadata.authorization_endpoint = `${own.issuer}/moved`
    expect(await leads()).toContain('/authorize?')
    expect(metadata()).toBe(2)
    asking.clock.pass(hours(1))
    expect(await leads()).toContain('/moved?')
    await asking.close()
    await own.close()
  })

  it('V10.5.1 changes its keys: the new one is fetched, and the old one is believed no longer', async () => {
    const claims = await joined()
    const before = provider.key
    provider.newKey()
    const now = Date.now
    vi.spyOn(Date, 'now').mockImplementation(() => now() + seconds(301))
    expect((await provider.logIn(app.visitor(), claims)).path).toBe('/account')
    const old = {
      token: (token: { key: unknown; header: object }) => {
        Object.assign(token, { key: before.pair.privateKey, header: { alg: 'RS256', kid: before.id } })
      },
    }
    const page = await provider.logIn(app.visitor(), claims, old)
    expect([page.path, page.notice]).toEqual(['/login', expect.stringContaining('could not be used')])
  })

  it('V10.5.1 whose keys cannot be had lets nobody in, and is well again afterwards', async () => {
    const claims = await joined()
    const now = Date.now
    vi.spyOn(Date, 'now').mockImplementation(() => now() + seconds(700))
    for (const answer of [
      (response: ServerResponse) => json(response, 500, {}),
      (response: ServerResponse) => json(response, 200, { keys: [] }),
      (response: ServerResponse) => json(response, 200, { keys: 'none' }),
      (response: ServerResponse) => void response.destroy(),
    ]) {
      provider.mishap = at('/keys', answer)
      expect((await provider.logIn(app.visitor(), claims)).path).toBe('/login')
    }
    provider.mishap = undefined
    vi.spyOn(Date, 'now').mockImplementation(() => now() + seconds(1_400))
    expect((await provider.logIn(app.visitor(), claims)).path).toBe('/account')
  })

  it('V10.2.2 is mixed up with no other one: an answer of the one is no answer to the other, and no code reaches it', async () => {
    const claims = await joined()
    const visitor = app.visitor()
    const back = await provider.goThere(visitor, claims)
    const before = { ...other.asked }
    const page = await visitor.open(back.replace('/with/fake/', '/with/other/'))
    expect([page.path, page.notice]).toEqual(['/login', expect.stringContaining('Start again')])
    expect(other.asked).toEqual(before)
    // Nor where the other one is the liar, and sends the browser back as the first.
    const led = app.visitor()
    const asked = await other.goThere(
      led,
      claims,
      { back: (query) => query.set('iss', provider.issuer) },
      '/login/with/other',
    )
    expect((await led.open(asked)).notice).toContain('could not be used')
    expect(other.asked['/token']).toBe(before['/token'])
  })

  it('V6.8.1 the same subject at another provider is another person', async () => {
    const claims = await joined()
    const more = { ...claims, email: `else-${count}@example.org` }
    expect((await other.logIn(app.visitor(), more, {}, '/login/with/other')).path).toBe('/login/with/other/register')
  })
})

onSqlite('An address of a provider', (database) => {
  let provider: FakeProvider
  let app: TestApp
  beforeAll(async () => {
    provider = await startFakeProvider()
    app = await makeApp(database, { connections: [provider.setting()] })
  })
  afterAll(async () => {
    await app.close()
    await provider.close()
  })

  async function owner() {
    const person = await app.visitor().register()
    await verify(app, person)
    return person
  }
  const connected = async (email = '') => {
    const { connections, database: stored } = app.services
    return (await connections.rows.ofAccount(stored.db, (await accountOf(app, { email })).id)).map(
      ({ subject }) => subject,
    )
  }

  it.each([
    ['other capitals', (email: string) => email.toUpperCase()],
    ['spaces around it', (email: string) => ` ${email} `],
    ['full-width characters', (email: string) => email.replace('p', '\uff50')],
  ])('V1.1.1 V6.8.1 with %s is the same one: verified it connects, unverified it does not', async (_, spelled) => {
    const { email = '' } = await owner()
    const claims = someone({ email: spelled(email), email_verified: false })
    const refused = await provider.logIn(app.visitor(), claims)
    expect([refused.path, refused.notice]).toEqual(['/login', expect.stringContaining('exists')])
    expect(await connected(email)).toEqual([])
    expect((await provider.logIn(app.visitor(), { ...claims, email_verified: true })).path).toBe('/account')
    expect(await connected(email)).toEqual([claims.sub])
  })

  it('V6.8.1 that changes there changes nothing here, and opens no account that has it', async () => {
    const [one, two] = [await owner(), await owner()]
    const claims = someone({ email: one.email })
    await provider.logIn(app.visitor(), claims)
    const visitor = app.visitor()
    await provider.logIn(visitor, { ...claims, email: two.email })
    expect(await visitor.account()).toMatchObject({ email: one.email })
    expect(await connected(two.email)).toEqual([])
  })

  it('V6.8.1 that another subject has by now is that of the account only where it is proved, and the owner gets an email', async () => {
    const { email = '' } = await owner()
    const first = someone({ email })
    await provider.logIn(app.visitor(), first)
    const second = someone({ email, email_verified: false })
    expect((await provider.logIn(app.visitor(), second)).path).toBe('/login')
    expect(await connected(email)).toEqual([first.sub])
    await provider.logIn(app.visitor(), { ...second, email_verified: true })
    expect(await connected(email)).toEqual([first.sub, second.sub])
    const emails = await app.services.emails.ofAccount(
      ...([app.services.database.db, (await accountOf(app, { email })).id] as const),
    )
    expect(emails.filter(({ kind }) => kind === 'connection-added')).toHaveLength(2)
  })
})
