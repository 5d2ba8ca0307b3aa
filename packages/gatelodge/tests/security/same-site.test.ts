// Every form that we take, from every place that another site could make a browser send it from.
import { describe, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { makeApp, throwawayDatabase } from '../support/make-app.ts'
import type { Visitor } from '../support/visitor.ts'

const own = 'https://login.example.org'
const sibling = 'https://blog.example.org'
const evil = 'https://evil.test'
const nothing = { origin: '', 'sec-fetch-site': '', referer: '' }

/** An empty value: the header is not sent. */
const hostile: [string, Record<string, string>][] = [
  ['a foreign Origin', { ...nothing, origin: evil }],
  ['a null Origin', { ...nothing, origin: 'null' }],
  ['a null Origin beside our Referer', { ...nothing, origin: 'null', referer: `${own}/login` }],
  ['no header at all', nothing],
  ['a sibling Origin', { ...nothing, origin: sibling }],
  ['a sibling, as browsers tell it', { ...nothing, origin: sibling, 'sec-fetch-site': 'same-site' }],
  ['another site, as browsers tell it', { ...nothing, origin: evil, 'sec-fetch-site': 'cross-site' }],
  ['a sandboxed frame', { ...nothing, origin: 'null', 'sec-fetch-site': 'cross-site' }],
  ['an extension or the address bar', { ...nothing, 'sec-fetch-site': 'none' }],
  ['our Origin that Sec-Fetch-Site contradicts', { ...nothing, origin: own, 'sec-fetch-site': 'cross-site' }],
  ['same-origin that the Origin contradicts', { ...nothing, origin: evil, 'sec-fetch-site': 'same-origin' }],
  ['our Origin that the Referer contradicts', { ...nothing, origin: own, referer: `${evil}/` }],
  ['same-origin that the Referer contradicts', { ...nothing, 'sec-fetch-site': 'same-origin', referer: `${evil}/` }],
  ['a foreign Referer only', { ...nothing, referer: `${evil}/?${own}/login` }],
  ['a sibling Referer only', { ...nothing, referer: `${sibling}/` }],
]

/** The ways in which our own pages come. lynx and w3m send a Referer and nothing else. */
const honest: [string, Record<string, string>][] = [
  ['a browser of today', { ...nothing, origin: own, 'sec-fetch-site': 'same-origin' }],
  ['an older browser', { ...nothing, origin: own, referer: `${own}/login` }],
  ['a browser behind Referrer-Policy: no-referrer', { ...nothing, origin: 'null', 'sec-fetch-site': 'same-origin' }],
  ['lynx and w3m', { ...nothing, referer: `${own}/login` }],
]

const form = { 'content-type': 'application/x-www-form-urlencoded' }

describe('A POST to each route', async () => {
  const app = await makeApp(throwawayDatabase(), { baseUrl: own })
  const routes = createApp(app.services).routes.filter(({ method, path }) => method === 'POST' && !path.includes('*'))
  const paths = [...new Set(routes.map(({ path }) => path.replace(/:\w+/g, 'x')))]
  const send = async (browser: Visitor, path: string, headers: Record<string, string>) =>
    (await browser.send('POST', path, 'a=b', { ...form, ...headers })).status

  it('V3.5.1 is one of these', () => {
    expect(paths).toEqual(
      expect.arrayContaining(['/login', '/register', '/forgot-password', '/logout', '/reset-password']),
    )
    expect(paths.length).toBeGreaterThan(15)
  })

  it.each(hostile)('V3.5.1 from %s is refused, for visitors and for people who are logged in', async (_, headers) => {
    const loggedIn = app.visitor()
    await loggedIn.json('POST', '/api/v1/register', {
      name: 'Ada',
      email: `${crypto.randomUUID()}@example.org`,
      password: 'violet tram lamp',
    })
    for (const path of paths) {
      for (const browser of [app.visitor(), loggedIn]) {
        // The API takes no form at all, wherever it comes from.
        const expected = path.startsWith('/api/') ? [403, 415] : [403]
        expect(expected, path).toContain(await send(browser, path, headers))
      }
    }
    expect((await loggedIn.open('/account')).path).toBe('/account')
  })

  it('where nothing says where a form came from, the page leads to an address that has it', async () => {
    // Scripts of ours ask for options, and no text browser runs them.
    for (const path of paths.filter((one) => !/^\/api\/|\/options$|\*/.test(one))) {
      const answer = await app.visitor().send('POST', path, 'a=b', { ...form, ...nothing })
      const link = /class="button plain" href="([^"]+)">Open the form</.exec(await answer.text())?.[1] ?? 'none'
      const { location } = Object.fromEntries((await app.visitor().send('GET', link)).headers)
      expect(location, path).toBe(link.slice(0, -1))
      expect([200, 303, 410], link).toContain((await app.visitor().send('GET', location ?? '')).status)
    }
  })

  it.each(honest)('V3.5.1 from %s is taken at the forms of visitors', async (_, headers) => {
    for (const path of ['/login', '/register', '/forgot-password'])
      expect(await send(app.visitor(), path, headers), path).toBe(303)
  })
})
