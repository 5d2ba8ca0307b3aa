// Registering with a passkey alone: the address first, the passkey behind the link.
import { expect, it } from 'vitest'
import { Authenticator } from '../../../tests/support/authenticator.ts'
import { onEachDatabase, onSqlite } from '../../../tests/support/databases.ts'
import { emailsTo, emailTo, linkTo } from '../../../tests/support/emails.ts'
import { makeApp, type TestApp, throwawayDatabase, useApp } from '../../../tests/support/make-app.ts'
import { nothingIsHalf } from '../../../tests/support/nothing-is-half.ts'
import {
  askForPasskey,
  logInWithPasskey,
  makePasskey,
  optionsFor,
  originOf,
  sendAnswer,
  someoneWithPasskeyAlone,
  tokenOn,
} from '../../../tests/support/passkeys.ts'
import { type Fields, someone } from '../../../tests/support/visitor.ts'
import { minutes } from '../../time.ts'

const start = '/register/start'
const settings = { emailsPerClient: 100_000, registrationsPerAddress: 100_000 } as const

async function rowsOf({ services }: TestApp, email = '') {
  const { db } = services.database
  const accounts = await db.selectFrom('gatelodge_accounts').selectAll().where('email', '=', email).execute()
  const of = async (table: 'gatelodge_passwords' | 'gatelodge_passkeys' | 'gatelodge_sessions') => {
    const all = await db.selectFrom(table).select('account_id').execute()
    return all.filter(({ account_id }) => accounts.some(({ id }) => id.equals(account_id))).length
  }
  return {
    accounts,
    passwords: await of('gatelodge_passwords'),
    passkeys: await of('gatelodge_passkeys'),
    sessions: await of('gatelodge_sessions'),
  }
}

const none = { accounts: [], passwords: 0, passkeys: 0, sessions: 0 }

/** Someone who has asked, and has the link open. */
async function behindLink(app: TestApp, browser = app.visitor(), fields: Partial<Fields> = {}, from?: string) {
  const person = await askForPasskey(browser, fields, from)
  await browser.open(await linkTo(app, person.email ?? '', 'start-account'))
  expect(browser.page).toMatchObject({ path: start, heading: 'Finish creating your account' })
  return { browser, person }
}

onEachDatabase('Registering with a passkey alone', (database) => {
  const app = useApp(database, settings)

  it('V6.4.1 makes nothing before the passkey, and then account, address, passkey and session at once', async () => {
    const { browser, person } = await behindLink(app())
    expect(browser.page.html).toContain(`<p class="address" dir="ltr" translate="no">${person.email}</p>`)
    const asked = await optionsFor(browser, start, tokenOn(browser.page))
    expect(asked).toMatchObject({
      user: { name: person.email, displayName: person.name },
      excludeCredentials: [],
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'preferred' },
    })
    expect(await rowsOf(app(), person.email)).toEqual(none)
    const key = await makePasskey(app(), browser)
    expect(browser.page).toMatchObject({
      path: '/account',
      heading: 'Hello, Ada Lovelace',
      notice: 'Your account is ready.',
    })
    expect(browser.page.html).toContain('>Verified<')
    expect(browser.page.html).toContain('<span>No password</span>')
    const { accounts, ...rows } = await rowsOf(app(), person.email)
    expect(rows).toEqual({ passwords: 0, passkeys: 1, sessions: 1 })
    expect(accounts).toMatchObject([{ password_changed_at: null, password_version: 1, factor_version: 1 }])
    const { methods } = (await browser.json('GET', '/api/v1/session')).body.session as { methods: object }
    expect(Object.keys(methods)).toEqual(['email', 'mfa', 'swk', 'user'])
    expect((await logInWithPasskey(app().visitor(), key)).path).toBe('/account')
    await nothingIsHalf(app())
  })

  it('V2.2.1 in a browser that did not register, nothing of what was typed greets the owner', async () => {
    const stranger = app().visitor()
    const { email = '' } = await askForPasskey(stranger, { name: 'Call 1-900-555 now' })
    const owner = app().visitor()
    await owner.open(await linkTo(app(), email, 'start-account'))
    const asked = await optionsFor(owner, start, tokenOn(owner.page))
    expect(JSON.stringify(asked)).not.toContain('1-900')
    await makePasskey(app(), owner)
    expect(owner.page.heading).toBe(`Hello, ${email.slice(0, email.indexOf('@'))}`)
  })

  it('V2.3.4 V15.4.2 the link works once: of sixteen at once, each with a passkey of its own, one makes the account', async () => {
    const { browser, person } = await behindLink(app())
    const { token } = (await emailTo(app(), person.email ?? '', 'start-account')).link ?? {}
    const { options } = (await browser.json('POST', '/api/v1/register/start/options', { token })).body
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => {
        const answer = new Authenticator(originOf(app())).make(options as object)
        return app().visitor().json('POST', '/api/v1/register/start', { token, answer })
      }),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(answers.filter(({ status }) => status !== 201 && status !== 410)).toEqual([])
    const { accounts, ...rows } = await rowsOf(app(), person.email)
    expect([accounts.length, rows]).toEqual([1, { passwords: 0, passkeys: 1, sessions: 1 }])
    await browser.open(start)
    expect(browser.page).toMatchObject({ status: 410, heading: 'This link no longer works' })
    await nothingIsHalf(app())
  })

  it('a passkey that an account has already makes no second account, and the link still works', async () => {
    const { key } = await someoneWithPasskeyAlone(app())
    const { browser, person } = await behindLink(app())
    const token = tokenOn(browser.page) ?? ''
    const [first] = key.credentials
    if (!first) throw new Error('the passkey was made a moment ago')
    const again = key.make(await optionsFor(browser, start, token), { again: first })
    await sendAnswer(browser, start, again, { form_token: token })
    expect(browser.page).toMatchObject({
      path: start,
      notice: 'That passkey belongs to an account already. Nothing was changed.',
    })
    expect(await rowsOf(app(), person.email)).toEqual(none)
    await makePasskey(app(), browser)
    expect(browser.page.path).toBe('/account')
  })
})

