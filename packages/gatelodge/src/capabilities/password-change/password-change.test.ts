import { expect, it, vi } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import {
  logInWithPasskey,
  optionsFor,
  sendAnswer,
  someoneWithPasskey,
  someoneWithPasskeyAlone,
  tokenOn,
} from '../../../tests/support/passkeys.ts'
import { minutes } from '../../time.ts'

onEachDatabase('The first password of an account that has a passkey', (database) => {
  const app = useApp(database)
  const newPassword = 'amber ferry clock'

  it('V7.5.1 is set after a fresh proof, ends all other sessions, and gives this one a new token', async () => {
    const { browser, person, key, id } = await someoneWithPasskeyAlone(app())
    const there = app().visitor()
    await logInWithPasskey(there, key)
    app().clock.pass(minutes(11))
    await browser.open('/account')
    expect(browser.page.html).toContain(
      '<span>No password</span> <a href="/account/password" aria-label="Set a password">Set</a>',
    )
    await browser.open('/account/password')
    expect(browser.page).toMatchObject({ path: '/reauthenticate', heading: 'Use your passkey' })
    const token = tokenOn(browser.page) ?? ''
    const answer = key.use(await optionsFor(browser, '/reauthenticate', token))
    await sendAnswer(browser, '/reauthenticate', answer, { form_token: token })
    await browser.open('/account/password')
    expect(browser.page.heading).toBe('Set a password')
    expect(browser.page.html).not.toContain('name="current_password"')
    await browser.submit({ new_password: 'short' })
    expect(browser.page.summary).toEqual(['New password must be at least 8 characters'])
    const before = browser.sessionCookie
    await browser.submit({ new_password: newPassword })
    expect(browser.page).toMatchObject({
      path: '/account',
      notice: 'Your password was set. All other devices were logged out.',
    })
    expect(browser.sessionCookie).not.toBe(before)
    expect((await there.json('GET', '/api/v1/session')).status).toBe(401)
    expect(
      (
        await app()
          .visitor()
          .logIn({ ...person, password: newPassword })
      ).path,
    ).toBe('/account')
    expect((await browser.open('/account/password')).heading).toBe('Change your password')
    const { audit, emails, database } = app().services
    expect((await audit.someOf(id)).map(({ event }) => event)).toContain('password.added')
    expect((await emails.ofAccount(database.db, id)).map(({ kind }) => kind)).toContain('password-added')
  })

  it('V15.4.2 of sixteen at once, one is set, with one record and one email', async () => {
    const { browser, person, id } = await someoneWithPasskeyAlone(app())
    const copies = Array.from({ length: 16 }, () => app().visitor())
    const typed = copies.map((_, at) => `${newPassword} ${at}`)
    const answers = await Promise.all(
      copies.map(async (copy, at) => {
        copy.cookies = new Map(browser.cookies)
        return copy.json('POST', '/api/v1/password', { new_password: typed[at] })
      }),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status >= 500)).toEqual([])
    const winner = answers.findIndex(({ status }) => status === 200)
    expect(
      (
        await app()
          .visitor()
          .logIn({ ...person, password: typed[winner] ?? '' })
      ).path,
    ).toBe('/account')
    const { audit, emails, database } = app().services
    expect((await audit.someOf(id)).filter(({ event }) => event === 'password.added')).toHaveLength(1)
    expect((await emails.ofAccount(database.db, id)).filter(({ kind }) => kind === 'password-added')).toHaveLength(1)
    await browser.open('/login')
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(401)
  })

  it('V15.4.2 with the removal of the last passkey at the same moment, a way in stays', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { browser, id } = await someoneWithPasskeyAlone(app())
      const passkey = ((await browser.json('GET', '/api/v1/passkeys')).body.passkeys as { id: string }[])[0]?.id
      const other = app().visitor()
      other.cookies = new Map(browser.cookies)
      const [set, removed] = await Promise.all([
        browser.json('POST', '/api/v1/password', { new_password: newPassword }),
        other.json('POST', '/api/v1/passkeys/remove', { passkey }),
      ])
      const { passwords, passkeys, database } = app().services
      const hasPassword = (await passwords.findByAccount(database.db, id))?.hash != null
      const left = await passkeys.ofAccount(database.db, id)
      expect([set.status === 200, removed.status === 204]).toEqual([hasPassword, left.length === 0])
      expect(hasPassword || left.length > 0).toBe(true)
    }
  })

  it('who has one cannot leave the current one out', async () => {
    const { browser } = await someoneWithPasskey(app())
    const program = await browser.json('POST', '/api/v1/password', { new_password: newPassword })
    expect([program.status, JSON.stringify(program.body)]).toMatchObject([422, expect.stringContaining('empty')])
  })
})

