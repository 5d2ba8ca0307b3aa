// What the document says is so: every operation is asked with bodies that fit and bodies that do not, by a visitor and by
// someone who is logged in, and each answer is one that the document knows.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Operation } from '../../src/api/operation.ts'
import { problemsOf } from '../../src/api/problems.ts'
import { createApp, operations } from '../../src/app.ts'
import { mountedPaths } from '../../src/web/site/mounted-paths.ts'
import { onEachDatabase } from '../support/databases.ts'
import { makeApp, type TestApp, throwawayDatabase, useApp } from '../support/make-app.ts'
import { Program } from '../support/program.ts'
import { broken } from '../support/promised.ts'
import { someone } from '../support/visitor.ts'

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    ...[
      '',
      ' ',
      '\u0000',
      '\ud800',
      '\u202e',
      "' or 1=1 --",
      '<script>',
      '../../etc/passwd',
      'a@b.cd',
      'é'.repeat(300),
    ],
    ...['__proto__', 'a'.repeat(3_000), '00000000-0000-0000-0000-000000000000', `${'x'.repeat(43)}`],
  ),
)
/** What is there already, so that much of it is refused for what it says and not for how it looks. */
const fitting: Record<string, fc.Arbitrary<unknown>> = {
  name: fc.constantFrom('Ada Lovelace', 'Grace', ''),
  email: fc.oneof(fc.constantFrom('ada@example.org', 'nobody'), fc.emailAddress()),
  password: fc.constantFrom('violet tram lamp', 'quiet amber windmill', 'password', 'x'),
  current_password: fc.constantFrom('violet tram lamp', 'wrong', ''),
  new_password: fc.constantFrom('quiet amber windmill', 'violet tram lamp', 'short'),
  remember: fc.boolean(),
  token: fc.base64String(),
  login_token: fc.base64String(),
}

/** A body of the operation's custom fields: some that fit, some nasty, some of another kind, some left out. */
function bodiesOf({ body }: Operation): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(
    Object.keys(body.shape).map((name) => {
      const own = name === 'session' ? fc.constantFrom('cookie', 'bearer') : fitting[name]
      return [name, fc.oneof({ weight: 6, arbitrary: own ?? nasty }, nasty, fc.jsonValue({ maxDepth: 2 }))]
    }),
  )
  const own = fc.record(fields, { requiredKeys: [] })
  return fc.oneof(
    { weight: 6, arbitrary: fc.record(fields) },
    { weight: 2, arbitrary: own },
    fc.tuple(own, fc.dictionary(nasty, fc.jsonValue(), { maxKeys: 4 })).map(([one, more]) => ({ ...more, ...one })),
    fc.jsonValue({ maxDepth: 3 }),
  )
}

/** What is no JSON, or no body of ours at all. */
const garbage = fc.oneof(
  fc.constantFrom('', '{', '[]', 'null', '"text"', '{"a":1,"a":2}', '{"__proto__":{"x":1}}', `${'['.repeat(5_000)}`),
  fc.string({ maxLength: 60 }),
  fc.constant(JSON.stringify({ name: 'a'.repeat(70_000) })),
)

onEachDatabase('Every operation', (database) => {
  const app = useApp(database, { emailsPerClient: 100_000 })
  const numRuns = database.name === 'SQLite' ? 30 : 8

  async function sources(): Promise<Program[]> {
    const somebodyNew = new Program(app())
    const { body } = await somebodyNew.post('/register', { ...someone(), session: 'bearer' })
    return [new Program(app()), new Program(app(), (body as { token: string }).token)]
  }

  it.each(operations.map((one) => [one.id, one] as const))(
    'V2.2.1 %s answers whatever it is sent as its document says',
    async (_, one) => {
      await fc.assert(
        fc.asyncProperty(fc.nat(1), bodiesOf(one), async (who, body) => {
          const source = (await sources())[who] as Program
          const sent = one.method === 'POST' ? JSON.stringify(body) : undefined
          expect(broken(one, await source.ask(one.method, `/api/v1${one.path}`, sent))).toBeUndefined()
        }),
        { numRuns },
      )
    },
  )

  it('V1.5.3 answers what is no JSON of ours as its document says', async () => {
    const posts = operations.filter(({ method }) => method === 'POST')
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...posts), garbage, async (one, body) => {
        const answer = await new Program(app()).ask('POST', `/api/v1${one.path}`, body)
        expect(broken(one, answer)).toBeUndefined()
      }),
      { numRuns: numRuns * 4 },
    )
  })

  it('V3.5.1 takes no form, no page of another site, and no part of a page', async () => {
    for (const one of operations) {
      const send = (headers: Record<string, string>, body = '{}') =>
        new Program(app()).ask(one.method, `/api/v1${one.path}`, one.method === 'POST' ? body : undefined, headers)
      const embedded = await send({ 'sec-fetch-dest': 'image' })
      expect([embedded.status, broken(one, embedded)]).toEqual([403, undefined])
      if (one.method === 'GET') continue
      const form = await send({ 'content-type': 'application/x-www-form-urlencoded' }, 'email=a')
      expect([form.status, broken(one, form)]).toEqual([415, undefined])
      for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
        const foreign = await send(headers as Record<string, string>)
        expect([foreign.status, broken(one, foreign)]).toEqual([403, undefined])
      }
    }
  })
})

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
    // A challenge costs no row.
    for (const one of operations.filter(({ id }) => id !== 'passkeyLoginOptions')) {
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
      const taken = ['/api', '/api/openapi.json', ...operations.map(({ path }) => `/api/v1${path}`)]
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
    expect(html).toContain('GET /auth/api/v1/session')
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

  it('stands on a page for people, each operation with its fields and codes, and nothing from elsewhere', async () => {
    const app = await makeApp(throwawayDatabase())
    const visitor = app.visitor()
    const { status, html } = await visitor.open('/api')
    expect(status).toBe(200)
    for (const one of operations) {
      const section = html.split(`id="${one.id}"`)[1]?.split('</section>')[0] ?? ''
      const shown = [...section.matchAll(/<code[^>]*>([^<]*)<\/code>/g)].map(([, code]) => code)
      const codes = [...problemsOf(one).values()].flat()
      expect(shown).toEqual(expect.arrayContaining([`${one.method} /api/v1${one.path}`, ...codes]))
      expect(shown).toEqual(expect.arrayContaining(Object.keys(one.body.shape)))
    }
    const own = new URL(app.services.settings.baseUrl).origin
    for (const [, address = ''] of html.matchAll(/(?:href|src)="([^"]+)"/g))
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
