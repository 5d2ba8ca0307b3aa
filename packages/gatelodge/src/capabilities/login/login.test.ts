import { hash } from '@node-rs/argon2'
import { expect, it, vi } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { setDisabled } from '../../../tests/support/disable.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import { type Fields, someone } from '../../../tests/support/visitor.ts'
import { parseAddress } from '../../identity/accounts/address.ts'
import { days, hours, minutes } from '../../time.ts'

const refusal = 'Email or password is not right. Check them and try again.'

onEachDatabase('Login', (database) => {
  const app = useApp(database)

  it('logs in a person who knows email and password', async () => {
    const ada = await app().visitor().register()
    const browser = app().visitor()
    await browser.logIn(ada)
    expect(browser.page).toMatchObject({ path: '/account', heading: 'Hello, Ada Lovelace', notice: undefined })
  })

  it('answers wrong input with 303 to its own page, and keeps the address but not the password', async () => {
    const browser = app().visitor()
    await browser.open('/login')
    const answer = await browser.submitOnly({ email: 'nobody@example.org', password: 'violet tram lamp' })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/login?cookies=1'])
    await browser.open('/login')
    expect(browser.page).toMatchObject({ title: 'Error: Log in – Gatelodge', summary: [refusal] })
    expect(browser.page.html).toContain('value="nobody@example.org"')
    expect(browser.page.html).not.toContain('violet')
  })

  it('asks for what is missing', async () => {
    const browser = app().visitor()
    await browser.logIn({ email: ' ', password: '' })
    expect(browser.page.summary).toEqual(['Enter your email address', 'Enter your password'])
  })

  it('V6.3.8 answers an unknown address, a wrong password and a disabled account the same, with the same work', async () => {
    const ada = await app().visitor().register()
    const eve = await app().visitor().register()
    const { database, hashing } = app().services
    const address = parseAddress(eve.email ?? '')
    if (!address) throw new Error('the address of Eve is one')
    await setDisabled(database.db, address, app().clock.now())
    const verify = vi.spyOn(hashing, 'verify')
    const found = vi.spyOn(app().services.passwords, 'findByAddress')

    const tries: Record<string, Fields> = {
      unknown: someone(),
      'no address at all': { email: 'nobody', password: 'violet tram lamp' },
      wrong: { ...ada, password: 'another tram lamp' },
      disabled: eve,
      'disabled and wrong': { ...eve, password: 'another tram lamp' },
    }
    const answers = []
    for (const fields of Object.values(tries)) {
      const browser = app().visitor()
      await browser.open('/login')
      const { status, headers } = await browser.submitOnly(fields)
      const shape = [...headers].map(([name, value]) => [name, value.replace(/gatelodge-visitor=[^;]+/, '')])
      await browser.open('/login')
      const html = browser.page.html.replaceAll(fields.email ?? '', '').replace(/name="form_token" value="[^"]+"/, '')
      const json = await app().visitor().json('POST', '/api/v1/login', fields)
      answers.push({ status, shape, html, json })
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]?.json).toMatchObject({ status: 401, body: { code: 'credentials' } })
    // Twice each: as a form and as JSON.
    expect(verify).toHaveBeenCalledTimes(2 * Object.keys(tries).length)
    expect(found).toHaveBeenCalledTimes(2 * Object.keys(tries).length)
    vi.restoreAllMocks()
  })

  it('V16.2.5 logs why, and nothing of what was typed', async () => {
    const ada = await app().visitor().register()
    app().logged.length = 0
    await app()
      .visitor()
      .logIn({ ...ada, password: 'canary-in-a-cage' })
    const events = app().logged.map(({ msg, reason }) => ({ msg, reason }))
    expect(events).toContainEqual({ msg: 'login.failed', reason: 'wrong' })
    expect(JSON.stringify(app().logged)).not.toMatch(new RegExp(`canary|${ada.email}|${ada.password}`))
  })

  it('keeps someone logged in for as long as they asked', async () => {
    const ada = await app().visitor().register()
    const browser = app().visitor()
    await browser.open('/login')
    const short = await browser.submitOnly({ ...ada })
    expect(short.headers.getSetCookie().find((line) => line.startsWith('gatelodge='))).not.toContain('Max-Age')
    const other = app().visitor()
    await other.open('/login')
    const long = await other.submitOnly({ ...ada, remember: 'yes' })
    const line = long.headers.getSetCookie().find((one) => one.startsWith('gatelodge='))
    expect(line).toContain(`Max-Age=${days(90) / 1000}`)
  })

  it('V11.2.2 renews a hash that was made with other parameters, and does not change current ones', async () => {
    const ada = await app().visitor().register()
    const { db } = app().services.database
    const account = await db
      .selectFrom('gatelodge_accounts')
      .select('id')
      .where('email', '=', ada.email ?? '')
      .executeTakeFirstOrThrow()
    const hashNow = async () =>
      (
        await db
          .selectFrom('gatelodge_passwords')
          .select('hash')
          .where('account_id', '=', account.id)
          .executeTakeFirstOrThrow()
      ).hash
    const old = await hash(ada.password ?? '', { memoryCost: 32, timeCost: 3, parallelism: 1 })
    await db.updateTable('gatelodge_passwords').set({ hash: old }).where('account_id', '=', account.id).execute()

    await app()
      .visitor()
      .logIn({ ...ada, password: 'wrong tram lamp' })
    expect(await hashNow()).toBe(old)
    expect((await app().visitor().logIn(ada)).path).toBe('/account')
    const renewed = await hashNow()
    expect(renewed).toContain('$m=64,t=1,p=1$')
    expect((await app().visitor().logIn(ada)).path).toBe('/account')
    expect(await hashNow()).toBe(renewed)
  })

  it('sends someone who is logged in to their account', async () => {
    const browser = app().visitor()
    await browser.register()
    for (const path of ['/login', '/']) {
      const answer = await browser.send('GET', path)
      expect([answer.status, answer.headers.get('location')], path).toEqual([303, '/account'])
    }
    const front = await app().visitor().send('GET', '/')
    expect(front.headers.get('location')).toBe('/login')
  })

  it('leads back to where someone wanted to go, after a mistake too', async () => {
    const ada = await app().visitor().register()
    const browser = app().visitor()
    await browser.open('/account/password?from=mail')
    await browser.submit({ email: ada.email ?? '', password: 'wrong tram lamp' })
    expect(browser.page.summary).toEqual([refusal])
    await browser.submit(ada)
    expect(browser.page.path).toBe('/account/password')
  })
})

