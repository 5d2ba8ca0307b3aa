// What one connection may ask for at once, what an answer that nobody reads may cost, and who gives up a place.
import { channel } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { type IncomingMessage, Server, type ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { shippedLimits } from '../src/web/http/connections/keep.ts'
import { throwawayDatabase } from './support/make-app.ts'
import { startSite } from './support/site.ts'

const asked = channel('http.server.request.start')
/** The server's ends of the connections, with how many requests of each are parsed and not yet answered. */
const ends = new Map<Socket, { now: number; most: number; all: number }>()
const count = (message: unknown) => {
  const { socket, response } = message as { socket: Socket; request: IncomingMessage; response: ServerResponse }
  const of = ends.get(socket) ?? { now: 0, most: 0, all: 0 }
  ends.set(socket, of)
  of.now += 1
  of.all += 1
  of.most = Math.max(of.most, of.now)
  response.once('close', () => {
    of.now -= 1
  })
}

const open: Socket[] = []
afterEach(() => {
  vi.restoreAllMocks()
  asked.unsubscribe(count)
  ends.clear()
  for (const socket of open.splice(0)) socket.destroy()
})

const site = async (limits = {}, settings = {}) => {
  asked.subscribe(count)
  return startSite(throwawayDatabase(), settings, {}, { ...shippedLimits, ...limits })
}

async function connected(baseUrl: string, localAddress = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ port: Number(new URL(baseUrl).port), host: '127.0.0.1', localAddress })
  open.push(socket.on('error', () => {}))
  await once(socket, 'connect')
  return socket
}

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`

/** All that comes until this is true of it. */
function until(socket: Socket, isWhole: (said: string) => boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    socket.setEncoding('latin1').on('data', (piece) => {
      said += piece
      if (isWhole(said)) resolve(said)
    })
    socket.once('close', () => (isWhole(said) ? resolve(said) : reject(new Error(`closed after ${said.length}`))))
  })
}

/** Until the server has an answer on each connection that nobody takes, and nothing moves any more. */
async function untilStuck(connections: number): Promise<void> {
  const state = () => [...ends].map(([socket, { all }]) => `${all} ${socket.bytesRead} ${socket.bytesWritten}`).join()
  for (let still = 0, before = ''; still < 200; await turn()) {
    const now = state()
    const isStuck = ends.size === connections && [...ends.keys()].every((socket) => socket.writableLength > 0)
    still = isStuck && now === before ? still + 1 : 0
    before = now
  }
}

describe('A connection that pipelines', () => {
  it('V15.2.2 V13.1.3 3,000 requests and reads nothing has 8 of them in hand and one answer, and no more is read', async () => {
    const { baseUrl, stop } = await site()
    const answer = Buffer.byteLength(await (await fetch(`${baseUrl}/api/openapi.json`)).text())
    ends.clear()
    const many = get('/api/openapi.json').repeat(3_000)
    for (let number = 0; number < 20; number += 1) (await connected(baseUrl)).pause().write(many)
    await untilStuck(20)
    for (const [socket, { most, all }] of ends) {
      expect(most).toBeLessThanOrEqual(8)
      expect(all).toBeLessThan(3_000)
      // One answer, and its headers.
      expect(socket.writableLength).toBeLessThan(answer + 2_000)
      // What lies unread within the process: one read of the operating system's.
      expect(socket.readableLength).toBeLessThanOrEqual(65_536)
    }
    for (const socket of open) socket.destroy()
    await stop()
  })

  it('3,000 short requests in one packet gets an answer to each, in order', async () => {
    const { baseUrl, stop } = await site()
    const socket = await connected(baseUrl)
    const paths = Array.from({ length: 3_000 }, (_, number) => (number % 2 === 0 ? '/health/alive' : '/nothing'))
    socket.write(paths.map((path) => `HEAD ${path} HTTP/1.1\r\nHost:\r\n\r\n`).join(''))
    const said = await until(socket, (text) => text.split('HTTP/1.1 ').length > 3_000)
    const statuses = [...said.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)
    expect(statuses).toEqual(paths.map((path) => (path === '/nothing' ? '404' : '200')))
    expect([...ends.values()].map(({ most }) => most)).toEqual([8])
    await stop()
  })

  it('a form with a body of many blank lines, and requests behind it, gets all of them answered', async () => {
    const { baseUrl, stop } = await site()
    const socket = await connected(baseUrl)
    const body = '\r\n\r\n'.repeat(10_000)
    const form = `POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n`
    socket.write(form + body + get('/health/alive').repeat(20))
    const said = await until(socket, (text) => text.split('ok\n').length > 20)
    expect(said).toMatch(/^HTTP\/1\.1 4/)
    await stop()
  })
})

describe('An answer that nobody reads', () => {
  it('V15.2.2 is ended when nothing of it was read for so long', async () => {
    const { baseUrl, stop } = await site({ longestUnread: 100 })
    const socket = await connected(baseUrl)
    socket.pause().write(get('/api/openapi.json').repeat(3_000))
    while (ends.size === 0) await turn()
    const [end] = ends.keys()
    if (!end?.destroyed) await once(end as Socket, 'close')
    expect(end?.destroyed).toBe(true)
    await stop()
  })
})

describe('Where all places are taken', () => {
  it('V15.2.2 the network that holds most gives one up, an idle one before a busy one', async () => {
    const { baseUrl, stop } = await site({ mostConnections: 4 })
    const others = await connected(baseUrl, '127.0.0.2')
    others.write(get('/health/alive'))
    await until(others, (said) => said.includes('ok\n'))
    const busy = await connected(baseUrl)
    busy.pause().write(get('/api/openapi.json').repeat(3_000))
    await untilBusy()
    const idle = [await connected(baseUrl), await connected(baseUrl)]
    const closed = idle.map((socket) => once(socket.resume(), 'close'))
    const more = await connected(baseUrl, '127.0.0.3')
    await closed[0]
    more.write(get('/health/alive'))
    await until(more, (said) => said.includes('ok\n'))
    // Three of the largest holder were here: the oldest idle one is gone, the one that asked is not.
    expect([idle[0]?.destroyed, idle[1]?.destroyed]).toEqual([true, false])
    await connected(baseUrl, '127.0.0.4')
    await closed[1]
    const [, busyEnd] = [...ends.keys()]
    expect(busyEnd?.destroyed).toBe(false)
    others.write(get('/health/alive'))
    await once(others, 'data')
    expect(others.destroyed).toBe(false)
    for (const socket of open) socket.destroy()
    await stop()
  })
})

async function untilBusy(): Promise<void> {
  while (![...ends.keys()].some((socket) => socket.writableLength > 0)) await turn()
}

describe('A server that stops', () => {
  it('waits for no connection that never asked anything, and for none that was answered', async () => {
    const byForce = vi.spyOn(Server.prototype, 'closeAllConnections')
    const { baseUrl, stop } = await site()
    const silent = await connected(baseUrl)
    const answered = await connected(baseUrl)
    answered.write(get('/health/alive'))
    await until(answered, (said) => said.includes('ok\n'))
    const closed = [silent, answered].map((socket) => once(socket.resume(), 'close'))
    await stop()
    await Promise.all(closed)
    // After ten seconds the others would be closed by force.
    expect(byForce).not.toHaveBeenCalled()
  })

  it('answers what was asked before, says that it is the last answer, and closes', async () => {
    const byForce = vi.spyOn(Server.prototype, 'closeAllConnections')
    const { baseUrl, stop } = await site()
    const socket = await connected(baseUrl)
    const said = until(socket, (text) => text.includes('</html>'))
    socket.write(`POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n`)
    while (ends.size === 0) await turn()
    const stopped = stop()
    socket.write('x')
    expect(await said).toContain('Connection: close')
    await stopped
    expect(byForce).not.toHaveBeenCalled()
  })
})
