// What the app behind sends back, byte by byte: none of its answers puts a cookie in the place of ours.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { expect, it } from 'vitest'
import { onEachDatabase } from '../support/databases.ts'
import { cookieLine, until } from '../support/raw-connection.ts'
import { useUpstreamSite } from '../support/upstream-site.ts'
import { someone } from '../support/visitor.ts'

/** Browsers store the last four under our name, too. */
const planted = [
  'gatelodge=evil; Path=/',
  'gatelodge-visitor=evil',
  'gatelodge-device=evil',
  'gatelodge-mailbox=evil',
  '__Host-gatelodge=evil; Secure; Path=/',
  '__Secure-gatelodge=evil; Secure',
  ' gatelodge =evil',
  '=gatelodge=evil',
  ' = gatelodge=evil',
  'gatelodge; Path=/',
]
const lines = [...planted, 'own=kept', 'gatelodgeish=kept'].map((line) => `Set-Cookie: ${line}\r\n`).join('')
const upgraded = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n'
const answers: Record<string, string> = {
  '/normal': `HTTP/1.1 200 OK\r\n${lines}Content-Length: 4\r\n\r\nover`,
  '/error': `HTTP/1.1 500 Failed\r\n${lines}Content-Length: 4\r\n\r\nover`,
  '/moved': `HTTP/1.1 302 Found\r\n${lines}Location: /over\r\nContent-Length: 0\r\n\r\n`,
  '/hints': `HTTP/1.1 103 Early Hints\r\n${lines}\r\nHTTP/1.1 200 OK\r\n${lines}Content-Length: 4\r\n\r\nover`,
  '/trailer': `HTTP/1.1 200 OK\r\n${lines}Trailer: Set-Cookie\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nover\r\n0\r\n${lines}\r\n`,
  '/socket': `${upgraded}${lines}\r\nover`,
  '/refused': `HTTP/1.1 403 Forbidden\r\n${lines}Content-Length: 4\r\n\r\nover`,
  '/refused-in-pieces': `HTTP/1.1 503 Busy\r\n${lines}Transfer-Encoding: chunked\r\n\r\n4\r\nover\r\n0\r\n\r\n`,
  '/refused-with-hints': `HTTP/1.1 103 Early Hints\r\n${lines}\r\nHTTP/1.1 403 No\r\n${lines}Content-Length: 4\r\n\r\nover`,
}

/** The app writes to its connection by itself. */
const write = (asked: IncomingMessage, socket: Duplex | null) => void socket?.end(answers[asked.url ?? ''])

onEachDatabase('The app behind', (database) => {
  const site = useUpstreamSite(database, (asked: IncomingMessage, reply: ServerResponse) => write(asked, reply.socket))

  it.each(Object.keys(answers))('V3.3.3 puts no cookie in the place of ours: %s', async (path) => {
    site().behind.removeAllListeners('upgrade').on('upgrade', write)
    const visitor = site().visitor()
    await visitor.open('/register')
    await visitor.submitOnly(someone())
    const socket = connect(site().port, '127.0.0.1')
    const isUpgrade = /socket|refused/.test(path)
    const upgrade = isUpgrade ? 'Connection: Upgrade\r\nUpgrade: websocket\r\n' : ''
    const heard = until(socket, 'over')
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n${upgrade}${cookieLine(visitor)}\r\n`)
    const said = await heard
    socket.destroy()
    expect(said).toMatch(/set-cookie: own=kept\r\nset-cookie: gatelodgeish=kept\r\n/i)
    expect(said).not.toMatch(/evil|gatelodge;/)
    // The last answer comes first: what the app says before it is not passed on.
    expect(said.split(' ')[1]).toBe(
      answers[path]
        ?.match(/HTTP\/1.1 \d+/g)
        ?.at(-1)
        ?.split(' ')[1],
    )
  })
})