for (const registration of ['instant', 'confirm-first'] as const)
  onSqlite(`Registering with a passkey alone where registration is ${registration}`, (database) => {
    const app = useApp(database, { ...settings, registration })

    it('V6.3.8 answers the same where the address has an account, and writes as much; its owner gets the other email', async () => {
      const { person } = await someoneWithPasskeyAlone(app())
      const before = await rowsOf(app(), person.email)
      app().clock.pass(minutes(1))
      const answers = []
      for (const email of [person.email ?? '', someone().email ?? '']) {
        const [browser, program, from] = [app().visitor(), app().visitor(), await counted(app())]
        const asked = await askForPasskey(browser, { email })
        const page = [browser.page.path, browser.page.html.replaceAll(email, 'X')]
        app().clock.pass(minutes(1))
        answers.push([...page, await program.json('POST', '/api/v1/register/passkey', asked)])
        const to = await counted(app())
        answers.push(to.map((count, at) => count - (from[at] ?? 0)))
      }
      expect(answers.slice(2)).toEqual(answers.slice(0, 2))
      expect(await rowsOf(app(), person.email)).toEqual(before)
      const kinds = (await emailsTo(app(), person.email ?? '')).map(({ kind }) => kind)
      expect(kinds).toEqual(['start-account', 'already-registered', 'already-registered'])
    })
  })

async function counted({ services }: TestApp): Promise<number[]> {
  const { db } = services.database
  const tables = ['gatelodge_registrations', 'gatelodge_emails', 'gatelodge_audit'] as const
  return Promise.all(tables.map(async (table) => (await db.selectFrom(table).selectAll().execute()).length))
}

