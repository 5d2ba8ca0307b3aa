// A passkey or a security key as the second factor, and where who is logged in is asked once more.
import { expect, it } from 'vitest'
import { Authenticator } from '../../../tests/support/authenticator.ts'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { makeApp, useApp } from '../../../tests/support/make-app.ts'
import {
  addPasskey,
  answerWith,
  logInWithPasskey,
  optionsFor,
  originOf,
  sendAnswer,
  someoneWithPasskey,
  tokenOn,
} from '../../../tests/support/passkeys.ts'
import { Program } from '../../../tests/support/program.ts'
import { enrol } from '../../../tests/support/second-factor.ts'
import { minutes } from '../../time.ts'

onEachDatabase('A passkey as the second factor', (database) => {
  const app = useApp(database)

  async function withBoth(is: Partial<Authenticator['is']> = {}) {
    const owner = await someoneWithPasskey(app(), is)
    await enrol(app(), owner.browser)
    return owner
  }

  it('V6.3.3 passes the step behind a password, with user verification and without', async () => {
    for (const isVerified of [true, false]) {
      const { person, key } = await withBoth({ isSyncable: false, isVerified })
      const browser = app().visitor()
      await browser.logIn(person)
      expect(browser.page.path).toBe('/two-factor')
      expect(browser.page.html).toContain('Use a passkey')
      await answerWith(browser, '/two-factor', key)
      expect(browser.page.path).toBe('/account')
      const methods = isVerified ? ['hwk', 'mfa', 'pwd', 'user'] : ['hwk', 'mfa', 'pwd']
      expect(app().logged).toContainEqual(expect.objectContaining({ msg: 'login.succeeded', methods }))
    }
  })

  it('asks for one of the account’s own, and takes no other’s', async () => {
    const ada = await withBoth()
    const eve = await withBoth()
    const browser = app().visitor()
    await browser.logIn(ada.person)
    const options = await optionsFor(browser, '/two-factor', tokenOn(browser.page))
    expect(options.allowCredentials).toMatchObject([{ id: ada.key.credentials[0]?.id }])
    const answer = eve.key.use({ ...options, allowCredentials: [] })
    await sendAnswer(browser, '/two-factor', answer, { form_token: tokenOn(browser.page) ?? '' })
    expect(browser.page.summary).toEqual(['The passkey was not accepted. Try again, or use another way.'])
    expect(browser.sessionCookie).toBeUndefined()
  })

  it('the same kind cannot be first and second', async () => {
    const { key } = await withBoth({ isVerified: false })
    const browser = app().visitor()
    await logInWithPasskey(browser, key)
    expect(browser.page.path).toBe('/two-factor')
    await answerWith(browser, '/two-factor', key)
    expect(browser.page.summary).toEqual([
      'You logged in with a key of this kind already. Use another way, or cancel and log in with your password first.',
    ])
    expect(browser.sessionCookie).toBeUndefined()
    await answerWith(browser, '/two-factor', key, { isVerified: true })
    expect(browser.page.path).toBe('/account')
  })

  it('a challenge is of one log-in under way and one ceremony, and is answered once', async () => {
    const { person, key } = await withBoth()
    const [browser, other] = [app().visitor(), app().visitor()]
    for (const one of [browser, other]) await one.logIn(person)
    const options = await optionsFor(browser, '/two-factor', tokenOn(browser.page))
    const token = tokenOn(other.page) ?? ''
    await sendAnswer(other, '/two-factor', key.use(options), { form_token: token })
    expect(other.page.summary).toHaveLength(1)
    const login = await optionsFor(other, '/login/passkey')
    await sendAnswer(other, '/two-factor', key.use(login), { form_token: token })
    expect(other.page.summary).toHaveLength(1)
    const answer = key.use(options)
    const copies = Array.from({ length: 16 }, () => app().visitor())
    for (const copy of copies) copy.cookies = new Map(browser.cookies)
    const mine = { form_token: tokenOn(browser.page) ?? '' }
    await Promise.all(copies.map((copy) => sendAnswer(copy, '/two-factor', answer, mine)))
    expect(copies.filter((copy) => copy.sessionCookie !== undefined)).toHaveLength(1)
  })

  it('wrong answers end a log-in under way, and leave the count of codes alone', async () => {
    const { person, key } = await withBoth()
    const browser = app().visitor()
    await browser.logIn(person)
    for (let times = 0; times < 5; times += 1) await answerWith(browser, '/two-factor', key, { isPresent: false })
    expect(browser.page).toMatchObject({ path: '/login', notice: 'Too many wrong codes. Log in again.' })
    await browser.logIn(person)
    await answerWith(browser, '/two-factor', key)
    expect(browser.page.path).toBe('/account')
  })

  it('V6.3.3 where the site demands a second factor, a passkey behind the password is one', async () => {
    const { person, key } = await someoneWithPasskey(app(), { isVerified: false })
    const strict = await makeApp(database, { secondFactor: 'required' })
    const browser = strict.visitor()
    await browser.logIn(person)
    expect(browser.page).toMatchObject({ path: '/two-factor', heading: 'Use your passkey' })
    expect(browser.sessionCookie).toBeUndefined()
    await answerWith(browser, '/two-factor', key)
    expect(browser.page.path).toBe('/account')
    await strict.close()
  })

  it('V6.3.3 where the site demands one, only what proved two factors starts a session', async () => {
    const { person, key } = await someoneWithPasskey(app())
    const strict = await makeApp(database, { secondFactor: 'required' })
    const browser = strict.visitor()
    await logInWithPasskey(browser, key)
    expect(browser.page.path).toBe('/account')
    const { browser: other, key: weak } = await someoneWithPasskey(app(), { isVerified: false })
    await other.logOut()
    const alone = strict.visitor()
    await logInWithPasskey(alone, weak)
    expect([alone.page.path, alone.sessionCookie]).toEqual(['/two-factor/set-up', undefined])
    const { accounts, sessions, database: stored } = strict.services
    const email = person.email ?? ''
    const account = await accounts.findByAddress(stored.db, { given: email, normalised: email })
    if (!account) throw new Error('nobody has this address')
    const { id: accountId, passwordVersion, factorVersion } = account
    const source = { clientAddress: '', device: {} }
    for (const methods of [
      { pwd: 1 },
      { email: 1 },
      { pwd: 1, email: 1 },
      { hwk: 1 },
      { swk: 1 },
      { swk: 1, pwd: 1 },
    ]) {
      const session = sessions.prepare({ remembered: false, source, methods })
      const proved = { accountId, passwordVersion, factorVersion, secondFactor: [] }
      expect(await sessions.start(stored.db, session, proved), JSON.stringify(methods)).toBe(false)
    }
    await strict.close()
  })

  it('securo-finance#534: a passkey for the log-in demands no second factor behind a password', async () => {
    const { person } = await someoneWithPasskey(app())
    const browser = app().visitor()
    await browser.logIn(person)
    expect(browser.page.path).toBe('/account')
  })

  it('programs get the way, the question, and give the answer', async () => {
    const { person, key } = await withBoth()
    const { email, password } = person
    const program = new Program(app())
    const due = await program.post('/login', { email, password, session: 'bearer' })
    expect(due.body).toMatchObject({ code: 'second-factor-required', methods: ['app', 'passkey', 'recovery-code'] })
    const { login_token } = due.body as { login_token: string }
    const { options } = (await program.post('/two-factor/options', { login_token })).body as { options: object }
    const passed = await program.post('/two-factor', { login_token, answer: key.use(options) })
    expect(passed.status).toBe(200)
    expect(passed.body).toHaveProperty('token')
  })
})

