// Gatelodge listening in front of a small app that answers with the request that it got, over real connections.
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { afterAll, beforeAll } from 'vitest'
import { declared } from '../../src/app.ts'
import type { Settings } from '../../src/config/schema.ts'
import { listen, type Running } from '../../src/server.ts'
import { createServices } from '../../src/services.ts'
import type { TestDatabase } from './databases.ts'
import { testSettings } from './make-app.ts'
import { freePort } from './mysql-server.ts'
import { Visitor } from './visitor.ts'

export interface UpstreamSite {
  baseUrl: string
  port: number
  /** What the app behind does. */
  behind: Server
  visitor(): Visitor
}

type Answer = (asked: IncomingMessage, answer: ServerResponse) => void

/** One site for a suite. */
export function useUpstreamSite(
  database: TestDatabase,
  answer: Answer,
  settings: Partial<Settings> = {},
): () => UpstreamSite {
  let running: Running
  let site: UpstreamSite
  const behind = createServer(answer)
  beforeAll(async () => {
    await new Promise<void>((resolve) => behind.listen(0, '127.0.0.1', resolve))
    const port = await freePort()
    const baseUrl = `http://localhost:${port}`
    const upstream = `http://127.0.0.1:${(behind.address() as AddressInfo).port}`
    const all = testSettings(database, { port, baseUrl, upstream, logLevel: 'silent', ...settings })
    const services = await createServices(all, declared)
    await services.readiness.first
    running = await listen(services)
    site = { baseUrl, port, behind, visitor: () => new Visitor(overTheWire, baseUrl) }
  })
  afterAll(async () => {
    await running.stop()
    behind.closeAllConnections()
    behind.close()
  })
  return () => site
}

/** Unlike fetch() it adds nothing of its own, follows nothing and unpacks nothing. */
export async function overTheWire(asked: Request): Promise<Response> {
  const body = Buffer.from(await asked.arrayBuffer())
  const { hostname, port, pathname, search } = new URL(asked.url)
  const headers = {
    accept: 'text/html',
    ...Object.fromEntries(asked.headers),
    ...(body.length > 0 && { 'content-length': body.length }),
  }
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path: pathname + search, method: asked.method, headers }, (answer) => {
      const given = new Headers()
      for (let at = 0; at < answer.rawHeaders.length; at += 2)
        given.append(answer.rawHeaders[at] ?? '', answer.rawHeaders[at + 1] ?? '')
      const status = answer.statusCode ?? 0
      const empty = [204, 205, 304].includes(status)
      if (empty) answer.resume()
      resolve(new Response(empty ? null : (Readable.toWeb(answer) as ReadableStream), { status, headers: given }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
