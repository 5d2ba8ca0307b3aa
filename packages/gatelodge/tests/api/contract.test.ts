// What the document says is so: it has every route, and each operation answers as it says where there is no database. What each
// answers to bodies of all kinds is in exhaustive/hostile-input/operations.walk.test.ts.
import { describe, expect, it } from 'vitest'
import { problemsOf } from '../../src/api/problems.ts'
import { referencePaths } from '../../src/api/reference.ts'
import { createApp, operations } from '../../src/app.ts'
import { mountedPaths } from '../../src/web/site/mounted-paths.ts'
import { makeApp, type TestApp, throwawayDatabase } from '../support/make-app.ts'
import { Program } from '../support/program.ts'
import { someone } from '../support/visitor.ts'

describe('While the database is away', () => {
  it('V16.5.3 each operation answers as its document says, and nobody gets in', async () => {
    const app = await makeApp({ url: 'mysql://nobody@127.0.0.1:1/none' }, {}, {}, { waits: false })
    const person = someone()
    const wanting = {
      current_password: person.password,
      new_password: 'copper window tide',
      token: 'x'.repeat(43),
      setup: 'x',
      code: '123456',
      login_token: 'x'.repeat(43),
      ...{ answer: {}, challenge_token: 'x', passkey: 'x', passkey_name: 'x' },
    }
    // A challenge costs no row, and a code that is not ours is refused without a look.
    const looksNothingUp = ['passkeyLoginOptions', 'logInWithProvider']
    for (const one of operations.filter(({ id }) => !looksNothingUp.includes(id))) {
      const source = new Program(
        app,
        /logged-in|authenticated|proved/.test(one.who) ? `gatelodge_${'x'.repeat(43)}` : undefined,
      )
      const body = one.method === 'POST' ? { ...person, ...wanting, id: 'x' } : undefined
      const answer = await source.ask(one.method, `/api/v1${one.path}`, body)
      const { code } = (answer.body ?? {}) as { code?: string }
      const asksNothing = /^(logOut|cancelLogin)$/.test(one.id) ? [204, undefined] : [401, 'login-required']
      // Without a token there is nothing to look up.
      expect([
        [503, 'unavailable'],
        [401, 'login-required'],
        [204, undefined],
      ]).toContainEqual([answer.status, code])
      if (answer.status !== 503) expect([answer.status, code], one.id).toEqual(asksNothing)
      else
        expect([problemsOf(one).get(503)?.includes('unavailable'), answer.headers.has('retry-after')]).toEqual([
          true,
          true,
        ])
      expect(answer.headers.getSetCookie().join(), one.id).not.toMatch(/gatelodge=[^;]/)
    }
    await app.close()
  })
})

describe('In front of an app, or inside of one', () => {
  it('the API has its own addresses and no other; switched off, none', async () => {
    for (const isOn of [true, false]) {
      const app = await makeApp(throwawayDatabase(), { api: isOn })
      const own = mountedPaths(createApp(app.services), { files: new Map() }, '')
      const taken = ['/api', ...referencePaths, '/api/openapi.json', ...operations.map(({ path }) => `/api/v1${path}`)]
      expect(taken.filter((path) => own.has(path))).toEqual(isOn ? taken : [])
      expect(
        ['/api/nothing', '/api/v1', '/api/v1/books', '/api/v1/login/of-the-app'].filter((path) => own.has(path)),
      ).toEqual([])
      await app.close()
    }
  })
})

describe('Below a prefix', () => {
  it('the API is there and says so, and at the root there is nothing of it', async () => {
    const app = await makeApp(throwawayDatabase(), { basePath: '/auth' })
    const program = new Program(app)
    const { servers } = (await program.ask('GET', '/auth/api/openapi.json')).body as { servers: unknown }
    expect(servers).toEqual([{ url: `${app.services.settings.baseUrl}/auth/api/v1` }])
    const { body } = await program.ask('POST', '/auth/api/v1/register', { ...someone(), session: 'bearer' })
    const known = new Program(app, (body as { token: string }).token)
    expect((await known.ask('GET', '/auth/api/v1/session')).status).toBe(200)
    const { html } = await app.visitor().open('/auth/api')
    expect(html).toContain('href="/auth/api/openapi.json"')
    expect(html).toContain('href="/auth/api/with-session#getSession"')
    expect((await app.visitor().open('/auth/api/with-session')).html).toContain('GET /auth/api/v1/session')
    const root = await app.fetch(new Request(`${app.services.settings.baseUrl}/api/v1/session`))
    expect(root.status).toBe(404)
    await app.close()
  })
})