onSqlite('The passkey behind the link', (database) => {
  const app = useApp(database, { ...settings, fields: [{ name: 'company', label: 'Company', type: 'text' }] as never })

  it('better-auth PR #9993: its challenge is for this link and five minutes, and for making a passkey of a new account', async () => {
    const one = await behindLink(app())
    const other = await behindLink(app())
    const [mine, token] = [await optionsFor(one.browser, start, tokenOn(one.browser.page)), tokenOn(other.browser.page)]
    const refusedWith = async (options: object, browser = other.browser) => {
      const answer = new Authenticator(originOf(app())).make(options)
      await sendAnswer(browser, start, answer, { form_token: tokenOn(browser.page) ?? token ?? '' })
      expect(browser.page).toMatchObject({
        path: start,
        notice: 'That passkey could not be used. Try again, or choose a password instead.',
      })
    }
    await refusedWith(mine)
    const { browser: member } = await someoneWithPasskeyAlone(app())
    await member.open('/account/passkeys/add')
    await refusedWith(await optionsFor(member, '/account/passkeys/add', tokenOn(member.page)))
    app().clock.pass(minutes(5))
    await refusedWith(mine, one.browser)
    for (const { person } of [one, other]) expect(await rowsOf(app(), person.email)).toEqual(none)
    // An answer that was made for another site.
    const fresh = await optionsFor(one.browser, start, tokenOn(one.browser.page))
    const foreign = new Authenticator('https://evil.example').make(fresh)
    await sendAnswer(one.browser, start, foreign, { form_token: tokenOn(one.browser.page) ?? '' })
    expect(await rowsOf(app(), one.person.email)).toEqual(none)
    await makePasskey(app(), one.browser)
    expect(one.browser.page.path).toBe('/account')
  })

  it('V3.5.1 is asked for and taken with the form of that link only, and a link of a registration with a password has none', async () => {
    const { browser, person } = await behindLink(app())
    const asked = await browser.send('POST', `${start}/options`, new URLSearchParams({}), {
      accept: 'application/json',
    })
    expect(asked.status).toBe(403)
    const options = await optionsFor(browser, start, tokenOn(browser.page))
    const answer = JSON.stringify(new Authenticator(originOf(app())).make(options))
    expect((await browser.send('POST', start, new URLSearchParams({ answer }))).status).toBe(403)
    expect(await rowsOf(app(), person.email)).toEqual(none)
    for (const token of ['', 'made-up', 'x'.repeat(43)]) {
      const refused = await browser.json('POST', '/api/v1/register/start/options', { token })
      expect(refused).toMatchObject({ status: 410, body: { code: 'invalid-link' } })
    }
  })

  it('is given up for a password, behind the same link: judged as at registration, and the account has no passkey', async () => {
    const { browser, person } = await behindLink(app())
    expect(browser.page.html).toContain('href="/register/start?by=password"')
    await browser.open(`${start}?by=password`)
    await browser.submit({ new_password: 'short' })
    expect(browser.page.summary).toEqual(['New password must be at least 8 characters'])
    expect(browser.page.html).toContain('name="new_password"')
    await browser.submit({ new_password: 'amber ferry clock' })
    expect(browser.page).toMatchObject({ path: '/account', notice: 'Your account is ready.' })
    const { accounts: _, ...rows } = await rowsOf(app(), person.email)
    expect(rows).toEqual({ passwords: 1, passkeys: 0, sessions: 1 })
    expect(
      (
        await app()
          .visitor()
          .logIn({ ...person, password: 'amber ferry clock' })
      ).path,
    ).toBe('/account')
  })

  it('keeps where the person was going, whether to stay logged in, and what the site asks of its own', async () => {
    const browser = app().visitor()
    await browser.open('/login?return_to=%2Faccount%2Fdevices')
    await browser.submit({ email: 'nobody@example.org', password: 'wrong tram lamp', remember: 'yes' })
    const from = '/register?return_to=%2Faccount%2Fdevices'
    const { person } = await behindLink(app(), browser, { company: 'Analytical Engines' }, from)
    await makePasskey(app(), browser)
    expect(browser.page.path).toBe('/account/devices')
    const { accounts } = await rowsOf(app(), person.email)
    expect(JSON.parse(accounts[0]?.fields ?? '')).toEqual({ company: 'Analytical Engines' })
    const { db } = app().services.database
    const id = accounts[0]?.id ?? Buffer.alloc(0)
    const [session] = await db.selectFrom('gatelodge_sessions').selectAll().where('account_id', '=', id).execute()
    expect(session?.remembered).toBe(1)
  })

  it('is for programs as well, and so is the password instead', async () => {
    const program = app().visitor()
    const ada = someone()
    expect(await program.json('POST', '/api/v1/register/passkey', { name: ada.name, email: ada.email })).toMatchObject({
      status: 202,
      body: { next: 'read-email' },
    })
    const { token } = (await emailTo(app(), ada.email ?? '', 'start-account')).link ?? {}
    const begin = (more: object) =>
      program.json('POST', '/api/v1/register/start', { token, session: 'bearer', ...more })
    expect(await begin({})).toMatchObject({ status: 422, body: { errors: [{ field: 'new_password', code: 'empty' }] } })
    expect(await begin({ answer: {} })).toMatchObject({ status: 401, body: { code: 'passkey-refused' } })
    const { body } = await program.json('POST', '/api/v1/register/start/options', { token })
    const answer = new Authenticator(originOf(app())).make(body.options as object)
    const started = await begin({ answer })
    expect(started).toMatchObject({ status: 201, body: { token: expect.stringMatching(/^gatelodge_/) } })
    expect(await begin({ answer })).toMatchObject({ status: 410, body: { code: 'invalid-link' } })
  })

  it('asks about a slip of the finger, and shows what is wrong on the page of registration', async () => {
    const browser = app().visitor()
    await browser.open('/register')
    await browser.submit({ name: '', email: 'ada@gmial.com' }, '/register/passkey')
    expect(browser.page.path).toBe('/register')
    expect(browser.page.summary).toEqual([
      'Enter your name',
      'Did you mean ada@gmail.com? If not, continue with the address as it is.',
    ])
    await browser.submit({ name: 'Ada', email: 'ada@gmial.com' }, '/register/passkey')
    expect(browser.page.path).toBe('/register/sent')
  })

  it('is offered by the script alone, where the site sends emails and has a name', async () => {
    const offer =
      /<div hidden="" data-passkey-offer="true" data-action="\/register\/passkey" data-label="(.*?)"><\/div>/
    const browser = app().visitor()
    expect(offer.exec((await browser.open('/register')).html)?.[1]).toBe('Use a passkey instead of a password')
    for (const without of [
      { mode: 'production' as const },
      { baseUrl: 'http://127.0.0.1:3000' },
      { registration: 'closed' as const },
      { registration: 'invitation' as const },
    ]) {
      const other = await makeApp(throwawayDatabase(), without)
      const visitor = other.visitor()
      expect((await visitor.open('/register')).html).not.toContain('data-passkey-offer')
      await other.close()
    }
  })
})

