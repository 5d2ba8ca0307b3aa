// Gatelodge inside apps of other people: each framework for real, over the network.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onEachDatabase } from '../support/databases.ts'
import { until } from '../support/raw-connection.ts'
import { untilAnswers } from '../support/until-answers.ts'
import { someone, Visitor } from '../support/visitor.ts'

const program = fileURLToPath(new URL('apps.ts', import.meta.url))
const site = 'http://localhost:4999'
const express = [4, 5].flatMap((version) => ['before', 'after'].map((when) => `Express ${version}, parsers ${when}`))
const apps = ['node:http', ...express, 'Fastify', 'Hono', 'fetch']

onEachDatabase('Inside another app', (database) => {
  let child: ChildProcess
  let ports: Record<string, number>

  beforeAll(async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'gatelodge-inside-'))
    const env = { PATH: process.env.PATH, DATABASE_URL: database.url, GATELODGE_DATA_DIR: dataDir }
    child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
      if (!line.startsWith('{"ports"')) continue
      ports = JSON.parse(line).ports
      break
    }
    child.stdout?.resume()
    await untilAnswers(`http://127.0.0.1:${ports['node:http']}/health/ready`)
  })
  afterAll(async () => {
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    expect(await gone).toEqual([0, null])
  })

  const askAt = (name: string, path: string, init: RequestInit = {}) =>
    fetch(`http://127.0.0.1:${ports[name]}${path}`, { redirect: 'manual', ...init })
  const visitorAt = (name: string) =>
    new Visitor(async (request) => {
      const { pathname, search } = new URL(request.url)
      const body = request.method === 'POST' ? { body: await request.text() } : {}
      return askAt(name, pathname + search, { method: request.method, headers: request.headers, ...body })
    }, site)

  it.each(apps.filter((name) => !['Fastify', 'Hono', 'fetch'].includes(name)))(
    'outlives what no browser sends: %s',
    async (name) => {
      const socket = connect(ports[name] ?? 0, '127.0.0.1')
      const heard = until(socket, '\r\n\r\n')
      socket.write('GET http://evil.example/mine?x=1 HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\n\r\n')
      const answer = await heard
      socket.destroy()
      expect(answer).not.toMatch(/^HTTP\/1\.1 5/)
      expect(answer).not.toContain('evil')
      const form = { 'content-type': 'application/x-www-form-urlencoded' }
      const body = 'email[0][toString]=1&email[0][valueOf]=1'
      const posted = await askAt(name, '/login', { method: 'POST', headers: form, body })
      expect(posted.status).toBeLessThan(500)
      expect((await askAt(name, '/login')).status).toBe(200)
    },
  )

  it.each(apps)('takes a body of unknown length: %s', async (name) => {
    const { email = '' } = someone()
    const body = ReadableStream.from([Buffer.from(`{"email":"${email}",`), Buffer.from('"password":"x"}')])
    const headers = { 'content-type': 'application/json', accept: 'application/json' }
    const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit
    expect((await askAt(name, '/api/v1/login', init)).status).toBe(401)
  })

  it.each(express)('refuses what is nested too deep to be read: %s', async (name) => {
    const headers = { 'content-type': 'application/json', accept: 'application/json' }
    const body = `{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}`
    expect((await askAt(name, '/login', { method: 'POST', headers, body })).status).toBeLessThan(500)
  })

  it.each(['Express 4, mounted', 'Express 5, mounted'])('stands below a path: %s', async (name) => {
    const browser = visitorAt(name)
    const refused = await browser.send('GET', '/mine', undefined, { accept: 'text/html' })
    expect([refused.status, refused.headers.get('location')]).toEqual([303, `${site}/auth/login?return_to=%2Fmine`])
    await browser.open('/auth/register?return_to=%2Fmine')
    await browser.submit(someone({ name: 'Grace Hopper' }))
    expect([browser.page.path, browser.page.html]).toEqual(['/mine', 'Hello, Grace Hopper'])
    expect((await browser.open('/auth/account')).heading).toContain('Grace')
    expect((await browser.submit({}, '/auth/logout')).path).toBe('/auth/login')
    expect((await browser.send('GET', '/login')).status).toBe(404)
  })

  it('stands below a path: Fastify', async () => {
    const browser = visitorAt('Fastify, below a path')
    expect((await browser.open('/login')).html).toBe('the app’s own login')
    await browser.open('/auth/register')
    expect((await browser.submit(someone())).path).toBe('/auth/account')
  })

  describe.each(apps)('%s', (name) => {
    const ask = (path: string, init: RequestInit = {}) => askAt(name, path, init)
    const visitor = () => visitorAt(name)
    const readPage = async (browser: Visitor, path: string) =>
      (await browser.send('GET', path, undefined, { accept: 'text/html' })).text()

    it('leads a visitor of a guarded page to login, and after registering back to it, until they log out', async () => {
      const browser = visitor()
      expect(await readPage(browser, '/')).toBe('Hello, stranger')
      expect(await readPage(browser, '/perhaps')).toBe('Hello, stranger')
      const refused = await browser.send('GET', '/mine?page=2', undefined, { accept: 'text/html' })
      expect([refused.status, refused.headers.get('location')]).toEqual([
        303,
        `${site}/login?return_to=%2Fmine%3Fpage%3D2`,
      ])

      await browser.register({ name: 'Grace Hopper' })
      expect(await readPage(browser, '/mine')).toBe('Hello, Grace Hopper')
      expect(await readPage(browser, '/')).toBe('Hello, Grace Hopper')
      expect(await readPage(browser, '/recent')).toBe('Hello, Grace Hopper')
      expect(await readPage(browser, '/perhaps')).toBe('Hello, Grace Hopper')

      await browser.logOut()
      expect(await readPage(browser, '/')).toBe('Hello, stranger')
      expect((await browser.send('GET', '/mine', undefined, { accept: 'text/html' })).status).toBe(303)
    })

    it('V8.3.1 answers a program that it must log in, and shows it nothing', async () => {
      const answer = await ask('/mine', { headers: { cookie: `gatelodge-4999=${'A'.repeat(43)}` } })
      expect(answer.status).toBe(401)
      expect(answer.headers.get('content-type')).toContain('application/problem+json')
      expect(await answer.json()).toMatchObject({ status: 401, code: 'login-required' })
    })

    it('has the API, too', async () => {
      const person = {
        name: 'Ada',
        email: `${apps.indexOf(name)}-${Date.now()}@example.org`,
        password: 'violet tram lamp',
      }
      const headers = { 'content-type': 'application/json', accept: 'application/json' }
      const answer = await ask('/api/v1/register', { method: 'POST', headers, body: JSON.stringify(person) })
      expect(answer.status).toBe(201)
      const cookie = answer.headers
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; ')
      expect(await (await ask('/mine', { headers: { cookie } })).text()).toBe('Hello, Ada')
    })

    it('V15.3.7 takes a bearer token of the API like a cookie, and never both', async () => {
      const visitor = visitorAt(name)
      const person = someone()
      const { body } = await visitor.json('POST', '/api/v1/register', { ...person, session: 'bearer' })
      const bearer = { authorization: `Bearer ${body.token}` }
      for (const path of ['/mine', '/recent', '/perhaps', '/'])
        expect(await (await ask(path, { headers: bearer })).text(), path).toBe(`Hello, ${person.name}`)
      await visitor.json('POST', '/api/v1/login', person)
      const both = { ...bearer, cookie: `gatelodge-4999=${visitor.sessionCookie}` }
      for (const path of ['/mine', '/recent', '/perhaps']) {
        const refused = await ask(path, { headers: both })
        expect([path, refused.status]).toEqual([path, 401])
        expect(await refused.json()).toMatchObject({ code: 'two-credentials' })
      }
      // Who it is would be a guess.
      expect(await (await ask('/', { headers: both })).text()).toBe('Hello, stranger')
      const foreign = { authorization: 'Bearer of-the-app', cookie: both.cookie }
      expect(await (await ask('/mine', { headers: foreign })).text()).toBe(`Hello, ${person.name}`)
      const headers = { ...bearer, 'content-type': 'application/json' }
      expect((await ask('/api/v1/logout', { method: 'POST', headers, body: '{}' })).status).toBe(204)
      const over = await ask('/mine', { headers: { ...bearer, accept: 'text/html' } })
      expect([over.status, over.headers.get('location')]).toEqual([401, null])
    })

    it('V3.5.1 refuses a form that is none of ours', async () => {
      const body = new URLSearchParams({ email: 'ada@example.org', password: 'violet tram lamp' })
      const answer = await ask('/login', { method: 'POST', headers: { origin: 'https://evil.example' }, body })
      expect(answer.status).toBe(403)
    })
  })

  it.each(apps)('V15.3.7 %s refuses a field that came twice, anyone who has read it', async (name) => {
    const body = new URLSearchParams('email=a@example.org&email=b@example.org')
    const answer = await fetch(`http://127.0.0.1:${ports[name]}/login`, {
      method: 'POST',
      headers: { origin: site },
      body,
    })
    expect(answer.status).toBe(400)
  })

  it.each([...express, 'Fastify'])('%s still reads the bodies of its own routes', async (name) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`http://127.0.0.1:${ports[name]}/own`, { method: 'POST', headers, body: '{"a":"b"}' })
    expect(await answer.json()).toEqual({ a: 'b' })
  })
})
