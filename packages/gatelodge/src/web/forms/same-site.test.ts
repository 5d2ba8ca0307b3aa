import { describe, expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { makeApp, throwawayDatabase, useApp } from '../../../tests/support/make-app.ts'
import { type Fields, someone, textOf } from '../../../tests/support/visitor.ts'

const form = 'application/x-www-form-urlencoded'
const foreign: [string, Record<string, string>][] = [
  ['a foreign Origin', { origin: 'https://evil.test', 'sec-fetch-site': '' }],
  ['a foreign Origin that claims to be same-origin', { origin: 'https://evil.test' }],
  ['an Origin of another port', { origin: 'http://localhost:4000', 'sec-fetch-site': '' }],
  ['an Origin of another scheme', { origin: 'https://localhost:3000', 'sec-fetch-site': '' }],
  ['an Origin that only begins like ours', { origin: 'http://localhost:3000.evil.test', 'sec-fetch-site': '' }],
  ['a null Origin', { origin: 'null', 'sec-fetch-site': '' }],
  ['Sec-Fetch-Site: cross-site', { origin: '', 'sec-fetch-site': 'cross-site' }],
  ['Sec-Fetch-Site: same-site', { 'sec-fetch-site': 'same-site' }],
  ['neither Origin nor Sec-Fetch-Site nor Referer', { origin: '', 'sec-fetch-site': '' }],
  ['a null Origin that comes from another site', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
  ['Sec-Fetch-Site: none and no Origin', { origin: '', 'sec-fetch-site': 'none' }],
  ['a Referer that contradicts the Origin', { referer: 'https://evil.test/' }],
  ['a foreign Referer only', { origin: '', 'sec-fetch-site': '', referer: 'https://evil.test/http://localhost:3000/' }],
]

onEachDatabase('The same-site check', (database) => {
  const app = useApp(database)
  const accounts = async () => {
    const { db } = app().services.database
    return (await db.selectFrom('gatelodge_accounts').select('id').execute()).length
  }

  it.each(foreign)('V3.5.1 refuses a form with %s, and nothing changes', async (_, headers) => {
    const before = await accounts()
    const browser = app().visitor()
    await browser.open('/register')
    const body = new URLSearchParams(someone()).toString()
    const answer = await browser.send('POST', '/register', body, { 'content-type': form, ...headers })
    expect(answer.status).toBe(403)
    expect(await accounts()).toBe(before)
  })

  it.each(foreign.filter(([name]) => !name.startsWith('neither')))(
    'V3.5.1 refuses JSON with %s',
    async (_, headers) => {
      const before = await accounts()
      const answer = await app()
        .visitor()
        .send('POST', '/api/v1/register', JSON.stringify(someone()), {
          accept: 'application/json',
          'content-type': 'application/json',
          ...headers,
        })
      expect(answer.status).toBe(403)
      expect(await answer.json()).toMatchObject({ code: 'cross-site-request' })
      expect(await accounts()).toBe(before)
    },
  )

  it('answers at paths that are none, or none with a form, without a failure and without what they hold', async () => {
    const script = [...app().logged].length
    const file = /src="(\/assets\/[^"]+)"/.exec((await app().visitor().open('/login')).html)?.[1] ?? ''
    for (const path of ['//', '///', '//[', '//:99999/', '//x/login', '/%00', '/health/alive', file]) {
      const request = new Request(`http://localhost:3000${path}`, {
        method: 'POST',
        body: 'a=b',
        headers: { 'content-type': form, origin: 'https://evil.test' },
      })
      const answer = await app().fetch(request)
      expect([answer.status, answer.headers.get('cache-control')], path).toEqual([403, 'no-store'])
      expect(answer.headers.get('content-type'), path).toContain('text/html')
    }
    expect(
      app()
        .logged.slice(script)
        .filter(({ msg }) => msg === 'request.failed'),
    ).toEqual([])
  })

  it('V3.5.1 logs someone in behind a proxy that sends Referrer-Policy: no-referrer', async () => {
    const ada = await app().visitor().register()
    const browser = app().visitor()
    await browser.open('/login')
    const body = new URLSearchParams(ada).toString()
    const answer = await browser.send('POST', '/login', body, { origin: 'null', 'content-type': form })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/account?cookies=1'])
  })

  it('keeps nothing of what a foreign form carried', async () => {
    const body = new URLSearchParams({ email: 'planted@example.org', name: 'planted' }).toString()
    const headers = { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site', 'content-type': form }
    const answer = await app().visitor().send('POST', '/register', body, headers)
    expect(answer.status).toBe(403)
    expect(await answer.text()).not.toContain('planted')
  })

  it('says when a browser hides where the form came from', async () => {
    const headers = { origin: 'null', 'sec-fetch-site': '', 'content-type': form }
    const answer = await app().visitor().send('POST', '/login', 'email=a', headers)
    expect(textOf(await answer.text())).toContain('Your browser hides where this form came from')
    expect(app().logged.findLast(({ cause }) => cause)).toMatchObject({
      cause: 'hidden-source',
      remedy: expect.stringContaining('Referrer-Policy: same-origin'),
    })
  })

  it('accepts a text browser, which sends a Referer only', async () => {
    const browser = app().visitor()
    await browser.open('/register')
    const headers = {
      origin: '',
      'sec-fetch-site': '',
      referer: 'http://localhost:3000/register',
      'content-type': form,
    }
    const body = new URLSearchParams(someone()).toString()
    expect((await browser.send('POST', '/register', body, headers)).status).toBe(303)
  })

  describe('where a text browser sends none of the three', () => {
    const silent = { origin: '', 'sec-fetch-site': '', 'content-type': form }
    const wanted = '/account/password?from=mail'
    const afterLink = { ...silent, referer: 'http://localhost:3000/login' }

    async function refused(path: string, fields: Fields) {
      const browser = app().visitor()
      const answer = await browser.send('POST', path, new URLSearchParams(fields), silent)
      return { browser, answer, html: await answer.text() }
    }

    it('says so, leads to the plain address of the form, and changes nothing', async () => {
      const before = await accounts()
      for (const path of ['/login', '/register', '/forgot-password', '/logout', '/reset-password']) {
        const { answer, html } = await refused(path, { ...someone(), email: 'planted@example.org', return_to: wanted })
        expect(answer.status).toBe(403)
        expect(textOf(html)).toContain('Your browser did not say which page this form came from.')
        expect(html).toContain(`<a class="button plain" href="${path}/">Open the form</a>`)
        expect(html).not.toContain('planted')
      }
      expect(await accounts()).toBe(before)
      expect(app().logged.findLast(({ cause }) => cause)).toMatchObject({
        cause: 'no-source',
        remedy: expect.stringContaining('text browser'),
      })
    })

    it('leads on to the page that was wanted once the form is sent from there, at each of the forms', async () => {
      const ada = await app().visitor().register()
      const { browser } = await refused('/login', { ...ada, return_to: wanted })
      await browser.open('/login')
      for (const path of ['/register', '/forgot-password', '/login'])
        expect((await browser.open(path)).html).toContain(`name="return_to" value="${wanted}"`)
      const body = new URLSearchParams({ ...ada, return_to: wanted })
      const answer = await browser.send('POST', '/login', body, afterLink)
      expect([answer.status, answer.headers.get('location')?.replace('?cookies=1', '')]).toEqual([303, wanted])
      await browser.logOut()
      expect((await browser.open('/login')).html).not.toContain('return_to')
    })

    it('V3.7.2 keeps no page of another site', async () => {
      for (const evil of ['https://evil.test/', '//evil.test/', '/\\evil.test', 'javascript:alert(1)']) {
        const { answer, browser } = await refused('/login', { email: 'a', return_to: evil })
        expect(answer.headers.getSetCookie(), evil).toEqual([])
        expect((await browser.open('/login')).html).not.toContain('evil')
      }
    })

    it('leads to no address that the request wrote', async () => {
      for (const path of ['//evil.test/', '/evil.test', '/account/%0aevil.test', '/verify-email/evil.test']) {
        const request = new Request(`http://localhost:3000${path}`, {
          method: 'POST',
          body: 'a=b',
          headers: { 'content-type': form },
        })
        const answer = await app().fetch(request)
        expect(answer.status, path).toBe(403)
        expect(await answer.text(), path).not.toContain('evil')
      }
    })

    it('a form from another place sets no cookie', async () => {
      for (const [, headers] of foreign.filter(([name]) => !name.startsWith('neither'))) {
        const body = new URLSearchParams({ return_to: wanted })
        const answer = await app()
          .visitor()
          .send('POST', '/login', body, { 'content-type': form, ...headers })
        expect([answer.status, answer.headers.getSetCookie()]).toEqual([403, []])
      }
    })
  })

  it('V3.5.2 takes no text/plain, no multipart and no unnamed body', async () => {
    const before = await accounts()
    for (const type of [
      'text/plain',
      'multipart/form-data; boundary=x',
      'application/x-www-form-urlencoded; charset=utf-7',
      'application/jsonp',
      'APPLICATION/JSON, text/plain',
    ]) {
      const answer = await app()
        .visitor()
        .send('POST', '/api/v1/register', JSON.stringify(someone()), { 'content-type': type })
      expect(answer.status, type).toBe(415)
    }
    const bytes = new TextEncoder().encode(JSON.stringify(someone()))
    const unnamed = new Request('http://localhost:3000/register', {
      method: 'POST',
      body: bytes,
      headers: { origin: 'http://localhost:3000' },
    })
    expect((await app().fetch(unnamed)).status).toBe(415)
    expect(await accounts()).toBe(before)
  })
})

describe('The same-site check in production', () => {
  it('takes the configured origin and no name of this machine', async () => {
    const app = await makeApp(throwawayDatabase(), { baseUrl: 'https://accounts.example.org' })
    const post = async (origin: string) => {
      const headers = { 'content-type': 'application/json', accept: 'application/json', origin }
      const url = 'https://accounts.example.org/api/v1/login'
      return (await app.fetch(new Request(url, { method: 'POST', body: '{"email":"a@b.cd","password":"x"}', headers })))
        .status
    }
    expect(await post('https://accounts.example.org')).toBe(401)
    for (const origin of [
      'http://localhost:3000',
      'http://accounts.example.org',
      'https://example.org',
      'https://accounts.example.org.evil.test',
    ]) {
      expect(await post(origin), origin).toBe(403)
    }
    await app.close()
  })

  it('takes the three names of this machine where the site lives on it', async () => {
    const app = await makeApp(throwawayDatabase())
    const post = async (origin: string) => {
      const headers = { 'content-type': 'application/json', accept: 'application/json', origin }
      const request = new Request(`${origin}/api/v1/login`, {
        method: 'POST',
        body: '{"email":"a@b.cd","password":"x"}',
        headers,
      })
      return (await app.fetch(request)).status
    }
    for (const host of ['localhost', '127.0.0.1', '[::1]']) expect(await post(`http://${host}:3000`)).toBe(401)
    expect(await post('http://127.0.0.2:3000')).toBe(403)
    await app.close()
  })

  it.each([
    ['development', 'http://192.168.1.5:3000', 'http://localhost:3000', true],
    ['production', 'http://accounts.example.org', 'https://accounts.example.org', false],
  ] as const)('in %s shows a wrong base URL on the page, and logs what the operator can do', async (...row) => {
    const [mode, opened, baseUrl, isOnPage] = row
    const app = await makeApp(throwawayDatabase(), { mode, baseUrl })
    const headers = { origin: opened, 'content-type': form }
    const request = new Request(`${opened}/login`, { method: 'POST', body: 'email=typed@example.org', headers })
    const answer = await app.fetch(request)
    const html = await answer.text()
    expect(answer.status).toBe(403)
    expect(textOf(html)).toContain('This is not the address of this site')
    expect(html).toContain(`href="${baseUrl}/login"`)
    expect(html).not.toContain('typed@example.org')
    expect(html.includes('GATELODGE_BASE_URL')).toBe(isOnPage)
    expect(app.logged.find(({ msg }) => msg === 'same-site.refused')).toMatchObject({
      cause: 'other-address',
      reason: `origin is ${opened}`,
      expected: baseUrl,
      remedy: expect.stringContaining('GATELODGE_BASE_URL'),
    })
    await app.close()
  })
})