onEachDatabase('Reauthentication with a passkey', (database) => {
  const app = useApp(database)

  it('keycloak#41008: is enough with a second factor and without one, and gives the session a new token', async () => {
    for (const hasApp of [false, true]) {
      const { browser, key } = await someoneWithPasskey(app())
      if (hasApp) await enrol(app(), browser)
      app().clock.pass(minutes(11))
      await browser.open('/account/passkeys/add')
      expect(browser.page.path).toBe('/reauthenticate')
      const before = browser.sessionCookie
      await answerWith(browser, '/reauthenticate', key)
      expect(browser.page.path).toBe('/account/passkeys/add')
      expect(browser.sessionCookie).not.toBe(before)
    }
  })

  it('works for an account that has no password', async () => {
    const { browser, key, person } = await someoneWithPasskey(app())
    const { accounts, database } = app().services
    const { email = '' } = person
    const account = await accounts.findByAddress(database.db, { given: email, normalised: email })
    await database.db
      .deleteFrom('gatelodge_passwords')
      .where('account_id', '=', account?.id ?? Buffer.alloc(0))
      .execute()
    app().clock.pass(minutes(11))
    await browser.open('/account/passkeys/add')
    await answerWith(browser, '/reauthenticate', key)
    expect((await browser.open('/account/passkeys/add')).path).toBe('/account/passkeys/add')
  })

  it('is refused for a wrong answer, another’s key, and an answer of another session', async () => {
    const ada = await someoneWithPasskey(app())
    const eve = await someoneWithPasskey(app())
    const there = app().visitor()
    await logInWithPasskey(there, ada.key)
    for (const one of [ada.browser, there]) await one.open('/reauthenticate')
    const foreign = await optionsFor(there, '/reauthenticate', tokenOn(there.page))
    const form = { form_token: tokenOn(ada.browser.page) ?? '' }
    await sendAnswer(ada.browser, '/reauthenticate', ada.key.use(foreign), form)
    expect(ada.browser.page.summary).toEqual(['The passkey was not accepted. Try again, or use another way.'])
    const own = await optionsFor(ada.browser, '/reauthenticate', form.form_token)
    await sendAnswer(ada.browser, '/reauthenticate', eve.key.use({ ...own, allowCredentials: [] }), form)
    expect(ada.browser.page.summary).toHaveLength(1)
    await addPasskey(eve.browser, new Authenticator(originOf(app())))
    expect(eve.browser.page.path).toBe('/account/passkeys/rename')
  })

  it('programs reauthenticate with a passkey as well', async () => {
    const { key } = await someoneWithPasskey(app())
    const asked = await new Program(app()).post('/login/passkey/options')
    const { options, challenge_token } = asked.body as { options: object; challenge_token: string }
    const given = { answer: key.use(options), challenge_token, session: 'bearer' }
    const { token } = (await new Program(app()).post('/login/passkey', given)).body as { token: string }
    const program = new Program(app(), token)
    app().clock.pass(minutes(11))
    expect((await program.post('/passkeys/options')).status).toBe(403)
    const question = (await program.post('/two-factor/reauthenticate/options')).body as { options: object }
    const done = await program.post('/two-factor/reauthenticate', { answer: key.use(question.options) })
    expect(done.status).toBe(200)
    program.token = (done.body as { token: string }).token
    expect((await program.post('/passkeys/options')).status).toBe(200)
  })
})
