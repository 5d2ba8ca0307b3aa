// Listens, and stops politely.

import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { createApp } from './app.ts'
import { startChores } from './chores.ts'
import type { Services } from './services.ts'
import { type Milliseconds, seconds } from './time.ts'
import { isAmbiguous } from './web/framing.ts'
import { headersForAll } from './web/headers.ts'

export interface Running {
  port: number
  /** Takes nothing new, finishes what is under way (10 s at most), closes the database. */
  stop(): Promise<void>
}

const longestStop: Milliseconds = seconds(10)

/** Each costs some 20 KB: together they fit beside the hashes. More are closed at once, before anything is read. */
const mostConnections = 5_000

const httpOptions = {
  // How often the two time-outs below are looked at; Node's own 30 s would make 10 s mean 40.
  connectionsCheckingInterval: seconds(2),
  // Node would answer a missing Host itself, without our headers.
  requireHostHeader: false,
}

/** Listens as the settings say. @throws {Error} where the address cannot be used (`code` EADDRINUSE, EACCES ...). */
export async function listen(services: Services): Promise<Running> {
  const { host, port } = services.settings
  const app = createApp(services)
  const headers = headersForAll(services.settings)
  const answer = getRequestListener(app.fetch, { errorHandler: (error) => unanswerable(headers, error) })
  const server = createServer(httpOptions, (request, response) => {
    // What was sent behind a refused request is not looked at.
    if (request.socket.writableEnded) return
    if (isAmbiguous(request)) return refuse(headers, {}, request.socket)
    return answer(request, response)
  })
  // Node asks for it when it is first read, and then keeps it: a connection that is gone would have none to count under.
  server.on('connection', (socket) => socket.remoteAddress)
  server.maxConnections = mostConnections
  // Someone who sends one byte a second keeps a connection, not a worker; but not for ever.
  server.headersTimeout = seconds(10)
  server.requestTimeout = seconds(30)
  server.keepAliveTimeout = seconds(65)
  server.on('checkExpectation', (_, answer) => answer.writeHead(417, { ...headers, 'cache-control': 'no-store' }).end())
  server.on('clientError', (error, socket) => refuse(headers, error as NodeJS.ErrnoException, socket as Socket))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve)
  })
  const chores = startChores(services)
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      chores.stop()
      await close(server)
      await services.sessions.lastSeen.write()
      await services.audit.catchUp().catch(() => {})
      await services.close()
    },
  }
}

/** A Host or an address that is none: the adapter cannot make a request of it, so the app never sees it. */
function unanswerable(headers: Record<string, string>, error: unknown): Response {
  const status = (error as Error).name === 'RequestError' ? 400 : 500
  return new Response('', {
    status,
    headers: { ...headers, 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' },
  })
}

/** What cannot be parsed as HTTP, or in two ways, never reaches the app; it is refused with the same headers as everything else. */
function refuse(headers: Record<string, string>, error: { code?: string | undefined }, socket: Socket) {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const status = {
    HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
    ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  }[error.code ?? '']
  const lines = Object.entries({ ...headers, 'cache-control': 'no-store', 'content-length': '0', connection: 'close' })
  socket.end(
    `HTTP/1.1 ${status ?? '400 Bad Request'}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  )
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  server.closeIdleConnections()
  const impatience = setTimeout(() => server.closeAllConnections(), longestStop)
  await closed
  clearTimeout(impatience)
}
