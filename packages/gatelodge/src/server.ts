// Listens, and stops politely.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { createApp } from './app.ts'
import { startBackgroundJobs } from './background-jobs.ts'
import type { Services } from './services.ts'
import { type Milliseconds, seconds } from './time.ts'
import { type ConnectionLimits, keepConnections, shippedLimits } from './web/http/connections/keep.ts'
import { refuse, refusingHeaders, unanswerable } from './web/http/connections/refused.ts'
import type { Refusal } from './web/http/context.ts'
import { isAmbiguous } from './web/http/framing.ts'
import { headersForAll } from './web/http/headers.ts'
import { headersTooLargePage } from './web/http/headers-too-large.tsx'
import { quickPages } from './web/http/quick-pages.ts'
import { askedOnly } from './web/reverse-proxy/refusal.ts'
import { mountedPaths } from './web/site/mounted-paths.ts'
import { siteOf } from './web/site/site.ts'

export interface Running {
  port: number
  /** undefined: there are no metrics. */
  metricsPort: number | undefined
  /** Takes nothing new, finishes what is under way (10 s at most), closes the database. */
  stop(): Promise<void>
}

const longestRequest: Milliseconds = seconds(30)
const longestStop: Milliseconds = seconds(10)

const httpOptions = {
  // How often the two time-outs below are looked at; Node's own 30 s would make 10 s mean 40.
  connectionsCheckingInterval: seconds(2),
  // Node would answer a missing Host itself, without our headers.
  requireHostHeader: false,
  maxHeaderSize: 16 * 1024,
}

/**
 * Listens as the settings say.
 * @param limits of connections; others than the shipped ones are for tests.
 * @throws {Error} where the address cannot be used (`code` EADDRINUSE, EACCES ...).
 */
export async function listen(services: Services, limits: ConnectionLimits = shippedLimits): Promise<Running> {
  const { host, port } = services.settings
  const app = createApp(services)
  const headers = headersForAll(services.settings)
  const refusing = { headers, text: services.text }
  const adapter = { hostname: 'localhost', errorHandler: (error: unknown) => unanswerable(headers, error) }
  const answer = getRequestListener(app.fetch, adapter)
  const upstream = services.settings.upstream
  // Only with an app behind is there anything to load for it.
  const front = upstream
    ? (await import('./web/reverse-proxy/reverse-proxy.ts')).createReverseProxy(services, upstream)
    : undefined
  const quickly = quickPages(services)
  const own = mountedPaths(app, siteOf(services).assets, services.settings.basePath)
  const isOwn = (url: string) => own.has(url.split(/[?#]/, 1)[0] ?? '')
  const passes = ({ url = '', method }: IncomingMessage) =>
    front && url.startsWith('/') && method !== 'TRACE' && !isOwn(url) ? front : undefined
  const options = {
    ...httpOptions,
    shouldUpgradeCallback: (request: IncomingMessage) =>
      passes(request) !== undefined && request.method === 'GET' && /^websocket$/i.test(request.headers.upgrade ?? ''),
  }
  const server = createServer(options)
  const connections = keepConnections(server, limits)
  services.meter?.watchServer(server)
  const answerOne = (request: IncomingMessage, response: ServerResponse) => {
    // What was sent behind a refused request is not looked at.
    if (request.socket.writableEnded) return
    if (isAmbiguous(request)) return refuse(refusing, {}, request.socket)
    const passing = passes(request)
    if (!passing) {
      if (quickly(request, response)) return
      if (front) untilWhole(request)
      return answer(request, response)
    }
    const refuseInstead = (refusal: Refusal) => {
      const instead = (asked: Request) => app.fetch(...askedOnly(asked, refusal, request))
      void getRequestListener(instead, adapter)(request, response)
    }
    // Someone who went away in the middle is no fault.
    return passing.pass(request, response, refuseInstead).catch(() => response.destroy())
  }
  server.on('request', (request, response) =>
    connections.of(request.socket)?.inTurn(response, () => answerOne(request, response)),
  )
  // Someone who sends one byte a second keeps a connection, not a worker; but not for ever.
  server.headersTimeout = seconds(10)
  // An upload to the app behind may take hours; there, silence is what ends it.
  server.requestTimeout = front ? 0 : longestRequest
  server.keepAliveTimeout = seconds(65)
  if (front) {
    server.on('upgrade', (request, socket, head) => {
      // Node has let go of it, and the library behind comes later: a connection that breaks meanwhile would end the process.
      socket.on('error', () => socket.destroy())
      connections.of(socket as Socket)?.upgraded()
      const no = (status: number) => refuse(refusing, { status }, socket as Socket)
      if (isAmbiguous(request)) return no(400)
      front.passSocket(request, socket, head, no).catch(() => socket.destroy())
    })
  }
  server.on('checkExpectation', (request, response) =>
    connections
      .of(request.socket)
      ?.inTurn(response, () => response.writeHead(417, { ...headers, 'cache-control': 'no-store' }).end()),
  )
  const refuseHeaders = refusingHeaders(headers, () => headersTooLargePage(siteOf(services)))
  server.on('clientError', (error: NodeJS.ErrnoException, raw) => {
    const socket = raw as Socket
    if (connections.of(socket)?.isSending()) socket.destroy()
    else if (error.code === 'HPE_HEADER_OVERFLOW') refuseHeaders(socket)
    else refuse(refusing, error, socket)
  })
  const metrics = await listenForMetrics(services)
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, host, resolve)
    })
  } catch (error) {
    await metrics?.stop()
    throw error
  }
  const jobs = startBackgroundJobs(services)
  return {
    port: (server.address() as AddressInfo).port,
    metricsPort: metrics?.port,
    async stop() {
      jobs.stop()
      await metrics?.stop()
      front?.close()
      await close(server, connections.end)
      await services.sessions.lastSeen.write()
      await services.keys.writeUses()
      await services.audit.catchUp().catch(() => {})
      await services.close()
    },
  }
}

/** Loaded only where the setting asks for it. @returns undefined where it does not. */
async function listenForMetrics(services: Services) {
  const { meter, settings } = services
  if (!meter || settings.metricsPort === undefined) return undefined
  meter.sample(services)
  const { listen } = await import('./metrics/listener.ts')
  return listen(meter, settings.metricsHost, settings.metricsPort)
}

/** A form of ours comes within half a minute. */
function untilWhole(request: IncomingMessage): void {
  const impatience = setTimeout(() => !request.complete && request.socket.destroy(), longestRequest).unref()
  request.once('close', () => clearTimeout(impatience))
}

/** @param endAll closes what is idle, and the others when they are answered. */
async function close(server: Server, endAll: () => void): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  endAll()
  const impatience = setTimeout(() => server.closeAllConnections(), longestStop)
  await closed
  clearTimeout(impatience)
}