onEachDatabase('A session', (database) => {
  const app = useApp(database)

  it('V7.2.3 is known to the database by a hash only, and holds the id of the account', async () => {
    const browser = app().visitor()
    await browser.register()
    const { db } = app().services.database
    const rows = await db.selectFrom('gatelodge_sessions').selectAll().execute()
    const accounts = await db.selectFrom('gatelodge_accounts').select('id').execute()
    expect(browser.sessionCookie).toMatch(/^[\w-]{43}$/)
    expect(JSON.stringify(rows)).not.toContain(browser.sessionCookie)
    for (const row of rows) expect(accounts.some(({ id }) => id.equals(row.account_id))).toBe(true)
  })

  it('V7.2.4 begins with a new token at each log-in; one that was planted never becomes it', async () => {
    const ada = await app().visitor().register()
    const browser = app().visitor()
    const planted = 'A'.repeat(43)
    browser.cookies.set('gatelodge', planted)
    await browser.open('/login')
    browser.cookies.set('gatelodge', planted)
    await browser.submit(ada)
    expect(browser.page.path).toBe('/account')
    expect(browser.sessionCookie).not.toBe(planted)
  })

  it.each([
    ['empty', ''],
    ['of another form', 'nonsense'],
    ['never given out', 'B'.repeat(43)],
    ['10 kB long', 'C'.repeat(10_000)],
  ])('V7.2.1 is not to be had with a token that is %s', async (_, token) => {
    const browser = app().visitor()
    browser.cookies.set('gatelodge', token)
    const answer = await browser.send('GET', '/account')
    expect(answer.headers.get('location')).toBe('/login?return_to=%2Faccount')
  })

  it('V7.4.1 ends with logout at once, for a copy of its cookie too', async () => {
    const browser = app().visitor()
    await browser.register()
    const copy = app().visitor()
    copy.cookies.set('gatelodge', browser.sessionCookie ?? '')
    expect((await copy.open('/account')).status).toBe(200)
    await browser.logOut()
    expect(browser.page).toMatchObject({ path: '/login', notice: 'You are logged out.' })
    expect(browser.sessionCookie).toBeUndefined()
    copy.cookies.set('gatelodge', copy.sessionCookie ?? '')
    expect((await copy.open('/account')).path).toBe('/login')
  })

  it('V14.3.1 the answer to a logout makes the browser delete what it stored', async () => {
    const browser = app().visitor()
    await browser.register()
    const answer = await browser.submitOnly({}, '/logout')
    expect(answer.headers.get('clear-site-data')).toBe('"cache", "storage"')
  })

  it('V3.5.3 is not ended by a GET of the logout page, which has a button', async () => {
    const browser = app().visitor()
    await browser.register()
    await browser.open('/logout')
    expect(browser.page).toMatchObject({ status: 200, heading: 'Log out?' })
    expect((await browser.open('/account')).path).toBe('/account')
    await browser.open('/logout')
    await browser.submit({})
    expect(browser.page).toMatchObject({ path: '/login', notice: 'You are logged out.' })
  })

  it('can be logged out of in a tab that was left open, when it is over already', async () => {
    const browser = app().visitor()
    await browser.register()
    const tab = browser.page.html
    await browser.logOut()
    expect(tab).toContain('action="/logout"')
    const answer = await browser.submitOnly({ form_token: 'of the ended session' }, '/logout')
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/login'])
  })

  it('V7.3.1 ends when nobody used it for 12 hours, remembered 30 days', async () => {
    const ada = await app().visitor().register()
    const short = app().visitor()
    await short.logIn(ada)
    const long = app().visitor()
    await long.logIn(ada, { remember: 'yes' })
    app().clock.pass(hours(12) - 1)
    expect((await short.json('GET', '/api/v1/session')).status).toBe(200)
    app().clock.pass(1)
    expect((await short.json('GET', '/api/v1/session')).status).toBe(401)
    expect((await long.json('GET', '/api/v1/session')).status).toBe(200)
    app().clock.pass(days(30) - hours(12) - 1)
    expect((await long.json('GET', '/api/v1/session')).status).toBe(200)
    app().clock.pass(1)
    expect((await long.json('GET', '/api/v1/session')).status).toBe(401)
  })

  it('V7.3.2 ends after 90 days however much it is used', async () => {
    const ada = await app().visitor().register()
    const browser = app().visitor()
    await browser.logIn(ada, { remember: 'yes' })
    for (let day = 1; day < 90; day += 1) {
      app().clock.pass(days(1))
      expect((await browser.json('GET', '/api/v1/session')).status, `day ${day}`).toBe(200)
      await app().services.sessions.lastSeen.write()
    }
    app().clock.pass(days(1))
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(401)
  })

  it('is used without a write: last-seen is noted and written later', async () => {
    const browser = app().visitor()
    await browser.register()
    const { db } = app().services.database
    const seen = async () => {
      const rows = await db.selectFrom('gatelodge_sessions').select('last_seen_at').execute()
      return Math.max(...rows.map((row) => Number(row.last_seen_at)))
    }
    const before = await seen()
    app().clock.pass(minutes(10))
    await browser.open('/account')
    expect(await seen()).toBe(before)
    await app().services.sessions.lastSeen.write()
    expect(await seen()).toBe(before + minutes(10))
  })

  it('V14.2.7 is deleted from the table when it is over, and only then', async () => {
    const { db } = app().services.database
    const count = async () => (await db.selectFrom('gatelodge_sessions').select('remembered').execute()).length
    app().clock.pass(days(91))
    while ((await app().services.sessions.purge()) > 0);
    expect(await count()).toBe(0)
    const ada = await app().visitor().register()
    const browser = app().visitor()
    await browser.logIn(ada, { remember: 'yes' })
    app().clock.pass(hours(13))
    expect(await app().services.sessions.purge()).toBe(1)
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(200)
  })

  it('V7.4.2 of an account that is disabled is over with the next request', async () => {
    const browser = app().visitor()
    const eve = await browser.register()
    const address = parseAddress(eve.email ?? '')
    if (!address) throw new Error('the address of Eve is one')
    await setDisabled(app().services.database.db, address, app().clock.now())
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(401)
  })
})
