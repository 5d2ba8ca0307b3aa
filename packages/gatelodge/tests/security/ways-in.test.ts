// docs/security/ways-in.md says who may enter what, and each cell of it is tried.
import { describe, expect, it } from 'vitest'
import { capabilities, createApp } from '../../src/app.ts'
import { onSqlite } from '../support/databases.ts'
import { codes, filesWith, sources, table } from '../support/documents.ts'
import { makeApp, type TestApp, throwawayDatabase, useApp } from '../support/make-app.ts'
import { someone, type Visitor } from '../support/visitor.ts'

const page = 'docs/security/ways-in.md'
const routes = table(page, 'Routes')
type Routes = { routes: { path: string; method: string }[] }
const roles = ['visitor', 'logged in', 'disabled'] as const

async function browserOf(app: TestApp, role: (typeof roles)[number]): Promise<Visitor> {
  const browser = app.visitor()
  if (role === 'visitor') return browser
  await browser.json('POST', '/api/v1/register', someone())
  if (role === 'logged in') return browser
  const { id } = await browser.account()
  const bytes = Buffer.from(String(id).replaceAll('-', ''), 'hex')
  const { db } = app.services.database
  await db.updateTable('gatelodge_accounts').set({ disabled_at: 1 }).where('id', '=', bytes).execute()
  return browser
}

/** A GET; or the form of the page, sent as it is. */
async function answerTo(browser: Visitor, method: string, path: string): Promise<Response> {
  if (method === 'GET') return browser.send('GET', path)
  if (path.startsWith('/api/')) return browser.send('POST', path, '{}', { 'content-type': 'application/json' })
  // Anyone who is kept from the form brings a token of another page of ours.
  await browser.open(path)
  if (!browser.page.html.includes('form_token')) await browser.open('/logout')
  return browser.submitOnly({}, path)
}

// Who may come in is decided above the database.
onSqlite('Each route', (database) => {
  const app = useApp(database)

  it.each(routes.flatMap((row) => roles.map((role) => [codes(row.route)[0] ?? '', role, row[role] ?? ''] as const)))(
    'V8.1.1 V8.2.1 V8.3.1 %s as %s: %s',
    async (route, role, expected) => {
      const [method = '', path = ''] = route.split(' ')
      const answer = await answerTo(await browserOf(app(), role), method, path)
      const [place = ''] = answer.headers.get('location')?.split('?') ?? []
      expect(`${answer.status} ${place}`.trim()).toBe(expected)
    },
  )

  it('V7.6.2 V3.5.3 starts no session unless someone posts a proof', async () => {
    for (const row of routes) {
      const [method = '', path = ''] = (codes(row.route)[0] ?? '').split(' ')
      const browser = app().visitor()
      await answerTo(browser, method, path)
      expect(browser.sessionCookie, `${method} ${path}`).toBeUndefined()
    }
  })

  it('V6.3.4 V6.1.3 each way in ends at the same check, and a disabled account passes none of them', async () => {
    const ada = someone()
    const current_password = ada.password ?? ''
    const proofs: Record<string, Record<string, string>> = {
      'POST /register': ada,
      'POST /login': ada,
      'POST /reauthenticate': { current_password },
      'POST /account/password': { current_password, new_password: 'copper window tide' },
    }
    // These need an email or a log-in under way, or are no route; they have tests of their own.
    const factors = ['POST /two-factor', 'POST /two-factor/set-up', 'POST /account/two-factor', 'POST /new-password']
    const elsewhere = [
      'POST /register/start',
      'POST /invitation',
      'POST /verify-email/confirm',
      'POST /login/continue',
      'test.loginAs',
      ...factors,
      ...['POST /login/passkey', 'POST /account/passkeys', 'POST /account/passkeys/add'],
      ...['GET /login/with/:provider/callback', 'POST /login/with/:provider/register'],
      'GET /account/connections/prove/:provider',
    ]
    // So have those of the API, in tests/api.
    const ways = table(page, 'Ways to a session')
      .flatMap((row) => codes(row.way))
      .filter((way) => !way.startsWith('POST /api/'))
    expect(ways.sort()).toEqual([...Object.keys(proofs), ...elsewhere].sort())
    const browser = app().visitor()
    for (const way of ['POST /register', 'POST /reauthenticate', 'POST /account/password']) {
      const before = browser.sessionCookie
      expect((await browser.form(way.slice(5), proofs[way])).status, way).toBe(200)
      expect(browser.sessionCookie, way).not.toBe(before)
    }
    const again = { email: ada.email, password: 'copper window tide' }
    expect((await app().visitor().json('POST', '/api/v1/login', again)).status).toBe(200)
    const { db } = app().services.database
    await db
      .updateTable('gatelodge_accounts')
      .set({ disabled_at: 1 })
      .where('email', '=', ada.email ?? '')
      .execute()
    expect((await app().visitor().json('POST', '/api/v1/login', again)).status).toBe(401)
    expect((await app().visitor().json('POST', '/api/v1/register', ada)).status).toBe(422)
    for (const way of ['POST /reauthenticate', 'POST /account/password'])
      expect((await browser.open(way.slice(5))).path, way).toBe('/login')
  })

  it('V8.2.2 V2.2.3 V8.1.2 nobody reaches what is someone else’s, whatever ids and addresses they send', async () => {
    const [ada, eve] = [someone(), someone({ name: 'Eve' })]
    const [first, second] = [app().visitor(), app().visitor()]
    await first.json('POST', '/api/v1/register', ada)
    await second.json('POST', '/api/v1/register', eve)
    const { id } = await first.account()
    const aimed = { id, account: id, account_id: id, email: ada.email, username: ada.email }
    const aimedAt = `/api/v1/session?${new URLSearchParams(aimed as Record<string, string>)}`
    expect((await second.json('GET', aimedAt)).body.account).toMatchObject({ name: 'Eve' })
    for (const path of [`/account/${id}`, `/account/password/${id}`])
      expect((await second.send('GET', path)).status).toBe(404)
    const change = { current_password: eve.password, new_password: 'meadow clock nine', ...aimed }
    expect((await second.json('POST', '/api/v1/password', change)).status).toBe(200)
    expect((await app().visitor().json('POST', '/api/v1/login', ada)).status).toBe(200)
    expect((await first.account()).email).toBe(ada.email)
  })
})

