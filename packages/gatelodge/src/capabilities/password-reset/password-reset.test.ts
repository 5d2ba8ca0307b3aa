import { expect, it } from 'vitest'
import { allRows } from '../../../tests/support/all-rows.ts'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { emailsTo, emailTo, linkTo } from '../../../tests/support/emails.ts'
import { accountOf } from '../../../tests/support/groups.ts'
import { type TestApp, useApp } from '../../../tests/support/make-app.ts'
import { someoneWithPasskey } from '../../../tests/support/passkeys.ts'
import { type Fields, textOf, type Visitor } from '../../../tests/support/visitor.ts'
import { newId } from '../../identity/ids.ts'
import { minutes } from '../../time.ts'

const manyEmails = { emailsPerClient: 100_000, emailsPerAddressHour: 100, emailsPerAddressDay: 100 }
const google = { googleClientId: 'x.apps.googleusercontent.com', googleClientSecret: 'a secret of a test' }
const newPassword = 'amber ferry clock'

/** @returns the path of the link that came. */
async function askForLink(app: TestApp, { email = '' }: Fields): Promise<string> {
  app.clock.pass(minutes(1))
  const browser = app.visitor()
  await browser.open('/forgot-password')
  await browser.submit({ email })
  return linkTo(app, email, 'reset-password')
}

/** @returns the page that it ends on. */
async function setPassword(browser: Visitor, link: string, new_password = newPassword) {
  await browser.open(link)
  return browser.submit({ new_password })
}

