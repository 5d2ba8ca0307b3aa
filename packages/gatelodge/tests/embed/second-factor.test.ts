// What apps learn of a second factor, and how they ask for one: inside a Node app, in front of an app, and for a proxy.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { expect, it } from 'vitest'
import { createGuard } from '../../src/embed/guard.ts'
import { createTestLogin } from '../../src/embed/test-login.ts'
import { minutes, seconds } from '../../src/time.ts'
import { onEachDatabase } from '../support/databases.ts'
import { useApp } from '../support/make-app.ts'
import { shown, someoneWithApp, verify } from '../support/second-factor.ts'
import { useUpstreamSite } from '../support/upstream-site.ts'
import { someone, type Visitor } from '../support/visitor.ts'

const asked = (browser: Visitor, accept = 'text/html') => ({
  asking: new Headers({ accept, cookie: `gatelodge=${browser.sessionCookie}` }),
  method: 'GET',
  target: '/notes?page=2',
})
const told = (answer: unknown) => {
  if (!(answer instanceof Response)) throw new Error('not refused')
  return [answer.status, answer.headers.get('location')]
}

onEachDatabase('An app that asks for a second factor', (database) => {
  const app = useApp(database, { requireSecondFactor: ['/admin/*'] })
  const demand = { account: true, secondFactor: true }

  it('gets who it is with its methods; others are asked for a code, or set one up first', async () => {
    const guard = createGuard(app().services)
    const { browser, person, key } = await someoneWithApp(app())
    expect(await guard(asked(browser), demand)).toMatchObject({ session: { methods: ['mfa', 'otp', 'pwd'] } })
    const trusting = app().visitor()
    await trusting.logIn(person)
    await trusting.submit({ code: shown(app(), key), trust: 'yes' })
    await trusting.logOut()
    await trusting.logIn(person)
    const there = 'http://localhost:3000/reauthenticate?return_to=%2Fnotes%3Fpage%3D2'
    expect(told(await guard(asked(trusting), demand))).toEqual([303, there])
    const program = await guard(asked(trusting, 'application/json'), demand)
    expect(told(program)).toEqual([403, null])
    expect(await (program as Response).json()).toMatchObject({ code: 'second-factor-required' })
    app().clock.pass(seconds(30))
    await trusting.open('/reauthenticate?return_to=%2Faccount')
    await trusting.submit({ code: shown(app(), key) })
    expect(await guard(asked(trusting), demand)).toMatchObject({ account: { email: person.email } })
    const without = app().visitor()
    await without.register()
    const setUp = 'http://localhost:3000/account/two-factor?return_to=%2Fnotes%3Fpage%3D2'
    expect(told(await guard(asked(without), demand))).toEqual([303, setUp])
    expect(await guard(asked(without), { account: true })).toMatchObject({ session: { methods: ['pwd'] } })
  })

  it('leads back to where it was asked, once it is set up', async () => {
    const browser = app().visitor()
    await verify(app(), await browser.register())
    await browser.open('/account/two-factor?return_to=%2Fnotes')
    const key = /secret=([A-Z2-7]+)/.exec(browser.page.html)?.[1] ?? ''
    await browser.submit({ code: shown(app(), key) })
    const answer = await browser.submitOnly({})
    expect(answer.headers.get('location')).toBe('/notes')
  })

  it('V7.5.3 a recent login is a recent code where there is a second factor', async () => {
    const guard = createGuard(app().services)
    const { browser, person } = await someoneWithApp(app())
    app().clock.pass(minutes(3))
    await browser.open('/account/password')
    await browser.submit({ current_password: person.password ?? '', new_password: 'amber ferry clock' })
    const recent = { account: true, authenticatedWithin: minutes(2) }
    expect(told(await guard(asked(browser), recent))[0]).toBe(303)
  })

  it('its tests log in with a second factor by saying so, and not without', async () => {
    const { person } = await someoneWithApp(app())
    const { email = '' } = person
    const loginAs = createTestLogin(app().services)
    await expect(loginAs({ email })).rejects.toThrow('second factor')
    expect((await loginAs({ email, methods: ['pwd', 'otp', 'mfa'] })).account.email).toBe(email)
  })

  it.each(['/forward-auth', '/auth-request'])(
    '%s asks for it where the path demands it, whichever header names the path, however it is written',
    async (path) => {
      const { browser, person } = await someoneWithApp(app())
      const plain = app().visitor()
      await plain.register()
      const ask = async (who: Visitor, headers: Record<string, string>) =>
        (await who.send('GET', path, undefined, { accept: 'application/json', ...headers })).status
      const uri = (value: string) => ({ 'x-forwarded-host': 'app.example.org', 'x-forwarded-uri': value })
      for (const value of [
        '/admin',
        '/admin/x',
        '/ADMIN/x',
        '/%61dmin',
        '//admin',
        '/x/../admin',
        '/admin%2fx',
        '/admin/?a=b',
      ])
        expect([await ask(browser, uri(value)), await ask(plain, uri(value))], value).toEqual([200, 403])
      for (const value of ['/', '/administrator', '/x?admin']) expect(await ask(plain, uri(value)), value).toBe(200)
      // A header that the proxy does not set may be anybody's.
      expect(await ask(plain, { ...uri('/admin'), 'x-original-url': 'https://app.example.org/' })).toBe(403)
      expect(await ask(plain, { 'x-original-url': 'https://app.example.org:443/admin' })).toBe(403)
      expect(await ask(plain, {})).toBe(403)
      expect(person.email).toBeDefined()
    },
  )
})

const tellHeaders = (request: IncomingMessage, reply: ServerResponse) =>
  void reply.end(String(request.headers['remote-email']))

onEachDatabase('In front of an app', (database) => {
  const site = useUpstreamSite(database, tellHeaders, { requireSecondFactor: ['/staff/*'], public: ['/staff/help'] })

  it('paths that need a second factor let only people through who have proved one', async () => {
    const visitor = site().visitor()
    const person = someone()
    await visitor.open('/register')
    await visitor.submitOnly(person)
    expect(await (await visitor.send('GET', '/notes')).text()).toBe(person.email)
    for (const path of ['/staff', '/staff/x', '/Staff/x', '/%73taff/', '/x//staff'])
      expect((await visitor.send('GET', path, undefined, { accept: 'application/json' })).status, path).toBe(403)
    const page = await visitor.send('GET', '/staff/x', undefined, { accept: 'text/html' })
    expect(page.headers.get('location')).toBe('/account/two-factor?return_to=%2Fstaff%2Fx')
    expect(await (await visitor.send('GET', '/staff/help')).text()).toBe(person.email)
  })
})
