import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import { ledOn } from '../../../tests/support/visitor.ts'

onEachDatabase('A proxy asks who is there', (database) => {
  const app = useApp(database, { allowedReturnHosts: ['app.localhost:8080'] })
  const asked = {
    'x-forwarded-proto': 'http',
    'x-forwarded-host': 'app.localhost:8080',
    'x-forwarded-uri': '/a?b=1&c=2',
  }

  it.each(['/forward-auth', '/auth-request'])('%s names the account, and encodes what is not ASCII', async (path) => {
    const visitor = app().visitor()
    const { email } = await visitor.register({ name: 'Zoë % Łuk' })
    const answer = await visitor.send('GET', path)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('remote-user')).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
    expect(answer.headers.get('remote-email')).toBe(email)
    expect(answer.headers.get('remote-name')).toBe('Zo%C3%AB %25 %C5%81uk')
    expect(answer.headers.getSetCookie()).toEqual([])
  })

  it('leads a person to the login page, and from there back to the app', async () => {
    const visitor = app().visitor()
    const answer = await visitor.send('GET', '/forward-auth', undefined, { accept: 'text/html', ...asked })
    expect(answer.status).toBe(303)
    const login = new URL(answer.headers.get('location') ?? '')
    expect(login.searchParams.get('return_to')).toBe('http://app.localhost:8080/a?b=1&c=2')
    const person = await app().visitor().register()
    await visitor.open(login.pathname + login.search)
    const after = await visitor.submitOnly({ email: person.email ?? '', password: person.password ?? '' })
    expect(await ledOn(visitor, after)).toBe('http://app.localhost:8080/a?b=1&c=2')
    expect(after.headers.get('content-security-policy')).toContain("form-action 'self' http://app.localhost:8080;")
  })

  it('answers programs with 401, and gives nginx the address of the login page', async () => {
    const visitor = app().visitor()
    for (const path of ['/forward-auth', '/auth-request']) {
      const answer = await visitor.send('GET', path, undefined, { accept: 'application/json', ...asked })
      expect([answer.status, answer.headers.get('location')]).toEqual([401, null])
      expect(answer.headers.get('content-type')).toContain('application/problem+json')
    }
    const page = await visitor.send('GET', '/auth-request', undefined, { accept: 'text/html', ...asked })
    expect([page.status, page.headers.get('location')]).toEqual([
      401,
      'http://localhost:3000/login?return_to=http%3A%2F%2Fapp.localhost%3A8080%2Fa%3Fb%3D1%26c%3D2',
    ])
  })

  it.each(['e.test', 'app.localhost:8080@e.test', 'app.localhost', 'app.localhost:8080.e.test'])(
    'V3.7.2 leads nobody back to %s',
    async (host) => {
      const headers = { accept: 'text/html', ...asked, 'x-forwarded-host': host }
      const answer = await app().visitor().send('GET', '/forward-auth', undefined, headers)
      expect(answer.headers.get('location')).toBe('http://localhost:3000/login')
    },
  )

  it('knows nobody whose session was ended elsewhere', async () => {
    const visitor = app().visitor()
    await visitor.register()
    const kept = new Map(visitor.cookies)
    await visitor.logOut()
    visitor.cookies = kept
    expect((await visitor.send('GET', '/auth-request')).status).toBe(401)
  })
})

onEachDatabase('One login for several hosts', (database) => {
  const shared = { baseUrl: 'https://accounts.example.org', cookieDomain: 'example.org' }
  const app = useApp(database, shared)

  it('shares the session with the hosts below the domain, and nothing else', async () => {
    const visitor = app().visitor()
    await visitor.open('/register')
    const answer = await visitor.submitOnly({ name: 'Ada', email: 'shared@example.org', password: 'violet tram lamp' })
    const lines = answer.headers.getSetCookie()
    expect(lines.filter((line) => /Domain=/.test(line))).toEqual([
      expect.stringMatching(/^__Secure-gatelodge=[\w-]{43}; .*; Secure; Domain=example\.org/),
    ])
    expect((await visitor.send('GET', '/forward-auth')).status).toBe(200)
  })
})
