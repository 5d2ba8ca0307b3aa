// A native app logs in at the API, and asks the app behind with its token.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { expect, it } from 'vitest'
import { onEachDatabase } from '../support/databases.ts'
import { cookieLine, until } from '../support/raw-connection.ts'
import { type UpstreamSite, useUpstreamSite } from '../support/upstream-site.ts'
import { someone } from '../support/visitor.ts'

/** Tells which headers reached it; `/events` stays open. */
function answer(asked: IncomingMessage, reply: ServerResponse): void {
  if (asked.url === '/events')
    return void reply.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: first\n\n')
  reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(asked.headers))
}

function echo(_: IncomingMessage, socket: Duplex): void {
  socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
  socket.pipe(socket)
}

async function registered(site: UpstreamSite) {
  const visitor = site.visitor()
  const person = someone()
  const { body } = await visitor.json('POST', '/api/v1/register', { ...person, session: 'bearer' })
  return { person, token: body.token as string, headers: { authorization: `Bearer ${body.token}` } }
}

onEachDatabase('A bearer token for the app behind', (database) => {
  const settings = { public: ['/open'], publicMethods: ['OPTIONS' as const], upstreamRecheck: 100 }
  const site = useUpstreamSite(database, answer, { ...settings, bearer: true })
  const off = useUpstreamSite(database, answer, settings)

  const get = (path: string, headers: Record<string, string>, at = site()) =>
    at.visitor().send('GET', path, undefined, headers)
  const reached = async (answer: Response) => (await answer.json()) as Record<string, string>

  it('counts as logged in: the app gets the account, and not the token', async () => {
    const { person, headers } = await registered(site())
    for (const path of ['/notes', '/open']) {
      const behind = await reached(await get(path, headers))
      expect(behind['remote-email'], path).toBe(person.email)
      expect(behind.authorization, path).toBeUndefined()
    }
  })

  it('V3.5.1 needs no origin of ours, and gets no CORS header of ours', async () => {
    const { headers } = await registered(site())
    const origin = { origin: 'capacitor://localhost', 'sec-fetch-site': 'cross-site' }
    const answer = await site()
      .visitor()
      .send('POST', '/notes', '{}', { ...headers, ...origin })
    expect(answer.status).toBe(200)
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    const asked = {
      ...origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    }
    const preflight = await site().visitor().send('OPTIONS', '/notes', undefined, asked)
    // It is the app that answers.
    expect([preflight.status, (await reached(preflight))['remote-user']]).toEqual([200, undefined])
  })

  it('V15.3.7 together with the session cookie is refused, and the app is not asked', async () => {
    const { headers } = await registered(site())
    const browser = site().visitor()
    await browser.open('/register')
    await browser.submit(someone())
    for (const path of ['/notes', '/open']) {
      const answer = await browser.send('GET', path, undefined, headers)
      expect([path, answer.status]).toEqual([path, 401])
      expect(await answer.json()).toMatchObject({ code: 'two-credentials' })
    }
    expect((await browser.send('GET', '/notes')).status).toBe(200)
  })

  it('of another issuer passes untouched, with a session and at a public path', async () => {
    const browser = site().visitor()
    await browser.open('/register')
    await browser.submit(someone())
    for (const authorization of ['Bearer of-the-app', 'Basic Z2F0ZTpsb2RnZQ==']) {
      expect((await reached(await browser.send('GET', '/notes', undefined, { authorization }))).authorization).toBe(
        authorization,
      )
      expect((await reached(await get('/open', { authorization }))).authorization).toBe(authorization)
      expect((await get('/notes', { authorization, accept: '*/*' })).status).toBe(401)
    }
  })

  it('V7.4.1 is invalid once its session has ended: 401, and no page', async () => {
    const { headers } = await registered(site())
    await site()
      .visitor()
      .send('POST', '/api/v1/logout', '{}', { ...headers, 'content-type': 'application/json' })
    const answer = await get('/notes', { ...headers, accept: 'text/html' })
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ code: 'login-required' })
  })

  it('V7.4.1 opens WebSockets and streams of events, which end with its session', async () => {
    site().behind.on('upgrade', echo)
    const { headers, token } = await registered(site())
    const lines = `Authorization: Bearer ${token}\r\nOrigin: capacitor://localhost`
    const socket = connect(site().port, '127.0.0.1')
    const closed = new Promise<string>((resolve) => socket.once('close', () => resolve('closed')))
    const head = until(socket, '\r\n\r\n')
    socket.write(`GET /live HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${lines}\r\n\r\n`)
    expect(await head).toMatch(/^HTTP\/1\.1 101/)
    const events = ((await get('/events', headers)).body as ReadableStream<Uint8Array>).getReader()
    expect(new TextDecoder().decode((await events.read()).value)).toBe('data: first\n\n')
    await site()
      .visitor()
      .send('POST', '/api/v1/logout', '{}', { ...headers, 'content-type': 'application/json' })
    expect(await closed).toBe('closed')
    await expect(events.read()).rejects.toThrow()
  })

  it('opens no WebSocket beside the session cookie', async () => {
    const { token } = await registered(site())
    const browser = site().visitor()
    await browser.open('/register')
    await browser.submit(someone())
    const socket = connect(site().port, '127.0.0.1')
    const head = until(socket, '\r\n\r\n')
    const lines = `Authorization: Bearer ${token}\r\n${cookieLine(browser)}`
    socket.write(`GET /live HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${lines}\r\n`)
    expect(await head).toMatch(/^HTTP\/1\.1 401/)
    socket.destroy()
  })

  it('counts for nothing where it is off, as it is by default, and never reaches the app', async () => {
    const { headers } = await registered(off())
    expect((await get('/notes', { ...headers, accept: '*/*' }, off())).status).toBe(401)
    const behind = await reached(await get('/open', headers, off()))
    expect([behind['remote-user'], behind.authorization]).toEqual([undefined, undefined])
    const browser = off().visitor()
    const ada = someone()
    await browser.open('/register')
    await browser.submit(ada)
    expect((await reached(await browser.send('GET', '/notes', undefined, headers)))['remote-email']).toBe(ada.email)
  })
})
