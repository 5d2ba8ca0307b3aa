// What a person does with an app, from the first day to the last, and what one does on a page of one's own.
import { expect, it } from 'vitest'
import { days, minutes } from '../../src/time.ts'
import { onEachDatabase } from '../support/databases.ts'
import { linkTo } from '../support/emails.ts'
import { type TestApp, useApp } from '../support/make-app.ts'
import { Program, read } from '../support/program.ts'
import type { Answer } from '../support/promised.ts'
import { type Fields, someone, type Visitor } from '../support/visitor.ts'

/** An app in which someone has just registered. */
async function registered(app: TestApp, person: Fields = someone()): Promise<{ program: Program; person: Fields }> {
  const program = new Program(app)
  const { body } = await program.post('/register', { ...person, session: 'bearer' })
  program.token = (body as { token: string }).token
  return { program, person }
}

const tokenIn = (answer: Answer | undefined) => (answer?.body as { token: string } | undefined)?.token

/** A script on a page of this site. */
async function fromPage(browser: Visitor, path: string, body: object = {}) {
  const answer = await browser.send('POST', `/api/v1${path}`, JSON.stringify(body), {
    'content-type': 'application/json',
  })
  return { ...(await read(answer)), cookies: answer.headers.getSetCookie() }
}

const tokenOf = async (app: TestApp, person: Fields, kind: Parameters<typeof linkTo>[2]) =>
  (await linkTo(app, person.email ?? '', kind)).split('/').at(-1) ?? ''