onEachDatabase('Changing the password', (database) => {
  const app = useApp(database)
  const newPassword = 'amber ferry clock'

  it('V6.2.2 V7.4.3 takes the new one, ends all other sessions and gives this one a new token', async () => {
    const here = app().visitor()
    const ada = await here.register()
    const there = app().visitor()
    await there.logIn(ada)
    const before = here.sessionCookie
    await here.open('/account/password')
    await here.submit({ current_password: ada.password ?? '', new_password: newPassword })
    expect(here.page).toMatchObject({
      path: '/account',
      notice: 'Your password was changed. All other devices were logged out.',
    })
    expect(here.sessionCookie).not.toBe(before)
    expect((await there.json('GET', '/api/v1/session')).status).toBe(401)
    const copy = app().visitor()
    copy.cookies.set('gatelodge', before ?? '')
    expect((await copy.json('GET', '/api/v1/session')).status).toBe(401)
    expect((await app().visitor().logIn(ada)).path).toBe('/login')
    expect(
      (
        await app()
          .visitor()
          .logIn({ ...ada, password: newPassword })
      ).path,
    ).toBe('/account')
  })

  it('V6.2.3 asks for the current one', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    const attempt = async (current_password: string, new_password: string) => {
      await browser.open('/account/password')
      await browser.submit({ current_password, new_password })
      return browser.page.summary
    }
    expect(await attempt('wrong tram lamp', newPassword)).toEqual([
      'Current password is not right. Check it and try again.',
    ])
    expect(await attempt('', '')).toEqual(['Enter your current password', 'Enter a new password'])
    expect(await attempt(ada.password ?? '', 'short')).toEqual(['New password must be at least 8 characters'])
    expect(await attempt(ada.password ?? '', ada.password ?? '')).toEqual([
      'New password must differ from the current one',
    ])
    expect(browser.page.html).not.toMatch(/violet|amber|wrong tram/)
    expect((await app().visitor().logIn(ada)).path).toBe('/account')
  })

  it('stands where password managers look for it, and nothing else stands beside it', async () => {
    const browser = app().visitor()
    await browser.register()
    expect((await browser.open('/.well-known/change-password')).path).toBe('/account/password')
    for (const path of [
      '/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200',
      '/.well-known/',
    ])
      expect((await browser.open(path)).status).toBe(404)
    await browser.logOut()
    expect((await browser.open('/.well-known/change-password')).path).toBe('/login')
  })

  it('V2.3.3 changes nothing where the account is disabled meanwhile', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    const start = vi.spyOn(app().services.sessions, 'start').mockResolvedValueOnce(false)
    const answer = await browser.json('POST', '/api/v1/password', {
      current_password: ada.password,
      new_password: newPassword,
    })
    start.mockRestore()
    expect(answer).toMatchObject({ status: 401, body: { code: 'login-required' } })
    expect((await app().visitor().logIn(ada)).path).toBe('/account')
  })

  it('V7.4.1 starts no session where the present one is logged out meanwhile, and changes nothing', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    const copy = app().visitor()
    copy.cookies.set('gatelodge', browser.sessionCookie ?? '')
    const { hashing } = app().services
    const { hash } = hashing
    const slow = vi.spyOn(hashing, 'hash').mockImplementationOnce(async (password) => {
      await copy.json('POST', '/api/v1/logout', {})
      return hash(password)
    })
    const change = { current_password: ada.password, new_password: newPassword }
    expect(await browser.json('POST', '/api/v1/password', change)).toMatchObject({ status: 401 })
    slow.mockRestore()
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(401)
    expect((await app().visitor().logIn(ada)).path).toBe('/account')
  })

  it('keeps a remembered session remembered', async () => {
    const ada = await app().visitor().register()
    const browser = app().visitor()
    await browser.logIn(ada, { remember: 'yes' })
    await browser.open('/account/password')
    const answer = await browser.submitOnly({ current_password: ada.password ?? '', new_password: newPassword })
    expect(answer.headers.getSetCookie().find((line) => line.startsWith('gatelodge='))).toContain('Max-Age=')
  })

  it('answers a tab that was left open with the login page when the session is over', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    await browser.open('/account/password')
    const tab = browser.page
    const elsewhere = app().visitor()
    elsewhere.cookies.set('gatelodge', browser.sessionCookie ?? '')
    await elsewhere.logOut()
    const token = /name="form_token" value="([^"]+)"/.exec(tab.html.slice(tab.html.lastIndexOf('<form')))?.[1] ?? ''
    const fields = { current_password: ada.password ?? '', new_password: newPassword, form_token: token }
    await browser.submit(fields, '/account/password')
    expect(browser.page).toMatchObject({ status: 200, path: '/login', notice: 'Log in to see that page.' })
    browser.cookies.clear()
    await browser.submit(fields, '/account/password')
    expect(browser.page).toMatchObject({ status: 200, path: '/login', notice: 'Log in to see that page.' })
  })
})
