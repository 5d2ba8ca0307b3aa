// The configurations in examples/, with the real nginx and the real Caddy, in front of a small app.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeApp, type TestApp, throwawayDatabase } from '../../support/make-app.ts'
import { freePort } from '../../support/mysql-server.ts'
import { type RunningProxy, startProxy } from '../../support/proxies.ts'
import { ledOn, Visitor } from '../../support/visitor.ts'

const examples = join(import.meta.dirname, '../../../../../examples')

describe.each(['nginx', 'caddy'] as const)('Beside an app, behind %s', (kind) => {
  let gatelodge: TestApp
  let own: Server
  let behind: Server
  let proxy: RunningProxy
  let site: string
  const browser = () => new Visitor((sent) => fetch(sent, { redirect: 'manual' }), site)

  beforeAll(async () => {
    const port = await freePort()
    site = `http://localhost:${port}`
    gatelodge = await makeApp(throwawayDatabase(), { baseUrl: site })
    own = serve({ fetch: (sent) => gatelodge.fetch(sent), port: 0, hostname: '127.0.0.1' }) as Server
    await once(own, 'listening')
    behind = smallApp().listen(0, '127.0.0.1')
    await once(behind, 'listening')
    const ports: Record<string, number> = { 8080: port, 3000: portOf(own), 5000: portOf(behind) }
    const text = readFileSync(join(examples, kind === 'nginx' ? 'nginx/gatelodge.conf' : 'caddy/Caddyfile'), 'utf8')
    proxy = await startProxy(
      kind,
      text.replace(/:(8080|3000|5000)\b/g, (_, port) => `:${ports[port]}`),
      site,
    )
  })
  afterAll(async () => {
    await proxy?.stop()
    own?.close()
    behind?.close()
    await gatelodge?.close()
  })

  it('leads a visitor to log in, and back to the page of the app', async () => {
    const visitor = browser()
    const first = await visitor.send('GET', '/books?a=1&b=2', undefined, { accept: 'text/html' })
    expect(first.status).toBe(303)
    expect(first.headers.get('location')).toBe(`${site}/login?return_to=${encodeURIComponent('/books?a=1&b=2')}`)
    const person = await browser().register({ name: 'Zoë' })
    await visitor.open(first.headers.get('location') ?? '')
    const after = await visitor.submitOnly({ email: person.email ?? '', password: person.password ?? '' })
    expect(await ledOn(visitor, after)).toBe('/books?a=1&b=2')
    const seen = await (await visitor.send('GET', '/books?a=1&b=2')).json()
    expect(seen).toMatchObject({
      url: '/books?a=1&b=2',
      headers: { 'remote-email': person.email, 'remote-name': 'Zo%C3%AB' },
    })
  })

  it('keeps the page through registration', async () => {
    const visitor = browser()
    await visitor.open(`/register?return_to=${encodeURIComponent('/books')}`)
    const after = await visitor.submitOnly({ name: 'Ada', email: `kept@${kind}.test`, password: 'violet tram lamp' })
    expect(await ledOn(visitor, after)).toBe('/books')
  })

  it('answers a program with 401', async () => {
    const answer = await browser().send('GET', '/books', undefined, { accept: 'application/json' })
    expect([answer.status, answer.headers.get('location')]).toEqual([401, null])
  })

  it('V4.1.3 lets no identity from outside through, in any spelling', async () => {
    const visitor = browser()
    const { email } = await visitor.register()
    const forged = {
      'remote-user': 'root',
      'REMOTE-EMAIL': 'root@e.test',
      'Remote-Groups': 'root',
      Remote_User: 'root',
      remote_name: 'root',
      'x-remote-user': 'root',
      'x-auth-request-user': 'root',
      'x-auth-request-preferred-username': 'root',
      'x-forwarded-user': 'root',
      'x-forwarded-groups': 'root',
      'x-forwarded-for': 'root',
    }
    const { headers } = (await (await visitor.send('GET', '/', undefined, forged)).json()) as { headers: object }
    // This account is in no group. Of a header that is absent, Caddy may pass on the name of its placeholder, which names no group.
    const isGroup = ([name, value]: [string, string]) => /groups/i.test(name) && !/^(\{http\.[\w.-]+\})?$/.test(value)
    expect(Object.entries<string>(headers as Record<string, string>).filter(isGroup)).toEqual([])
    expect(headers).toMatchObject({ 'remote-email': email })
    expect(JSON.stringify(headers)).not.toContain('root')
    expect((await browser().send('GET', '/', undefined, { ...forged, accept: 'application/json' })).status).toBe(401)
  })

  it('hands on a POST with its body, and nothing once the person has logged out elsewhere', async () => {
    const visitor = browser()
    await visitor.register()
    const twin = browser()
    twin.cookies = new Map(visitor.cookies)
    expect(await (await twin.send('POST', '/books', 'x'.repeat(100_000))).json()).toMatchObject({ length: 100_000 })
    await visitor.logOut()
    expect((await twin.send('POST', '/books', 'x')).status).toBe(401)
  })

  it('lets a WebSocket through for a person who is logged in', async () => {
    const visitor = browser()
    expect(await upgrade(site, visitor)).toBe(401)
    await visitor.register()
    expect(await upgrade(site, visitor)).toBe('echo')
  })
})

/** Tells what reached it; and echoes over an upgraded connection. */
function smallApp(): Server {
  const app = createServer(async (asked, answer) => {
    let length = 0
    for await (const piece of asked) length += piece.length
    answer.setHeader('content-type', 'application/json')
    answer.end(JSON.stringify({ url: asked.url, headers: asked.headers, length }))
  })
  return app.on('upgrade', (_, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    socket.pipe(socket)
  })
}

function upgrade(site: string, { cookies }: Visitor): Promise<unknown> {
  const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    cookie,
    'sec-websocket-version': '13',
    'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
  }
  return new Promise((resolve, reject) => {
    const asked = request(`${site}/socket`, { headers }).on('error', reject).end()
    asked.on('response', (answer) => resolve(answer.resume().statusCode))
    asked.on('upgrade', (_, socket) => {
      socket.on('data', (data) => resolve(String(data)) ?? socket.destroy()).write('echo')
    })
  })
}

const portOf = (server: Server) => (server.address() as AddressInfo).port
