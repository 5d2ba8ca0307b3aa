// A person who asked for a page of an app arrives there, whatever steps the log-in has.
import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { linkTo } from '../../../tests/support/emails.ts'
import { type TestApp, useApp } from '../../../tests/support/make-app.ts'
import { someone, type Visitor } from '../../../tests/support/visitor.ts'

const wanted = 'http://app.localhost:8080/books?shelf=1&sort=title'
const hosts = { allowedReturnHosts: ['app.localhost:8080'], emailsPerClient: 100_000 }

/** As nginx asks, and as proxies do that name the page in the address. @returns the browser, at the login page. */
async function led(app: TestApp, rd = wanted): Promise<Visitor> {
  const browser = app.visitor()
  const asked = `/auth-request?rd=${encodeURIComponent(rd)}`
  const answer = await browser.send('GET', asked, undefined, { accept: 'text/html' })
  const { pathname, search } = new URL(answer.headers.get('location') ?? '')
  await browser.open(pathname + search)
  return browser
}

/** Follows a link of the page it looks at. */
async function follow(browser: Visitor, path: string): Promise<void> {
  const links = [...browser.page.html.matchAll(/ href="([^"]+)"/g)].map(([, to = '']) => to.replaceAll('&amp;', '&'))
  await browser.open(links.find((to) => to === path || to.startsWith(`${path}?`)) ?? `no link to ${path}`)
}

const ends = (answer: Response) => answer.headers.get('location')

onEachDatabase('The page that someone wanted is kept', (database) => {
  const app = useApp(database, hosts)

  it('through a wrong password', async () => {
    const { email = '', password = '' } = await app().visitor().register()
    const browser = await led(app())
    await browser.submit({ email, password: 'not that one' })
    expect(ends(await browser.submitOnly({ email, password }))).toBe(wanted)
  })

  it('through registration', async () => {
    const browser = await led(app())
    await follow(browser, '/register')
    await browser.submit({ ...someone(), name: '' })
    expect(ends(await browser.submitOnly(someone()))).toBe(wanted)
  })

  it('through a forgotten password', async () => {
    const { email = '' } = await app().visitor().register()
    const browser = await led(app())
    await follow(browser, '/forgot-password')
    await browser.submit({ email: '' })
    await browser.submit({ email })
    await browser.open(await linkTo(app(), email, 'reset-password'))
    await browser.submit({ new_password: 'short' })
    await browser.submit({ new_password: 'amber ferry clock' })
    expect(browser.page).toMatchObject({ path: '/login', notice: 'Your password was reset. Log in with the new one.' })
    expect(ends(await browser.submitOnly({ email, password: 'amber ferry clock' }))).toBe(wanted)
  })

  it('through a second email, asked for on the page of a invalid link', async () => {
    const { email = '' } = await app().visitor().register()
    const browser = await led(app())
    await follow(browser, '/forgot-password')
    await browser.submit({ email: 'nobody@example.org' })
    await browser.open(`/reset-password/${'A'.repeat(43)}`)
    expect(browser.page.status).toBe(410)
    await browser.submit({ email })
    await browser.open(await linkTo(app(), email, 'reset-password'))
    await browser.submit({ new_password: 'amber ferry clock' })
    expect(ends(await browser.submitOnly({ email, password: 'amber ferry clock' }))).toBe(wanted)
  })

  it('in this browser only: an email that is opened elsewhere leads to the account', async () => {
    const { email = '' } = await app().visitor().register()
    const browser = await led(app())
    await follow(browser, '/forgot-password')
    await browser.submit({ email })
    const phone = app().visitor()
    await phone.open(await linkTo(app(), email, 'reset-password'))
    await phone.submit({ new_password: 'amber ferry clock' })
    expect((await phone.submit({ email, password: 'amber ferry clock' })).path).toBe('/account')
  })

  it('V3.7.2 on allowed hosts only, through a forgotten password, too', async () => {
    for (const rd of [
      'http://evil.test/',
      'http://app.localhost:8080@evil.test/',
      '//evil.test',
      'https://evil.test',
    ]) {
      const { email = '' } = await app().visitor().register()
      const browser = app().visitor()
      await browser.open(`/forgot-password?return_to=${encodeURIComponent(rd)}`)
      await browser.submit({ email, return_to: rd })
      await browser.open(await linkTo(app(), email, 'reset-password'))
      expect(ends(await browser.submitOnly({ new_password: 'amber ferry clock' })), rd).toBe('/login')
    }
  })

  it('V3.3.5 and fits into the cookie, at its longest', async () => {
    const longest = `http://app.localhost:8080/${'%22'.repeat(320)}`
    const browser = await led(app(), longest)
    await follow(browser, '/forgot-password')
    await browser.submit({ email: 'nobody@example.org' })
    await browser.open(`/reset-password/${'A'.repeat(43)}`)
    const answer = await browser.submitOnly({ email: '"é\u0001🌲'.repeat(2_000) })
    expect(answer.status).toBe(303)
    for (const line of answer.headers.getSetCookie()) expect(line.length).toBeLessThan(4_096)
  })
})

onEachDatabase('Where addresses must be confirmed, the page is kept', (database) => {
  const app = useApp(database, { ...hosts, requireVerifiedEmail: true })

  it('through registration and the link in the email', async () => {
    const { email = '', password = '', name = '' } = someone()
    const browser = await led(app())
    await follow(browser, '/register')
    expect((await browser.submit({ name, email, password })).path).toBe('/verify-email')
    await browser.open(await linkTo(app(), email, 'verify-email'))
    expect(ends(await browser.submitOnly({ password }))).toBe(wanted)
  })

  it('through a log-in that is stopped', async () => {
    const { email = '', password = '', name = '' } = someone()
    const first = app().visitor()
    await first.open('/register')
    await first.submit({ name, email, password })
    const browser = await led(app())
    expect((await browser.submit({ email, password })).path).toBe('/verify-email')
    await browser.open(await linkTo(app(), email, 'verify-email'))
    expect(ends(await browser.submitOnly({ password }))).toBe(wanted)
  })
})

onEachDatabase('Where the account starts with an email, the page is kept', (database) => {
  const app = useApp(database, { ...hosts, registration: 'confirm-first' })

  it('through the email and its button', async () => {
    const { email = '', password = '', name = '' } = someone()
    const browser = await led(app())
    await follow(browser, '/register')
    expect((await browser.submit({ name, email, password })).path).toBe('/register/sent')
    await browser.open(await linkTo(app(), email, 'start-account'))
    expect(ends(await browser.submitOnly({}))).toBe(wanted)
  })
})
