import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { networkList } from '../../src/config/networks.ts'
import { onEachDatabase } from '../support/databases.ts'
import { cookieLine, until } from '../support/raw-connection.ts'
import { useUpstreamSite } from '../support/upstream-site.ts'
import { someone } from '../support/visitor.ts'

const packed = gzipSync('packed')

/** Tells what it was asked; some addresses answer in ways that must arrive as they are. */
function answer(asked: IncomingMessage, reply: ServerResponse): void {
  const { url = '', method, headers } = asked
  if (url === '/moved') reply.writeHead(302, { location: '/elsewhere?x=1', 'set-cookie': ['a=1; Path=/', 'b=2'] }).end()
  else if (url === '/packed')
    reply.writeHead(200, { 'content-encoding': 'gzip', connection: 'close, x-hop', 'x-hop': '1' }).end(packed)
  else if (url === '/part') reply.writeHead(206, { 'content-range': 'bytes 1-2/9', etag: '"e"' }).end('ar')
  else if (url === '/gone') asked.socket.destroy()
  else if (url === '/silent') return
  else if (url === '/planting')
    reply.writeHead(200, { 'set-cookie': ['gatelodge=evil; Path=/', '__Host-gatelodge=evil', 'own=1'] }).end()
  else if (url === '/assets/events') reply.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n')
  else if (url === '/count') {
    let size = 0
    asked.on('data', (piece: Buffer) => {
      size += piece.length
    })
    asked.on('end', () => reply.end(String(size)))
  } else if (url === '/echo') {
    reply.writeHead(200)
    asked.pipe(reply)
  } else reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ url, method, headers }))
}

