// The token is checked by a library that has nothing to do with how it is made.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createLocalJWKSet, createRemoteJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { createIdentityTokens, type IdentityTokens } from '../../src/identity/identity-token.ts'
import { newId } from '../../src/identity/ids.ts'
import { createSealing } from '../../src/identity/sealing.ts'
import { onEachDatabase } from '../support/databases.ts'
import { useApp } from '../support/make-app.ts'
import { type UpstreamSite, useUpstreamSite } from '../support/upstream-site.ts'
import { someone } from '../support/visitor.ts'

const tellHeaders = (asked: IncomingMessage, reply: ServerResponse) =>
  void reply.end(JSON.stringify({ url: asked.url, ...asked.headers }))

async function registeredAt(site: UpstreamSite) {
  const visitor = site.visitor()
  const person = someone({ name: 'Zoë 100%' })
  await visitor.open('/register')
  await visitor.submitOnly(person)
  return { visitor, person }
}

onEachDatabase('The signed token for the app behind', (database) => {
  const audience = 'https://app.example.org'
  const site = useUpstreamSite(database, tellHeaders, {
    identityToken: true,
    identityTokenAudience: audience,
    public: ['/'],
  })
  const plain = useUpstreamSite(database, tellHeaders, { public: ['/.well-known/jwks.json'] })
  const keys = () => createRemoteJWKSet(new URL('/.well-known/jwks.json', site().baseUrl))

  async function asked(headers: Record<string, string> = {}) {
    const { visitor, person } = await registeredAt(site())
    const told = JSON.parse(await (await visitor.send('GET', '/notes', undefined, headers)).text())
    return { told, person, token: told['remote-token'] as string }
  }

  it('V9.1.1 V9.1.2 V9.2.1 V11.6.1 says who it is, and is checked with the keys that are published', async () => {
    const { told, person, token } = await asked()
    const checks = { issuer: site().baseUrl, audience, algorithms: ['EdDSA'] }
    const { payload } = await jwtVerify(token, keys(), checks)
    const { email, name } = person
    expect(payload).toMatchObject({ sub: told['remote-user'], email, name, email_verified: false })
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(60)
    const later = { ...checks, currentDate: new Date(Date.now() + 62_000) }
    await expect(jwtVerify(token, keys(), later)).rejects.toThrow(/exp/)
    const [header, claims, signature] = token.split('.')
    const forged = Buffer.from(JSON.stringify({ ...payload, sub: 'root' })).toString('base64url')
    for (const changed of [`${header}.${forged}.${signature}`, `eyJhbGciOiJub25lIn0.${claims}.`])
      await expect(jwtVerify(changed, keys(), checks), changed).rejects.toThrow()
  })

  it('V9.2.4 is for one app only, and never twice the same', async () => {
    const [first, second] = [await asked(), await asked()]
    await expect(jwtVerify(first.token, keys(), { audience: site().baseUrl })).rejects.toThrow(/aud/)
    const ids = await Promise.all([first, second].map(({ token }) => jwtVerify(token, keys())))
    expect(new Set(ids.map(({ payload }) => payload.jti)).size).toBe(2)
  })

  it('V4.1.3 is taken off what comes from outside, in every spelling', async () => {
    const forged = {
      'REMOTE-Token': 'a.b.c',
      remote_token: 'a.b.c',
      'Remote.Token': 'a.b.c',
      'X-Forwarded-Token': 'a.b.c',
    }
    const { told } = await asked(forged)
    expect(JSON.stringify(told)).not.toContain('a.b.c')
    const stranger = await (await site().visitor().send('GET', '/', undefined, forged)).text()
    expect(stranger).not.toMatch(/a\.b\.c|remote/)
  })

  it('may be kept for five minutes as keys, by everyone', async () => {
    const answer = await site().visitor().send('GET', '/.well-known/jwks.json', undefined, { accept: '*/*' })
    expect(answer.headers.get('cache-control')).toBe('public, max-age=300')
    expect(answer.headers.get('content-type')).toBe('application/jwk-set+json')
    const { keys } = (await answer.json()) as JSONWebKeySet
    expect(Object.keys(keys[0] ?? {}).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x'])
  })

  it('is not there unless asked for, and the app’s own keys then are the app’s', async () => {
    const { visitor } = await registeredAt(plain())
    const told = JSON.parse(await (await visitor.send('GET', '/.well-known/jwks.json')).text())
    expect([told.url, told['remote-token']]).toEqual(['/.well-known/jwks.json', undefined])
  })
})

onEachDatabase('Beside an app', (database) => {
  const app = useApp(database, { identityToken: true })

  it('proxies get the same token to hand on', async () => {
    const visitor = app().visitor()
    await visitor.register()
    for (const path of ['/forward-auth', '/auth-request']) {
      const token = (await visitor.send('GET', path)).headers.get('remote-token') ?? ''
      const { published } = app().services.identityTokens as IdentityTokens
      const checks = { audience: app().services.settings.baseUrl, currentDate: new Date(app().clock.now()) }
      expect((await jwtVerify(token, createLocalJWKSet(published as JSONWebKeySet), checks)).payload.name).toBe(
        'Ada Lovelace',
      )
    }
  })
})

describe('The keys of tokens', () => {
  const account = { id: newId(), email: 'ada@example.org', name: 'Ada', verifiedAt: null, groups: [] }
  const session = { account, methods: { pwd: 0 }, authenticatedAt: 0 }
  const copyWith = (...secrets: string[]) =>
    createIdentityTokens(
      createSealing(secrets),
      { now: Date.now },
      { baseUrl: 'https://a.example', identityTokenAudience: undefined },
    )
  const opens = ({ published }: IdentityTokens, token: string) =>
    jwtVerify(token, createLocalJWKSet(published as JSONWebKeySet)).then(
      () => true,
      () => false,
    )
  const [older, newer] = ['an-older-secret-0123456789-abcdefgh', 'a-newer-secret-0123456789-abcdefghi']

  it('V11.2.2 V13.3.4 change with the secret, and the old one stays as long as the old secret does', async () => {
    const [before, between, after] = [copyWith(older), copyWith(newer, older), copyWith(newer)]
    const [signedBefore, signedBetween] = [before.of(session), between.of(session)]
    expect(await Promise.all([opens(between, signedBefore), opens(after, signedBetween)])).toEqual([true, true])
    expect(await Promise.all([opens(after, signedBefore), opens(before, signedBetween)])).toEqual([false, false])
    expect(decodeProtectedHeader(signedBetween)).toEqual({
      alg: 'EdDSA',
      typ: 'JWT',
      kid: after.published.keys[0]?.kid,
    })
  })

  it('are the same at every copy that has the same secrets', async () => {
    const [one, other] = [copyWith(newer, older), copyWith(newer, older)]
    expect(one.published).toEqual(other.published)
    expect(await opens(one, other.of(session))).toBe(true)
    // Published first, signing later: no copy meets a key that it does not publish.
    expect(await opens(copyWith(older, newer), one.of(session))).toBe(true)
  })
})
