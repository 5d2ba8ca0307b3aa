// The pages that are the same for everyone (`kept-page.ts`), for a visitor who brings nothing: the bytes and headers that the
// app gave the first time, without asking it again. The log-in page is what a site under load sends most.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Services } from '../../services.ts'
import { siteOf } from '../site/site.ts'
import { takesGzip } from './compress.ts'
import { keptAnswer } from './kept-page.ts'
import { isOpenedOrFetched } from './pages-only.ts'
import { logRequest, nextRequestId } from './request.ts'

/** @returns a function that answers, or returns false where the app must look at the request. */
export function quickPages(services: Services): (request: IncomingMessage, response: ServerResponse) => boolean {
  const site = siteOf(services)
  const sent = new Map<object, { text: string; headers: Record<string, string> }>()
  return (request, response) => {
    if (!bringsNothing(request)) return false
    const started = performance.now()
    const path = request.url ?? ''
    const kept = keptAnswer(site, path, takesGzip(request.headers['accept-encoding']?.toString()))
    if (!kept) return false
    let ready = sent.get(kept)
    if (!ready) {
      // As a string, Node sends headers and body in one piece.
      const text = Buffer.from(kept.body).toString('latin1')
      ready = { text, headers: { ...kept.headers, 'content-length': String(kept.body.byteLength) } }
      sent.set(kept, ready)
    }
    response.writeHead(200, ready.headers)
    response.end(ready.text, 'latin1')
    const route = path.slice(site.basePath.length)
    logRequest(services, { request: nextRequestId(), method: 'GET', route, status: 200, started })
    return true
  }
}

/** Nothing by which an answer could differ, but for its encoding. */
function bringsNothing({ method, headers }: IncomingMessage): boolean {
  return (
    method === 'GET' &&
    headers.cookie === undefined &&
    headers.authorization === undefined &&
    headers['content-length'] === undefined &&
    headers['transfer-encoding'] === undefined &&
    isOpenedOrFetched(headers['sec-fetch-dest']?.toString())
  )
}
