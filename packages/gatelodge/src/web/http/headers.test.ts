import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { makeApp, type TestApp, throwawayDatabase, useApp } from '../../../tests/support/make-app.ts'
import type { Visitor } from '../../../tests/support/visitor.ts'
import { headersForAll } from './headers.ts'

interface Ask {
  method: string
  path: string
  as?: 'visitor' | 'account'
  body?: string
  headers?: Record<string, string>
}

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const json = { 'content-type': 'application/json', accept: 'application/json' }

/** Every route with every status it can have (what needs a database that is away stands in database/away.test.ts). */
const asks: Ask[] = [
  { method: 'GET', path: '/' },
  { method: 'GET', path: '/', as: 'account' },
  { method: 'GET', path: '/login' },
  { method: 'HEAD', path: '/login' },
  { method: 'GET', path: '/login', as: 'account' },
  { method: 'POST', path: '/login', body: '', headers: form },
  { method: 'POST', path: '/login', body: '{}', headers: json },
  { method: 'POST', path: '/api/v1/login', body: '{"email":"a@b.cd","password":"x"}', headers: json },
  { method: 'POST', path: '/api/v1/login', body: '{', headers: json },
  { method: 'POST', path: '/login', body: 'x', headers: { 'content-type': 'text/plain' } },
  { method: 'POST', path: '/login', body: `a=${'a'.repeat(70_000)}`, headers: form },
  { method: 'GET', path: '/favicon.ico' },
  { method: 'GET', path: '/admin' },
  { method: 'GET', path: '/admin', as: 'account' },
  { method: 'GET', path: '/admin/accounts' },
  { method: 'POST', path: '/admin/accounts/create-account', body: '', headers: form },
  { method: 'GET', path: '/admin/activity' },
  { method: 'GET', path: '/admin/activity/download', as: 'account' },
  { method: 'POST', path: '/admin/activity/download', body: '', headers: form },
  { method: 'GET', path: '/admin/settings' },
  { method: 'GET', path: '/admin/groups' },
  { method: 'POST', path: '/admin/groups/create-group', body: '', headers: form },
  { method: 'GET', path: '/admin/emails' },
  { method: 'GET', path: '/admin/emails', as: 'account' },
  { method: 'GET', path: '/register' },
  { method: 'GET', path: '/register', as: 'account' },
  { method: 'POST', path: '/register', body: '', headers: form },
  { method: 'POST', path: '/api/v1/register', body: '{}', headers: json },
  { method: 'GET', path: '/logout' },
  { method: 'GET', path: '/logout', as: 'account' },
  { method: 'POST', path: '/logout', body: '', headers: form },
  { method: 'POST', path: '/logout', body: '{}', headers: json },
  { method: 'GET', path: '/account' },
  { method: 'GET', path: '/account', headers: { accept: 'application/json' } },
  { method: 'GET', path: '/account', as: 'account' },
  { method: 'GET', path: '/account', as: 'account', headers: { accept: 'application/json' } },
  { method: 'GET', path: '/account/password' },
  { method: 'GET', path: '/account/password', as: 'account' },
  { method: 'POST', path: '/api/v1/password', as: 'account', body: '{}', headers: json },
  { method: 'POST', path: '/account', as: 'account', body: '', headers: form },
  { method: 'GET', path: '/two-factor' },
  { method: 'GET', path: '/two-factor', as: 'account' },
  { method: 'POST', path: '/two-factor', body: '', headers: form },
  { method: 'GET', path: '/two-factor/set-up' },
  { method: 'POST', path: '/two-factor/set-up', body: '', headers: form },
  { method: 'GET', path: '/new-password' },
  { method: 'POST', path: '/new-password', body: '', headers: form },
  { method: 'GET', path: '/account/two-factor' },
  { method: 'GET', path: '/account/two-factor', as: 'account' },
  { method: 'POST', path: '/account/two-factor', as: 'account', body: '', headers: form },
  { method: 'GET', path: '/account/recovery-codes' },
  { method: 'GET', path: '/account/recovery-codes', as: 'account' },
  { method: 'POST', path: '/account/recovery-codes', as: 'account', body: '', headers: form },
  { method: 'GET', path: '/.well-known/change-password' },
  { method: 'GET', path: '/invitation' },
  { method: 'GET', path: '/admin/invitations' },
  { method: 'POST', path: '/admin/invitations', body: '', headers: form },
  { method: 'GET', path: '/admin/invitations/new' },
  { method: 'POST', path: '/admin/invitations/new', body: '', headers: form },
  { method: 'GET', path: '/admin/accounts/selected' },
  { method: 'POST', path: '/admin/accounts/selected', body: '', headers: form },
  { method: 'GET', path: '/admin/accounts/bulk-acts' },
  { method: 'GET', path: '/admin/accounts/bulk-acts/made-up' },
  { method: 'GET', path: '/admin/accounts/download' },
  { method: 'POST', path: '/admin/accounts/download', body: '', headers: form },
  { method: 'GET', path: '/admin/imports' },
  { method: 'GET', path: '/admin/keys' },
  { method: 'GET', path: '/admin/keys/new' },
  { method: 'POST', path: '/admin/keys/new', body: '', headers: form },
  { method: 'GET', path: '/admin/keys/made' },
  { method: 'GET', path: '/admin/keys/revoke' },
  { method: 'POST', path: '/admin/keys/revoke', body: '', headers: form },
  { method: 'GET', path: '/invitation/made-up' },
  { method: 'POST', path: '/invitation', body: '', headers: form },
  { method: 'GET', path: '/register/sent' },
  { method: 'GET', path: '/register/sent', as: 'account' },
  { method: 'POST', path: '/register/sent', body: '', headers: form },
  { method: 'GET', path: '/register/start' },
  { method: 'GET', path: '/register/start/no-token' },
  { method: 'POST', path: '/register/start', body: '', headers: form },
  { method: 'POST', path: '/api/v1/register/start', body: '{}', headers: json },
  { method: 'GET', path: '/verify-email' },
  { method: 'GET', path: '/verify-email', as: 'account' },
  { method: 'POST', path: '/api/v1/verification', body: '{}', headers: json },
  { method: 'POST', path: '/api/v1/verification', as: 'account', body: '{}', headers: json },
  { method: 'GET', path: '/verify-email/confirm' },
  { method: 'GET', path: '/verify-email/no-token' },
  { method: 'POST', path: '/verify-email/confirm', body: '', headers: form },
  { method: 'POST', path: '/api/v1/verification/confirm', body: '{}', headers: json },
  { method: 'GET', path: '/forgot-password' },
  { method: 'GET', path: '/forgot-password', as: 'account' },
  { method: 'POST', path: '/forgot-password', body: '', headers: form },
  { method: 'GET', path: '/forgot-password/sent' },
  { method: 'POST', path: '/api/v1/forgot-password', body: '{}', headers: json },
  { method: 'POST', path: '/api/v1/forgot-password', body: '{"email":"a@b.cd"}', headers: json },
  { method: 'POST', path: '/api/v1/forgot-password', body: '{"email":"ada@example.org"}', headers: json },
  { method: 'GET', path: '/reset-password' },
  { method: 'GET', path: '/reset-password/no-token' },
  { method: 'POST', path: '/reset-password', body: '', headers: form },
  { method: 'POST', path: '/api/v1/reset-password', body: '{}', headers: json },
  { method: 'GET', path: '/reauthenticate' },
  { method: 'GET', path: '/reauthenticate', as: 'account' },
  { method: 'POST', path: '/api/v1/password/confirm', as: 'account', body: '{}', headers: json },
  { method: 'GET', path: '/account/profile' },
  { method: 'GET', path: '/account/profile', as: 'account' },
  { method: 'POST', path: '/api/v1/profile', body: '{}', headers: json },
  { method: 'POST', path: '/api/v1/profile', as: 'account', body: '{}', headers: json },
  { method: 'POST', path: '/api/v1/profile', as: 'account', body: '{"name":"Ada L."}', headers: json },
  { method: 'GET', path: '/account/email' },
  { method: 'GET', path: '/account/email', as: 'account' },
  { method: 'GET', path: '/confirm-email' },
  { method: 'GET', path: '/confirm-email/no-token' },
  { method: 'POST', path: '/confirm-email', body: '', headers: form },
  { method: 'GET', path: '/account/devices' },
  { method: 'GET', path: '/account/devices', as: 'account' },
  { method: 'GET', path: '/account/activity' },
  { method: 'GET', path: '/account/activity', as: 'account' },
  { method: 'POST', path: '/api/v1/devices/end', as: 'account', body: '{}', headers: json },
  { method: 'POST', path: '/api/v1/devices/end-others', as: 'account', body: '{}', headers: json },
  { method: 'GET', path: '/account/export' },
  { method: 'GET', path: '/account/export', as: 'account' },
  { method: 'GET', path: '/account/delete' },
  { method: 'GET', path: '/account/delete', as: 'account' },
  { method: 'POST', path: '/api/v1/delete', as: 'account', body: '{}', headers: json },
  { method: 'GET', path: '/account-deleted' },
  { method: 'GET', path: '/become-administrator' },
  { method: 'GET', path: '/become-administrator/no-token' },
  { method: 'POST', path: '/become-administrator', body: '', headers: form },
  { method: 'GET', path: '/restore-account' },
  { method: 'GET', path: '/restore-account/no-token' },
  { method: 'POST', path: '/restore-account', body: '', headers: form },
  { method: 'GET', path: '/dev/mailbox' },
  { method: 'GET', path: '/dev/mailbox/no-email' },
  { method: 'GET', path: '/dev/mailbox/no-email/html' },
  { method: 'GET', path: '/api' },
  { method: 'GET', path: '/api/without-session' },
  { method: 'GET', path: '/api/with-session' },
  { method: 'GET', path: '/api/with-key' },
  { method: 'GET', path: '/api/openapi.json' },
  { method: 'GET', path: '/api/v1/session' },
  { method: 'GET', path: '/api/v1/session', as: 'account' },
  { method: 'GET', path: '/api/v1/login' },
  { method: 'POST', path: '/api/v1/login', body: '{}', headers: json },
  { method: 'POST', path: '/api/v1/login', body: 'email=a', headers: form },
  { method: 'POST', path: '/api/v1/logout', body: '{}', headers: json },
  { method: 'GET', path: '/health/alive' },
  { method: 'GET', path: '/health/ready' },
  { method: 'GET', path: '/assets/' },
  { method: 'GET', path: '/assets/nothing.css' },
  // The last one for this account.
  {
    method: 'POST',
    path: '/api/v1/delete',
    as: 'account',
    body: '{"current_password":"violet tram lamp"}',
    headers: json,
  },
  { method: 'GET', path: '/nothing' },
  { method: 'GET', path: '/nothing', headers: { accept: 'application/json' } },
  { method: 'DELETE', path: '/login' },
  { method: 'PUT', path: '/nothing' },
]