onEachDatabase('In front of an app, Gatelodge', (database) => {
  const site = useUpstreamSite(database, answer, {
    public: ['/', '/assets/*'],
    upstreamTimeout: 1_000,
    trustedProxies: networkList.parse('127.0.0.1'),
  })
  const asked = async (answer: Response) => (await answer.json()) as { url: string; headers: Record<string, string> }

  /** The first page that someone new is shown is the app's. */
  async function registered() {
    const visitor = site().visitor()
    await visitor.open('/register')
    expect((await visitor.submit(someone())).path).toBe('/')
    return visitor
  }

  it('outlives a connection that breaks while its WebSocket is judged', async () => {
    for (let time = 0; time < 20; time += 1) {
      const socket = connect(site().port, '127.0.0.1')
      await once(socket, 'connect')
      socket.write('GET /live HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
      socket.resetAndDestroy()
      await once(socket, 'close')
    }
    expect((await site().visitor().open('/login')).status).toBe(200)
  })

  it.each([
    ['a page', '/assets/#/../../secret', ''],
    ['a WebSocket', '/#/live', 'Connection: Upgrade\r\nUpgrade: websocket\r\n'],
  ])(
    'V4.2.1 refuses an address with a fragment, which the app might read as part of the path: %s',
    async (_, url, lines) => {
      const socket = connect(site().port, '127.0.0.1')
      const heard = until(socket, '\r\n\r\n')
      socket.write(`GET ${url} HTTP/1.1\r\nHost: x\r\n${lines}\r\n`)
      expect(await heard).toMatch(/^HTTP\/1\.1 400 /)
      socket.destroy()
    },
  )

  it('keeps its own credentials and the app’s apart', async () => {
    const visitor = await registered()
    expect((await visitor.send('GET', '/planting')).headers.getSetCookie()).toEqual(['own=1'])
    const given = async (authorization: string) =>
      (await asked(await visitor.send('GET', '/notes', undefined, { authorization }))).headers.authorization
    expect(await given('Bearer gatelodge_0123456789')).toBeUndefined()
    expect(await given('Bearer of-the-app')).toBe('Bearer of-the-app')
  })

  it('V4.2.1 sends no request on a connection after a body, which an app may leave unread', async () => {
    const visitor = await registered()
    const sent = async (method: string, body?: string) =>
      (await asked(await visitor.send(method, '/notes', body))).headers.connection
    expect(await sent('POST', 'GET /secret HTTP/1.1\r\nHost: x\r\n\r\n')).toBe('close')
    expect(await sent('GET')).toBe('keep-alive')
  })

  it('answers others while more event streams of the app are open than a pool has room for', async () => {
    const streams = await Promise.all(
      Array.from({ length: 300 }, async () => {
        const socket = connect(site().port, '127.0.0.1')
        const heard = until(socket, 'data: 1')
        socket.write('GET /assets/events HTTP/1.1\r\nHost: x\r\n\r\n')
        await heard
        return socket
      }),
    )
    expect((await site().visitor().open('/')).status).toBe(200)
    for (const stream of streams) stream.destroy()
  })

  it('leads a visitor to the login, and back to the very page of the app', async () => {
    const visitor = site().visitor()
    const person = someone({ name: 'Zoë 100%' })
    await visitor.open('/notes?day=2')
    expect(visitor.page.path).toBe('/login')
    expect(visitor.page.notice).toContain('Log in')
    await visitor.open('/register?return_to=%2Fnotes%3Fday%3D2')
    await visitor.submit(person)
    const { url, headers } = JSON.parse(visitor.page.html)
    expect(url).toBe('/notes?day=2')
    expect(headers['remote-user']).toMatch(/^[\da-f-]{36}$/)
    expect(headers['remote-email']).toBe(person.email)
    expect(decodeURIComponent(headers['remote-name'])).toBe('Zoë 100%')
    expect(Object.keys(headers).filter((name) => /groups|x-auth/.test(name))).toEqual([])
  })

  it('shows the app’s front page after registration, and its own pages beside', async () => {
    const visitor = site().visitor()
    await visitor.open('/register')
    await visitor.submit(someone())
    expect(JSON.parse(visitor.page.html).url).toBe('/')
    expect((await visitor.open('/account')).heading).toContain('Ada')
    await visitor.logOut()
    expect((await visitor.send('GET', '/notes')).status).toBe(303)
  })

  it('V8.3.1 answers programs that are not logged in with 401, in whatever way they ask', async () => {
    for (const [method, headers] of [
      ['GET', { accept: '*/*' }],
      ['GET', { accept: 'text/html', 'sec-fetch-dest': 'empty' }],
      ['DELETE', { accept: 'application/json' }],
    ] as const) {
      const answer = await site().visitor().send(method, '/notes', undefined, headers)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        401,
        expect.stringContaining('problem+json'),
      ])
      expect(await answer.json()).toMatchObject({ code: 'login-required' })
    }
  })

  it('V8.3.1 lets everyone see public paths only, however others are spelled', async () => {
    const visitor = site().visitor()
    for (const path of ['/', '/assets/a.css', '/?x=1']) expect((await visitor.send('GET', path)).status, path).toBe(200)
    const headers = 'Host: x\r\nConnection: close\r\n\r\n'
    for (const path of [
      '/assets',
      '/assets/../notes',
      '/assets/%2e%2e/notes',
      '/assets/..%2fnotes',
      '//',
      '/assets/..;/notes',
    ]) {
      const said = await raw(`GET ${path} HTTP/1.1\r\n${headers}`)
      expect(said, path).toMatch(/^HTTP\/1.1 401 /)
    }
  })

  it('V4.1.3 passes on no identity that a client claims, and none of its own cookies', async () => {
    const visitor = await registered()
    const forged = {
      'Remote-User': 'root',
      remote_user: 'root',
      'Remote.Groups': 'admin-root',
      'Remote-Groups': 'root',
      'X-Forwarded-Email': 'root@x',
      connection: 'remote-name, cookie',
    }
    visitor.cookies.set('theirs', 'kept')
    const { headers } = await asked(await visitor.send('GET', '/notes', undefined, forged))
    expect(JSON.stringify(headers)).not.toContain('root')
    expect(headers['remote-user']).toMatch(/^[\da-f-]{36}$/)
    expect(headers['remote-name']).toBe('Ada Lovelace')
    expect(Object.keys(headers).filter((name) => /groups/i.test(name))).toEqual([])
    expect(headers.cookie).toBe('theirs=kept')
    const stranger = await asked(await site().visitor().send('GET', '/', undefined, forged))
    expect(Object.keys(stranger.headers).filter((name) => /^remote|root/.test(name))).toEqual([])
  })

  it('V4.1.3 sends the app the address that the proxy names, whatever a visitor’s own Forwarded says', async () => {
    const headers = { 'x-forwarded-for': '198.51.100.9', forwarded: 'for=203.0.113.1;host=e.test' }
    const { headers: seen } = await asked(await site().visitor().send('GET', '/', undefined, headers))
    expect([seen['x-forwarded-for'], seen.forwarded]).toEqual(['198.51.100.9', undefined])
  })

  it('hands over statuses, redirects, cookies, compression and ranges as they are', async () => {
    const visitor = await registered()
    const moved = await visitor.send('GET', '/moved')
    expect([moved.status, moved.headers.get('location'), moved.headers.getSetCookie()]).toEqual([
      302,
      '/elsewhere?x=1',
      ['a=1; Path=/', 'b=2'],
    ])
    const answer = await visitor.send('GET', '/packed')
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(packed)
    expect([answer.headers.get('x-hop'), answer.headers.get('content-security-policy')]).toEqual([null, null])
    const part = await visitor.send('GET', '/part')
    expect([part.status, part.headers.get('content-range'), part.headers.get('etag'), await part.text()]).toEqual([
      206,
      'bytes 1-2/9',
      '"e"',
      'ar',
    ])
  })

  it('takes bodies that its own forms could not have, and gives them back while they still come', async () => {
    const visitor = await registered()
    const size = 8 * 1024 * 1024
    expect(await (await visitor.send('POST', '/count', 'x'.repeat(size))).text()).toBe(String(size))
    const socket = connect(site().port, '127.0.0.1')
    socket.write(
      `POST /echo HTTP/1.1\r\nHost: x\r\n${cookieLine(visitor)}Transfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n`,
    )
    await until(socket, 'first')
    socket.write('6\r\nsecond\r\n0\r\n\r\n')
    await until(socket, 'second')
    socket.destroy()
  })

  it('says kindly when the app is away or silent', async () => {
    const visitor = await registered()
    const away = await visitor.open('/gone')
    expect([away.status, away.heading]).toEqual([502, 'This page is temporarily unavailable'])
    expect(away.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect((await visitor.send('POST', '/gone', 'x'.repeat(1024 * 1024))).status).toBe(502)
    expect((await visitor.open('/silent')).status).toBe(504)
    expect((await visitor.json('GET', '/gone')).body).toMatchObject({ code: 'upstream-away' })
  })

  describe('with a WebSocket', () => {
    const upgrade = (more: string) =>
      `GET /live HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${more}\r\n`

    it('V3.5.1 opens it for who is logged in, from this site’s own pages only', async () => {
      const visitor = await registered()
      const heard: (string | undefined)[] = []
      site().behind.on('upgrade', ({ headers }, socket) => {
        heard.push(headers['remote-name'] as string)
        socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
        socket.pipe(socket)
      })
      const cookie = cookieLine(visitor)
      expect(await raw(upgrade(''))).toMatch(/^HTTP\/1.1 401 /)
      expect(await raw(upgrade(`${cookie}Origin: https://evil.example\r\n`))).toMatch(/^HTTP\/1.1 403 /)
      expect(heard).toEqual([])
      const socket = connect(site().port, '127.0.0.1')
      socket.write(upgrade(`${cookie}Origin: ${site().baseUrl}\r\nRemote-Name: root\r\n`))
      await until(socket, '101 Switching')
      socket.write('hello there')
      await until(socket, 'hello there')
      expect(heard).toEqual(['Ada Lovelace'])
      socket.destroy()
    })
  })

  async function raw(text: string): Promise<string> {
    const socket = connect(site().port, '127.0.0.1')
    socket.write(text)
    const said = await until(socket, '\r\n\r\n')
    socket.destroy()
    return said
  }
})
