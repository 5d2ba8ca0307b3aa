// Listens, and stops politely.

import { createServer, type IncomingMessage, type Server, STATUS_CODES } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { createApp } from './app.ts'
import { startChores } from './chores.ts'
import type { Services } from './services.ts'
import { type Milliseconds, seconds } from './time.ts'
import type { Refusal } from './web/context.ts'
import { isAmbiguous } from './web/framing.ts'
import { askedOnly } from './web/front/refusal.ts'
import { headersForAll } from './web/headers.ts'
import { headersTooLargePage } from './web/headers-too-large.tsx'
import { ownPaths } from './web/own-paths.ts'
import { siteOf } from './web/site.ts'

export interface Running {
  port: number
  /** Takes nothing new, finishes what is under way (10 s at most), closes the database. */
  stop(): Promise<void>
}

const longestRequest: Milliseconds = seconds(30)
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
  const upstream = services.settings.upstream
  // Only with an app behind is there anything to load for it.
  const front = upstream ? (await import('./web/front/front.ts')).createFront(services, upstream) : undefined
  const own = ownPaths(app, siteOf(services).assets, services.settings.basePath)
  const isOwn = (url: string) => own.has(url.split(/[?#]/, 1)[0] ?? '')
  const passes = ({ url = '', method }: IncomingMessage) =>
    front && url.startsWith('/') && method !== 'TRACE' && !isOwn(url) ? front : undefined
  const options = {
    ...httpOptions,
    shouldUpgradeCallback: (request: IncomingMessage) =>
      passes(request) !== undefined && request.method === 'GET' && /^websocket$/i.test(request.headers.upgrade ?? ''),
  }
  const server = createServer(options, (request, response) => {
    // What was sent behind a refused request is not looked at.
    if (request.socket.writableEnded) return
    if (isAmbiguous(request)) return refuse(headers, {}, request.socket)
    const passing = passes(request)
    if (!passing) {
      if (front) untilWhole(request)
      return answer(request, response)
    }
    const refuseInstead = (refusal: Refusal) => {
      const instead = (asked: Request) => app.fetch(...askedOnly(asked, refusal, request))
      void getRequestListener(instead, { errorHandler: (error) => unanswerable(headers, error) })(request, response)
    }
    // Somebody who went away in the middle is no fault.
    return passing.pass(request, response, refuseInstead).catch(() => response.destroy())
  })
  // Node asks for it when it is first read, and then keeps it: a connection that is gone would have none to count under.
  server.on('connection', (socket) => socket.remoteAddress)
  server.maxConnections = mostConnections
  // Someone who sends one byte a second keeps a connection, not a worker; but not for ever.
  server.headersTimeout = seconds(10)
  // An upload to the app behind may take hours; there, silence is what ends it.
  server.requestTimeout = front ? 0 : longestRequest
  server.keepAliveTimeout = seconds(65)
  if (front) {
    server.on('upgrade', (request, socket, head) => {
      // Node has let go of it, and the library behind comes later: a connection that breaks meanwhile would end the process.
      socket.on('error', () => socket.destroy())
      const no = (status: number) => refuse(headers, { status }, socket as Socket)
      if (isAmbiguous(request)) return no(400)
      front.passSocket(request, socket, head, no).catch(() => socket.destroy())
    })
  }
  server.on('checkExpectation', (_, answer) => answer.writeHead(417, { ...headers, 'cache-control': 'no-store' }).end())
  const overflowed = new WeakSet<object>()
  const tooLarge = Buffer.from(headersTooLargePage(siteOf(services)))
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // What comes behind those headers is a fault once more, each time.
    if (overflowed.has(socket)) return
    if (error.code !== 'HPE_HEADER_OVERFLOW' || !socket.writable) return refuse(headers, error, socket as Socket)
    overflowed.add(socket)
    refuseHeaders(headers, tooLarge, socket as Socket)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve)
  })
  const chores = startChores(services)
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      chores.stop()
      front?.close()
      await close(server)
      await services.sessions.lastSeen.write()
      await services.audit.catchUp().catch(() => {})
      await services.close()
    },
  }
}

/** A form of ours comes within half a minute. */
function untilWhole(request: IncomingMessage): void {
  const impatience = setTimeout(() => !request.complete && request.socket.destroy(), longestRequest).unref()
  request.once('close', () => clearTimeout(impatience))
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
function refuse(
  headers: Record<string, string>,
  error: { code?: string | undefined; status?: number },
  socket: Socket,
) {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const status = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : (error.status ?? 400)
  socket.end(head(status, { ...headers, 'content-length': '0' }))
}

/** How long a browser that is still sending may take to read the page. */
const longestPage: Milliseconds = seconds(2)

/** A page: people meet this one with too many cookies. What is still being sent is read and dropped, or the page is lost. */
function refuseHeaders(headers: Record<string, string>, page: Buffer, socket: Socket) {
  const type = { 'content-type': 'text/html; charset=utf-8', 'content-length': String(page.length) }
  socket.end(Buffer.concat([Buffer.from(head(431, { ...headers, ...type })), page]))
  setTimeout(() => socket.destroy(), longestPage).unref()
}

function head(status: number, headers: Record<string, string>): string {
  const lines = Object.entries({ ...headers, 'cache-control': 'no-store', connection: 'close' })
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
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
