// Requests that nobody reads the answer of, addresses with a slash too many, and headers that are too large.
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { makeApp, throwawayDatabase, useApp } from '../../../tests/support/make-app.ts'
import { useSite } from '../../../tests/support/site.ts'
import { untilClosed } from '../../../tests/support/until-closed.ts'
import { type Fields, someone } from '../../../tests/support/visitor.ts'

const unread: [string, string, Fields][] = [
  ['a HEAD', 'HEAD', {}],
  ['Sec-Purpose: prefetch', 'GET', { 'sec-purpose': 'prefetch' }],
  ['Sec-Purpose: prefetch;prerender', 'GET', { 'sec-purpose': 'prefetch;prerender' }],
  ['Purpose: prefetch', 'GET', { purpose: 'prefetch' }],
  ['X-Purpose: preview', 'GET', { 'x-purpose': 'preview' }],
  ['X-Moz: prefetch', 'GET', { 'x-moz': 'prefetch' }],
]

onEachDatabase('A message', (database) => {
  const app = useApp(database)

  it.each(unread)('is still there after %s, for a visitor and for someone logged in', async (_, method, headers) => {
    const visitor = app().visitor()
    await visitor.open('/login')
    const refused = await visitor.submitOnly({ ...someone(), password: 'x' })
    expect(refused.status).toBe(303)
    for (let time = 0; time < 2; time += 1) await visitor.send(method, '/login', undefined, headers)
    const page = await visitor.open('/login')
    expect(page.summary).toEqual(['Email or password is not right. Check them and try again.'])
    expect((await visitor.open('/login')).summary).toEqual([])

    const browser = app().visitor()
    await browser.open('/register')
    await browser.submitOnly(someone({ name: 'Ada' }))
    await browser.send(method, '/account', undefined, headers)
    expect((await browser.open('/account')).notice).toBe('Welcome, Ada. Your account is ready.')
    expect((await browser.open('/account')).notice).toBeUndefined()
  })
})

describe('Slashes at the end of an address', () => {
  it.each([
    ['GET', '/login/', '/login'],
    ['GET', '/login///', '/login'],
    ['GET', '/account/password/?from=mail', '/account/password?from=mail'],
    ['POST', '/login/', '/login'],
    ['GET', `/reset-password/${'a'.repeat(43)}/`, `/reset-password/${'a'.repeat(43)}`],
    ['GET', '/register/start/', '/register/start'],
    ['GET', '/.well-known/change-password/', '/.well-known/change-password'],
  ])('%s %s leads to %s', async (method, path, to) => {
    const app = await makeApp(throwawayDatabase())
    const browser = app.visitor()
    await browser.open('/login')
    const form_token = /name="form_token" value="([^"]+)"/.exec(browser.page.html)?.[1] ?? ''
    const body = method === 'POST' ? new URLSearchParams({ form_token }) : undefined
    const answer = await browser.send(method, path, body)
    expect([answer.status, answer.headers.get('location')]).toEqual([method === 'POST' ? 308 : 301, to])
    await app.close()
  })

  it('lead below a prefix to the page there', async () => {
    const app = await makeApp(throwawayDatabase(), { basePath: '/auth' })
    const answer = await app.visitor().send('GET', '/auth/login/?a=b')
    expect([answer.status, answer.headers.get('location')]).toEqual([301, '/auth/login?a=b'])
    await app.close()
  })

  it('V3.7.2 never lead to another host, nor to what is no page of ours', async () => {
    const app = await makeApp(throwawayDatabase())
    for (const path of [
      '//evil.test/',
      '//evil.test/login/',
      '/nothing/',
      '//',
      '/login//x/',
      '//login/',
      '/%2f/login/',
    ]) {
      const answer = await app.fetch(new Request(`http://localhost:3000${path}`))
      expect([answer.status, answer.headers.get('location')], path).toEqual([path === '//' ? answer.status : 404, null])
    }
    await app.close()
  })
})

describe('Headers that are too large', () => {
  const site = useSite()

  it.each([17, 40, 400])('V4.2.5 are answered with a page that says so: %d KB', async (size) => {
    const socket = connect(Number(new URL(site().baseUrl).port), 'localhost')
    const heard = untilClosed(socket)
    const cookies = Array.from({ length: size }, (_, index) => `Cookie: c${index}=${'x'.repeat(1_000)}`).join('\r\n')
    socket.write(`GET /login HTTP/1.1\r\nHost: localhost\r\n${cookies}\r\n\r\n`)
    const answer = await heard
    expect(answer).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large\r\n/)
    expect(answer).toMatch(/content-security-policy: default-src 'none'/)
    expect(answer).toContain('<h1>Your browser sent too much at once</h1>')
    expect(answer).toContain('Delete the cookies of this site')
    const body = answer.slice(answer.indexOf('\r\n\r\n') + 4)
    expect(answer).toContain(`content-length: ${Buffer.byteLength(body)}\r\n`)
  })
})
