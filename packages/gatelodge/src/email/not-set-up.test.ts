// In production without a mail server: what needs emails is off, and pages say so.
import { expect, it } from 'vitest'
import { onEachDatabase } from '../../tests/support/databases.ts'
import { allEmails } from '../../tests/support/delivery.ts'
import { makeApp, useApp } from '../../tests/support/make-app.ts'
import { createText } from '../text/text.ts'

const text = createText()

onEachDatabase('Without a mail server in production', (database) => {
  const app = useApp(database, { mode: 'production' })

  it('people register, log in and change their password, and no email is written', async () => {
    const visitor = app().visitor()
    const ada = await visitor.register()
    await visitor.open('/account/password')
    await visitor.submit({ current_password: ada.password ?? '', new_password: 'quiet harbour lantern' })
    expect(visitor.page.path).toBe('/account')
    await app()
      .visitor()
      .logIn({ ...ada, password: 'quiet harbour lantern' })
    expect(await allEmails(app())).toEqual([])
    expect(await app().services.delivery.deliver()).toBe(0)
  })

  it('the account page does not ask to confirm an address', async () => {
    const visitor = app().visitor()
    await visitor.register()
    await visitor.open('/account')
    expect(visitor.page.html).not.toContain('/verify-email')
    await visitor.open('/verify-email')
    expect(visitor.page.heading).toBe(text.emailNotSetUp.title)
  })

  it('a forgotten password is no form that could only promise an email', async () => {
    const visitor = app().visitor()
    const { heading, html } = await visitor.open('/forgot-password')
    expect(heading).toBe(text.emailNotSetUp.title)
    expect(html).not.toContain('name="email"')
    await visitor.open('/login')
    const answer = await visitor.submitOnly({ email: 'ada@example.org' }, '/forgot-password')
    expect(answer.headers.get('location')).toBe('/forgot-password')
    expect(await allEmails(app())).toEqual([])
  })

  it('programs get an error code for it', async () => {
    const answer = await app().visitor().json('POST', '/api/v1/forgot-password', { email: 'ada@example.org' })
    expect(answer).toMatchObject({ status: 403, body: { code: 'email-not-set-up' } })
  })

  it('nobody can change their address, which nobody could confirm', async () => {
    const visitor = app().visitor()
    const { password = '' } = await visitor.register()
    await visitor.open('/account/email')
    if (visitor.page.path === '/reauthenticate') await visitor.submit({ current_password: password })
    expect(visitor.page.path).toBe('/account/email')
    expect(visitor.page.heading).toBe(text.emailNotSetUp.title)
  })

  it('there is no mailbox', async () => {
    expect((await app().visitor().open('/dev/mailbox')).status).toBe(404)
  })

  it('V13.4.2 it is the same in development, where the address of the site is no loopback name', async () => {
    const open = await makeApp(database, { baseUrl: 'https://accounts.example.org' })
    const visitor = open.visitor()
    await visitor.register()
    expect((await visitor.open('/verify-email')).heading).toBe(text.emailNotSetUp.title)
    expect(await allEmails(open)).toEqual([])
    await open.close()
  })
})
