// Below a path: nothing of ours stands outside it, and everything outside it is the app's.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { expect, it } from 'vitest'
import { onEachDatabase } from './support/databases.ts'
import { emailTo } from './support/emails.ts'
import { useApp } from './support/make-app.ts'
import { useUpstreamSite } from './support/upstream-site.ts'
import { someone, type Visitor } from './support/visitor.ts'

const tellUrl = (asked: IncomingMessage, reply: ServerResponse) =>
  void reply.end(JSON.stringify({ app: asked.url, who: asked.headers['remote-name'] }))

onEachDatabase('Below a path, in front of an app', (database) => {
  const site = useUpstreamSite(database, tellUrl, { basePath: '/auth' })
  const app = (visitor: Visitor) => JSON.parse(visitor.page.html)

  it('leads from the app’s page to the login and back, through registration, account and log-out', async () => {
    const visitor = site().visitor()
    await visitor.open('/login?day=2')
    expect([visitor.page.path, visitor.page.heading]).toEqual(['/auth/login', 'Log in'])
    const [, register = ''] = /href="([^"]*register[^"]*)"/.exec(visitor.page.html) ?? []
    expect(register).toBe('/auth/register?return_to=%2Flogin%3Fday%3D2')
    await visitor.open(register)
    await visitor.submit({ ...someone(), password: 'short' })
    expect([visitor.page.path, visitor.page.summary.length]).toEqual(['/auth/register', 1])
    await visitor.submit(someone())
    expect(app(visitor)).toEqual({ app: '/login?day=2', who: 'Ada Lovelace' })

    expect((await visitor.open('/auth/account')).heading).toContain('Ada')
    expect((await visitor.submit({}, '/auth/logout')).path).toBe('/auth/login')
    expect((await visitor.open('/notes')).path).toBe('/auth/login')
  })

  it('sends all other addresses to the app, also those that would be ours without it', async () => {
    const visitor = site().visitor()
    await visitor.open('/auth/register')
    await visitor.submit(someone())
    expect(app(visitor).app).toBe('/')
    for (const path of ['/login', '/account', '/assets/x.css', '/health/ready', '/authentic', '/Auth/login'])
      expect(JSON.parse(await (await visitor.send('GET', path)).text()).app).toBe(path)
    for (const path of ['/auth', '/auth/'])
      expect((await visitor.send('GET', path)).headers.get('location'), path).toBe('/')
  })

  it('has its files, its pages for what went wrong, and the addresses that programs know there too', async () => {
    const visitor = site().visitor()
    const { html } = await visitor.open('/auth/nothing')
    expect([visitor.page.status, visitor.page.heading]).toEqual([404, 'Page not found'])
    const files = [...html.matchAll(/(?:href|src)="([^"]*\/assets\/[^"]+)"/g)].map(([, path = '']) => path)
    expect(files.map((path) => path.replace(/\.[\w-]+\./, '.'))).toEqual([
      '/auth/assets/mark.svg',
      '/auth/assets/touch-icon.png',
      '/auth/assets/gatelodge.css',
      '/auth/assets/page.js',
    ])
    for (const path of files) expect((await visitor.send('GET', path)).status, path).toBe(200)
    expect((await visitor.send('GET', '/auth/health/ready')).status).toBe(200)
    const wellKnown = await visitor.send('GET', '/auth/.well-known/change-password')
    expect(wellKnown.headers.get('location')).toBe('/auth/account/password')
    expect((await visitor.json('POST', '/auth/api/v1/register', someone())).status).toBe(201)
    expect((await visitor.json('POST', '/auth/api/v1/logout', {})).status).toBe(204)
    await visitor.open('/auth/register?return_to=/notes')
    expect((await visitor.submitOnly(someone())).headers.get('location')).toBe('/notes')
  })
})

onEachDatabase('Below a path, alone', (database) => {
  const app = useApp(database, { basePath: '/auth' })

  async function registered() {
    const visitor = app().visitor()
    const person = someone()
    await visitor.open('/auth')
    expect(visitor.page.path).toBe('/auth/login')
    await visitor.open('/auth/register')
    expect((await visitor.submit(person)).path).toBe('/auth/account')
    return { visitor, person }
  }

  it('has nothing outside', async () => {
    for (const path of ['/', '/login', '/assets/x.css', '/authentic', '/health/alive'])
      expect((await app().visitor().open(path)).status, path).toBe(404)
  })

  it('V14.2.1 writes it into the links of emails, which lead to the page and to what it does', async () => {
    const { visitor, person } = await registered()
    const { text } = await emailTo(app(), person.email ?? '', 'verify-email')
    const [link = ''] = /http\S+/.exec(text) ?? []
    const { baseUrl } = app().services.settings
    expect(link).toMatch(new RegExp(`^${baseUrl}/auth/verify-email/[\\w-]{43}$`))
    await visitor.open(link.slice(baseUrl.length))
    expect(visitor.page.path).toBe('/auth/verify-email/confirm')
    expect((await visitor.submit({})).path).toBe('/auth/account')
    expect(visitor.page.notice).toContain('verified')
  })

  it('keeps what was typed while the password is asked, and shows a refused form again', async () => {
    const { visitor, person } = await registered()
    await visitor.open('/auth/account/password')
    const wrong = { current_password: 'not my password', new_password: 'meadow clock nine' }
    expect((await visitor.submit(wrong)).path).toBe('/auth/account/password')
    expect(visitor.page.summary).toHaveLength(1)
    app().clock.pass(11 * 60_000)
    await visitor.open('/auth/account/email')
    expect(visitor.page.path).toBe('/auth/reauthenticate')
    expect((await visitor.submit({ current_password: person.password ?? '' })).path).toBe('/auth/account/email')
    const stale = await visitor.send('POST', '/auth/account/profile', new URLSearchParams({ name: 'Grace' }))
    expect([stale.status, await stale.text()]).toEqual([403, expect.stringContaining('value="Grace"')])
  })

  it('V3.7.2 leads back to pages of the host, and to none of other hosts', async () => {
    const { visitor, person } = await registered()
    const { baseUrl } = app().services.settings
    const lands = async (returnTo: string) => {
      await visitor.open('/auth/logout')
      await visitor.submit({})
      await visitor.open(`/auth/login?return_to=${encodeURIComponent(returnTo)}`)
      return (await visitor.submitOnly({ email: person.email ?? '', password: person.password ?? '' })).headers.get(
        'location',
      )
    }
    expect(await lands('/login')).toBe('/login')
    expect(await lands('/auth/account/devices')).toBe('/auth/account/devices')
    expect(await lands(`${baseUrl}/notes`)).toBe('/notes')
    for (const elsewhere of [
      '/auth/login',
      '/auth',
      '//evil.example',
      'https://evil.example/',
      '/auth/..//evil.example',
    ])
      expect(await lands(elsewhere), elsewhere).toBe('/auth/account')
  })
})
