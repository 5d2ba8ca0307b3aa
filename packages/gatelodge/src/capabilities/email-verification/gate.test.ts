import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { emailsTo, linkTo } from '../../../tests/support/emails.ts'
import { makeApp, type TestApp, useApp } from '../../../tests/support/make-app.ts'
import { type Fields, someone, textOf, type Visitor } from '../../../tests/support/visitor.ts'
import { hours, minutes } from '../../time.ts'

const patient = { emailsPerClient: 100_000 }
const title = 'Check your email'

/** Registered, and stopped. */
async function stopped(app: TestApp, path = '/register'): Promise<{ ada: Fields; email: string; browser: Visitor }> {
  const browser = app.visitor()
  const ada = someone()
  await browser.open(path)
  await browser.submit(ada)
  return { ada, email: ada.email ?? '', browser }
}

async function sessionsOf({ services }: TestApp): Promise<number> {
  const rows = await services.database.db.selectFrom('gatelodge_sessions').select('created_at').execute()
  return rows.length
}

onEachDatabase('Where addresses must be confirmed', (database) => {
  const app = useApp(database, { ...patient, requireVerifiedEmail: true })

  it('nobody is logged in by registering: a page says why, and sends the email again', async () => {
    const { email, browser } = await stopped(app())
    expect(browser.page).toMatchObject({ status: 200, path: '/verify-email', heading: title })
    expect(textOf(browser.page.html)).toContain(`We sent an email to ${email}. Open the link in it.`)
    expect(browser.page.html).toContain('You can log in after you verify the address.')
    expect(browser.page.html).not.toContain('action="/logout"')
    expect(browser.sessionCookie).toBeUndefined()
    expect((await browser.open('/account')).path).toBe('/login')

    await browser.open('/verify-email')
    const early = await browser.submitOnly({})
    expect([early.status, early.headers.get('retry-after')]).toEqual([429, '60'])
    app().clock.pass(minutes(1))
    await browser.open('/verify-email')
    await browser.submit({})
    expect(browser.page).toMatchObject({ path: '/verify-email', notice: 'We sent it again.' })
    expect(await emailsTo(app(), email)).toHaveLength(2)
  })

  it('V6.3.4 no way in leads past it', async () => {
    const { ada, email, browser } = await stopped(app())
    const before = await sessionsOf(app())
    const tries: Record<string, () => Promise<unknown>> = {
      'log-in by form': () => app().visitor().logIn(ada),
      'log-in by form, remembered': () => app().visitor().logIn(ada, { remember: 'yes' }),
      'log-in as JSON': () => app().visitor().json('POST', '/api/v1/login', ada),
      'the password once more': () =>
        browser.json('POST', '/api/v1/password/confirm', { current_password: ada.password }),
      'a new password': () =>
        browser.json('POST', '/api/v1/password', {
          current_password: ada.password,
          new_password: 'amber ferry clock',
        }),
      'another address': () => browser.form('/account/email', { new_email: `new-${email}` }),
      'the link, opened and not pressed': async () =>
        app()
          .visitor()
          .open(await linkTo(app(), email, 'verify-email')),
      'the link and a wrong password': async () => {
        const other = app().visitor()
        await other.open(await linkTo(app(), email, 'verify-email'))
        await other.submit({ password: 'violet tram lump' })
      },
    }
    for (const [way, walk] of Object.entries(tries)) {
      await walk()
      expect(await sessionsOf(app()), way).toBe(before)
    }
    expect(await emailsTo(app(), `new-${email}`)).toEqual([])
    const own = await app()
      .services.database.db.selectFrom('gatelodge_accounts')
      .select('verified_at')
      .where('email', '=', email)
      .executeTakeFirstOrThrow()
    expect(own.verified_at).toBeNull()
  })

  it('a program gets an error code for it, and can have the email sent again', async () => {
    const program = app().visitor()
    const ada = someone()
    expect(await program.json('POST', '/api/v1/register', ada)).toMatchObject({
      status: 202,
      body: { next: 'verify-email' },
    })
    expect((await program.json('GET', '/api/v1/session')).status).toBe(401)
    expect(await program.json('POST', '/api/v1/verification', {})).toMatchObject({
      status: 429,
      body: { code: 'rate-limited' },
    })
    app().clock.pass(minutes(1))
    expect((await program.json('POST', '/api/v1/verification', {})).status).toBe(200)

    const other = app().visitor()
    expect(await other.json('POST', '/api/v1/login', ada)).toMatchObject({ status: 403, body: { code: 'unverified' } })
    app().clock.pass(minutes(1))
    expect((await other.json('POST', '/api/v1/verification', {})).status).toBe(200)
    expect(await emailsTo(app(), ada.email ?? '')).toHaveLength(3)
    expect(
      (
        await app()
          .visitor()
          .json('POST', '/api/v1/login', { ...ada, password: 'wrong' })
      ).status,
    ).toBe(401)

    const third = app().visitor()
    await third.send('GET', await linkTo(app(), ada.email ?? '', 'verify-email'))
    expect(await third.form('/verify-email/confirm')).toMatchObject({ status: 422 })
    // Its log-in is under way: the password was proved here, within the last hour.
    await other.send('GET', await linkTo(app(), ada.email ?? '', 'verify-email'))
    expect(await other.form('/verify-email/confirm')).toMatchObject({
      status: 200,
      path: '/account',
    })
    expect((await other.json('GET', '/api/v1/session')).status).toBe(200)
  })

  it('the link in the browser of the log-in needs only its button, and leads to where one was going', async () => {
    const { ada, email, browser } = await stopped(app(), '/register?return_to=%2Faccount%2Fpassword')
    await browser.open(await linkTo(app(), email, 'verify-email'))
    expect(browser.page.html).not.toContain('id="password"')
    await browser.submit({})
    expect(browser.page).toMatchObject({ path: '/account/password', notice: `${email} is verified.` })
    expect(browser.cookies.has('gatelodge-login')).toBe(false)
    expect((await app().visitor().logIn(ada)).path).toBe('/account')
  })

  it('the link in another browser needs the password, and logs in there', async () => {
    const { ada, email } = await stopped(app())
    const phone = app().visitor()
    await phone.open(await linkTo(app(), email, 'verify-email'))
    expect(phone.page.html).toContain('id="password"')
    await phone.submit({ password: 'violet tram lump' })
    await phone.submit({ password: ada.password ?? '' })
    expect(phone.page).toMatchObject({ path: '/account', notice: `${email} is verified.` })
  })

  it('Cancel ends the log-in: the browser starts again at the log-in page', async () => {
    const { browser } = await stopped(app())
    expect(browser.page.html).toContain('formaction="/login/cancel"')
    await browser.submit({}, '/login/cancel')
    expect(browser.page).toMatchObject({ path: '/login', notice: 'The login was cancelled.' })
    expect(browser.cookies.has('gatelodge-login')).toBe(false)
    expect((await browser.open('/verify-email')).path).toBe('/login')
  })

  it('someone who logs in is stopped, and once the address is confirmed elsewhere led on to where they were going', async () => {
    const { ada, email } = await stopped(app())
    const browser = app().visitor()
    await browser.open('/account/devices')
    await browser.submit({ email, password: ada.password ?? '' })
    expect(browser.page).toMatchObject({ path: '/verify-email', heading: title })

    const phone = app().visitor()
    await phone.open(await linkTo(app(), email, 'verify-email'))
    await phone.submit({ password: ada.password ?? '' })
    expect(phone.page.path).toBe('/account')

    const before = await sessionsOf(app())
    await browser.open('/verify-email')
    expect(browser.page).toMatchObject({ path: '/login/continue', heading: 'Continue logging in' })
    // No link starts a session, only a button.
    expect(await sessionsOf(app())).toBe(before)
    // The button is that of this page: a form with another token neither starts a session nor ends the log-in.
    for (const form of [{ form_token: 'A'.repeat(86) }, { form_token: '' }])
      for (const path of ['/login/continue', '/login/cancel'])
        expect((await browser.submitOnly(form, path)).status, path).toBe(403)
    expect(await sessionsOf(app())).toBe(before)
    await browser.submit({}, '/login/continue')
    expect(browser.page.path).toBe('/account/devices')
  })

  it('V3.3.5 what a browser carries at the gate stays below what it would drop, with a link and a form at their longest', async () => {
    const longest = `/account/${'%22'.repeat(330)}`
    const { browser } = await stopped(app(), `/register?return_to=${encodeURIComponent(longest)}`)
    for (const token of ['"'.repeat(200), '%00'.repeat(200), '🌲'.repeat(200), 'A'.repeat(43)]) {
      await browser.send('GET', `/verify-email/${token.includes('%') ? token : encodeURIComponent(token)}`)
      await browser.open('/register')
      const answer = await browser.submitOnly({
        name: '"é\u0001🌲'.repeat(2_000),
        email: '"'.repeat(5_000),
        password: '',
      })
      expect(answer.status).toBe(303)
      for (const line of answer.headers.getSetCookie()) expect(line.length).toBeLessThan(4_096)
    }
    // Whatever was in between: who waits is still known, and where they were going.
    await browser.open('/verify-email')
    expect(browser.page.heading).toBe(title)
  })

  it('who waits is forgotten after an hour', async () => {
    const { email, browser } = await stopped(app())
    app().clock.pass(hours(1))
    expect((await browser.open('/verify-email')).path).toBe('/login')
    expect((await browser.json('POST', '/api/v1/verification', {})).status).toBe(401)
    expect(await emailsTo(app(), email)).toHaveLength(1)
  })

  it('anyone who recovers the account by email has shown that emails arrive', async () => {
    const { email } = await stopped(app())
    const owner = app().visitor()
    await owner.json('POST', '/api/v1/forgot-password', { email })
    await owner.open(await linkTo(app(), email, 'reset-password'))
    await owner.submit({ new_password: 'amber ferry clock' })
    await owner.submit({ email, password: 'amber ferry clock' })
    expect(owner.page.path).toBe('/account')
  })
})