describe('The tables of ways in', () => {
  it('V8.1.1 V6.1.3 have every route of the app, and every place where a session starts', async () => {
    const app = await makeApp(throwawayDatabase())
    const known = new Set(
      createApp(app.services)
        .routes.filter(({ method, path }) => method !== 'ALL' && !path.endsWith('*'))
        .map(({ method, path }) => `${method} ${path}`),
    )
    expect(routes.flatMap((row) => codes(row.route)).sort(), page).toEqual([...known].sort())
    // A route has one home; `test.loginAs` is none: a function for the tests of other apps.
    const homeOf = (way: string) => {
      const [method, path = ''] = way.split(' ')
      if (path.startsWith('/api/v1/'))
        return capabilities.find((one) => one.operations?.some((each) => `/api/v1${each.path}` === path))?.name
      const isThere = (routes: Routes) => routes.routes.some((each) => each.path === path && each.method === method)
      return capabilities.find((one) => one.routes.some(isThere))?.name
    }
    const ways = table(page, 'Ways to a session').flatMap((row) => codes(row.way))
    const homes = ways.map((way) => homeOf(way) ?? way)
    expect(homes.filter((home) => !capabilities.some(({ name }) => name === home))).toEqual(['test.loginAs'])
    const calls = /\b(loginEntry|completeLogin|continueLogin|renewSession)\(c,/
    const starting = filesWith(calls).filter((file) => !file.startsWith('src/web/session/'))
    const rooms = starting.map((file) => (file === 'src/embed/test-login.ts' ? 'test.loginAs' : file.split('/')[2]))
    // `renewalOf()` serves the operations that give a session a new token.
    const served = filesWith(/\bgoingOn\(c\)/).map((file) => file.split('/')[2])
    const all = new Set([...rooms, ...served].filter((room) => room !== 'renewal.ts'))
    expect([...all].sort()).toEqual([...new Set(homes)].sort())
    expect(filesWith(/keepSession\(c, /)).toEqual([
      'src/web/session/complete-login.ts',
      'src/web/session/renew-session.ts',
    ])
    await app.close()
  })

  it('V8.1.2 V14.2.6 have the fields of an account, and who may read and write each', () => {
    const told = table(page, 'Fields').flatMap((row) => codes(row.field))
    const account = sources.find(({ name }) => name === 'src/identity/accounts/account.ts')?.code ?? ''
    const fields = [...(/interface Account \{([^}]+)\}/s.exec(account)?.[1]?.matchAll(/(\w+):/g) ?? [])].map(
      ([, one]) => one,
    )
    expect(told.sort()).toEqual([...fields, 'password'].sort())
  })

  it('V8.1.3 V8.1.4 have every header that decides something, and how', () => {
    const told = table(page, 'What else decides')
    const named = (pattern: RegExp) =>
      sources.flatMap(({ code }) => [...code.matchAll(pattern)].map(([, name = '']) => name))
    const signs = named(/const signsOfProxies = \[([^\]]+)\]/g).flatMap((list) => list.match(/[\w-]+/g) ?? [])
    const read = [...named(/\bheader\('([^']+)'\)/g), ...named(/headers\['(access-control-[\w-]+)'\]/g), ...signs]
    expect([...new Set(told.flatMap((row) => codes(row.header)))].sort()).toEqual([...new Set(read)].sort())
    // The connection's other end is looked at in one place; the server only makes Node remember it.
    expect(filesWith(/getConnInfo|remoteAddress/i)).toEqual([
      'src/web/http/connections/connection.ts',
      'src/web/http/context.ts',
      'src/web/http/peer.ts',
    ])
  })
})