describe('The document of the API', () => {
  const documentOf = async (app: TestApp) =>
    (await new Program(app).ask('GET', '/api/openapi.json')).body as Record<string, never> & {
      paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>
    }

  it('has every route of the API, and every route that it has is there', async () => {
    const app = await makeApp(throwawayDatabase())
    const { paths } = await documentOf(app)
    const told = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} /api/v1${path}`),
    )
    const routed = createApp(app.services)
      .routes.filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/v1/') && !path.endsWith('*'))
      .map(({ method, path }) => `${method} ${path}`)
    expect(told.sort()).toEqual([...new Set(routed)].sort())
    expect(told.length).toBe(operations.length)
    await app.close()
  })

  it('is whole: each operation has a name of its own, and each reference leads somewhere', async () => {
    const app = await makeApp(throwawayDatabase())
    const document = await documentOf(app)
    expect(document).toMatchObject({ openapi: '3.1.1', servers: [{ url: `${app.services.settings.baseUrl}/api/v1` }] })
    const ids = Object.values(document.paths).flatMap((methods) => Object.values(methods).map((one) => one.operationId))
    expect(new Set(ids).size).toBe(operations.length)
    for (const [, reference = ''] of JSON.stringify(document).matchAll(/"\$ref":"#([^"]+)"/g)) {
      const found = reference
        .split('/')
        .slice(1)
        .reduce<unknown>((part, key) => (part as never)?.[key], document)
      expect(found, reference).toBeDefined()
    }
    await app.close()
  })

  it('stands on pages for people, where the first leads to each operation with its fields and codes, and nothing is from elsewhere', async () => {
    const app = await makeApp(throwawayDatabase())
    const visitor = app.visitor()
    const { html: list } = await visitor.open('/api')
    const pages = new Map<string, string>([['/api', list]])
    for (const path of referencePaths) {
      const { status, html } = await visitor.open(path)
      expect(status).toBe(200)
      pages.set(path, html)
    }
    for (const one of operations) {
      const [, path = ''] = new RegExp(`href="([^"#]*)#${one.id}"`).exec(list) ?? []
      const section = pages.get(path)?.split(`id="${one.id}"`)[1]?.split('</section>')[0] ?? ''
      const shown = [...section.matchAll(/<code[^>]*>([^<]*)<\/code>/g)].map(([, code]) => code)
      const codes = [...problemsOf(one).values()].flat()
      expect(shown).toEqual(expect.arrayContaining([`${one.method} /api/v1${one.path}`, ...codes]))
      expect(shown).toEqual(expect.arrayContaining(Object.keys(one.body.shape)))
    }
    const own = new URL(app.services.settings.baseUrl).origin
    for (const [, address = ''] of [...pages.values()].join('').matchAll(/(?:href|src)="([^"]+)"/g))
      expect(new URL(address, own).origin, address).toBe(own)
    await app.close()
  })

  it('V4.1.4 answers at an address that it does not have with a problem, whatever is liked', async () => {
    const app = await makeApp(throwawayDatabase())
    const answer = await new Program(app).ask('GET', '/api/v1/nothing', undefined, { accept: 'text/html' })
    expect(answer.status).toBe(404)
    expect(answer.body).toMatchObject({ code: 'not-found', status: 404 })
    const other = await new Program(app).ask('GET', '/api/v1/login')
    expect([other.status, other.headers.get('allow'), other.body]).toMatchObject([
      405,
      'POST',
      { code: 'method-not-allowed' },
    ])
    await app.close()
  })
})