onEachDatabase('When a site begins to ask for it', (database) => {
  const before = useApp(database, patient)

  it('the sessions of those who have not confirmed theirs end, and those of the others go on', async () => {
    const [ada, eve] = [before().visitor(), before().visitor()]
    const person = await ada.register()
    const { email = '' } = await eve.register()
    await eve.open(await linkTo(before(), email, 'verify-email'))
    await eve.submit({})

    const after = await makeApp(database, { ...patient, requireVerifiedEmail: true })
    const [adaLater, eveLater] = [after.visitor(), after.visitor()]
    adaLater.cookies = ada.cookies
    eveLater.cookies = eve.cookies
    expect((await eveLater.open('/account')).status).toBe(200)
    expect((await adaLater.open('/account')).path).toBe('/login')
    await adaLater.submit({ email: person.email ?? '', password: person.password ?? '' })
    expect(adaLater.page).toMatchObject({ path: '/verify-email', heading: title })

    // Her device is known, so the button is enough; without a log-in under way the page asks for the password.
    adaLater.cookies.delete('gatelodge-login')
    await adaLater.open(await linkTo(after, person.email ?? '', 'verify-email'))
    expect(adaLater.page.html).not.toContain('type="password"')
    await adaLater.submit({})
    expect(adaLater.page).toMatchObject({
      path: '/login',
      notice: `${person.email} is verified. Log in to continue.`,
    })
    await adaLater.submit({ email: person.email ?? '', password: person.password ?? '' })
    expect(adaLater.page.path).toBe('/account')
    await after.close()
  })
})
