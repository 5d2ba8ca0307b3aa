// `/metrics` on a listener of its own: another address and port than the site, so that no visitor reaches it.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { seconds } from '../time.ts'
import type { Meter } from './meter.ts'

export interface MetricsListener {
  port: number
  stop(): Promise<void>
}

const path = '/metrics'
const mostConnections = 20
const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', connection: 'close' }

/** @throws {Error} where the address cannot be used: a sentence that names the settings. */
export async function listen(meter: Meter, host: string, port: number): Promise<MetricsListener> {
  // However many ask at once, the text is made once.
  let making: Promise<string> | undefined
  const text = () => {
    making ??= meter.text().finally(() => {
      making = undefined
    })
    return making
  }
  // Node would take any number of requests of one connection at once, and keep an answer for each.
  const asked = new WeakSet<object>()
  const server = createServer({ connectionsCheckingInterval: seconds(2) }, (request, response) => {
    if (asked.has(request.socket)) return
    asked.add(request.socket)
    return answer(request, response, meter.contentType, text).catch(() => response.destroy())
  })
  server.maxConnections = mostConnections
  server.headersTimeout = seconds(10)
  server.requestTimeout = seconds(10)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve)
  }).catch((cause: Error) => {
    const remedy = 'Choose another metricsPort or metricsHost.'
    throw new Error(`The metrics cannot be served on ${host}, port ${port}: ${cause.message}. ${remedy}`)
  })
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
      server.closeAllConnections()
      await closed
    },
  }
}

async function answer(
  { method, url = '' }: IncomingMessage,
  response: ServerResponse,
  type: string,
  text: () => Promise<string>,
): Promise<void> {
  if (url.split('?', 1)[0] !== path) return void response.writeHead(404, headers).end()
  if (method !== 'GET' && method !== 'HEAD')
    return void response.writeHead(405, { ...headers, allow: 'GET, HEAD' }).end()
  const body = await text()
  response.writeHead(200, { ...headers, 'content-type': type, 'content-length': Buffer.byteLength(body) })
  response.end(method === 'HEAD' ? undefined : body)
}
