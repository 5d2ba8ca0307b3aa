import { expect, it } from 'vitest'
import { allRows } from '../../../tests/support/all-rows.ts'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { setDisabled } from '../../../tests/support/disable.ts'
import { emailsTo, emailTo, linkTo } from '../../../tests/support/emails.ts'
import { type TestApp, useApp } from '../../../tests/support/make-app.ts'
import { textOf, type Visitor } from '../../../tests/support/visitor.ts'
import { parseAddress } from '../../identity/accounts/address.ts'
import { hours, minutes } from '../../time.ts'

const deadHeading = 'This link no longer works'
const wrong = 'Password is not right. Check it and try again.'

/** A whole suite asks for emails from one client address. */
const patient = { emailsPerClient: 100_000 }

/** Someone who has registered, their browser and the link in their email. */
async function newcomer(app: TestApp) {
  const browser = app.visitor()
  const ada = await browser.register()
  const email = ada.email ?? ''
  return { ada, email, browser, link: await linkTo(app, email, 'verify-email') }
}

const isVerified = async (browser: Visitor) => (await browser.open('/account')).html.includes('>Verified<')

onEachDatabase('The email that confirms an address', (database) => {
  const app = useApp(database, patient)

  it('is written with the account, to the address that was typed, and with nothing that a stranger chose in it', async () => {
    const { ada, email } = await newcomer(app())
    const [message, ...others] = await emailsTo(app(), email)
    expect(others).toEqual([])
    expect(message).toMatchObject({ kind: 'verify-email', to: { name: '', address: email } })
    expect(message?.text).not.toContain(ada.name)
    expect(message?.text).toContain(`\n${app().services.settings.baseUrl}/verify-email/${message?.link?.token}\n`)
  })

  it('stands on the account page: Not verified and what to do, then Verified', async () => {
    const { browser, link } = await newcomer(app())
    expect(browser.page.html).toContain('>Not verified<')
    expect(browser.page.html).toContain('<a href="/verify-email">Verify this address</a>')
    await browser.open(link)
    await browser.submit({})
    expect(browser.page.html).toContain('>Verified<')
    expect(browser.page.html).not.toContain('href="/verify-email"')
  })

  it('V3.5.3 has a link that changes nothing, however often it is opened, looked at or fetched ahead', async () => {
    const { ada, browser, link } = await newcomer(app())
    const before = await rowsOf(database)
    const ahead: Record<string, string>[] = [
      {},
      { purpose: 'prefetch' },
      { 'sec-purpose': 'prefetch' },
      { 'sec-purpose': 'prefetch;prerender' },
      { 'x-moz': 'prefetch' },
    ]
    for (const who of [app().visitor(), browser])
      for (const headers of ahead)
        for (const method of ['GET', 'HEAD']) {
          const answer = await who.send(method, link, undefined, headers)
          expect([answer.status, answer.headers.get('location')]).toEqual([303, '/verify-email/confirm'])
          expect((await who.send(method, '/verify-email/confirm', undefined, headers)).status).toBe(200)
        }
    expect(await rowsOf(database)).toEqual(before)

    await browser.open(link)
    await browser.submit({})
    expect(browser.page).toMatchObject({ path: '/account', notice: `${ada.email} is verified.` })
  })

  it('V7.6.2 logs nobody in, neither when it is opened nor when its button is pressed where the account is known', async () => {
    const { email, browser, link } = await newcomer(app())
    await browser.logOut()
    await browser.open(link)
    expect(browser.sessionCookie).toBeUndefined()
    await browser.submit({})
    expect(browser.page).toMatchObject({ path: '/login', notice: `${email} is verified. Log in to continue.` })
    expect(browser.sessionCookie).toBeUndefined()
  })

  it('has a page whose address holds no token, and so has whatever that page leads to', async () => {
    const { browser, link } = await newcomer(app())
    const token = link.split('/').at(-1) ?? ''
    await browser.open(link)
    expect(browser.page.path).toBe('/verify-email/confirm')
    expect(browser.page.html).not.toContain(token)
    const answer = await browser.submitOnly({})
    expect(answer.headers.get('location')).toBe('/account')
    expect(JSON.stringify(app().logged)).not.toContain(token)
  })

  it('confirms with one button in the browser that registered', async () => {
    const { email, browser, link } = await newcomer(app())
    await browser.open(link)
    expect(browser.page).toMatchObject({ status: 200, heading: 'Verify your email address', summary: [] })
    expect(browser.page.html).toContain(`<p class="address" dir="ltr" translate="no">${email}</p>`)
    expect(browser.page.html).not.toContain('type="password"')
    expect(browser.page.html.match(/<button/g)).toHaveLength(1)
    const session = browser.sessionCookie
    await browser.submit({})
    expect(browser.page.notice).toBe(`${email} is verified.`)
    expect(browser.sessionCookie).toBe(session)
  })

  it('is a success once more for an address that is confirmed already', async () => {
    const { email, browser, link } = await newcomer(app())
    await browser.open(link)
    const form = browser.page
    await browser.submit({})
    // The same button again, as after a double click, and the same link again.
    await browser.open(link)
    expect(browser.page).toMatchObject({ status: 200, heading: 'Your email address is verified' })
    expect(browser.page.html).toContain('href="/account"')
    const token = /name="form_token" value="([^"]+)"/.exec(form.html.slice(form.html.lastIndexOf('<form')))?.[1] ?? ''
    const again = await browser.send('POST', '/verify-email/confirm', new URLSearchParams({ form_token: token }))
    expect([again.status, again.headers.get('location')]).toEqual([303, '/account'])

    const elsewhere = app().visitor()
    await elsewhere.open(link)
    expect(elsewhere.page).toMatchObject({ status: 200, heading: 'Your email address is verified' })
    expect(elsewhere.page.html).toContain('<a class="button" href="/login">')
    expect((await emailsTo(app(), email)).map(({ kind }) => kind)).toEqual(['verify-email'])
  })

  it('is a success, too, for its owner who opens the email before the one that did it, or goes back to the button', async () => {
    const { email, browser, link } = await newcomer(app())
    app().clock.pass(minutes(1))
    await browser.json('POST', '/api/v1/verification', {})
    const newest = await linkTo(app(), email, 'verify-email')
    await browser.open(newest)
    const button = browser.page
    await browser.submit({})
    for (const path of [link, '/verify-email/confirm']) {
      await browser.open(path)
      expect(browser.page).toMatchObject({ status: 200, heading: 'Your email address is verified' })
      expect(browser.page.html).toContain(`<p class="address" dir="ltr" translate="no">${email}</p>`)
    }
    await browser.open(newest)
    const token = /name="form_token" value="([^"]+)"/.exec(button.html)?.[1] ?? ''
    const again = await browser.send('POST', '/verify-email/confirm', new URLSearchParams({ form_token: token }))
    expect([again.status, again.headers.get('location')]).toEqual([303, '/account'])
    // Anyone who is not logged in learns nothing of it.
    expect((await app().visitor().open(link)).heading).toBe(deadHeading)
  })

  it('answers every link that does not work with one page and one message', async () => {
    const { email, browser, link } = await newcomer(app())
    app().clock.pass(minutes(1))
    await browser.open('/verify-email')
    await browser.submit({})
    const replaced = link
    const expired = (await newcomer(app())).link
    app().clock.pass(hours(24))
    const eve = await newcomer(app())
    const disabled = await newcomer(app())
    await setDisabled(app().services.database.db, addressOf(disabled.email), app().clock.now())
    const moved = await movedAway(app())
    await app().visitor().json('POST', '/api/v1/forgot-password', { email: eve.email })
    const reset = await linkTo(app(), eve.email, 'reset-password')
    const links: Record<string, string> = {
      replaced,
      expired,
      'replaced and expired': await linkTo(app(), email, 'verify-email'),
      'for another purpose': reset.replace('/reset-password/', '/verify-email/'),
      'of a disabled account': disabled.link,
      'of an address before this one': moved,
      'made up': `/verify-email/${'A'.repeat(43)}`,
      'cut off': eve.link.slice(0, -1),
      'too long': `${eve.link}A`,
      'of no form': '/verify-email/%00%ff%3Cscript%3E',
      '10 kB long': `/verify-email/${'B'.repeat(10_000)}`,
    }
    const seen = new Set<string>()
    for (const [which, path] of Object.entries(links)) {
      const stranger = app().visitor()
      await stranger.open(path)
      expect(stranger.page, which).toMatchObject({ status: 410, path: '/verify-email/confirm', heading: deadHeading })
      seen.add(stranger.page.html)
    }
    expect(seen.size).toBe(1)
  })

  it('answers the button behind such a link with the same page, and a program with a code', async () => {
    const { ada, browser, link } = await newcomer(app())
    const visitor = app().visitor()
    await visitor.open(link)
    app().clock.pass(minutes(1))
    await browser.json('POST', '/api/v1/verification', {})
    const answer = await visitor.submitOnly({ password: ada.password ?? '' })
    expect(answer.status).toBe(410)
    expect(await answer.text()).toContain(`<h1>${deadHeading}</h1>`)
    const token = link.split('/').at(-1)
    const program = await app().visitor().json('POST', '/api/v1/verification/confirm', { token })
    expect(program).toMatchObject({ status: 410, body: { code: 'invalid-link' } })
  })

  it('does not work for a person who is logged in to another account', async () => {
    const { ada, link } = await newcomer(app())
    const eve = app().visitor()
    await eve.register()
    await eve.open(link)
    expect(eve.page.html).toContain('id="password"')
    await eve.submit({ password: '' })
    expect(eve.page.summary).toEqual(['Enter your password'])
    const session = eve.sessionCookie
    // With Ada's password the address is confirmed; Eve stays who she is.
    await eve.submit({ password: ada.password ?? '' })
    expect(eve.sessionCookie).toBe(session)
    expect((await eve.account()).email).not.toBe(ada.email)
    expect(await isVerified(eve)).toBe(false)
  })
})

