// A server that speaks the range protocol of "Pwned Passwords", and misbehaves on request.
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach } from 'vitest'

type Handler = (request: IncomingMessage, response: ServerResponse) => void

export interface RangeServer {
  /** What the setting `breachCheckUrl` takes. */
  url: string
  /** What it was asked: paths and headers. */
  asked: { path: string; headers: IncomingMessage['headers'] }[]
  /** What it does from now on; after each test it finds nothing again. */
  answer: Handler
}

/** One server for a whole suite. */
export function useRangeServer(): RangeServer {
  const nothing: Handler = (_, response) => response.end(rows({}))
  const server = createServer((request, response) => {
    range.asked.push({ path: request.url ?? '', headers: request.headers })
    range.answer(request, response)
  })
  const range: RangeServer = { url: '', asked: [], answer: nothing }
  beforeAll(async () => {
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    range.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/range/`
  })
  beforeEach(() => {
    range.asked = []
    range.answer = nothing
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return range
}

/** An answer with these passwords and how often each was seen, among others. */
export function rows(seen: Record<string, number>): string {
  const endings = Object.entries(seen).map(([password, count]) => `${sha1(password).slice(5)}:${count}`)
  return [`${'0'.repeat(34)}A:12`, ...endings, `${'0'.repeat(34)}B:0`].join('\r\n')
}

export function sha1(password: string): string {
  return createHash('sha1').update(password).digest('hex').toUpperCase()
}
