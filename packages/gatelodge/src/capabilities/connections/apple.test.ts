// Apple, by the front door: it answers with a form from its own pages, and takes a secret that we sign.
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { onSqlite } from '../../../tests/support/databases.ts'
import { type FakeProvider, startFakeProvider } from '../../../tests/support/fake-provider.ts'
import { makeApp, type TestApp } from '../../../tests/support/make-app.ts'
import type { Visitor } from '../../../tests/support/visitor.ts'

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const key = {
  ...{ teamId: 'TEAM123456', keyId: 'KEY1234567' },
  privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
}
const apple = { origin: 'https://appleid.apple.com', 'sec-fetch-site': 'cross-site' }
const callback = '/login/with/apple/callback'

let count = 0
const someone = (more: Record<string, unknown> = {}) => {
  count += 1
  return { sub: `001.${count}`, email: `relay-${count}@privaterelay.example`, email_verified: 'true', ...more }
}

onSqlite('Log in with Apple', (database) => {
  let provider: FakeProvider
  let app: TestApp
  const secrets: string[] = []
  beforeAll(async () => {
    provider = await startFakeProvider()
    provider.isSecret = (secret) => secrets.push(secret) > 0
    const own = provider.setting({ name: 'apple', label: 'Apple', key, clientSecret: undefined })
    app = await makeApp(database, { connections: [own, provider.setting()] })
  })
  afterAll(async () => {
    await app.close()
    await provider.close()
  })

  /** The form of its own page: the browser brings no cookie that is SameSite=Lax. */
  async function posted(visitor: Visitor, body: URLSearchParams, headers: Record<string, string> = apple) {
    const bare = app.visitor()
    const answer = await bare.send('POST', callback, body, headers)
    expect([...bare.cookies.keys()]).toEqual([])
    return { status: answer.status, to: answer.headers.get('location') ?? '', visitor }
  }

  async function answerOf(visitor: Visitor, claims = someone(), more: Record<string, string> = {}) {
    const back = await provider.goThere(visitor, claims, {}, '/login/with/apple')
    return new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(back.split('?')[1])), ...more })
  }

  it('V3.5.1 asks for a form, whose POST from elsewhere only leads on to a GET with the cookie', async () => {
    const visitor = app.visitor()
    const leaving = await visitor.send('GET', '/login/with/apple')
    const asked = new URL(leaving.headers.get('location') ?? '').searchParams
    expect([asked.get('response_mode'), asked.get('scope')]).toEqual(['form_post', 'openid email name'])
    const user = JSON.stringify({ name: { firstName: 'Grace', lastName: 'Hopper' }, email: 'grace@example.org' })
    const body = await answerOf(visitor, someone(), { user, id_token: 'x.y.z', other: 'x' })
    const { status, to } = await posted(visitor, body)
    expect([status, to.split('?')[0]]).toEqual([303, callback])
    // Nothing personal in an address; the token is fetched by us.
    expect([...new URLSearchParams(to.split('?')[1]).keys()].sort()).toEqual(['code', 'iss', 'state'])
    const page = await visitor.open(to)
    expect([page.path, page.html.includes('Grace')]).toEqual(['/login/with/apple/register', false])
    await visitor.submit({ name: 'Grace' })
    expect(await visitor.account()).toMatchObject({ email_verified: true })
  })

  it('V11.2.1 proves itself with a token that it signs with its key, for five minutes', async () => {
    const visitor = app.visitor()
    await visitor.open(`${callback}?${await answerOf(visitor)}`)
    const [header = '', claims = '', signature = ''] = secrets.at(-1)?.split('.') ?? []
    const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
    expect(read(header)).toEqual({ alg: 'ES256', kid: key.keyId, typ: 'JWT' })
    const { iat, exp, ...rest } = read(claims)
    expect([rest, exp - iat]).toEqual([{ iss: key.teamId, sub: 'gatelodge', aud: 'https://appleid.apple.com' }, 300])
    const publicKey = { key: createPublicKey(key.privateKey), dsaEncoding: 'ieee-p1363' as const }
    expect(verify('sha256', Buffer.from(`${header}.${claims}`), publicKey, Buffer.from(signature, 'base64url'))).toBe(
      true,
    )
  })

  it('V3.5.1 V10.2.1 logs in nobody with an answer that another browser asked for, by either way', async () => {
    const stranger = app.visitor()
    const body = await answerOf(stranger)
    const { to } = await posted(stranger, body)
    const victim = app.visitor()
    for (const path of [to, `${callback}?${body}`]) {
      const page = await victim.open(path)
      expect([page.path, page.notice]).toEqual(['/login', expect.stringContaining('Start again')])
    }
    expect((await stranger.open(to)).path).toBe('/login/with/apple/register')
  })

  it('V3.5.1 is the only address that takes a form from elsewhere, and takes nothing long or odd along', async () => {
    for (const path of ['/login/with/fake/callback', '/login/with/apple/register', '/login', '/account/connections'])
      expect((await app.visitor().send('POST', path, new URLSearchParams({ state: 'x' }), apple)).status).toBe(403)
    const own = { origin: app.services.settings.baseUrl, 'sec-fetch-site': 'same-origin' }
    const others = await app
      .visitor()
      .send('POST', '/login/with/fake/callback', new URLSearchParams({ state: 'x' }), own)
    expect(others.status).toBe(404)
    const odd = new URLSearchParams({ state: 'x'.repeat(2_001), code: 'a\r\nb: c', redirect: 'https://evil.example' })
    const { status, to } = await posted(app.visitor(), odd)
    expect([status, to]).toEqual([303, `${callback}?code=a%0D%0Ab%3A+c`])
    expect((await posted(app.visitor(), new URLSearchParams())).to).toBe(`${callback}?`)
  })

  it('says that the person cancelled', async () => {
    const visitor = app.visitor()
    const state = (await answerOf(visitor)).get('state') ?? ''
    const { to } = await posted(visitor, new URLSearchParams({ state, error: 'user_cancelled_authorize' }))
    expect((await visitor.open(to)).notice).toContain('You cancelled at Apple')
  })
})