onEachDatabase('Another email', (database) => {
  const app = useApp(database, patient)

  it('comes after a pause that the page shows, and voids the link before', async () => {
    const { email, browser, link } = await newcomer(app())
    await browser.open('/verify-email')
    expect(textOf(browser.page.html)).toContain(`We sent an email to ${email}. Open the link in it.`)
    expect(textOf(browser.page.html)).toContain('You can send it again in 1 minute.')
    expect(browser.page.html).toContain('href="/dev/mailbox"')
    app().clock.pass(minutes(1) - 1)
    const early = await browser.submitOnly({})
    expect([early.status, early.headers.get('retry-after')]).toEqual([429, '1'])
    expect(await early.text()).toContain('An email was sent recently. You can send another in 1 second.')
    app().clock.pass(1)
    await browser.open('/verify-email')
    expect(browser.page.html).not.toContain('You can send it again in')
    await browser.submit({})
    expect(browser.page).toMatchObject({ path: '/verify-email', notice: 'We sent it again.' })
    expect(textOf(browser.page.html)).toContain('You can send it again in 1 minute.')

    expect((await browser.open(link)).heading).toBe(deadHeading)
    await browser.open(await linkTo(app(), email, 'verify-email'))
    await browser.submit({})
    expect(browser.page.notice).toBe(`${email} is verified.`)
  })

  it('is not sent a fourth time within an hour, and the page says how long to wait', async () => {
    const { email, browser } = await newcomer(app())
    for (const _ of [2, 3]) {
      app().clock.pass(minutes(1))
      expect((await browser.json('POST', '/api/v1/verification', {})).status).toBe(200)
    }
    app().clock.pass(minutes(1))
    expect(await browser.json('POST', '/api/v1/verification', {})).toMatchObject({
      status: 429,
      body: { code: 'rate-limited' },
    })
    await browser.open('/verify-email')
    expect(textOf(browser.page.html)).toContain('You can send it again in 57 minutes.')
    expect(await emailsTo(app(), email)).toHaveLength(3)
    app().clock.pass(minutes(57))
    expect((await browser.json('POST', '/api/v1/verification', {})).status).toBe(200)
  })

  it('is asked for by nobody but anyone who is logged in, and leads on where there is nothing to confirm', async () => {
    const { browser, link } = await newcomer(app())
    expect((await app().visitor().json('POST', '/api/v1/verification', {})).status).toBe(401)
    expect((await app().visitor().open('/verify-email')).path).toBe('/login')
    await browser.open('/verify-email')
    const form = browser.page
    await browser.open(link)
    await browser.submit({})
    expect((await browser.open('/verify-email')).path).toBe('/account')
    expect(form.html).toContain('action="/verify-email"')
    app().clock.pass(minutes(1))
    const late = await browser.json('POST', '/api/v1/verification', {})
    expect(late).toMatchObject({ status: 200, body: { sent: false } })
  })
})

