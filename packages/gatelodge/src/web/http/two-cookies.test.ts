// A browser that has two cookies of one name: from an outer domain, an earlier setting, or a longer path. It sends both.
import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import type { Visitor } from '../../../tests/support/visitor.ts'

const dead = 'D'.repeat(43)
const shared = { baseUrl: 'https://login.app.example.org', cookieDomain: 'app.example.org' }

onEachDatabase('Two cookies of one name', (database) => {
  const app = useApp(database, shared)
  const send = (browser: Visitor, method: string, path: string, cookie: string, body?: URLSearchParams) =>
    browser.send(method, path, body, { cookie })
  const registered = async () => {
    const browser = app().visitor()
    await browser.register()
    return { browser, token: browser.cookies.get('__Secure-gatelodge') ?? '' }
  }

  it.each([
    ['behind', (token: string) => `__Secure-gatelodge=${dead}; __Secure-gatelodge=${token}`],
    ['before', (token: string) => `__Secure-gatelodge=${token}; __Secure-gatelodge=${dead}`],
    [
      'far behind',
      (token: string) => `a=b; __Secure-gatelodge=x; __Secure-gatelodge=${dead}; __Secure-gatelodge=${token}`,
    ],
  ])('lead to the session, whichever stands %s', async (_, cookieOf) => {
    const { browser, token } = await registered()
    const answer = await send(browser, 'GET', '/account', cookieOf(token))
    expect(answer.status).toBe(200)
    const lines = answer.headers.getSetCookie().filter((line) => line.startsWith('__Secure-gatelodge='))
    // The good one last, where it lives: what came before removes the other, wherever that is.
    expect(lines.at(-1)).toMatch(new RegExp(`^__Secure-gatelodge=${token}; Path=/; .*Domain=app\\.example\\.org`))
    const places = lines.slice(0, -1).map((line) => /Path=[^;]+(?:; Domain=[^;]+)?/.exec(line)?.[0])
    for (const line of lines.slice(0, -1)) expect(line).toMatch(/^__Secure-gatelodge=; .*; Secure; Max-Age=0$/)
    expect(places).toEqual([
      'Path=/',
      'Path=/account',
      'Path=/; Domain=login.app.example.org',
      'Path=/account; Domain=login.app.example.org',
      'Path=/account; Domain=app.example.org',
      'Path=/; Domain=example.org',
      'Path=/account; Domain=example.org',
    ])
  })

  it('do not end the log-in that has just been made', async () => {
    const ada = await app().visitor().register()
    const browser = app().visitor()
    await browser.open('/login')
    await browser.submit(ada)
    const token = browser.cookies.get('__Secure-gatelodge')
    const both = `__Secure-gatelodge=${dead}; __Secure-gatelodge=${token}`
    expect((await send(browser, 'GET', '/login', both)).headers.get('location')).toBe('/account')
    expect((await send(browser, 'GET', '/account', both)).status).toBe(200)
    expect((await send(browser, 'GET', '/forward-auth', both)).status).toBe(200)
  })

  it('take forms of the session, and log out of all of them', async () => {
    const [first, second] = [await registered(), await registered()]
    const both = `__Secure-gatelodge=${first.token}; __Secure-gatelodge=${second.token}`
    await second.browser.open('/logout')
    const form_token = /name="form_token" value="([^"]+)"/.exec(second.browser.page.html)?.[1] ?? ''
    const answer = await send(second.browser, 'POST', '/logout', both, new URLSearchParams({ form_token }))
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/login'])
    for (const { token } of [first, second]) {
      const after = await send(app().visitor(), 'GET', '/account', `__Secure-gatelodge=${token}`)
      expect(after.status).toBe(303)
    }
  })

  it('V15.3.7 are looked at up to five, however many are sent', async () => {
    const { browser, token } = await registered()
    const planted = (count: number) =>
      Array.from({ length: count }, (_, index) => `__Secure-gatelodge=${String(index).padStart(43, 'E')}`)
    const cookieOf = (count: number) => [...planted(count), `__Secure-gatelodge=${token}`].join('; ')
    expect((await send(browser, 'GET', '/account', cookieOf(4))).status).toBe(200)
    const beyond = await send(browser, 'GET', '/account', cookieOf(150))
    expect(beyond.status).toBe(303)
    expect(beyond.headers.getSetCookie().length).toBeLessThan(16)
  })
})

onEachDatabase('Two cookies of one name on this machine', (database) => {
  const app = useApp(database)

  it('both are tried: the session’s, and the one with the message', async () => {
    const browser = app().visitor()
    await browser.register()
    const token = browser.cookies.get('gatelodge')
    const answer = await browser.send('GET', '/account', undefined, {
      cookie: `gatelodge=${dead}; gatelodge=${token}`,
    })
    expect(answer.status).toBe(200)
    // Here `Domain` would name the very same cookie.
    expect(answer.headers.getSetCookie().join()).not.toContain('Domain')

    const visitor = app().visitor()
    await visitor.send('GET', '/account')
    const cookie = `gatelodge-visitor=nonsense; gatelodge-visitor=${visitor.cookies.get('gatelodge-visitor')}`
    const page = await visitor.send('GET', '/login', undefined, { cookie })
    expect(await page.text()).toContain('Log in to see that page.')
  })
})
