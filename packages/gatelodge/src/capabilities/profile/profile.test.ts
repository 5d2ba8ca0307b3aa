import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { emailsTo, emailTo } from '../../../tests/support/emails.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import { hours } from '../../time.ts'

onEachDatabase('Changing the name', (database) => {
  const app = useApp(database, { emailsPerClient: 100_000 })

  it('V6.3.7 greets by the new one, and sends the owner an email', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    await browser.open('/account')
    expect(browser.page.html).toContain('href="/account/profile" aria-label="Change your name"')
    await browser.open('/account/profile')
    expect(browser.page.html).toContain('value="Ada Lovelace"')
    await browser.submit({ name: '  Augusta <King> ' })
    expect(browser.page).toMatchObject({
      path: '/account',
      heading: 'Hello, Augusta <King>',
      notice: 'Your name was updated to Augusta &lt;King&gt;.',
    })
    const { text } = await emailTo(app(), ada.email ?? '', 'name-changed')
    expect(text).toContain(`The name of your account ${ada.email} at Gatelodge was changed.`)
    expect(text).toMatch(/^When: .+\nDevice: .+\nIP address: 127\.0\.0\.1$/m)
  })

  it('says what is not right, and keeps what was typed', async () => {
    const browser = app().visitor()
    await browser.register()
    const attempt = async (name: string) => {
      await browser.open('/account/profile')
      return (await browser.submit({ name })).summary
    }
    expect(await attempt(' ')).toEqual(['Enter your name'])
    expect(await attempt('a'.repeat(101))).toEqual(['Your name must be 100 characters or fewer'])
    expect(browser.page.html).toContain(`value="${'a'.repeat(101)}"`)
    expect(await attempt('Ada\u0007')).toEqual(['Your name must be on one line, without hidden characters'])
    await browser.open('/account')
    expect(browser.page.heading).toBe('Hello, Ada Lovelace')
  })

  it('does nothing where it is so already', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    await browser.open('/account/profile')
    await browser.submit({ name: 'Ada Lovelace' })
    expect(browser.page).toMatchObject({ path: '/account', notice: undefined })
    expect((await emailsTo(app(), ada.email ?? '')).map(({ kind }) => kind)).toEqual(['verify-email'])
  })

  it('speaks JSON, and is for people who are logged in', async () => {
    const browser = app().visitor()
    expect((await browser.json('POST', '/api/v1/profile', { name: 'Nobody' })).status).toBe(401)
    await browser.register()
    const done = await browser.json('POST', '/api/v1/profile', { name: 'Augusta King' })
    expect(done).toMatchObject({ status: 200, body: { name: 'Augusta King' } })
    expect((await browser.account()).name).toBe('Augusta King')
    const refused = await browser.json('POST', '/api/v1/profile', { name: 7 })
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ field: 'name', code: 'not-text' }] } })
  })

  it('changes nothing where the account is closed meanwhile', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    const { hold } = app().services.accounts
    app().services.accounts.hold = async () => undefined
    const answer = await browser.json('POST', '/api/v1/profile', { name: 'Augusta King' })
    app().services.accounts.hold = hold
    expect(answer).toMatchObject({ status: 401, body: { code: 'login-required' } })
    await browser.logIn(ada)
    expect((await browser.account()).name).toBe(ada.name)
  })

  it('V15.4.2 sends at most ten such notices a day, also of many changes at once', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    const rename = async (name: string) => (await browser.json('POST', '/api/v1/profile', { name })).status
    const told = async () =>
      (await emailsTo(app(), ada.email ?? '')).filter(({ kind }) => kind === 'name-changed').length
    const statuses = await Promise.all(Array.from({ length: 16 }, (_, index) => rename(`Ada ${index}`)))
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect(await told()).toBe(10)
    app().clock.pass(hours(23))
    await browser.logIn(ada)
    expect(await rename('Ada of the evening')).toBe(200)
    expect(await told()).toBe(10)
    app().clock.pass(hours(1))
    expect(await rename('Ada of the next day')).toBe(200)
    expect(await told()).toBe(11)
  })
})