onSqlite('Registering with a passkey alone is refused', (database) => {
  const app = useApp(database, { ...settings, registration: 'closed' })
  const invited = useApp(database, { ...settings, registration: 'invitation' })
  const strict = useApp(database, { emailsPerClient: 100_000, registrationsPerAddress: 2 })

  it('where registration is closed, needs an invitation, or no emails are sent', async () => {
    const browser = app().visitor()
    const { name, email } = someone()
    const sent = await browser.send(
      'POST',
      '/register/passkey',
      new URLSearchParams({ name: 'Ada', email: email ?? '' }),
    )
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/register'])
    const refused = await browser.json('POST', '/api/v1/register/passkey', { name, email })
    expect(refused).toMatchObject({ status: 403, body: { code: 'registration-closed' } })
    const uninvited = await invited().visitor().json('POST', '/api/v1/register/passkey', { name, email })
    expect(uninvited).toMatchObject({ status: 403, body: { code: 'invitation-required' } })
    const silent = await makeApp(throwawayDatabase(), { mode: 'production' })
    const answer = await silent.visitor().json('POST', '/api/v1/register/passkey', { name, email })
    expect(answer).toMatchObject({ status: 403, body: { code: 'email-not-set-up' } })
    await silent.close()
    expect(await emailsTo(app(), email ?? '')).toEqual([])
  })

  it('V2.4.1 beyond the number of registrations from one network', async () => {
    const statuses = []
    for (let time = 0; time < 3; time += 1) {
      const { name, email } = someone()
      const program = strict().visitor('198.51.100.9')
      statuses.push((await program.json('POST', '/api/v1/register/passkey', { name, email })).status)
    }
    expect(statuses).toEqual([202, 202, 429])
  })
})

onSqlite('A site that demands a second factor', (database) => {
  const app = useApp(database, { ...settings, secondFactor: 'required' })

  it('V6.3.3 takes a passkey that checks its owner for one, and asks for an app behind any other', async () => {
    const one = await behindLink(app())
    await makePasskey(app(), one.browser)
    expect(one.browser.page.path).toBe('/account')
    const other = await behindLink(app())
    const key = await makePasskey(app(), other.browser, { isVerified: false })
    expect(other.browser.page.path).toBe('/two-factor/set-up')
    expect(other.browser.sessionCookie).toBeUndefined()
    const { accounts, ...rows } = await rowsOf(app(), other.person.email)
    expect([accounts.length, rows]).toEqual([1, { passwords: 0, passkeys: 1, sessions: 0 }])
    // Later, too.
    const later = app().visitor()
    expect((await logInWithPasskey(later, key)).path).toBe('/two-factor/set-up')
  })
})
