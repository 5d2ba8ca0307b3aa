// The pages on which a visit begins: they set no cookie, carry no token and never expire.
import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import { someone, textOf, type Visitor } from '../../../tests/support/visitor.ts'
import { days } from '../../time.ts'

const pages = ['/login', '/register', '/forgot-password']

onEachDatabase('A form of visitors', (database) => {
  const app = useApp(database)

  it.each(pages)('at %s sets no cookie, carries no token, and is the same bytes for everyone', async (path) => {
    const bodies = new Set<string>()
    for (const address of ['203.0.113.7', '203.0.113.8', '203.0.113.7']) {
      for (const encoding of ['gzip, br', 'identity']) {
        const answer = await app().visitor(address).send('GET', path, undefined, { 'accept-encoding': encoding })
        expect(answer.headers.getSetCookie()).toEqual([])
        const bytes = Buffer.from(await answer.arrayBuffer())
        const isCompressed = answer.headers.get('content-encoding') === 'gzip'
        expect(isCompressed).toBe(encoding !== 'identity')
        bodies.add(String(isCompressed ? gunzipSync(bytes) : bytes))
      }
    }
    expect(bodies.size).toBe(1)
    expect([...bodies][0]).toContain('</html>')
    expect([...bodies][0]).not.toContain('form_token')
  })

  it('works when its page was left open for a week', async () => {
    const ada = await app().visitor().register()
    const tabs = pages.map(() => app().visitor())
    for (const [index, tab] of tabs.entries()) await tab.open(pages[index] ?? '')
    app().clock.pass(days(7))
    const [login, register, forgot] = tabs
    expect((await login?.submit({ email: ada.email ?? '', password: ada.password ?? '' }))?.path).toBe('/account')
    expect((await register?.submit(someone()))?.path).toBe('/account')
    expect((await forgot?.submit({ email: ada.email ?? '' }))?.html).toContain('we sent a link to it')
  })

  it('works in a tab that was opened before logging in, and changes nothing of who is logged in', async () => {
    const browser = app().visitor()
    await browser.open('/login')
    const tab = browser.page
    const ada = await browser.register()
    expect(tab.html).toContain('action="/login"')
    for (const path of ['/login', '/register']) {
      const answer = await browser.send('POST', path, new URLSearchParams(someone()))
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/account'])
    }
    expect((await browser.open('/account')).html).toContain(ada.email)
  })

  it.each([
    ['a right log-in', '/login', true],
    ['a wrong log-in', '/login', false],
    ['a registration', '/register', true],
    ['a registration with mistakes', '/register', false],
    ['a forgotten password', '/forgot-password', true],
  ])('with cookies off, the page after %s says what to do', async (_, path, isRight) => {
    const ada = path === '/login' && isRight ? await app().visitor().register() : someone()
    const answer = await app()
      .visitor()
      .send('POST', path, new URLSearchParams(isRight ? ada : { ...ada, password: '' }))
    const location = answer.headers.get('location') ?? ''
    expect([answer.status, location]).toEqual([303, expect.stringMatching(/[?&]cookies=1$/)])
    const without = await app().visitor().open(location)
    expect(without).toMatchObject({ status: 403, heading: 'Cookies are off' })
    expect(textOf(without.html)).toContain('Allow cookies for this site')
    expect(app().logged.some(({ msg }) => msg === 'cookies.off')).toBe(true)
    const browser = app().visitor()
    browser.keep(answer)
    expect((await browser.open(location)).heading).not.toBe('Cookies are off')
  })

  it.each([
    ['a log-in', '/login'],
    ['a registration', '/register'],
  ])('V3.7.2 after %s on the way to an app, the log-in page looks for the cookies and leads on', async (_, path) => {
    const ada = path === '/login' ? await app().visitor().register() : someone()
    const fields = new URLSearchParams({ ...ada, return_to: '/of-an-app?a=1' })
    const answer = await app().visitor().send('POST', path, fields)
    const location = answer.headers.get('location') ?? ''
    expect(location).toBe('/login?return_to=%2Fof-an-app%3Fa%3D1&cookies=1')
    const without = await app().visitor().open(location)
    expect(without).toMatchObject({ status: 403, heading: 'Cookies are off' })
    expect(without.html).toContain('href="/login?return_to=%2Fof-an-app%3Fa%3D1"')
    const browser = app().visitor()
    browser.keep(answer)
    expect(await leadsTo(browser, location)).toBe('/of-an-app?a=1')
    // What was to be said waits for the next page of ours.
    const { notice } = await browser.open('/account')
    expect(notice).toEqual(path === '/login' ? undefined : expect.stringContaining('Your account is ready'))
    const own = new URLSearchParams({ ...(await app().visitor().register()), return_to: '/account/password#new' })
    const toOwn = await app().visitor().send('POST', '/login', own)
    expect(toOwn.headers.get('location')).toBe('/account/password?cookies=1#new')
    // An app that does not see the session would lead back here, and round and round.
    expect(await leadsTo(browser, '/login?return_to=%2Fof-an-app')).toBe('/account')
    expect(await leadsTo(browser, '/login?return_to=%2F%2Fe.test&cookies=1')).toBe('/account')
  })

  it.each(['//e.test/', '/nothing-here', '/'])(
    'asks for cookies at pages of ours only, and links to no other site: %s',
    async (path) => {
      const address = `${app().services.settings.baseUrl}${path}?cookies=1`
      const answer = await app().fetch(new Request(address, { headers: { accept: 'text/html' } }))
      expect(await answer.text()).not.toContain('Cookies are off')
    },
  )

  it('asks for cookies after the first POST only', async () => {
    const ada = await app().visitor().register()
    const browser = app().visitor()
    await browser.logIn({ ...ada, password: 'wrong' })
    const second = await browser.submitOnly(ada)
    expect(second.headers.get('location')).toBe('/account')
  })
})

async function leadsTo(visitor: Visitor, path: string): Promise<string | null> {
  return (await visitor.send('GET', path)).headers.get('location')
}
