// What a form of someone who is logged in, or behind a link, is tied to.
import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { emailsTo, linkTo } from '../../../tests/support/emails.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import { someone, textOf, type Visitor } from '../../../tests/support/visitor.ts'
import { minutes } from '../../time.ts'

/** Of the page's last form: the first one logs out. */
const tokenOf = ({ page: { html } }: Visitor) =>
  /name="form_token" value="([^"]+)"/.exec(html.slice(html.lastIndexOf('<form')))?.[1] ?? ''

onEachDatabase('A form token', (database) => {
  const app = useApp(database, { emailsPerAddressHour: 100, emailsPerAddressDay: 100 })
  const rename = (browser: Visitor, form_token: string | undefined) =>
    browser.send(
      'POST',
      '/account/profile',
      new URLSearchParams({ name: 'Grace', ...(form_token !== undefined && { form_token }) }),
    )
  const greets = async (browser: Visitor) => (await browser.open('/account')).heading

  it.each([
    ['none', undefined],
    ['an empty one', ''],
    ['nonsense', 'nonsense'],
    ['one of the right length', 'A'.repeat(86)],
  ])('V3.5.1 of someone who is logged in: %s is refused', async (_, token) => {
    const browser = app().visitor()
    await browser.register()
    expect((await rename(browser, token)).status).toBe(403)
    expect(await greets(browser)).toBe('Hello, Ada Lovelace')
  })

  it('V3.5.1 of another session is refused, and one of the session before the last log-in', async () => {
    const [mallory, ada] = [app().visitor(), app().visitor()]
    await mallory.register()
    await mallory.open('/account/profile')
    const person = await ada.register()
    await ada.open('/account/profile')
    const before = tokenOf(ada)
    await ada.logOut()
    await ada.logIn(person)
    for (const token of [tokenOf(mallory), before]) {
      expect(token).toMatch(/^[\w-]{86}$/)
      expect((await rename(ada, token)).status).toBe(403)
    }
    expect(await greets(ada)).toBe('Hello, Ada Lovelace')
  })

  it('is new: the page comes once more with what was typed, so that it only has to be sent again', async () => {
    const browser = app().visitor()
    const person = await browser.register()
    await browser.open('/account/profile')
    const stale = browser.page.html
    await browser.logOut()
    await browser.logIn(person)
    const refused = await rename(browser, /name="form_token" value="([^"]+)"/.exec(stale)?.[1])
    const html = await refused.text()
    expect(refused.status).toBe(403)
    expect(textOf(html)).toContain('Check what you typed and send it again.')
    expect(html).toContain('value="Grace"')
    expect(app().logged.findLast(({ cause }) => cause)).toMatchObject({ cause: 'stale-form' })
  })

  it('V3.5.1 behind a link is of that link: with two tabs, the older one does nothing', async () => {
    const people = [await app().visitor().register(), await app().visitor().register()]
    app().clock.pass(minutes(2))
    const browser = app().visitor()
    const tabs: string[] = []
    for (const { email = '' } of people) {
      await app().visitor().json('POST', '/api/v1/forgot-password', { email })
      await browser.open(await linkTo(app(), email, 'reset-password'))
      tabs.push(tokenOf(browser))
    }
    const fields = (form_token: string) => new URLSearchParams({ new_password: 'amber ferry clock', form_token })
    const [older = '', newer = ''] = tabs
    for (const token of [older, '', 'A'.repeat(86)]) {
      const refused = await browser.send('POST', '/reset-password', fields(token))
      const html = await refused.text()
      expect(refused.status).toBe(403)
      expect(textOf(html)).toContain('you have opened another link')
      expect(html).toContain(people[1]?.email)
      expect(html).not.toContain(people[0]?.email)
    }
    expect(app().logged.findLast(({ cause }) => cause)).toMatchObject({ cause: 'other-link' })
    for (const person of people) expect((await app().visitor().logIn(person)).path).toBe('/account')
    expect((await browser.send('POST', '/reset-password', fields(newer))).headers.get('location')).toBe('/login')
  })

  it('V3.5.1 behind a link is of the session as well, where someone is logged in', async () => {
    const browser = app().visitor()
    const { email = '' } = await browser.register()
    const link = await linkTo(app(), email, 'verify-email')
    await browser.open(link)
    const other = app().visitor()
    await other.open(link)
    const form_token = tokenOf(other)
    expect(form_token).not.toBe('')
    const refused = await browser.send('POST', '/verify-email/confirm', new URLSearchParams({ form_token }))
    expect(refused.status).toBe(403)
    await browser.open(link)
    expect((await browser.submit({})).notice).toBe(`${email} is verified.`)
  })
})

onEachDatabase('The form token of a log-in under way', (database) => {
  const app = useApp(database, { requireVerifiedEmail: true, emailsPerAddressHour: 100, emailsPerAddressDay: 100 })

  /** Someone who has registered, and waits at the step that asks to verify the address. */
  async function underWay() {
    const browser = app().visitor()
    const person = someone()
    await browser.open('/register')
    await browser.submit(person)
    expect(browser.page.path).toBe('/verify-email')
    app().clock.pass(minutes(2))
    await browser.open('/verify-email')
    return { browser, person, token: tokenOf(browser) }
  }

  const send = (browser: Visitor, path: string, form_token: string | undefined) =>
    browser.send('POST', path, new URLSearchParams(form_token === undefined ? {} : { form_token }))

  it('V3.5.1 is asked by each form of the log-in: none, a wrong one and that of another log-in are refused', async () => {
    const [ada, eve] = [await underWay(), await underWay()]
    expect(ada.token).toMatch(/^[\w-]{86}$/)
    expect(eve.token).toMatch(/^[\w-]{86}$/)
    const before = (await emailsTo(app(), ada.person.email ?? '')).length
    for (const token of [undefined, '', 'nonsense', 'A'.repeat(86), eve.token]) {
      for (const path of ['/verify-email', '/login/continue', '/login/cancel']) {
        const refused = await send(ada.browser, path, token)
        // A page that has nothing to show at that moment leads to the one that has.
        expect([refused.status, refused.headers.get('location')], `${path} ${token}`).toEqual(
          path === '/login/continue' ? [303, '/verify-email'] : [403, null],
        )
      }
    }
    expect(await emailsTo(app(), ada.person.email ?? '')).toHaveLength(before)
    // The log-in stands as it did, and its own token works.
    expect((await ada.browser.open('/verify-email')).heading).toBe('Check your email')
    expect((await send(ada.browser, '/verify-email', ada.token)).status).toBe(303)
    expect(await emailsTo(app(), ada.person.email ?? '')).toHaveLength(before + 1)
    expect((await send(ada.browser, '/login/cancel', ada.token)).headers.get('location')).toBe('/login')
    expect((await ada.browser.open('/verify-email')).path).toBe('/login')
  })

  it('V3.5.1 of the log-in before is refused by the next one of the same browser', async () => {
    const { browser, person, token } = await underWay()
    await browser.submit({}, '/login/cancel')
    await browser.logIn(person)
    expect(browser.page.path).toBe('/verify-email')
    expect((await send(browser, '/verify-email', token)).status).toBe(403)
    expect((await send(browser, '/verify-email', tokenOf(browser))).status).toBe(303)
  })
})
