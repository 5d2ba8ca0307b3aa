// The link that puts a new address in force.
import { expect, it, vi } from 'vitest'
import { atEachLevel } from '../../../tests/support/databases.ts'
import { emailsTo, emailTo, linkTo } from '../../../tests/support/emails.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import type { Fields, Visitor } from '../../../tests/support/visitor.ts'
import { hours, minutes } from '../../time.ts'

const manyEmails = { emailsPerClient: 100_000 }

atEachLevel('The link to a new address', (database, replaced) => {
  const app = useApp(database, manyEmails, replaced)

  interface Asked {
    browser: Visitor
    ada: Fields
    next: string
    link: string
  }

  async function asked(): Promise<Asked> {
    const browser = app().visitor()
    const ada = await browser.register()
    const next = `next-${ada.email}`
    await browser.form('/account/email', { new_email: next })
    return { browser, ada, next, link: await linkTo(app(), next, 'confirm-email') }
  }

  const emailOf = async (browser: Visitor) => (await browser.account()).email
  const confirm = async (browser: Visitor, link: string) => {
    await browser.send('GET', link)
    return browser.form('/confirm-email')
  }

  it('V14.2.1 V3.5.3 shows the address and a button, at a path without a token; it is the button that changes', async () => {
    const { browser, ada, next, link } = await asked()
    for (const method of ['GET', 'HEAD', 'GET']) {
      const answer = await browser.send(method, link)
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/confirm-email'])
    }
    await browser.open('/confirm-email')
    expect(browser.page).toMatchObject({ status: 200, heading: 'Use this email address?' })
    expect(browser.page.html).toContain(next)
    expect(await emailOf(browser)).toBe(ada.email)
    await browser.submit({})
    expect(browser.page).toMatchObject({ path: '/account', notice: `Your email address was changed to ${next}.` })
    expect(browser.page.html).toContain('Verified')
    expect(browser.page.html).not.toContain('Waiting for verification')
    expect((await app().visitor().logIn(ada)).path).toBe('/login')
    expect(
      (
        await app()
          .visitor()
          .logIn({ ...ada, email: next })
      ).path,
    ).toBe('/account')
  })

  it('V6.3.7 sends a notice to the address that was in force', async () => {
    const { browser, ada, next, link } = await asked()
    expect((await confirm(browser, link)).status).toBe(200)
    const { text } = await emailTo(app(), ada.email ?? '', 'email-changed')
    expect(text).toContain(`was changed from ${ada.email} to another one`)
    expect(text).toMatch(/^When: .+\nDevice: .+\nIP address: 127\.0\.0\.1$/m)
    expect((await emailsTo(app(), next)).map(({ kind }) => kind)).toEqual(['confirm-email'])
  })

  it('leads a browser that is not logged in through the login, and back to the button', async () => {
    const { browser, ada, next, link } = await asked()
    const phone = app().visitor()
    await phone.open(link)
    expect(phone.page.html).toContain('Log in with your current address to continue')
    expect(await emailOf(browser)).toBe(ada.email)
    await phone.open(/href="(\/login\?return_to=[^"]+)"/.exec(phone.page.html)?.[1] ?? '')
    await phone.submit({ email: ada.email ?? '', password: ada.password ?? '' })
    expect(phone.page).toMatchObject({ path: '/confirm-email', heading: 'Use this email address?' })
    await phone.submit({})
    expect(phone.page.notice).toBe(`Your email address was changed to ${next}.`)
  })

  it('does nothing in a session of another account, which is shown the way out', async () => {
    const { browser, ada, next, link } = await asked()
    const stranger = app().visitor()
    const grace = await stranger.register()
    await stranger.open(link)
    expect(stranger.page.html).toContain('You are logged in to another account.')
    expect(stranger.page.html).not.toContain(next)
    await stranger.form('/confirm-email')
    expect([await emailOf(browser), await emailOf(stranger)]).toEqual([ada.email, grace.email])
    await stranger.submit({})
    expect(stranger.page).toMatchObject({ path: '/login', notice: 'You are logged out.' })
  })

  it('V7.4.3 ends all other sessions, which say why, and all other links', async () => {
    const { browser, ada, link } = await asked()
    const other = app().visitor()
    await other.logIn(ada)
    await app().visitor().json('POST', '/api/v1/forgot-password', { email: ada.email })
    const reset = await linkTo(app(), ada.email ?? '', 'reset-password')
    const verify = await linkTo(app(), ada.email ?? '', 'verify-email')
    expect((await confirm(browser, link)).status).toBe(200)
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(200)
    await other.open('/account')
    expect(other.page).toMatchObject({
      path: '/login',
      notice: 'You were logged out here because your email address was changed.',
    })
    for (const dead of [reset, verify]) expect((await app().visitor().open(dead)).status).toBe(410)
  })

  it('a second time finds it done, and changes nothing more', async () => {
    const { browser, next, link } = await asked()
    await confirm(browser, link)
    const phone = app().visitor()
    await phone.open(link)
    expect(phone.page).toMatchObject({ status: 200, heading: 'Your email address is verified' })
    expect(phone.page.html).toContain(next)
    expect((await confirm(browser, link)).heading).toBe('Your email address is verified')
  })

  it.each<[string, (situation: Asked) => Promise<string>]>([
    [
      'that is a day old',
      async ({ link }) => {
        app().clock.pass(hours(24))
        return link
      },
    ],
    ['that someone made up', async () => `/confirm-email/${'A'.repeat(43)}`],
    ['that did not arrive whole', async ({ link }) => link.slice(0, -1)],
    [
      'for confirming the present address',
      async ({ ada }) =>
        (await linkTo(app(), ada.email ?? '', 'verify-email')).replace('/verify-email', '/confirm-email'),
    ],
    [
      'that another change has replaced',
      async ({ browser, ada, link }) => {
        await browser.form('/account/email', { new_email: `other-${ada.email}` })
        return link
      },
    ],
    [
      'of an account that is closed',
      async ({ browser, ada, link }) => {
        await browser.json('POST', '/api/v1/delete', { current_password: ada.password })
        return link
      },
    ],
  ])('V9.2.2 %s changes nothing, and says what to do', async (_, die) => {
    const situation = await asked()
    const link = await die(situation)
    const { browser, ada, next } = situation
    await browser.open(link)
    expect(browser.page).toMatchObject({ status: 410, heading: 'This link no longer works' })
    expect(browser.page.html).toContain('Log in to request the change again.')
    expect((await confirm(browser, link)).status).toBe(410)
    await browser.logIn(ada)
    expect(await emailOf(browser)).not.toBe(next)
  })

  it('does not give an address away that someone has meanwhile', async () => {
    const { browser, ada, next, link } = await asked()
    const quick = app().visitor()
    await quick.register({ email: next })
    await browser.open(link)
    await browser.submit({})
    expect(browser.page.status).toBe(410)
    expect([await emailOf(browser), await emailOf(quick)]).toEqual([ada.email, next])
  })

  it('V15.4.2 16 at once: the address changes once, and one email says so', async () => {
    const { browser, ada, next, link } = await asked()
    await browser.send('GET', link)
    const answers = await Promise.all(Array.from({ length: 16 }, () => browser.form('/confirm-email')))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(await emailOf(browser)).toBe(next)
    const told = (await emailsTo(app(), ada.email ?? '')).filter(({ kind }) => kind === 'email-changed')
    expect(told).toHaveLength(1)
    const changes = app().logged.filter(({ msg, account }) => msg === 'email.changed' && account)
    const id = (await browser.account()).id
    expect(changes.filter(({ account }) => account === id)).toHaveLength(1)
  })

  it('V15.4.2 of many changes at once, only an address is confirmed that was mailed that very token', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    const addresses = Array.from({ length: 8 }, (_, index) => `at-once-${index}-${ada.email}`)
    const statuses = await Promise.all(
      addresses.map(async (new_email) => (await browser.form('/account/email', { new_email })).status),
    )
    expect(new Set(statuses)).toEqual(new Set([200]))
    const links = await Promise.all(addresses.map((address) => linkTo(app(), address, 'confirm-email')))
    const copies = links.map(() => {
      const copy = app().visitor()
      copy.cookies = new Map(browser.cookies)
      return copy
    })
    const confirmed = await Promise.all(links.map((link, index) => confirm(copies[index] ?? browser, link)))
    const worked = addresses.filter((_, index) => confirmed[index]?.status === 200)
    expect(worked).toHaveLength(1)
    expect(await emailOf(browser)).toBe(worked[0])
  })

  it('V15.4.2 a change that is asked for while another is confirmed does not take its place', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { browser, ada, next, link } = await asked()
      const later = `later-${ada.email}`
      const copy = app().visitor()
      copy.cookies = new Map(browser.cookies)
      const [confirmed] = await Promise.all([confirm(browser, link), copy.form('/account/email', { new_email: later })])
      expect([200, 410]).toContain(confirmed.status)
      expect(await emailOf(browser)).toBe(confirmed.status === 200 ? next : ada.email)
    }
  })

  it('V7.4.1 changes nothing for a session that is ended meanwhile', async () => {
    const { browser, ada, next, link } = await asked()
    const other = app().visitor()
    await other.logIn(ada)
    await other.send('GET', link)
    const { accounts } = app().services
    const { findById } = accounts
    // Between the look at the link and the change, the owner throws everyone else out.
    const slow = vi.spyOn(accounts, 'findById').mockImplementationOnce(async (...args) => {
      const found = await findById(...args)
      const change = { current_password: ada.password, new_password: 'amber ferry clock' }
      expect((await browser.json('POST', '/api/v1/password', change)).status).toBe(200)
      return found
    })
    const late = await other.form('/confirm-email')
    slow.mockRestore()
    expect(late.html).toContain('Log in with your current address to continue')
    expect(await emailOf(browser)).not.toBe(next)
    app().clock.pass(minutes(1))
  })
})
