// The typed client: what it says, what it keeps, and that it is what the document says.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { file, typesOf } from '../../../../scripts/client.ts'
import { openApi } from '../../src/api/openapi.ts'
import { operations } from '../../src/app.ts'
import { type ClientOptions, createClient } from '../../src/client/client.ts'
import { createText } from '../../src/text/text.ts'
import { minutes } from '../../src/time.ts'
import { onEachDatabase } from '../support/databases.ts'
import { type TestApp, testSettings, throwawayDatabase, useApp } from '../support/make-app.ts'
import { someone } from '../support/visitor.ts'

/** A client as an app has it, with the tokens that `onToken` gave it. */
function appOf({ services, fetch }: TestApp, options: ClientOptions = {}) {
  const kept: (string | undefined)[] = []
  const client = createClient({
    baseUrl: services.settings.baseUrl,
    fetch: (input, init) => fetch(new Request(input as string, init)),
    onToken: (token) => kept.push(token),
    ...options,
  })
  return { client, kept }
}

/** One that gets these answers, and the requests that it sent. */
function answered(...answers: Response[]) {
  const sent: RequestInit[] = []
  const next = async (_: unknown, init?: RequestInit) => {
    sent.push(init ?? {})
    return answers.shift() ?? Response.json({ account: 'x' })
  }
  return { sent, fetch: next as typeof fetch }
}

describe('The typed client', () => {
  it('is what the document says: after a change of an operation, npm run client writes it again', () => {
    expect(readFileSync(file, 'utf8')).toBe(
      typesOf(openApi({ settings: testSettings(throwawayDatabase()), text: createText() }, operations)),
    )
  })

  it('weighs less than 3 KB on a page, without what is for keys, and needs nothing else', async () => {
    const entry = fileURLToPath(new URL('../../src/client/client.ts', import.meta.url))
    const stdin = { contents: `export { createClient } from ${JSON.stringify(entry)}`, resolveDir: '/' }
    const { outputFiles, metafile } = await build({
      ...{ stdin, bundle: true, minify: true, format: 'esm', write: false, metafile: true },
    })
    expect(outputFiles[0]?.contents.byteLength).toBeLessThan(3_000)
    expect(Object.keys(metafile.inputs)).toHaveLength(3)
    expect(outputFiles[0]?.text).not.toContain('/admin/')
  })

  it('sends cookies to its own site only, and never beside a token', async () => {
    const { sent, fetch } = answered()
    await createClient({ fetch }).getSession()
    await createClient({ fetch, token: 'gatelodge_x' }).getSession()
    expect(sent.map(({ credentials, headers }) => [credentials, headers])).toEqual([
      ['same-origin', {}],
      ['omit', { authorization: 'Bearer gatelodge_x' }],
    ])
  })

  it('says so where the answer is not one of ours, and throws only where there was none', async () => {
    const page = answered(new Response('<h1>Bad gateway</h1>', { status: 502 }))
    expect(await createClient(page).getSession()).toEqual({
      ...{ ok: false, status: 502, problem: { title: '', status: 502, code: 'not-understood' } },
    })
    const away = (() => Promise.reject(new TypeError('fetch failed'))) as typeof fetch
    await expect(createClient({ fetch: away }).getSession()).rejects.toThrow('fetch failed')
  })

  it('keeps a newer token when an older request comes back too late', async () => {
    const kept: unknown[] = []
    let late: (answer: Response) => void = () => {}
    const answers = [
      new Promise<Response>((resolve) => (late = resolve)),
      Response.json({ account: 'x', token: 'new' }),
    ]
    const send = (async () => answers.shift()) as unknown as typeof fetch
    const client = createClient({ token: 'old', fetch: send, onToken: (token) => kept.push(token) })
    const asked = client.getSession()
    await client.reauthenticate({ current_password: 'x' })
    late(Response.json({ title: '', status: 401, code: 'login-required' }, { status: 401 }))
    await asked
    expect(kept).toEqual(['new'])
  })

  it('is typed: what to send, what comes, and which codes there are', () => {
    const client = createClient()
    expectTypeOf(client.logIn).parameter(0).toExtend<{ email: string; password: string }>()
    expectTypeOf(client.getSession).parameters.toEqualTypeOf<[]>()
    type Told = Extract<Awaited<ReturnType<typeof client.getSession>>, { ok: true }>['body']
    expectTypeOf<Told['session']['kind']>().toEqualTypeOf<'cookie' | 'bearer'>()
    type Refused = Extract<Awaited<ReturnType<typeof client.logIn>>, { ok: false }>['problem']['code']
    expectTypeOf<'credentials'>().toExtend<Refused>()
    expectTypeOf<'invalid-link'>().not.toExtend<Refused>()
  })
})

onEachDatabase('An app with the typed client', (database) => {
  const app = useApp(database)

  it('registers, keeps its token through a confirmed and a changed password, and logs out', async () => {
    const { client, kept } = appOf(app())
    const { name = '', email = '', password = '' } = someone()
    const first = await client.register({ name, email, password, session: 'bearer' })
    expect([first.ok, first.status]).toEqual([true, 201])
    const told = await client.getSession()
    expect(told.ok && told.body.account).toMatchObject({ name, email })
    app().clock.pass(minutes(11))
    const refused = await client.endOtherDevices()
    expect(refused.ok || refused.problem.code).toBe('reauthentication-required')
    expect((await client.reauthenticate({ current_password: password })).ok).toBe(true)
    expect(await client.endOtherDevices()).toEqual({ ok: true, status: 204, body: undefined })
    await client.changePassword({ current_password: password, new_password: 'copper window tide' })
    const exported = await client.exportData()
    expect(exported.ok && exported.body.account).toMatchObject({ email })
    expect((await client.logOut()).ok).toBe(true)
    expect(kept).toEqual([...Array(3).fill(expect.stringMatching(/^gatelodge_/)), undefined])
    expect(new Set(kept).size).toBe(4)
    const out = await client.getSession()
    expect(out.ok || out.problem.code).toBe('login-required')
  })

  it('goes on with a token from an earlier start, and deletes it once it is invalid', async () => {
    const { client: before, kept } = appOf(app())
    const { name = '', email = '', password = '' } = someone()
    await before.register({ name, email, password, session: 'bearer' })
    const { client, kept: told } = appOf(app(), { token: kept[0] })
    expect((await client.getSession()).ok).toBe(true)
    await before.logOut()
    expect((await client.getSession()).ok).toBe(false)
    expect(told).toEqual([undefined])
    const again = await client.logIn({ email, password: 'wrong' })
    expect(again.ok || again.problem.title).toBe('Email or password is not right')
    const fields = await client.logIn({ email, password: '' })
    expect(fields.ok || fields.problem.errors).toMatchObject([{ field: 'password', code: 'empty' }])
    for (let count = 0; count < 6; count += 1) await client.logIn({ email, password: 'wrong' })
    const waits = await client.logIn({ email, password })
    expect(waits.ok || waits.retryAfter).toBeGreaterThan(0)
  })
})