onEachDatabase('The link in the email', (database) => {
  const app = useApp(database, { ...manyEmails, ...google })

  it('V14.2.1 V3.5.3 leads to an address without a token, and changes nothing', async () => {
    const ada = await app().visitor().register()
    const link = await askForLink(app(), ada)
    const browser = app().visitor()
    const rows = async () => (await allRows(database)).filter(({ name }) => name.startsWith('gatelodge_'))
    const before = await rows()
    for (const method of ['GET', 'HEAD', 'GET']) {
      const answer = await browser.send(method, link)
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/reset-password'])
      expect(answer.headers.get('set-cookie')).not.toContain(link.split('/').at(-1))
    }
    await browser.open('/reset-password')
    await browser.open('/reset-password')
    expect(await rows()).toEqual(before)
    expect(browser.page).toMatchObject({ status: 200, heading: 'Set a new password' })
    expect(textOf(browser.page.html)).toContain(`For the account ${ada.email}.`)
    expect(browser.page.html).toMatch(new RegExp(`value="${ada.email}"[^>]*autocomplete="username"`))
    expect((await setPassword(browser, link)).path).toBe('/login')
  })

  it('V6.4.1 V6.3.6 V7.6.2 sets a password, and logs nobody in', async () => {
    const ada = await app().visitor().register()
    const browser = app().visitor()
    await setPassword(browser, await askForLink(app(), ada))
    expect(browser.page).toMatchObject({ path: '/login', notice: 'Your password was reset. Log in with the new one.' })
    expect(browser.sessionCookie).toBeUndefined()
    expect((await app().visitor().logIn(ada)).path).toBe('/login')
    expect((await browser.logIn({ ...ada, password: newPassword })).path).toBe('/account')
  })

  it.each([
    [
      'cannot be read',
      async () =>
        void (await app()
          .services.database.db.updateTable('gatelodge_passwords')
          .set({ hash: 'not a hash' })
          .execute()),
    ],
    ['is missing', async () => void (await app().services.database.db.deleteFrom('gatelodge_passwords').execute())],
  ])('V16.5.3 sets a password where the stored one %s; until then nobody gets in', async (_, damage) => {
    const ada = await app().visitor().register()
    await damage()
    const before = app().logged.length
    expect((await app().visitor().json('POST', '/api/v1/login', ada)).status).toBe(401)
    const names = app()
      .logged.slice(before)
      .map(({ msg }) => msg)
    expect(names).not.toContain('request.failed')
    expect(names.includes('password.unreadable')).toBe(_ === 'cannot be read')
    const browser = app().visitor()
    await setPassword(browser, await askForLink(app(), ada))
    expect((await browser.logIn({ ...ada, password: newPassword })).path).toBe('/account')
  })

  it('V6.2.4 V6.2.11 judges the new password as at registration, and never gives it back', async () => {
    const ada = await app().visitor().register()
    const browser = app().visitor()
    const link = await askForLink(app(), ada)
    const refusals = {
      '': 'Enter a new password',
      short: 'New password must be at least 8 characters',
      'ada lovelace': 'This password is easy to guess from your name',
      abcdefghijkl: 'This password is a simple pattern',
      sunshine123: 'This password is too common and easy to guess',
    }
    for (const [password, words] of Object.entries(refusals)) {
      await setPassword(browser, link, password)
      expect(browser.page).toMatchObject({ status: 200, path: '/reset-password' })
      expect(browser.page.summary).toEqual([expect.stringContaining(words)])
      if (password) expect(browser.page.html).not.toContain(`"${password}"`)
    }
    expect((await setPassword(browser, link)).path).toBe('/login')
  })

  it('V7.4.3 ends all sessions, and each says why', async () => {
    const here = app().visitor()
    const ada = await here.register()
    const there = app().visitor()
    await there.logIn(ada, { remember: 'yes' })
    await setPassword(here, await askForLink(app(), ada))
    expect(here.page).toMatchObject({ path: '/login', notice: 'Your password was reset. Log in with the new one.' })
    expect((await here.json('GET', '/api/v1/session')).status).toBe(401)
    await there.open('/account')
    expect(there.page).toMatchObject({
      path: '/login',
      notice: 'You were logged out here because your password was reset.',
    })
  })

  it('V7.4.1 also ends the session of someone else in that browser', async () => {
    const ada = await app().visitor().register()
    const browser = app().visitor()
    await browser.register()
    const copy = app().visitor()
    copy.cookies.set('gatelodge', browser.sessionCookie ?? '')
    await setPassword(browser, await askForLink(app(), ada))
    expect(browser.page.path).toBe('/login')
    expect((await copy.json('GET', '/api/v1/session')).status).toBe(401)
  })

  it('V6.3.7 sends the owner an email: when, on which device and from where', async () => {
    const ada = await app().visitor().register()
    const link = await askForLink(app(), ada)
    const browser = app().visitor('198.51.100.7')
    const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }
    await browser.open(link)
    const fields = new URLSearchParams({ new_password: newPassword, form_token: formToken(browser) })
    await browser.send('POST', '/reset-password', fields, headers)
    const { text, subject } = await emailTo(app(), ada.email ?? '', 'password-reset')
    expect(subject).toBe('Your password at Gatelodge was reset')
    expect(text).toMatch(/^When: \d+ November 2026 at \d\d:\d\d UTC$/m)
    expect(text).toContain('Device: Firefox on Linux')
    expect(text).toContain('IP address: 198.51.100.7')
    expect(text).not.toContain('/reset-password/')
  })

  it('V6.3.7 V6.4.3 the email names what still logs in, by no word of a stranger; a change of the password as well', async () => {
    const { browser: owner, person: ada } = await someoneWithPasskey(app())
    const { id: accountId } = await accountOf(app(), ada)
    const { connections, database: stored } = app().services
    for (const provider of ['google', 'gone'])
      await connections.rows.insert(stored.db, {
        ...{ id: newId(), accountId, provider, issuer: 'https://id.example', subject: `${provider} ${ada.email}` },
        ...{ email: 'evil@example.org', createdAt: 1, lastUsedAt: null },
      })
    const still = 'Also works to log in: 1 passkey and Google. Remove what is not yours on your account page.'
    const change = { current_password: ada.password, new_password: 'a second password 7' }
    expect((await owner.json('POST', '/api/v1/password', change)).status).toBe(200)
    expect((await emailTo(app(), ada.email ?? '', 'password-changed')).text).toContain(still)
    await setPassword(app().visitor(), await askForLink(app(), ada))
    expect((await emailTo(app(), ada.email ?? '', 'password-reset')).text).toContain(still)
    // Where nobody had confirmed the address, nothing of that is left.
    const eve = await app().visitor().register()
    await connections.rows.insert(stored.db, {
      ...{ id: newId(), accountId: (await accountOf(app(), eve)).id, provider: 'google', issuer: 'https://id.example' },
      ...{ subject: `${eve.email}`, email: null, createdAt: 1, lastUsedAt: null },
    })
    await setPassword(app().visitor(), await askForLink(app(), eve))
    expect((await emailTo(app(), eve.email ?? '', 'password-reset')).text).not.toContain('Also works')
  })

  it('verifies the address, and ends what was pending and all other links', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    const next = `next-${ada.email}`
    await browser.form('/account/email', { new_email: next })
    const links = [await linkTo(app(), ada.email ?? '', 'verify-email'), await linkTo(app(), next, 'confirm-email')]
    await setPassword(app().visitor(), await askForLink(app(), ada))
    await browser.logIn({ ...ada, password: newPassword })
    expect(browser.page.html).toContain('Verified')
    expect(browser.page.html).not.toContain(next)
    for (const link of links) expect((await app().visitor().open(link)).status).toBe(410)
  })

  it('of someone else, opened in another tab: what is typed here does not become their password', async () => {
    const [ada, grace] = [await app().visitor().register(), await app().visitor().register()]
    const browser = app().visitor()
    await browser.open(await askForLink(app(), ada))
    await browser.send('GET', await askForLink(app(), grace))
    await browser.submit({ new_password: newPassword })
    expect(browser.page).toMatchObject({ status: 403, path: '/reset-password' })
    expect(browser.page.notice).toMatch(/^Nothing was changed: /)
    expect(browser.page.html).toContain(grace.email)
    for (const person of [ada, grace]) expect((await app().visitor().logIn(person)).path).toBe('/account')
    await browser.submit({ new_password: newPassword })
    expect((await browser.logIn({ ...grace, password: newPassword })).path).toBe('/account')
  })

  it('logs in the owner, who was rate-limited because of wrong passwords of strangers', async () => {
    const ada = await app().visitor().register()
    const guess = () =>
      app()
        .visitor('203.0.113.9')
        .json('POST', '/api/v1/login', { ...ada, password: 'quiet amber mill' })
    while ((await guess()).status !== 429);
    const { password, ...owner } = ada
    expect(
      (
        await app()
          .visitor()
          .json('POST', '/api/v1/login', { ...owner, password })
      ).status,
    ).toBe(429)
    await setPassword(app().visitor(), await askForLink(app(), ada))
    expect(
      (
        await app()
          .visitor()
          .logIn({ ...owner, password: newPassword })
      ).path,
    ).toBe('/account')
  })

  it('V2.3.4 V15.4.2 16 at once: one sets its password', async () => {
    const ada = await app().visitor().register()
    const link = await askForLink(app(), ada)
    const statuses = await Promise.all(
      Array.from({ length: 16 }, async (_, index) => {
        const program = app().visitor()
        await program.send('GET', link)
        return (await program.form('/reset-password', { new_password: `${newPassword} ${index}` })).status
      }),
    )
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.filter((status) => status === 410)).toHaveLength(15)
    const winner = `${newPassword} ${statuses.indexOf(200)}`
    expect(
      (
        await app()
          .visitor()
          .logIn({ ...ada, password: winner })
      ).path,
    ).toBe('/account')
    const told = await emailsTo(app(), ada.email ?? '')
    expect(told.filter(({ kind }) => kind === 'password-reset')).toHaveLength(1)
  })
})

function formToken({ page }: Visitor): string {
  return /name="form_token" value="([^"]+)"/.exec(page.html.slice(page.html.lastIndexOf('<form')))?.[1] ?? ''
}
