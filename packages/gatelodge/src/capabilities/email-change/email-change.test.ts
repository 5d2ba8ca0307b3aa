import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { emailsTo, emailTo, linkTo } from '../../../tests/support/emails.ts'
import { makeApp, throwawayDatabase, useApp } from '../../../tests/support/make-app.ts'
import type { Fields, Visitor } from '../../../tests/support/visitor.ts'
import { minutes } from '../../time.ts'

const manyEmails = { emailsPerClient: 100_000 }

onEachDatabase('Asking for another address', (database) => {
  const app = useApp(database, manyEmails)

  async function owner(): Promise<{ browser: Visitor; ada: Fields; next: string }> {
    const browser = app().visitor()
    const ada = await browser.register()
    return { browser, ada, next: `next-${ada.email}` }
  }

  const kindsTo = async (address = '') => (await emailsTo(app(), address)).map(({ kind }) => kind)

  async function ask(browser: Visitor, new_email: string) {
    await browser.open('/account/email')
    return browser.submit({ new_email })
  }

  it('changes nothing yet, sends an email to both addresses, and shows the address that waits', async () => {
    const { browser, ada, next } = await owner()
    await browser.open('/account')
    expect(browser.page.html).toContain('href="/account/email" aria-label="Change your email address"')
    await ask(browser, next)
    expect(browser.page).toMatchObject({ path: '/account/email', notice: `We sent a link to ${next}.` })
    expect(browser.page.html).toContain(`We sent a link to ${next}. Open it in this browser.`)
    await browser.open('/account')
    expect(browser.page.html).toContain(`Waiting for verification: ${next}`)
    expect((await browser.account()).email).toBe(ada.email)

    const asked = await emailTo(app(), next, 'confirm-email')
    expect(asked.text).toContain(`/confirm-email/${asked.link?.token}`)
    // Nothing of who asked: anyone who reads this may be a stranger.
    expect(asked.text).not.toMatch(new RegExp(`Lovelace| ${ada.email}`))
    const told = await emailTo(app(), ada.email ?? '', 'email-change-requested')
    expect(told.text).toContain(`from ${ada.email} to another one`)
    expect(told.text).toMatch(/^When: .+\nDevice: .+\nIP address: 127\.0\.0\.1$/m)
    expect(told.link).toBeUndefined()
    const other = app().visitor()
    expect((await other.logIn(ada)).path).toBe('/account')
    expect(
      (
        await app()
          .visitor()
          .logIn({ ...ada, email: next })
      ).path,
    ).toBe('/login')
  })

  it('asks once about a slip of the finger: one click mends it, and sent again as it is the address is taken', async () => {
    const { browser } = await owner()
    const typed = `ada${Date.now()}@gmial.com`
    const meant = typed.replace('gmial', 'gmail')
    const question = `Did you mean ${meant}? If not, send the form as it is.`
    await ask(browser, typed)
    expect(browser.page.summary).toEqual([question])
    expect(browser.page.html).toContain(`name="meant_email" value="${meant}"`)
    await browser.submit({ new_email: typed, meant_email: meant })
    expect(browser.page).toMatchObject({ path: '/account/email', notice: `We sent a link to ${meant}.` })
    await ask(browser, typed)
    await browser.submit({ new_email: typed })
    expect(browser.page).toMatchObject({ path: '/account/email', notice: `We sent a link to ${typed}.` })
    // Once chosen, it is not asked about again.
    app().clock.pass(minutes(1))
    await browser.open('/account/email')
    await browser.submit({ action: 'again' })
    expect(browser.page.notice).toBe(`We sent a link to ${typed}.`)
  })

  it('V7.5.1 keeps what was typed while it asks for the password', async () => {
    const { browser, ada, next } = await owner()
    await browser.open('/account/email')
    app().clock.pass(minutes(10))
    await browser.submit({ new_email: next })
    expect(browser.page.path).toBe('/reauthenticate')
    await browser.submit({ current_password: 'quiet amber windmill' })
    await browser.submit({ current_password: ada.password ?? '' })
    expect(browser.page.path).toBe('/account/email')
    expect(browser.page.html).toContain(`value="${next}"`)
    expect(await kindsTo(next)).toEqual([])
    await browser.open('/account/email')
    expect(browser.page.html).not.toContain(next)
  })

  it('forgets what was typed where someone else logs in instead', async () => {
    const { browser, next } = await owner()
    const other = await app().visitor().register()
    await browser.open('/account/email')
    app().clock.pass(minutes(10))
    await browser.submit({ new_email: next })
    await browser.logOut()
    await browser.logIn(other)
    await browser.open('/account/email')
    expect(browser.page).toMatchObject({ path: '/account/email', status: 200 })
    expect(browser.page.html).not.toContain(next)
  })

  it('says what is not right, and keeps what was typed', async () => {
    const { browser, ada } = await owner()
    expect((await ask(browser, ' ')).summary).toEqual(['Enter your new email address'])
    expect((await ask(browser, 'ada@example')).summary).toEqual(['Enter an email address like name@example.org'])
    expect(browser.page.html).toContain('value="ada@example"')
    const same = ` ${ada.email?.toUpperCase()}`
    expect((await ask(browser, same)).summary).toEqual(['This is already your email address'])
    expect((await browser.form('/account/email', { action: 'steal' })).status).toBe(422)
    expect(await kindsTo(ada.email)).toEqual(['verify-email'])
  })

  it('can be cancelled, and the link is invalid then', async () => {
    const { browser, ada, next } = await owner()
    await ask(browser, next)
    await browser.submit({ action: 'cancel' })
    expect(browser.page).toMatchObject({ path: '/account', notice: 'Your email address was not changed.' })
    expect(browser.page.html).not.toContain(next)
    expect((await browser.open(await linkTo(app(), next, 'confirm-email'))).status).toBe(410)
    expect((await browser.account()).email).toBe(ada.email)
    // A second time there is nothing to cancel.
    const again = await browser.form('/account/email', { action: 'cancel' })
    expect(again).toMatchObject({ status: 200, path: '/account' })
    const events = app().logged.filter(({ msg }) => msg === 'email.change-cancelled')
    expect(events).toHaveLength(1)
  })

  it('can be sent again, and the older link is invalid then', async () => {
    const { browser, next } = await owner()
    await ask(browser, next)
    const first = await linkTo(app(), next, 'confirm-email')
    await browser.submit({ action: 'again' })
    expect(browser.page).toMatchObject({ path: '/account/email', status: 429 })
    expect(browser.page.summary).toEqual(['An email was sent recently. You can send another in 1 minute.'])
    app().clock.pass(minutes(1))
    await browser.open('/account/email')
    await browser.submit({ action: 'again' })
    expect(browser.page.notice).toBe(`We sent a link to ${next}.`)
    expect((await browser.open(first)).status).toBe(410)
    await browser.open(await linkTo(app(), next, 'confirm-email'))
    expect(browser.page).toMatchObject({ status: 200, heading: 'Use this email address?' })
  })

  it('sends three emails an hour to one address', async () => {
    const { browser, next } = await owner()
    for (let time = 0; time < 3; time += 1) {
      expect((await browser.form('/account/email', { new_email: next })).status).toBe(200)
      app().clock.pass(minutes(1))
    }
    const fourth = await browser.form('/account/email', { new_email: next })
    expect(fourth.status).toBe(429)
    expect(await kindsTo(next)).toEqual(['confirm-email', 'confirm-email', 'confirm-email'])
  })

  it('V6.3.8 answers the same for an address that has an account, and sends its owner an email', async () => {
    const { browser, ada, next: free } = await owner()
    const grace = await app().visitor().register({ name: 'Grace Hopper' })
    const shown = async (address = '') => {
      await ask(browser, address)
      const { status, path, html } = browser.page
      return [status, path, html.replaceAll(address, 'ADDRESS').replace(/name="form_token" value="[^"]+"/g, '')]
    }
    expect(await shown(grace.email)).toEqual(await shown(free))
    const message = await emailTo(app(), grace.email ?? '', 'email-taken')
    expect([message.link, message.text.includes('/confirm-email')]).toEqual([undefined, false])
    expect(message.text).not.toMatch(new RegExp(`Lovelace|${ada.email}`))
    expect(await kindsTo(grace.email)).toEqual(['verify-email', 'email-taken'])
    // The data export does not reveal it either.
    const { emails } = (await browser.json('GET', '/api/v1/export')).body as { emails: { kind: string }[] }
    expect(new Set(emails.map(({ kind }) => kind))).toEqual(
      new Set(['verify-email', 'email-change-requested', 'confirm-email']),
    )
  })

  it('says so where the site sends no emails', async () => {
    const silent = await makeApp(throwawayDatabase(), { mode: 'production' })
    const browser = silent.visitor()
    await browser.register()
    await browser.open('/account/email')
    expect(browser.page.heading).toBe('Email is not set up')
    await browser.form('/account/email', { new_email: 'ada@example.org' })
    expect(browser.page.heading).toBe('Email is not set up')
    await silent.close()
  })
})