async function answered(app: TestApp, people: Record<string, Visitor>, ask: Ask) {
  const browser = ask.as === 'account' ? (people.account as Visitor) : app.visitor()
  const answer = await browser.send(ask.method, ask.path, ask.body, ask.headers)
  const headers = Object.fromEntries([...answer.headers].filter(([name]) => name !== 'set-cookie'))
  const cookies = answer.headers.getSetCookie().map((line) => line.replace(/=[^;]{20,}/, '=…'))
  return { status: answer.status, headers, cookies }
}

onEachDatabase('Headers and cookies', (database) => {
  // Emails leave, so that what needs them is answered as it usually is.
  const emails = { smtpUrl: 'smtp://127.0.0.1:9', mailFrom: 'hello@example.org' }
  const app = useApp(database, { baseUrl: 'https://accounts.example.org', ...emails })

  it('V3.4.1 V3.4.3 V3.4.4 V3.4.5 V3.4.6 V3.4.8 V3.5.8 are these for every route and status', async () => {
    const account = app().visitor()
    await account.json('POST', '/api/v1/register', {
      name: 'Ada',
      email: 'ada@example.org',
      password: 'violet tram lamp',
    })
    const everywhere = headersForAll(app().services.settings)
    const table: Record<string, unknown> = {}
    for (const ask of asks) {
      const { status, headers, cookies } = await answered(app(), { account }, ask)
      expect(headers, `${ask.method} ${ask.path}`).toMatchObject(everywhere)
      const own = Object.entries(headers).filter(([name]) => !(name in everywhere))
      const size = ask.body ? ` ${ask.headers?.['content-type']} ${ask.body.length} bytes` : ''
      const accept = ask.headers?.accept ? ' for a program' : ''
      table[`${ask.method} ${ask.path} as ${ask.as ?? 'visitor'}${size}${accept}`] = [
        status,
        Object.fromEntries(own),
        ...cookies,
      ]
    }
    // The same files for both databases: they answer alike.
    await expect(`${JSON.stringify(everywhere, null, 2)}\n`).toMatchFileSnapshot('./__snapshots__/every-answer.json')
    await expect(`${JSON.stringify(table, null, 2)}\n`).toMatchFileSnapshot('./__snapshots__/answers.json')
  })

  it('V3.3.1 V3.3.3 V3.3.4 cookies are __Host-, Secure, HttpOnly, Lax, for / and no other host', async () => {
    const browser = app().visitor()
    const opened = await browser.send('GET', '/account')
    const registered = await browser.send(
      'POST',
      '/api/v1/register',
      JSON.stringify({ name: 'Eve', email: 'eve@example.org', password: 'violet tram lamp' }),
      json,
    )
    const lines = [...opened.headers.getSetCookie(), ...registered.headers.getSetCookie()]
    expect(lines.map((line) => line.split('=')[0])).toEqual([
      '__Host-gatelodge-visitor',
      '__Host-gatelodge-visitor',
      '__Host-gatelodge-device',
      '__Host-gatelodge',
    ])
    for (const line of lines) {
      expect(line).toMatch(/; Path=\/; HttpOnly; SameSite=Lax; Secure/)
      expect(line).not.toMatch(/domain/i)
    }
  })

  it('V3.4.2 V3.5.6 no route opens itself to other origins or wraps its answer in a call', async () => {
    for (const origin of ['https://evil.test', 'null']) {
      for (const path of ['/login', '/account', '/health/ready', '/login?callback=x']) {
        const answer = await app().visitor().send('GET', path, undefined, { origin })
        expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
        expect(await answer.text()).not.toMatch(/^x\(/)
      }
    }
  })

  it('V4.1.4 V13.4.4 other methods are refused, and no header or field stands for a method', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'FOO', 'PROPFIND']) {
      const answer = await app().visitor().send(method, '/account', undefined, { 'x-http-method-override': 'GET' })
      expect([answer.status, answer.headers.get('allow')], method).toEqual([405, 'GET, HEAD, POST'])
    }
    const visitor = app().visitor()
    await visitor.open('/login')
    const posted = await visitor.submitOnly({ _method: 'GET' }, '/account?_method=GET')
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  })

  it.each([
    '/.git/HEAD',
    '/.env',
    '/package.json',
    '/src/app.ts',
    '/assets/',
    '/assets/..%2fpackage.json',
    '/assets/..%5capp.ts',
    '/assets/page.js.map',
    '/LOGIN',
    '/login;x',
    '/login%2f',
    '/account/x.css',
    '/account;.js',
    '/account%2fa.png',
    '//login',
  ])('V13.4.1 V13.4.3 V13.4.7 V14.2.5 nothing is to be found at %s', async (path) => {
    const request = new Request(`https://accounts.example.org${path}`)
    const answer = await app().fetch(request)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([404, 'no-store'])
  })

  it('V13.4.6 no answer names the software that made it', async () => {
    for (const path of ['/login', '/nothing', '/health/alive']) {
      const { headers, html } = await app().visitor().open(path)
      expect([headers.get('server'), headers.get('x-powered-by')]).toEqual([null, null])
      expect(html).not.toMatch(/hono|node\.js|0\.1\.0/i)
    }
  })

  it('assets carry a hash in their name, are kept for good and come compressed', async () => {
    const { html } = await app().visitor().open('/login')
    const files = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((match) => match[1] ?? '')
    expect(files).toHaveLength(4)
    for (const file of files) {
      expect(file).toMatch(/\/assets\/[a-z-]+\.[A-Z0-9]{8}\.(css|js|svg|png)$/)
      const answer = await app().visitor().send('GET', file, undefined, { 'accept-encoding': 'gzip, br' })
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'cache-control': 'public, max-age=31536000, immutable',
        ...(!file.endsWith('.png') && { 'content-encoding': 'br' }),
        vary: 'accept-encoding',
      })
    }
  })

  it('pages are compressed for those who take it, and for nobody else', async () => {
    const encoding = async (accepted: string) =>
      (await app().visitor().send('GET', '/login', undefined, { 'accept-encoding': accepted })).headers.get(
        'content-encoding',
      )
    expect(await encoding('gzip, deflate, br')).toBe('gzip')
    expect(await encoding('')).toBeNull()
    expect(await encoding('br, gzip;q=0')).toBeNull()
    expect(await encoding('identity')).toBeNull()
  })
})

it('V3.4.1 HSTS is sent only where the base URL is https', async () => {
  const app = await makeApp(throwawayDatabase())
  expect((await app.visitor().open('/login')).headers.get('strict-transport-security')).toBeNull()
  await app.close()
})
