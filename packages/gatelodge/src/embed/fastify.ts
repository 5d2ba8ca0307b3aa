// For Fastify: our routes as a plugin, and guards as hooks. It is described here by what we use of it, so that nobody
// needs to install it who has another.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { MountedPaths } from '../web/site/mounted-paths.ts'
import type { Demand, Guard, Remember } from './guard.ts'
import { leave } from './guarded.ts'
import type { NodeHandler } from './node.ts'

interface FastifyRequestLike {
  raw: IncomingMessage
}

interface FastifyReplyLike {
  raw: ServerResponse
  hijack(): unknown
  code(status: number): unknown
  header(name: string, value: string): unknown
  send(body: string): unknown
}

type Unread = (request: never, body: never, done: (error: null) => void) => void

interface FastifyLike {
  hasRequestDecorator(name: string): boolean
  decorateRequest(name: never, value: null): unknown
  register(plugin: never): unknown
  removeAllContentTypeParsers(): void
  addContentTypeParser(type: string, options: object, parser: Unread): unknown
  all(path: string, handler: (request: FastifyRequestLike, reply: FastifyReplyLike) => Promise<void>): unknown
}

export type FastifyPlugin = (instance: FastifyLike) => Promise<void>
export type FastifyGuard = (request: FastifyRequestLike, reply: FastifyReplyLike) => Promise<unknown>

export function fastifyPlugin(handler: NodeHandler, own: MountedPaths): FastifyPlugin {
  const routes: FastifyPlugin = async (instance) => {
    // Of this plugin only: bodies stay in their stream, because we read them ourselves.
    instance.removeAllContentTypeParsers()
    instance.addContentTypeParser('*', {}, (_request, _body, done) => done(null))
    for (const pattern of own.patterns) {
      instance.all(pattern, async (request, reply) => {
        reply.hijack()
        await handler(request.raw, reply.raw)
      })
    }
  }
  const plugin: FastifyPlugin = async (instance) => {
    if (!instance.hasRequestDecorator('gatelodge')) instance.decorateRequest('gatelodge' as never, null)
    instance.register(routes as never)
  }
  // The decorator is for the app's own routes, so this much is not kept apart from it.
  return Object.assign(plugin, { [Symbol.for('skip-override')]: true })
}

export function fastifyGuard(guard: Guard, demand: Demand, remember: Remember): FastifyGuard {
  return async (request, reply) => {
    const { raw } = request
    const answer = await guard({ asking: raw, method: raw.method ?? 'GET', target: raw.url ?? '/' }, demand)
    if (!(answer instanceof Response)) {
      remember(request, answer)
      leave(request, answer)
      return undefined
    }
    reply.code(answer.status)
    for (const [name, value] of answer.headers) reply.header(name, value)
    const body = Buffer.from(await answer.arrayBuffer()).toString()
    return reply.send(body)
  }
}