onEachDatabase('A bearer token', (database) => {
  const app = useApp(database, { emailsPerClient: 100_000 })

  it('V7.2.2 comes once, in the answer, where it is asked for, and no cookie comes with it', async () => {
    const person = someone()
    const program = new Program(app())
    const first = await program.post('/register', { ...person, session: 'bearer' })
    expect(first.status).toBe(201)
    expect(first.body).toEqual({
      account: expect.stringMatching(/^[0-9a-f-]{36}$/),
      token: expect.stringMatching(/^gatelodge_[\w-]{43}$/),
    })
    expect(first.headers.getSetCookie()).toEqual([])
    const { email, password } = person
    const login = await program.post('/login', { email, password, session: 'bearer' })
    expect([login.status, login.headers.getSetCookie()]).toEqual([200, []])
    program.token = (login.body as { token: string }).token
    const told = await program.get('/session')
    expect(told.body).toMatchObject({ account: { name: person.name, email }, session: { kind: 'bearer' } })
    expect(told.headers.getSetCookie()).toEqual([])
    expect(JSON.stringify(told.body)).not.toContain('gatelodge_')
    expect(JSON.stringify(app().logged)).not.toContain(program.token)
  })

  it('V7.2.1 is invalid in a cookie, and a cookie’s token is invalid in the header', async () => {
    const { program } = await registered(app())
    const browser = app().visitor()
    browser.cookies.set('gatelodge', program.token ?? '')
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(401)
    browser.cookies.set('gatelodge', (program.token ?? '').replace('gatelodge_', ''))
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(401)
    const there = app().visitor()
    await there.register()
    for (const token of [there.sessionCookie ?? '', `gatelodge_${there.sessionCookie}`])
      expect((await new Program(app(), token).get('/session')).status).toBe(401)
  })

  it('V7.4.1 that is over, made up or missing gets the answer of RFC 6750', async () => {
    const { program } = await registered(app())
    expect((await program.post('/logout')).status).toBe(204)
    for (const token of [program.token, 'gatelodge_made-up', '', 'x'.repeat(5_000)]) {
      const { status, headers, body } = await new Program(app(), token).get('/session')
      expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer error="invalid_token"'])
      expect(body).toMatchObject({ code: 'login-required' })
    }
    const none = await new Program(app()).get('/session')
    expect([none.status, none.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
  })

  it('V15.3.7 together with a session cookie is refused, whichever of the two is good', async () => {
    const { program } = await registered(app())
    const browser = app().visitor()
    await browser.register()
    const cookie = `gatelodge=${browser.sessionCookie}`
    for (const [token, sent] of [
      [program.token, cookie],
      [program.token, 'gatelodge=nonsense'],
      ['gatelodge_made-up', cookie],
    ]) {
      for (const method of ['GET', 'POST']) {
        const path = method === 'GET' ? '/api/v1/session' : '/api/v1/logout'
        const answer = await new Program(app(), token).ask(method, path, method === 'GET' ? undefined : {}, {
          cookie: sent,
        })
        expect([answer.status, answer.body]).toMatchObject([401, { code: 'two-credentials' }])
      }
    }
    expect((await program.get('/session')).status).toBe(200)
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(200)
  })

  it('V3.5.1 works for the API only, and other schemes are ignored', async () => {
    const { program } = await registered(app())
    for (const path of ['/account', '/auth-request', '/forward-auth', '/account/export']) {
      const answer = await program.ask('GET', path, undefined, { accept: 'application/json' })
      expect([path, answer.status]).toEqual([path, 401])
    }
    const browser = app().visitor()
    await browser.register()
    const cookie = `gatelodge=${browser.sessionCookie}`
    const basic = { authorization: 'Basic Z2F0ZTpsb2RnZQ==', cookie }
    expect((await new Program(app()).ask('GET', '/api/v1/session', undefined, basic)).status).toBe(200)
    const lower = { authorization: `bearer ${program.token}` }
    expect((await new Program(app()).ask('GET', '/api/v1/session', undefined, lower)).status).toBe(200)
  })

  it('V3.5.1 needs no Origin of ours, because no browser adds it by itself', async () => {
    const { program } = await registered(app())
    const answer = await program.ask('POST', '/api/v1/profile', { name: 'Grace' }, { origin: 'capacitor://localhost' })
    expect([answer.status, answer.body]).toEqual([200, { name: 'Grace' }])
    const preflight = await program.ask('OPTIONS', '/api/v1/profile', undefined, { origin: 'https://evil.example' })
    expect(preflight.status).toBe(405)
    expect([...preflight.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  it('V7.5.2 V7.4.3 stands among the devices, and ends from there and with a changed password', async () => {
    const { program, person } = await registered(app())
    const browser = app().visitor()
    await browser.logIn(person)
    await browser.open('/account/devices')
    expect(browser.page.html).toContain('App (')
    const { devices } = (await browser.json('GET', '/api/v1/devices')).body as {
      devices: { id: string; is_here: boolean }[]
    }
    const { id } = devices.find(({ is_here }) => !is_here) as { id: string }
    expect((await browser.json('POST', '/api/v1/devices/end', { id })).status).toBe(204)
    expect((await program.get('/session')).status).toBe(401)

    const { email, password } = person
    const again = await program.ask(
      'POST',
      '/api/v1/login',
      { email, password, session: 'bearer' },
      { authorization: undefined },
    )
    program.token = (again.body as { token: string }).token
    await browser.json('POST', '/api/v1/password', { current_password: password, new_password: 'copper window tide' })
    expect((await program.get('/session')).status).toBe(401)
  })

  it('V7.2.4 is another after the password was confirmed or changed, and the one before is dead', async () => {
    const { program, person } = await registered(app())
    const current_password = person.password
    for (const [path, body] of [
      ['/password/confirm', { current_password }],
      ['/password', { current_password, new_password: 'copper window tide' }],
    ] as const) {
      const before = program.token
      const answer = await program.post(path, body)
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, []])
      program.token = (answer.body as { token: string }).token
      expect(program.token).not.toBe(before)
      expect((await new Program(app(), before).get('/session')).status).toBe(401)
      expect((await program.get('/session')).body).toMatchObject({ session: { kind: 'bearer' } })
    }
  })

  it('V7.5.1 ends other devices only where the password was typed within ten minutes', async () => {
    const { program, person } = await registered(app())
    const { body } = await new Program(app()).post('/login', { ...person, session: 'bearer' })
    const other = new Program(app(), (body as { token: string }).token)
    app().clock.pass(minutes(11))
    const refused = await program.post('/devices/end-others')
    expect([refused.status, refused.body]).toMatchObject([403, { code: 'reauthentication-required' }])
    const confirmed = await program.post('/password/confirm', { current_password: person.password })
    program.token = (confirmed.body as { token: string }).token
    const { devices } = (await program.get('/devices')).body as { devices: { id: string; is_here: boolean }[] }
    expect(devices.map(({ is_here }) => is_here)).toEqual([true, false])
    expect((await program.post('/devices/end', { id: devices[1]?.id })).status).toBe(204)
    expect((await program.post('/devices/end', { id: devices[1]?.id })).status).toBe(404)
    expect((await other.get('/session')).status).toBe(401)
    expect((await program.post('/devices/end-others')).status).toBe(204)
  })

  it('V7.3.1 V7.3.2 ends by idleness and by age as a cookie does, later where it is to be remembered', async () => {
    const { person } = await registered(app())
    const short = new Program(app())
    const long = new Program(app())
    for (const [program, remember] of [
      [short, false],
      [long, true],
    ] as const) {
      const { body } = await program.post('/login', { ...person, remember, session: 'bearer' })
      program.token = (body as { token: string }).token
    }
    app().clock.pass(days(1))
    expect((await short.get('/session')).status).toBe(401)
    expect((await long.get('/session')).status).toBe(200)
    app().clock.pass(days(90))
    expect((await long.get('/session')).status).toBe(401)
  })
})

onEachDatabase('Through the API', (database) => {
  const app = useApp(database, { emailsPerClient: 100_000 })

  it('a page of this site registers, reads its account, and logs out by cookie', async () => {
    const browser = app().visitor()
    const person = someone()
    const first = await fromPage(browser, '/register', person)
    expect([first.status, Object.keys(first.body as object)]).toEqual([201, ['account']])
    expect(browser.sessionCookie).toBeDefined()
    expect((await browser.json('GET', '/api/v1/session')).body).toMatchObject({
      account: { email: person.email, email_verified: false },
      session: { kind: 'cookie', remembered: false },
    })
    expect((await browser.open('/account')).status).toBe(200)
    expect((await fromPage(browser, '/login', person)).body).toMatchObject({ code: 'logged-in' })
    const out = await fromPage(browser, '/logout')
    expect([out.status, out.headers.get('clear-site-data')]).toEqual([204, '"cache", "storage"'])
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(401)
    expect((await fromPage(browser, '/login', { ...person, remember: true })).status).toBe(200)
    expect((await browser.json('GET', '/api/v1/session')).body).toMatchObject({ session: { remembered: true } })
  })

  it('V6.3.8 an unknown address and a wrong password get one answer, and messages name their fields', async () => {
    const { person } = await registered(app())
    const program = new Program(app())
    const wrong = await program.post('/login', { email: person.email, password: 'quiet amber windmill' })
    const unknown = await program.post('/login', { email: 'nobody@example.org', password: 'quiet amber windmill' })
    expect([wrong.status, wrong.body]).toEqual([unknown.status, unknown.body])
    expect(wrong.body).toMatchObject({ status: 401, code: 'credentials' })
    const fields = await program.post('/register', { name: '', email: 7, session: 'both' })
    expect(fields.status).toBe(422)
    const { errors } = fields.body as { errors: { field: string; code: string }[] }
    expect(errors.map(({ field, code }) => `${field} ${code}`)).toEqual([
      ...['email not-text', 'password empty', 'session not-text'],
    ])
  })

  it('V6.3.1 wrong passwords cost the same waits as on the page', async () => {
    const { person } = await registered(app())
    const program = new Program(app())
    const tries = []
    for (let count = 0; count < 7; count += 1)
      tries.push(await program.post('/login', { email: person.email, password: 'quiet amber windmill' }))
    const last = tries.at(-1)
    expect([last?.status, last?.body]).toMatchObject([429, { code: 'rate-limited' }])
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
    const { email = '', password = '' } = person
    expect((await app().visitor().logIn({ email, password })).status).toBe(429)
  })

  it('V16.3.1 writes the same record and the same lines in the log as the pages do', async () => {
    const events = async (ask: (path: string, body: object) => Promise<unknown>, paths: Record<string, string>) => {
      const person = someone()
      const from = app().logged.length
      await ask(paths.register ?? '', person)
      await ask(paths.password ?? '', { current_password: 'quiet amber windmill', new_password: 'meadow clock nine' })
      await ask(paths.profile ?? '', { name: 'Grace' })
      await ask(paths.password ?? '', { current_password: person.password, new_password: 'meadow clock nine' })
      await ask(paths.confirm ?? '', { current_password: 'meadow clock nine' })
      await ask(paths.logout ?? '', {})
      await ask(paths.passwordReset ?? '', { email: person.email })
      await ask(paths.login ?? '', { email: person.email, password: 'wrong' })
      await ask(paths.login ?? '', { email: person.email, password: 'meadow clock nine' })
      await ask(paths.remove ?? '', { current_password: 'meadow clock nine' })
      return app()
        .logged.slice(from)
        .map(({ msg }) => msg)
        .filter((msg) => msg !== 'request')
    }
    const pages = { register: '/register', password: '/account/password', profile: '/account/profile' }
    const more = { confirm: '/reauthenticate', logout: '/logout', login: '/login', passwordReset: '/forgot-password' }
    const page = app().visitor()
    const onPages = await events((path, body) => page.form(path, body as Fields), {
      ...pages,
      ...more,
      remove: '/account/delete',
    })
    const script = app().visitor()
    const own = { register: '/register', password: '/password', profile: '/profile', confirm: '/password/confirm' }
    const inApi = await events((path, body) => fromPage(script, path, body), {
      ...{ ...own, logout: '/logout', login: '/login', passwordReset: '/forgot-password', remove: '/delete' },
    })
    expect(onPages.length).toBeGreaterThan(9)
    expect(inApi).toEqual(onPages)
  })

  it('a forgotten password is set again by the token of the email, which logs nobody in', async () => {
    const { program, person } = await registered(app())
    expect((await new Program(app()).post('/forgot-password', { email: person.email })).status).toBe(202)
    expect((await new Program(app()).post('/forgot-password', { email: 'nobody@example.org' })).status).toBe(202)
    const token = await tokenOf(app(), person, 'reset-password')
    const weak = await program.post('/reset-password', { token, new_password: 'password' })
    expect(weak.status).toBe(422)
    const reset = await new Program(app()).post('/reset-password', { token, new_password: 'copper window tide' })
    expect(reset.status).toBe(204)
    expect((await program.get('/session')).status).toBe(401)
    const twice = await new Program(app()).post('/reset-password', { token, new_password: 'copper window tide' })
    expect([twice.status, twice.body]).toMatchObject([410, { code: 'invalid-link' }])
    const { email } = person
    expect((await new Program(app()).post('/login', { email, password: 'copper window tide' })).status).toBe(200)
  })

  it('an address is confirmed by the token of the email', async () => {
    const { program, person } = await registered(app())
    const token = await tokenOf(app(), person, 'verify-email')
    const strange = await new Program(app()).post('/verification/confirm', { token })
    expect([strange.status, strange.body]).toMatchObject([422, { errors: [{ field: 'password', code: 'empty' }] }])
    const { body } = await program.post('/verification/confirm', { token })
    expect(body).toEqual({ logged_in: false })
    expect((await program.get('/session')).body).toMatchObject({ account: { email_verified: true } })
    expect((await program.post('/verification')).body).toEqual({ sent: false })
  })

  it('everything that is stored is exported, and the account is deleted', async () => {
    const { program, person } = await registered(app())
    const exported = await program.get('/export')
    expect(exported.body).toMatchObject({ account: { email: person.email }, devices: [{ logged_out_at: null }] })
    expect(JSON.stringify(exported.body)).not.toContain('gatelodge_')
    expect((await program.post('/delete', { current_password: 'wrong' })).status).toBe(422)
    expect((await program.post('/delete', { current_password: person.password })).status).toBe(204)
    expect((await program.get('/session')).status).toBe(401)
    const { email, password } = person
    expect((await program.ask('POST', '/api/v1/login', { email, password }, { authorization: undefined })).status).toBe(
      401,
    )
  })
})

onEachDatabase('Of sixteen that use one token at once through the API', (database) => {
  const app = useApp(database, { emailsPerClient: 100_000 })
  const sixteen = <T>(make: (index: number) => Promise<T>) =>
    Promise.all(Array.from({ length: 16 }, (_, index) => make(index)))

  it('V2.3.4 one sets the password', async () => {
    const { person } = await registered(app())
    await new Program(app()).post('/forgot-password', { email: person.email })
    const token = await tokenOf(app(), person, 'reset-password')
    const passwords = Array.from({ length: 16 }, (_, index) => `copper window tide ${index * 37}`)
    const answers = await sixteen((index) =>
      new Program(app()).post('/reset-password', { token, new_password: passwords[index] }),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array(15).fill(410)])
    const winner = passwords[answers.findIndex(({ status }) => status === 204)]
    expect((await new Program(app()).post('/login', { email: person.email, password: winner })).status).toBe(200)
  })

  it('V7.2.4 V2.3.4 one goes on with a bearer token that is renewed', async () => {
    const { program, person } = await registered(app())
    const answers = await sixteen(() => program.post('/password/confirm', { current_password: person.password }))
    const won = answers.filter(({ status }) => status === 200)
    expect(won).toHaveLength(1)
    expect(answers.every(({ status }) => [200, 401, 429].includes(status))).toBe(true)
    const token = tokenIn(won[0])
    expect((await new Program(app(), token).get('/session')).status).toBe(200)
    expect((await program.get('/session')).status).toBe(401)
  })
})

onEachDatabase('Where the email decides', (database) => {
  const app = useApp(database, { registration: 'confirm-first', emailsPerClient: 100_000 })

  it('V6.3.8 registration says nothing, and of sixteen one starts the account', async () => {
    const person = someone()
    const program = new Program(app())
    const asked = await program.post('/register', { ...person, session: 'bearer' })
    expect([asked.status, asked.body, asked.headers.getSetCookie()]).toEqual([202, { next: 'read-email' }, []])
    const token = await tokenOf(app(), person, 'start-account')
    const { password } = person
    const without = await program.post('/register/start', { token, session: 'bearer' })
    expect(without.body).toMatchObject({ errors: [{ field: 'password', code: 'empty' }] })
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => program.post('/register/start', { token, password, session: 'bearer' })),
    )
    const won = answers.filter(({ status }) => status === 201)
    expect(won).toHaveLength(1)
    expect(answers.every(({ status }) => [201, 410, 429].includes(status))).toBe(true)
    program.token = tokenIn(won[0])
    expect((await program.get('/session')).body).toMatchObject({ account: { email_verified: true } })
  })
})

onEachDatabase('Where addresses must be confirmed first', (database) => {
  const app = useApp(database, { requireVerifiedEmail: true, emailsPerClient: 100_000 })

  it('V6.3.4 no token and no cookie opens anything before, and the link with the password logs in', async () => {
    const person = someone()
    const program = new Program(app())
    const first = await program.post('/register', { ...person, session: 'bearer' })
    const login_token = expect.stringMatching(/^[\w-]{43}$/)
    expect([first.status, first.body]).toEqual([202, { next: 'verify-email', code: 'unverified', login_token }])
    const login = await program.post('/login', { ...person, session: 'bearer' })
    expect([login.status, login.body, login.headers.getSetCookie()]).toMatchObject([403, { code: 'unverified' }, []])
    const token = await tokenOf(app(), person, 'verify-email')
    const { password } = person
    const confirmed = await program.post('/verification/confirm', { token, password, session: 'bearer' })
    expect(confirmed.body).toEqual({ logged_in: true, token: expect.stringMatching(/^gatelodge_/) })
    program.token = (confirmed.body as { token: string }).token
    expect((await program.get('/session')).status).toBe(200)
  })

  it('anyone who waits on a page of this site can have the email sent again', async () => {
    const browser = app().visitor()
    const person = someone()
    expect((await fromPage(browser, '/register', person)).status).toBe(202)
    expect(browser.sessionCookie).toBeUndefined()
    app().clock.pass(minutes(30))
    expect((await fromPage(browser, '/verification')).body).toEqual({ sent: true })
    expect((await fromPage(app().visitor(), '/verification')).status).toBe(401)
  })
})
