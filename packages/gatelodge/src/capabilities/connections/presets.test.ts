// The providers that are known by name, at their own addresses: what would go there is answered on this machine.
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { onSqlite } from '../../../tests/support/databases.ts'
import { type FakeProvider, type Lies, startFakeProvider } from '../../../tests/support/fake-provider.ts'
import { makeApp, type TestApp } from '../../../tests/support/make-app.ts'
import { type ConnectionSetting, connectionList } from '../../config/connections.ts'

const secret = 'the secret of the client'
const client = { clientId: 'gatelodge', clientSecret: secret }
const microsoft = 'https://login.microsoftonline.com'
const tenant = '11111111-2222-4333-8444-555555555555'
const homes: Record<string, string> = {
  google: 'https://accounts.google.com',
  gitlab: 'https://gitlab.com',
  apple: 'https://appleid.apple.com',
}

let count = 0
const email = () => {
  count += 1
  return `person-${count}@example.org`
}

onSqlite('A provider that is known by name', (database) => {
  let provider: FakeProvider
  let app: TestApp
  const asked: string[] = []
  beforeAll(async () => {
    provider = await startFakeProvider()
    const staff = { ...client, name: 'staff', kind: 'microsoft', only: { tenants: [tenant] } }
    const list = [...['google', 'gitlab', 'apple', 'microsoft'].map((name) => ({ ...client, name })), staff]
    app = await makeApp(database, { connections: connectionList.parse(list) as ConnectionSetting[] })
  })
  afterAll(async () => {
    await app.close()
    await provider.close()
  })
  beforeEach(() => {
    const real = fetch
    vi.stubGlobal('fetch', (url: string | URL, options: RequestInit) => {
      const { origin, pathname } = new URL(url)
      asked.push(origin + pathname)
      if (origin !== provider.origin) throw new Error(`asked at ${origin}`)
      const path = pathname.endsWith('/.well-known/openid-configuration')
        ? '/.well-known/openid-configuration'
        : pathname
      return real(provider.issuer + path, options)
    })
  })
  afterEach(() => vi.unstubAllGlobals())

  /** It says of itself what that one says. */
  function stand(home: string, issuer = home) {
    provider.origin = new URL(home).origin
    const at = (path: string) => provider.origin + path
    provider.metadata = {
      ...{ issuer, authorization_endpoint: at('/authorize'), token_endpoint: at('/token'), jwks_uri: at('/keys') },
      ...{ response_types_supported: ['code'], subject_types_supported: ['public'] },
      id_token_signing_alg_values_supported: ['RS256'],
    }
  }
  const bare: Lies = { back: (query) => void query.delete('iss') }

  async function logIn(name: string, claims: Record<string, unknown>) {
    const visitor = app.visitor()
    const page = await provider.logIn(visitor, claims, bare, `/login/with/${name}`)
    if (page.path.endsWith('/register')) await visitor.submit({ name: 'Grace' })
    return { page, account: await visitor.account() }
  }

  it.each(Object.entries(homes))(
    'V6.8.1 %s is asked at its own address, and believed of addresses',
    async (name, home) => {
      stand(home)
      for (const email_verified of [true, false]) {
        const claims = { iss: home, sub: `sub-${name}-${email_verified}`, email: email(), email_verified }
        const { account } = await logIn(name, claims)
        expect(account).toMatchObject({ email: claims.email, email_verified })
      }
      expect(asked).toContain(`${home}/.well-known/openid-configuration`)
      const { page } = await logIn(name, { iss: 'https://evil.example', sub: 'x', email: email() })
      expect(page.notice).toContain('could not be used')
    },
  )

  const person = (more: Record<string, unknown> = {}) => ({
    ...{ iss: `${microsoft}/${tenant}/v2.0`, tid: tenant, sub: `pairwise-${count}`, oid: `oid-${count}` },
    ...{ email: email(), xms_edov: true, ...more },
  })

  it('V6.8.1 V6.8.2 Microsoft names its issuer by tenant, and a person by the object id', async () => {
    stand(`${microsoft}/common/v2.0`, `${microsoft}/{tenantid}/v2.0`)
    const claims = person()
    expect((await logIn('microsoft', claims)).account).toMatchObject({ email: claims.email, email_verified: true })
    const again = await logIn('microsoft', { ...claims, sub: 'another client', email: email() })
    expect([again.page.path, again.account.email]).toEqual(['/account', claims.email])
    const other = '99999999-2222-4333-8444-555555555555'
    const elsewhere = await logIn(
      'microsoft',
      person({ oid: claims.oid, tid: other, iss: `${microsoft}/${other}/v2.0` }),
    )
    expect(elsewhere.account.email).not.toBe(claims.email)
    for (const wrong of [
      { tid: other },
      { iss: `${microsoft}/${other}/v2.0` },
      { oid: undefined },
      { tid: undefined },
    ]) {
      const { page } = await logIn('microsoft', person(wrong))
      expect([page.path, page.notice]).toEqual(['/login', expect.stringContaining('could not be used')])
    }
  })

  it('V6.8.1 of Microsoft an address is verified only with xms_edov, whatever else it says (nOAuth)', async () => {
    stand(`${microsoft}/common/v2.0`, `${microsoft}/{tenantid}/v2.0`)
    const victim = app.visitor()
    const { email: address } = await victim.register()
    for (const edov of [undefined, false, 0, '0', 'yes', null]) {
      const { page, account } = await logIn(
        'microsoft',
        person({ email: address, email_verified: true, xms_edov: edov }),
      )
      expect([page.path, account]).toEqual(['/login', {}])
      expect(page.notice).toContain('An account with this address exists')
    }
    for (const edov of [true, 1, '1', 'true'])
      expect((await logIn('microsoft', person({ xms_edov: edov }))).account).toMatchObject({ email_verified: true })
  })

  it('V8.2.1 lets in one tenant only where the site says so', async () => {
    stand(`${microsoft}/common/v2.0`, `${microsoft}/{tenantid}/v2.0`)
    expect((await logIn('staff', person())).account.email).toBeTruthy()
    const other = '99999999-2222-4333-8444-555555555555'
    const { page } = await logIn('staff', person({ tid: other, iss: `${microsoft}/${other}/v2.0` }))
    expect([page.path, page.notice]).toEqual(['/login', expect.stringContaining('cannot be used here')])
  })
})
