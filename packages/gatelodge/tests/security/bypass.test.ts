// Each try to get round a check is logged as one named event.
import { expect, it } from 'vitest'
import { onEachDatabase } from '../support/databases.ts'
import { useApp } from '../support/make-app.ts'
import { someone, type Visitor } from '../support/visitor.ts'

const json = { 'content-type': 'application/json', accept: 'application/json' }

onEachDatabase('A try to get round a check', (database) => {
  const app = useApp(database, { loginFreeFailures: 1, registrationsPerAddress: 1 })

  const tries: [string, string, (browser: Visitor) => Promise<unknown>][] = [
    [
      'a foreign origin',
      'same-site.refused',
      (browser) => browser.send('POST', '/api/v1/login', '{}', { ...json, origin: 'https://evil.test' }),
    ],
    [
      'no form token',
      'same-site.refused',
      async (browser) => {
        browser.cookies.set('gatelodge', 'A'.repeat(43))
        await browser.send('POST', '/account/profile', new URLSearchParams({ name: 'a' }))
      },
    ],
    [
      'a page as a picture',
      'same-site.refused',
      (browser) => browser.send('GET', '/login', undefined, { 'sec-fetch-dest': 'image' }),
    ],
    ['a page of an account', 'access.refused', (browser) => browser.send('GET', '/account')],
    [
      'a made-up session',
      'access.refused',
      (browser) => browser.send('GET', '/account', undefined, { cookie: `gatelodge=${'A'.repeat(43)}` }),
    ],
    [
      'a field of another type',
      'registration.refused',
      (browser) => browser.json('POST', '/api/v1/register', { ...someone(), email: 'a' }),
    ],
    [
      'an invented client address',
      'proxy.not-trusted',
      (browser) =>
        browser.send('POST', '/api/v1/login', JSON.stringify(someone()), { ...json, 'x-forwarded-for': '1.1.1.1' }),
    ],
  ]

  it.each(tries)('V16.3.3 with %s is logged', async (_, event, act) => {
    const before = app().logged.length
    await act(app().visitor('203.0.113.1'))
    const events = app()
      .logged.slice(before)
      .map(({ msg }) => msg)
    expect(events.filter((name) => name === event)).toHaveLength(1)
  })

  it('V16.3.3 V2.3.2 beyond a limit is logged', async () => {
    const before = app().logged.length
    const nobody = someone()
    for (let time = 0; time < 2; time += 1) await app().visitor('203.0.113.2').json('POST', '/api/v1/login', nobody)
    for (let time = 0; time < 2; time += 1)
      await app().visitor('203.0.113.2').json('POST', '/api/v1/register', someone())
    const events = app()
      .logged.slice(before)
      .map(({ msg }) => msg)
    expect(events.filter((name) => /rate-limited/.test(String(name)))).toEqual([
      'login.rate-limited',
      'registration.rate-limited',
    ])
  })
})