onEachDatabase('In a browser that the account does not know', (database) => {
  const app = useApp(database, patient)

  it('the page asks for the password as well, and the right one logs in', async () => {
    const { ada, email, browser, link } = await newcomer(app())
    const phone = app().visitor()
    await phone.open(link)
    expect(phone.page.html).toMatch(/id="password"[^>]*autocomplete="current-password"/)
    await phone.submit({ password: '' })
    expect(phone.page).toMatchObject({ path: '/verify-email/confirm', summary: ['Enter your password'] })
    await phone.submit({ password: 'violet tram lump' })
    expect(phone.page).toMatchObject({ path: '/verify-email/confirm', summary: [wrong] })
    expect(await isVerified(browser)).toBe(false)
    await phone.submit({ password: ada.password ?? '' })
    expect(phone.page).toMatchObject({ path: '/account', notice: `${email} is verified.` })
    expect(await isVerified(phone)).toBe(true)
  })

  it('V6.3.1 five wrong passwords cost a wait, counted with those at log-in', async () => {
    const { ada, email, link } = await newcomer(app())
    const stranger = app().visitor()
    await stranger.logIn({ ...ada, password: 'violet tram lump' })
    await stranger.open(link)
    for (const _ of [2, 3, 4, 5]) {
      await stranger.submit({ password: 'violet tram lump' })
      expect(stranger.page.summary).toEqual([wrong])
    }
    const held = await stranger.submitOnly({ password: ada.password ?? '' })
    expect([held.status, held.headers.get('retry-after')]).toEqual([429, '1'])
    const html = await held.text()
    expect(html).toContain('Too many attempts. Try again in 1 second. Nothing was changed.')
    expect(html).toContain(`<p class="address" dir="ltr" translate="no">${email}</p>`)
    app().clock.pass(1_000)
    await stranger.submit({ password: ada.password ?? '' })
    expect(stranger.page.path).toBe('/account')
  })

  it('V2.3.4 V6.3.1 of 16 right and wrong passwords at once no more are looked at than there is room for', async () => {
    const { ada, link } = await newcomer(app())
    const statuses = await Promise.all(
      Array.from({ length: 16 }, async (_, index) => {
        const browser = app().visitor()
        await browser.open(link)
        const password = index === 15 ? (ada.password ?? '') : 'violet tram lump'
        return (await browser.form('/verify-email/confirm', { password })).status
      }),
    )
    expect(statuses.filter((status) => status === 422).length).toBeLessThanOrEqual(5)
    expect(statuses.filter((status) => ![200, 422, 429].includes(status))).toEqual([])
  })

  it('a right password that comes behind as many wrong ones as there is room for waits like them', async () => {
    const { ada, email, browser, link } = await newcomer(app())
    const { attempts, hashing } = app().services
    const phone = app().visitor()
    await phone.open(link)
    // While it is being hashed, others guess.
    const verify = hashing.verify
    hashing.verify = async (...call) => {
      hashing.verify = verify
      for (const _ of [1, 2, 3, 4, 5]) await app().visitor().json('POST', '/api/v1/login', { email, password: 'wrong' })
      return verify(...call)
    }
    expect((await phone.form('/verify-email/confirm', { password: ada.password })).status).toBe(429)
    expect(await attempts.rateLimited(attempts.ofAccount(addressOf(email)))).toBeDefined()
    expect(await isVerified(browser)).toBe(false)
  })

  it('a password that is changed meanwhile confirms nothing', async () => {
    const { ada, browser, link } = await newcomer(app())
    const phone = app().visitor()
    await phone.open(link)
    const { hashing } = app().services
    const verify = hashing.verify
    hashing.verify = async (...call) => {
      hashing.verify = verify
      const result = await verify(...call)
      const change = { current_password: ada.password, new_password: 'amber ferry clock' }
      expect((await browser.json('POST', '/api/v1/password', change)).status).toBe(200)
      return result
    }
    const answer = await phone.form('/verify-email/confirm', { password: ada.password })
    expect(answer.summary).toEqual(['Password is not right. Check it and try again.'])
    expect(phone.sessionCookie).toBeUndefined()
    expect(await isVerified(browser)).toBe(false)
  })
})

const addressOf = (email: string) => {
  const address = parseAddress(email)
  if (!address) throw new Error(`${email} is no address`)
  return address
}

/** Someone changed their address before they confirmed the first one. @returns the link that went to that one. */
async function movedAway(app: TestApp): Promise<string> {
  const { ada, browser, link } = await newcomer(app)
  const new_email = `new-${ada.email}`
  expect((await browser.form('/account/email', { new_email })).status).toBe(200)
  await browser.open(await linkTo(app, new_email, 'confirm-email'))
  await browser.submit({})
  expect((await browser.account()).email).toBe(new_email)
  expect((await emailTo(app, new_email, 'confirm-email')).to.address).toBe(new_email)
  return link
}

/** All that is stored, in an order of its own. */
async function rowsOf(database: Parameters<typeof allRows>[0]): Promise<string[]> {
  const rows = (await allRows(database)).filter(({ name }) => !name.startsWith('the file') && name !== 'its log')
  return rows.map(({ name, content }) => `${name} ${content.toString('latin1' as never)}`).sort()
}
