// Anyone who reads slowly, or not at all, costs a bounded part of the memory: exports, and streams of an app behind.
import { channel } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { declared } from '../src/app.ts'
import type { Settings } from '../src/config/schema.ts'
import { newId } from '../src/identity/ids.ts'
import { listen } from '../src/server.ts'
import { createServices } from '../src/services.ts'
import { testSettings, throwawayDatabase } from './support/make-app.ts'
import { freePort } from './support/mysql-server.ts'
import { cookieLine } from './support/raw-connection.ts'
import { overTheWire } from './support/upstream-site.ts'
import { Visitor } from './support/visitor.ts'

/** What docs/security/limits.md promises for one connection. */
const most = 256 * 1024

const asked = channel('http.server.request.start')
/** The server's answers to connections of the test, by their port. */
const answers = new Map<number | undefined, ServerResponse>()
const keep = (message: unknown) => {
  const { socket, response } = message as { socket: Socket; response: ServerResponse }
  answers.set(socket.remotePort, response)
}
beforeAll(() => asked.subscribe(keep))
afterAll(() => asked.unsubscribe(keep))
afterEach(() => answers.clear())

async function start(settings: Partial<Settings> = {}) {
  const port = await freePort()
  const all = testSettings(throwawayDatabase(), { port, logLevel: 'silent', ...settings })
  const services = await createServices({ ...all, baseUrl: `http://localhost:${port}` }, declared)
  await services.readiness.first
  const running = await listen(services)
  const visitor = new Visitor(overTheWire, `http://localhost:${port}`)
  return { port, services, running, visitor }
}

/** Asks and never reads. @returns the server's answer, and how much of it lies in the process, when nothing moves any more. */
async function askOnly(port: number, head: string) {
  const socket = connect(port, '127.0.0.1').on('error', () => {})
  await once(socket, 'connect')
  socket.pause().write(head)
  while (!answers.has(socket.localPort)) await turn()
  const response = answers.get(socket.localPort) as ServerResponse
  const end = response.socket as Socket
  let still = 0
  for (let before = -1; still < 200; await turn()) {
    still = end.writableLength > 0 && end.bytesWritten === before ? still + 1 : 0
    before = end.bytesWritten
  }
  return { socket, response, buffered: response.writableLength + end.writableLength }
}

it('V15.2.2 an export is read from the database as it is taken away', async () => {
  const { port, services, running, visitor } = await start()
  await visitor.register()
  const device = 'x'.repeat(200)
  const some = Array.from({ length: 100 }, () => ({
    ...{
      id: newId(),
      at: 0,
      event: 'login.succeeded',
      outcome: 'ok',
      reason: null,
      device,
      clientAddress: '192.0.2.1',
    },
  }))
  let asked = 0
  // A history without an end.
  services.audit.someOf = async () => {
    asked += 1
    return some as never
  }
  const { socket, buffered } = await askOnly(
    port,
    `GET /account/export HTTP/1.1\r\nHost: x\r\n${cookieLine(visitor)}\r\n`,
  )
  const before = asked
  for (let turns = 0; turns < 200; turns += 1) await turn()
  expect(asked).toBe(before)
  expect(buffered).toBeLessThan(most)
  socket.destroy()
  await running.stop()
})

it.each(['text/event-stream', 'application/octet-stream'])(
  'V15.2.2 what an app behind sends as %s is taken from it as it is read',
  async (type) => {
    const piece = Buffer.alloc(64 * 1024)
    let isOver = false
    const behind = createServer((_, answer) => {
      answer.writeHead(200, { 'content-type': type })
      const more = () => {
        while (!isOver && answer.write(piece));
      }
      answer.on('drain', more)
      more()
    })
    await new Promise<void>((resolve) => behind.listen(0, '127.0.0.1', resolve))
    const { port, running } = await start({
      public: ['/endless'],
      upstream: `http://127.0.0.1:${(behind.address() as AddressInfo).port}`,
    })
    const { socket, buffered } = await askOnly(port, 'GET /endless HTTP/1.1\r\nHost: x\r\n\r\n')
    expect(buffered).toBeLessThan(most)
    isOver = true
    socket.destroy()
    await running.stop()
    behind.closeAllConnections()
    behind.close()
  },
)
