// An administrator demands another password: what the next log-in asks, and what it stores.
import { stringify } from 'uuid'
import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { linkTo } from '../../../tests/support/emails.ts'
import { emailsOf } from '../../../tests/support/flows/links.ts'
import { accountOf } from '../../../tests/support/groups.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import { logInWithPasskey, someoneWithPasskey } from '../../../tests/support/passkeys.ts'
import { Program } from '../../../tests/support/program.ts'
import { shown, someoneWithApp } from '../../../tests/support/second-factor.ts'
import type { Fields, Visitor } from '../../../tests/support/visitor.ts'
import { hours, seconds } from '../../time.ts'
import { perform } from '../admin/acts.ts'
import { demandNewPassword, setPassword } from '../admin/password.rules.ts'

const source = { clientAddress: '', device: { isCommandLine: true as const }, requestId: '' }
const order = { actor: 'command', reason: 'found in a list of leaked passwords', source }
const another = 'amber ferry clock'

onEachDatabase('A new password that is demanded', (database) => {
  const app = useApp(database)

  const demand = async (person: Fields) =>
    perform(demandNewPassword, app().services, order, (await accountOf(app(), person)).id, {})
  const demandedAt = async (person: Fields) => (await accountOf(app(), person)).passwordDemandedAt
  const status = async (browser: Visitor) => (await browser.json('GET', '/api/v1/session')).status

  async function someone() {
    const browser = app().visitor()
    const person = await browser.register()
    return { browser, person }
  }
  /** Its password was right, and nothing else was asked before. */
  async function atTheStep(person: Fields, browser = app().visitor()): Promise<Visitor> {
    await browser.logIn(person)
    expect(browser.page).toMatchObject({ path: '/new-password', heading: 'Choose a new password' })
    return browser
  }

  it('V6.2.2 is not met by a reset to the same one', async () => {
    const { person } = await someone()
    await demand(person)
    const browser = app().visitor()
    await browser.open('/forgot-password')
    await browser.submit({ email: person.email ?? '' })
    await browser.open(await linkTo(app(), person.email ?? '', 'reset-password'))
    await browser.submit({ new_password: person.password ?? '' })
    expect(browser.page.summary).toEqual(['New password must differ from the current one'])
    expect(await demandedAt(person)).not.toBeNull()
    await browser.submit({ new_password: another })
    expect(await demandedAt(person)).toBeNull()
  })

  it('V6.2.2 V7.4.3 ends all sessions, is asked at the next login, and by then no other page opens', async () => {
    const { browser, person } = await someone()
    expect(await demand(person)).toMatchObject({ kind: 'done' })
    expect(await status(browser)).toBe(401)
    expect(await emailsOf(app(), person, 'password-demanded')).toHaveLength(1)
    await atTheStep(person, browser)
    expect(await status(browser)).toBe(401)
    for (const path of ['/account', '/account/password']) expect((await browser.open(path)).path).toBe('/login')
    for (const path of ['/two-factor', '/login/continue'])
      expect((await browser.open(path)).path, path).toBe('/new-password')
    await browser.submit({ new_password: another })
    expect(browser.page.path).toBe('/account')
    expect(browser.page.notice).toBe('Your password was changed. All other devices were logged out.')
    expect(await demandedAt(person)).toBeNull()
    expect(await emailsOf(app(), person, 'password-changed')).toHaveLength(1)
    // The same browser is no new device.
    expect(await emailsOf(app(), person, 'new-device')).toHaveLength(0)
    const later = app().visitor()
    await later.logIn({ ...person, password: another })
    expect(later.page.path).toBe('/account')
    expect((await app().visitor().json('POST', '/api/v1/login', person)).status).toBe(401)
  })

  it('V6.2.4 takes what the policy takes, and not the old one; after five of those it begins once more', async () => {
    const { person } = await someone()
    await demand(person)
    const browser = await atTheStep(person)
    await browser.submit({ new_password: 'password1' })
    expect(browser.page).toMatchObject({ path: '/new-password', summary: [expect.stringMatching(/common|guess/)] })
    for (let time = 1; time <= 5; time += 1) {
      await browser.submit({ new_password: person.password ?? '' })
      expect(browser.page.path, `time ${time}`).toBe(time < 5 ? '/new-password' : '/login')
    }
    await browser.submit({ new_password: another }, '/new-password')
    expect(browser.page.path).toBe('/login')
    expect(await demandedAt(person)).not.toBeNull()
  })

  it('is not asked of a passkey, which uses no password, and waits', async () => {
    const { person, key } = await someoneWithPasskey(app())
    await demand(person)
    const browser = app().visitor()
    expect((await logInWithPasskey(browser, key)).path).toBe('/account')
    expect(await demandedAt(person)).not.toBeNull()
    await atTheStep(person)
  })

  it('V6.3.3 comes behind the second factor, which is proved in full: no device is trusted for the old password', async () => {
    const { person, key } = await someoneWithApp(app())
    const trusted = app().visitor()
    app().clock.pass(seconds(30))
    await trusted.logIn(person)
    await trusted.submit({ code: shown(app(), key), trust: 'yes' })
    expect(trusted.page.path).toBe('/account')
    await demand(person)
    await trusted.open('/account')
    await trusted.logIn(person)
    expect(trusted.page.path).toBe('/two-factor')
    expect(trusted.page.html).not.toContain('name="trust"')
    app().clock.pass(seconds(30))
    await trusted.submit({ code: shown(app(), key), trust: 'yes' })
    expect(trusted.page.path).toBe('/new-password')
    expect(await app().services.database.db.selectFrom('gatelodge_trusted_devices').selectAll().execute()).toEqual([])
    await trusted.submit({ new_password: another })
    expect(trusted.page.path).toBe('/account')
  })

  it('is met by a change through a link and by one of the site; an account without a password refuses', async () => {
    const { person } = await someone()
    const { id } = await accountOf(app(), person)
    await demand(person)
    expect(await perform(setPassword, app().services, order, id, { password: another })).toMatchObject({ kind: 'done' })
    expect(await demandedAt(person)).toBeNull()
    const { passwords, database: stored } = app().services
    await passwords.remove(stored.db, id)
    expect(await demand(person)).toEqual({ kind: 'no-password' })
    expect(await demandedAt(person)).toBeNull()
  })

  it('a program reads the code, sends the new one, and gets its session; after an hour it begins once more', async () => {
    const { person } = await someone()
    const { id } = await accountOf(app(), person)
    await demand(person)
    const program = new Program(app())
    const { email, password } = person
    const login = async () => {
      const answer = await program.post('/login', { email, password, session: 'bearer' })
      const body = answer.body as { code: string; login_token: string }
      expect([answer.status, body.code]).toEqual([403, 'new-password-required'])
      return body.login_token
    }
    const late = await login()
    app().clock.pass(hours(1))
    expect(await program.post('/password/renew', { login_token: late, new_password: another })).toMatchObject({
      ...{ status: 401, body: { code: 'login-over' } },
    })
    const login_token = await login()
    expect(await program.post('/password/renew', { login_token, new_password: password })).toMatchObject({
      ...{ status: 422, body: { errors: [{ field: 'new_password', code: 'same' }] } },
    })
    expect(await program.post('/password/renew', { login_token, new_password: another })).toMatchObject({
      ...{ status: 200, body: { account: stringify(id), token: expect.any(String) } },
    })
    expect(await program.post('/password/renew', { login_token, new_password: another })).toMatchObject({ status: 401 })
  })

  it('V15.4.2 of sixteen at once, in one login and in several, one stores its password and gets a session', async () => {
    for (const isOne of [true, false]) {
      const { person } = await someone()
      await demand(person)
      const first = await atTheStep(person)
      const copies = Array.from({ length: 16 }, () => app().visitor())
      for (const copy of copies) {
        if (isOne) copy.cookies = new Map(first.cookies)
        else await atTheStep(person, copy)
        await copy.open('/new-password')
      }
      await Promise.all(copies.map((copy, at) => copy.submit({ new_password: `${another} ${at}` })))
      const inside = await Promise.all(copies.map(status))
      expect(inside.filter((one) => one === 200)).toHaveLength(1)
      const won = inside.indexOf(200)
      const fits = async (at: number) =>
        (
          await app()
            .visitor()
            .json('POST', '/api/v1/login', { ...person, password: `${another} ${at}` })
        ).status
      expect([await fits(won), await fits((won + 1) % 16)]).toEqual([200, 401])
      expect(await emailsOf(app(), person, 'password-changed')).toHaveLength(1)
    }
  })

  it('V15.4.2 no session is stored for the old password, though it was demanded after the steps were asked', async () => {
    const { person } = await someone()
    await demand(person)
    const { sessions, database: stored, clock } = app().services
    const { id: accountId, passwordVersion, factorVersion } = await accountOf(app(), person)
    const isStored = (methods: object, secondFactor: 'proved' | 'renewal') =>
      sessions.start(stored.db, sessions.prepare({ remembered: false, isBearer: false, source, methods }), {
        ...{ accountId, passwordVersion, factorVersion, secondFactor },
      })
    const now = clock.now()
    expect(await isStored({ pwd: now, mfa: now }, 'proved')).toBe(false)
    expect(await isStored({ hwk: now }, 'proved')).toBe(true)
    expect(await isStored({ hwk: now, pwd: now }, 'renewal')).toBe(true)
  })

  it('V15.4.2 sixteen logins while it is demanded: none keeps a session by the old password', async () => {
    const { person } = await someone()
    const all = Array.from({ length: 16 }, () => app().visitor())
    const logins = all.map((browser) => browser.json('POST', '/api/v1/login', person))
    await demand(person)
    await Promise.all(logins)
    expect(await Promise.all(all.map(status))).toEqual(all.map(() => 401))
  })
})
