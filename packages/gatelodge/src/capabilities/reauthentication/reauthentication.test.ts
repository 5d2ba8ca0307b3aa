import { expect, it, vi } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import type { Fields, Visitor } from '../../../tests/support/visitor.ts'
import { hours, minutes, seconds } from '../../time.ts'

const manyEmails = { emailsPerClient: 100_000 }
const wrong = 'quiet amber windmill'

onEachDatabase('Confirming the password', (database) => {
  const app = useApp(database, manyEmails)

  /** Someone who typed their password ten minutes ago. */
  async function lateVisitor(): Promise<{ browser: Visitor; ada: Fields }> {
    const browser = app().visitor()
    const ada = await browser.register()
    app().clock.pass(minutes(10))
    return { browser, ada }
  }

  const confirm = (browser: Visitor, current_password: string | undefined) =>
    browser.json('POST', '/api/v1/password/confirm', { current_password })
  const isAsked = async (browser: Visitor) => (await browser.open('/account/email')).path === '/reauthenticate'

  it('V7.5.1 is asked before an address changes, once in ten minutes, and leads back', async () => {
    const { browser, ada } = await lateVisitor()
    await browser.open('/account/email')
    expect(browser.page).toMatchObject({ path: '/reauthenticate', heading: 'Confirm your password' })
    expect(browser.page.html).toMatch(new RegExp(`value="${ada.email}"[^>]*autocomplete="username"`))
    await browser.submit({ current_password: ada.password ?? '' })
    expect(browser.page).toMatchObject({ path: '/account/email', status: 200 })
    app().clock.pass(minutes(10) - seconds(1))
    expect(await isAsked(browser)).toBe(false)
    app().clock.pass(seconds(1))
    expect(await isAsked(browser)).toBe(true)
  })

  it('is not asked of someone who has just logged in', async () => {
    const browser = app().visitor()
    await browser.logIn(await app().visitor().register())
    expect(await isAsked(browser)).toBe(false)
  })

  it('V7.5.1 counts for this session only', async () => {
    const { browser, ada } = await lateVisitor()
    const other = app().visitor()
    await other.logIn(ada)
    app().clock.pass(minutes(10))
    expect((await confirm(browser, ada.password)).status).toBe(200)
    expect(await isAsked(browser)).toBe(false)
    expect(await isAsked(other)).toBe(true)
  })

  it('V7.2.4 goes on with a new token, and a copy of the old one is invalid', async () => {
    const { browser, ada } = await lateVisitor()
    const copy = app().visitor()
    copy.cookies.set('gatelodge', browser.sessionCookie ?? '')
    expect((await confirm(browser, ada.password)).status).toBe(200)
    expect(browser.sessionCookie).not.toBe(copy.sessionCookie)
    expect((await copy.json('GET', '/api/v1/session')).status).toBe(401)
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(200)
  })

  it('keeps a remembered session remembered', async () => {
    const ada = await app().visitor().register()
    const browser = app().visitor()
    await browser.logIn(ada, { remember: 'yes' })
    expect((await confirm(browser, ada.password)).status).toBe(200)
    app().clock.pass(hours(13))
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(200)
  })

  it('says what is missing or wrong, and never gives it back', async () => {
    const { browser, ada } = await lateVisitor()
    await browser.open('/account/email')
    await browser.submit({ current_password: '' })
    expect(browser.page.summary).toEqual(['Enter your current password'])
    await browser.submit({ current_password: wrong })
    expect(browser.page).toMatchObject({ path: '/reauthenticate', status: 200 })
    expect(browser.page.summary).toEqual(['Current password is not right. Check it and try again.'])
    expect(browser.page.html).not.toContain(wrong)
    // The way goes on where it was going.
    await browser.submit({ current_password: ada.password ?? '' })
    expect(browser.page.path).toBe('/account/email')
  })

  it('V6.3.1 makes anyone who guesses wait, in this session only', async () => {
    const { browser, ada } = await lateVisitor()
    for (let time = 0; time < 5; time += 1) expect((await confirm(browser, wrong)).status).toBe(422)
    expect(await confirm(browser, ada.password)).toMatchObject({ status: 429, body: { code: 'rate-limited' } })
    await browser.open('/reauthenticate?return_to=/account/email')
    await browser.submit({ current_password: ada.password ?? '' })
    expect(browser.page).toMatchObject({ status: 429, path: '/reauthenticate' })
    expect(browser.page.headers.get('retry-after')).toBe('1')
    expect(browser.page.summary).toEqual(['Too many attempts. Try again in 1 second. Nothing was changed.'])
    const other = app().visitor()
    await other.logIn(ada)
    expect((await confirm(other, ada.password)).status).toBe(200)
    app().clock.pass(seconds(1))
    await browser.submit({ current_password: ada.password ?? '' })
    expect(browser.page.path).toBe('/account/email')
  })

  it('V2.3.4 V6.3.1 of many guesses at once, the right one has no more room than a wrong one', async () => {
    const { browser, ada } = await lateVisitor()
    const { hashing } = app().services
    const { verify } = hashing
    const others: Promise<unknown>[] = []
    // The right one is looked at while the wrong ones are counted.
    const slow = vi.spyOn(hashing, 'verify').mockImplementation(async (password, ...rest) => {
      if (password === ada.password) await Promise.all(others)
      return verify(password, ...rest)
    })
    const copies = Array.from({ length: 6 }, () => {
      const copy = app().visitor()
      copy.cookies = new Map(browser.cookies)
      return copy
    })
    const right = confirm(copies[0] ?? browser, ada.password)
    others.push(...copies.slice(1).map((copy) => confirm(copy, wrong)))
    expect((await right).status).toBe(429)
    slow.mockRestore()
  })

  it.each(['https://evil.test/', '//evil.test', '/\\evil.test'])('V3.7.2 never leads to %s', async (return_to) => {
    const { browser, ada } = await lateVisitor()
    await browser.open(`/reauthenticate?return_to=${encodeURIComponent(return_to)}`)
    expect(browser.page.html).not.toContain('evil.test')
    const form = { current_password: ada.password ?? '', return_to }
    expect((await browser.submitOnly(form, '/reauthenticate')).headers.get('location')).toBe('/account')
  })

  it('is for people who are logged in', async () => {
    const stranger = app().visitor()
    await stranger.open('/reauthenticate?return_to=/account/email')
    expect(stranger.page.path).toBe('/login')
    expect((await confirm(stranger, 'anything')).status).toBe(401)
  })

  it('V7.4.1 confirms nothing in a session that was ended meanwhile', async () => {
    const { browser, ada } = await lateVisitor()
    const { hashing } = app().services
    const { verify } = hashing
    const slow = vi.spyOn(hashing, 'verify').mockImplementationOnce(async (...args) => {
      const copy = app().visitor()
      copy.cookies = new Map(browser.cookies)
      await copy.json('POST', '/api/v1/logout', {})
      return verify(...args)
    })
    expect((await confirm(browser, ada.password)).status).toBe(401)
    slow.mockRestore()
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(401)
  })

  it('V15.4.2 16 at once: the session goes on once', async () => {
    const { browser, ada } = await lateVisitor()
    const copies = Array.from({ length: 16 }, () => {
      const copy = app().visitor()
      copy.cookies = new Map(browser.cookies)
      return copy
    })
    const statuses = await Promise.all(copies.map(async (copy) => (await confirm(copy, ada.password)).status))
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.filter((status) => status === 401)).toHaveLength(15)
    const winner = copies[statuses.indexOf(200)]
    expect((await winner?.json('GET', '/api/v1/session'))?.status).toBe(200)
    await winner?.open('/account/devices')
    expect(winner?.page.html).toContain('You are logged in only on this device.')
  })
})
