// For node:http and whatever is built like it: Express 4 and 5, Connect.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import type { AppEnv } from '../web/http/context.ts'
import { isAmbiguous } from '../web/http/framing.ts'
import type { MountedPaths } from '../web/site/mounted-paths.ts'
import type { Demand, Guard, Remember } from './guard.ts'
import { leave } from './guarded.ts'
import { restoreBody } from './read-already.ts'

type Next = (error?: unknown) => void

/** What is not ours goes on to `next`; where there is none, it gets our page for what was not found. */
export type NodeHandler = (request: IncomingMessage, response: ServerResponse, next?: Next) => Promise<void>
export type NodeGuard = (request: IncomingMessage, response: ServerResponse, next: Next) => Promise<void>

export function nodeHandler(app: Hono<AppEnv>, own: MountedPaths): NodeHandler {
  const options = { overrideGlobalObjects: false, errorHandler: () => new Response('', { status: 400 }) }
  const answer = getRequestListener((request, env) => app.fetch(withStream(request), env), options)
  return async (request, response, next) => {
    const [pathname = ''] = targetOf(request).split('?', 1)
    if (next && !own.has(pathname)) return next()
    if (isAmbiguous(request)) {
      response.writeHead(400, { connection: 'close' }).end()
      return
    }
    try {
      // Mounted at a path, Express hands over what stands behind it; our router wants all of it.
      request.url = targetOf(request)
      restoreBody(request)
      await answer(request, response)
    } catch (error) {
      failed(error, response, next)
    }
  }
}

/** A body of unknown length is watched by making the request again, which the adapter's own cannot be. */
function withStream(request: Request): Request {
  const { url, method, headers } = request
  if (!headers.has('transfer-encoding')) return request
  return new Request(url, { method, headers, body: request.body, duplex: 'half' })
}

export function nodeGuard(guard: Guard, demand: Demand, remember: Remember): NodeGuard {
  return async (request, response, next) => {
    const asked = { asking: request, method: request.method ?? 'GET', target: targetOf(request) }
    let answer: Awaited<ReturnType<Guard>>
    try {
      answer = await guard(asked, demand)
      if (answer instanceof Response) return await write(answer, response)
    } catch (error) {
      return failed(error, response, next)
    }
    remember(request, answer)
    leave(request, answer)
    next()
  }
}

/** Anyone who calls us does not wait for a promise: one that is rejected would end the process. */
function failed(error: unknown, response: ServerResponse, next: Next | undefined): void {
  if (next) next(error)
  else if (response.headersSent) response.destroy()
  else response.writeHead(500).end()
}

/** Within a router Express shortens `url`; what the browser asked for stands beside it. */
function targetOf(request: IncomingMessage & { originalUrl?: string }): string {
  return request.originalUrl ?? request.url ?? '/'
}

async function write(answer: Response, response: ServerResponse): Promise<void> {
  response.statusCode = answer.status
  // Beside the app's own cookies, not in their place.
  for (const [name, value] of answer.headers) {
    if (name === 'set-cookie') response.appendHeader(name, value)
    else response.setHeader(name, value)
  }
  response.end(Buffer.from(await answer.arrayBuffer()))
}
