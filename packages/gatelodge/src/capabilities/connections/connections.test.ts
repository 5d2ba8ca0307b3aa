// Logging in with another provider, by the front door: it answers over HTTP on this machine, rightly and wrongly.
import { stringify } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { type FakeProvider, json, type Lies, startFakeProvider } from '../../../tests/support/fake-provider.ts'
import { makeApp, type TestApp, throwawayDatabase } from '../../../tests/support/make-app.ts'
import { newId } from '../../identity/ids.ts'
import { digest } from '../../identity/sealing.ts'
import { minutes } from '../../time.ts'
import { removeConnection as disconnect } from '../admin/connections.rules.ts'
import { removeConnection } from './owner.rules.ts'

let count = 0
const someone = (more: Record<string, unknown> = {}) => {
  count += 1
  return {
    sub: `sub-${count}`,
    email: `person-${count}@example.org`,
    email_verified: true,
    name: 'Grace Hopper',
    ...more,
  }
}

onEachDatabase('Log in with a provider', (database) => {
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
  beforeEach(() => {
    provider.mishap = undefined
  })

  /** A newcomer, whose account starts with it. */
  async function join(claims = someone()) {
    const visitor = app.visitor()
    await provider.logIn(visitor, claims)
    await visitor.submit({ name: 'Grace Hopper' })
    return { visitor, claims }
  }

  it('stands on the log-in and the registration page as a link', async () => {
    for (const path of ['/login', '/register']) {
      const { html } = await app.visitor().open(path)
      expect(html).toContain('href="/login/with/fake"')
      expect(html).toContain('Continue with Fake')
    }
  })

  it('makes an account of a newcomer, who says what to be called', async () => {
    const visitor = app.visitor()
    const claims = someone()
    const page = await provider.logIn(visitor, claims)
    expect(page.path).toBe('/login/with/fake/register')
    expect(page.html).toContain(claims.email)
    const wrong = await visitor.submit({ name: 'G'.repeat(101) })
    expect(wrong.summary).toEqual(['Your name must be 100 characters or fewer'])
    expect(wrong.html).toContain('G'.repeat(101))
    const done = await visitor.submit({ name: 'Amazing Grace' })
    expect(done.path).toBe('/account')
    expect(done.html).toContain('Amazing Grace')
    expect(done.html).toContain(claims.email)
  })

  it('V6.8.1 V10.5.2 knows the person again by issuer and subject, whatever the address is by then', async () => {
    const { claims } = await join()
    const page = await provider.logIn(app.visitor(), { ...claims, email: 'another@example.org' })
    expect(page.path).toBe('/account')
    expect(page.html).toContain(claims.email)
  })

  it('gives the account to no other subject with the same address', async () => {
    const { claims } = await join()
    const page = await provider.logIn(app.visitor(), { ...claims, sub: 'somebody-else', email_verified: false })
    expect(page.path).toBe('/login')
    expect(page.notice).toContain('An account with this address exists')
  })

  it('connects a verified account whose address the provider proves, and leads back to where someone was going', async () => {
    const owner = app.visitor()
    const claims = someone()
    await owner.register({ name: 'Ada', email: claims.email })
    await app.services.accounts.setVerified(
      app.services.database.db,
      (await accountOf(claims.email)).id,
      app.clock.now(),
    )
    const visitor = app.visitor()
    const page = await provider.logIn(visitor, claims, {}, '/login/with/fake?return_to=%2Faccount%2Fdevices')
    expect(page.path).toBe('/account/devices')
    expect((await owner.open('/account')).path).toBe('/account')
  })

  it('V6.8.1 takes an unverified account from the person who made it: password, sessions and words of a stranger end', async () => {
    const stranger = app.visitor()
    const claims = someone()
    await stranger.register({ name: 'Stranger', email: claims.email, password: 'violet tram lamp' })
    const owner = app.visitor()
    const page = await provider.logIn(owner, claims)
    expect(page.path).toBe('/account')
    expect(page.html).not.toContain('Stranger')
    expect((await stranger.open('/account')).path).toBe('/login')
    await stranger.open('/login')
    const again = await stranger.submit({ email: claims.email, password: 'violet tram lamp' })
    expect(again.path).toBe('/login')
  })

  async function accountOf(email: string) {
    const { accounts, database } = app.services
    const { parseAddress } = await import('../../identity/accounts/address.ts')
    const account = await accounts.findByAddress(database.db, parseAddress(email) as never)
    if (!account) throw new Error(`no account has ${email}`)
    return account
  }

  it('asks for the second factor of the account all the same', async () => {
    const { claims } = await join()
    const { accounts, database } = app.services
    await accounts.changeFactors(database.db, (await accountOf(claims.email)).id, { hasApp: true })
    expect((await provider.logIn(app.visitor(), claims)).path).toBe('/two-factor')
  })

  it.each(['its owner', 'the site'])('V7.4.2 a login that began with it ends where %s disconnects it', async (who) => {
    const { visitor, claims } = await join()
    const { accounts, connections, database } = app.services
    const account = await accountOf(claims.email)
    const [own] = await connections.rows.ofAccount(database.db, account.id)
    const other = { ...(own as NonNullable<typeof own>), id: newId(), subject: `other of ${claims.sub}` }
    await connections.rows.insert(database.db, other)
    await accounts.changeFactors(database.db, account.id, { hasApp: true })
    const thief = app.visitor()
    expect((await provider.logIn(thief, claims)).path).toBe('/two-factor')
    expect((await thief.open('/two-factor')).path).toBe('/two-factor')
    const source = { clientAddress: '', device: {}, requestId: '' }
    const tokenHash = digest(visitor.sessionCookie ?? '')
    const id = own?.id as Buffer
    if (who === 'its owner')
      expect(await removeConnection(app.services, { account, tokenHash, source }, id)).toMatchObject({
        kind: 'removed',
      })
    else
      expect(
        await disconnect.run(app.services, { actor: 'command', source }, account.id, { connection: stringify(id) }),
      ).toMatchObject({ kind: 'done' })
    expect((await thief.open('/two-factor')).path).toBe('/login')
  })

  it('lets nobody into a disabled account', async () => {
    const { claims } = await join()
    const { accounts, database } = app.services
    await accounts.setDisabled(database.db, (await accountOf(claims.email)).id, app.clock.now())
    const page = await provider.logIn(app.visitor(), claims)
    expect([page.path, page.notice]).toEqual(['/login', 'You cannot log in with this Fake account.'])
  })

  it('V10.1.2 takes one answer once, also from 16 copies at the same moment', async () => {
    const { claims } = await join()
    const before = await sessionsOf(claims.email)
    const visitor = app.visitor()
    const back = await provider.goThere(visitor, claims)
    const cookies = new Map(visitor.cookies)
    await Promise.all(
      Array.from({ length: 16 }, () => {
        const copy = app.visitor()
        copy.cookies = new Map(cookies)
        return copy.send('GET', back)
      }),
    )
    expect(await sessionsOf(claims.email)).toBe(before + 1)
  })

  it('makes one account of 16 registrations at the same moment', async () => {
    const claims = someone()
    const visitor = app.visitor()
    await provider.logIn(visitor, claims)
    const body = new URLSearchParams({ name: 'Grace' })
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => visitor.send('POST', '/login/with/fake/register', body)),
    )
    expect(answers.filter((answer) => answer.headers.get('location') === '/account')).toHaveLength(1)
    expect(await sessionsOf(claims.email)).toBe(1)
  })

  async function sessionsOf(email: string) {
    const { id } = await accountOf(email)
    return (await app.services.sessionRows.all(app.services.database.db, id)).length
  }

  it('is connected and disconnected by an owner who has just proved who they are', async () => {
    const owner = app.visitor()
    await owner.register({ name: 'Ada' })
    const claims = someone({ email: 'elsewhere@example.org' })
    const page = await provider.logIn(owner, claims, {}, '/account/connections/add/fake')
    expect([page.path, page.notice]).toEqual(['/account/connections', 'Fake is connected. You can log in with it.'])
    expect(page.html).toContain('elsewhere@example.org')
    expect((await provider.logIn(app.visitor(), claims)).path).toBe('/account')
    await owner.open('/account/connections')
    const gone = await owner.submit({}, '/account/connections')
    expect(gone.notice).toBe('It is disconnected. You can no longer log in with it.')
  })

  it('stays where it is the only way in, and can be proved again instead of a password', async () => {
    const { visitor, claims } = await join()
    await visitor.open('/account/connections')
    expect((await visitor.submit({}, '/account/connections')).notice).toContain('your only way to log in')
    app.clock.pass(minutes(11))
    const asked = await visitor.open('/account/passkeys/add')
    expect(asked.path).toBe('/reauthenticate')
    expect(asked.html).toContain('/account/connections/prove/fake')
    const from = '/account/connections/prove/fake?return_to=%2Faccount%2Fpasskeys%2Fadd'
    expect((await provider.logIn(visitor, claims, {}, from)).path).toBe('/account/passkeys/add')
  })

  it('V7.5.1 V8.3.1 proves nothing again for an account that has a password, or on a link of another site', async () => {
    const owner = app.visitor()
    await owner.register({ name: 'Ada' })
    const claims = someone()
    await provider.logIn(owner, claims, {}, '/account/connections/add/fake')
    app.clock.pass(minutes(11))
    const from = '/account/connections/prove/fake?return_to=%2Faccount%2Fpasskeys%2Fadd'
    expect((await owner.open(from)).path).toBe('/reauthenticate')
    expect((await owner.open('/account/passkeys/add')).path).toBe('/reauthenticate')
    // What left while it was enough comes back too late.
    const { visitor, claims: theirs } = await join()
    const { database: stored, accounts, passwords } = app.services
    const address = { given: theirs.email, normalised: theirs.email }
    const account = await accounts.findByAddress(stored.db, address)
    app.clock.pass(minutes(11))
    await visitor.open('/account/passkeys/add')
    const meanwhile: Lies = {
      token: () => passwords.replace(stored.db, account?.id ?? Buffer.alloc(16), 'a hash', app.clock.now()),
    }
    await provider.logIn(visitor, theirs, meanwhile, '/account/connections/prove/fake')
    expect((await visitor.open('/account/passkeys/add')).path).toBe('/reauthenticate')
    const linked = await join()
    app.clock.pass(minutes(11))
    const crossed = { 'sec-fetch-site': 'cross-site' }
    const answer = await linked.visitor.send('GET', '/account/connections/prove/fake', undefined, crossed)
    expect(answer.headers.get('location')).toBe('/reauthenticate')
  })

  it('deletes its account after the provider has proved once more who asks', async () => {
    const { visitor, claims } = await join()
    app.clock.pass(minutes(11))
    await visitor.open('/account/delete')
    expect(visitor.page.path).toBe('/reauthenticate')
    expect(visitor.page.html).toContain('/account/connections/prove/fake')
    const from = '/account/connections/prove/fake?return_to=%2Faccount%2Fdelete'
    expect((await provider.logIn(visitor, claims, {}, from)).path).toBe('/account/delete')
    await visitor.submit({}, '/account/delete')
    expect((await visitor.open('/account')).path).toBe('/login')
    expect((await provider.logIn(app.visitor(), claims)).path).toBe('/login')
  })

  it('connects nobody else’s: one that another account has is refused', async () => {
    const { claims } = await join()
    const owner = app.visitor()
    await owner.register({ name: 'Ada' })
    const page = await provider.logIn(owner, claims, {}, '/account/connections/add/fake')
    expect(page.notice).toContain('connected to an account already')
  })

  const lies: [string, Lies][] = [
    ['another issuer', { token: ({ claims }) => void Object.assign(claims, { iss: 'https://evil.example' }) }],
    ['another audience', { token: ({ claims }) => void Object.assign(claims, { aud: 'another-client' }) }],
    [
      'another party beside us',
      { token: (token) => void Object.assign(token.claims, { aud: ['gatelodge', 'x'], azp: 'x' }) },
    ],
    ['another nonce', { token: ({ claims }) => void Object.assign(claims, { nonce: 'replayed' }) }],
    ['no nonce', { token: (token) => void delete token.claims.nonce }],
    [
      'an expired token',
      { token: ({ claims }) => void Object.assign(claims, { exp: Math.floor(Date.now() / 1_000) - 120 }) },
    ],
    ['no subject', { token: (token) => void delete token.claims.sub }],
    ['no signature', { token: (token) => void Object.assign(token, { header: { alg: 'none' }, key: undefined }) }],
    [
      'our public key taken for a secret',
      {
        token(token) {
          const pem = provider.key.pair.publicKey.export({ type: 'spki', format: 'pem' }).toString()
          Object.assign(token, { header: { ...token.header, alg: 'HS256' }, key: pem })
        },
      },
    ],
    ['the signature of another key', { token: (token) => void Object.assign(token, { key: otherKey() }) }],
    ['another issuer in the address', { back: (query) => void query.set('iss', 'https://evil.example') }],
    ['no issuer in the address', { back: (query) => void query.delete('iss') }],
    ['a code of someone else', { back: (query) => void query.set('code', 'stolen') }],
    ['no ID token', { answer: (response) => json(response, 200, { access_token: 'a', token_type: 'bearer' }) }],
    ['a server error', { answer: (response) => json(response, 500, {}) }],
    ['no JSON', { answer: (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>') }],
    ['more than anyone wants', { answer: (response) => void response.end('x'.repeat(2_000_000)) }],
  ]

  const otherKey = () => {
    const before = provider.key
    provider.newKey()
    const { privateKey } = provider.key.pair
    provider.key = before
    return privateKey
  }

  it.each(lies)('V6.8.2 V10.2.2 V10.5.1 V10.5.4 lets nobody in by %s, and says what to do', async (_, lie) => {
    const { claims } = await join()
    const visitor = app.visitor()
    const page = await provider.logIn(visitor, claims, lie)
    expect(page.path).toBe('/login')
    expect(page.notice).toMatch(/could not be used|does not answer/)
    expect((await visitor.open('/account')).path).toBe('/login')
  })

  it('V10.1.2 V10.2.1 answers nothing that this browser did not ask: another state, another browser, too late', async () => {
    const { claims } = await join()
    const visitor = app.visitor()
    const back = await provider.goThere(visitor, claims)
    expect((await app.visitor().open(back)).notice).toContain('Start again')
    expect((await visitor.open(back.replace(/state=[^&]+/, 'state=forged'))).notice).toContain('Start again')
    app.clock.pass(minutes(10))
    expect((await visitor.open(back)).notice).toContain('Start again')
  })

  it('leads back to the log-in page where someone cancelled there, or the provider is away', async () => {
    const visitor = app.visitor()
    const cancelled: Lies = {
      back(query) {
        query.delete('code')
        query.set('error', 'access_denied')
      },
    }
    expect((await provider.logIn(visitor, someone(), cancelled)).notice).toContain('You cancelled at Fake')
    provider.mishap = (_, response) => {
      response.destroy()
      return true
    }
    expect((await provider.logIn(visitor, someone())).notice).toContain('does not answer')
  })
})

describe('A provider that is not there', () => {
  it('stops neither the start nor a page', async () => {
    const provider = await startFakeProvider()
    await provider.close()
    const app = await makeApp(throwawayDatabase(), { connections: [provider.setting()] })
    expect((await app.visitor().open('/login')).status).toBe(200)
    const page = await app.visitor().open('/login/with/fake')
    expect([page.path, page.notice?.includes('does not answer')]).toEqual(['/login', true])
    expect((await app.visitor().open('/login/with/unknown')).status).toBe(404)
    await app.close()
  })
})

describe('A provider that says it is another', () => {
  it('V10.5.3 is believed in nothing: its metadata must name the issuer of the settings', async () => {
    const provider = await startFakeProvider()
    provider.metadata.issuer = 'https://evil.example'
    const app = await makeApp(throwawayDatabase(), { connections: [provider.setting()] })
    const page = await app.visitor().open('/login/with/fake')
    expect([page.path, page.notice?.includes('does not answer')]).toEqual(['/login', true])
    await app.close()
    await provider.close()
  })
})

describe('For a native app', () => {
  it('the browser brings a code that only this app can use, once and within two minutes', async () => {
    const provider = await startFakeProvider()
    const appRedirects = ['org.example.app:/done']
    const app = await makeApp(throwawayDatabase(), { connections: [provider.setting()], appRedirects })
    const claims = someone()
    const verifier = 'v'.repeat(43)
    const challenge = digest(verifier).toString('base64url')
    const fetchCode = async (more: Record<string, string> = {}) => {
      const query = { app_redirect: 'org.example.app:/done', app_challenge: challenge, app_state: 'mine', ...more }
      const visitor = app.visitor()
      const back = await provider.goThere(visitor, claims, {}, `/login/with/fake?${new URLSearchParams(query)}`)
      const to = new URL((await visitor.send('GET', back)).headers.get('location') ?? '')
      expect([to.protocol, to.searchParams.get('state')]).toEqual(['org.example.app:', 'mine'])
      expect([...visitor.cookies.keys()]).not.toContain('gatelodge')
      return to.searchParams.get('code') ?? ''
    }
    const use = (body: object) => app.visitor().json('POST', '/api/v1/login/provider', { session: 'bearer', ...body })

    const code = await fetchCode()
    expect((await use({ code, code_verifier: 'another' })).status).toBe(401)
    expect((await use({ code, code_verifier: verifier })).status).toBe(404)
    expect((await use({ code, code_verifier: verifier, create: true })).status).toBe(201)
    expect((await use({ code, code_verifier: verifier })).status).toBe(401)
    expect((await use({ code: await fetchCode(), code_verifier: verifier })).status).toBe(200)
    const late = await fetchCode()
    app.clock.pass(minutes(2))
    expect((await use({ code: late, code_verifier: verifier })).status).toBe(401)
    const elsewhere = '/login/with/fake?app_redirect=org.evil.app%3A%2Fdone&app_challenge=x'
    expect((await app.visitor().send('GET', elsewhere)).status).toBe(404)
    await app.close()
    await provider.close()
  })
})
