// A program of its own, with one Gatelodge inside an app of each framework, started by inside.test.ts: frameworks that
// make code of text cannot run where the tests do. Prints the port of each as JSON.
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { fastify } from 'fastify'
import { createGatelodge, type Guarded, type Who } from 'gatelodge'
import type {} from 'gatelodge/fastify'
import { Hono } from 'hono'

const settings = { baseUrl: 'http://localhost:4999', hashMemory: '7MiB', hashPasses: 1, bearer: true }
const gatelodge = await createGatelodge(settings)
const below = await createGatelodge({ ...settings, basePath: '/auth' })

/** What every app here answers at its own pages. */
async function greeting(request: Request | IncomingMessage): Promise<string> {
  const who = await gatelodge.session(request)
  return who ? `Hello, ${who.account.name}` : 'Hello, stranger'
}

const plain: RequestListener = (request, response) =>
  gatelodge.node(request, response, async () => {
    if (request.url === '/') return response.end(await greeting(request))
    const { requireAccount, optionalAccount, requireRecentLogin } = gatelodge.node
    if (request.url === '/perhaps')
      return optionalAccount(request, response, () => {
        const { gatelodge: who } = request as Partial<Guarded<object>>
        response.end(`Hello, ${who ? who.account.name : 'stranger'}`)
      })
    const guard = request.url?.startsWith('/recent') ? requireRecentLogin('10m') : requireAccount
    return guard(request, response, () => response.end(`Hello, ${(request as Guarded).gatelodge.account.name}`))
  })

type Express = typeof import('./express.d.ts').express

async function expressApp(name: string, parsers: 'before' | 'after'): Promise<RequestListener> {
  const express: Express = (await import(name)).default
  const app = express()
  const parse = () => app.use(express.urlencoded({ extended: true }), express.json())
  if (parsers === 'before') parse()
  app.use(gatelodge.express())
  if (parsers === 'after') parse()
  app.get('/', async (request, response) => response.end(await greeting(request)))
  app.post('/own', (request, response) => response.end(JSON.stringify(request.body)))
  const show = (request: Express.Request, response: ServerResponse) =>
    response.end(`Hello, ${request.gatelodge?.account.name}`)
  app.get('/perhaps', gatelodge.express.optionalAccount, (request, response) =>
    response.end(`Hello, ${request.gatelodge === null ? 'stranger' : request.gatelodge?.account.name}`),
  )
  app.get('/mine', gatelodge.express.requireAccount, show)
  app.get('/recent', gatelodge.express.requireRecentLogin('10m'), show)
  return app
}

const onFastify = fastify()
onFastify.get('/', (request) => greeting(request.raw))
onFastify.post('/own', async (request) => request.body)
onFastify.get('/mine', { preHandler: gatelodge.fastify.requireAccount }, async (request) => {
  return `Hello, ${request.gatelodge?.account.name}`
})
onFastify.get('/perhaps', { preHandler: gatelodge.fastify.optionalAccount }, async (request) => {
  return `Hello, ${request.gatelodge === null ? 'stranger' : request.gatelodge.account.name}`
})
onFastify.get('/recent', { preHandler: gatelodge.fastify.requireRecentLogin('10m') }, (request) =>
  greeting(request.raw),
)
onFastify.register(gatelodge.fastify)
await onFastify.listen({ port: 0 })

const onHono = new Hono<{ Variables: { gatelodge: Who } }>()
onHono.use(gatelodge.hono)
onHono.get('/', async (c) => c.text(await greeting(c.req.raw)))
onHono.get('/mine', gatelodge.hono.requireAccount, (c) => c.text(`Hello, ${c.var.gatelodge.account.name}`))
onHono.get('/recent', gatelodge.hono.requireRecentLogin('10m'), (c) => c.text(`Hello, ${c.var.gatelodge.account.name}`))
onHono.get('/perhaps', gatelodge.hono.optionalAccount, (c) => {
  const who: Who | null = c.var.gatelodge
  return c.text(`Hello, ${who === null ? 'stranger' : who.account.name}`)
})

/** What has `fetch` and nothing more. */
async function byFetch(request: Request, env: unknown): Promise<Response> {
  const ours = await gatelodge.fetch(request, env)
  if (ours) return ours
  const { pathname } = new URL(request.url)
  if (pathname === '/') return new Response(await greeting(request))
  const { requireAccount, optionalAccount, requireRecentLogin } = gatelodge.fetch
  const guard = { '/recent': requireRecentLogin('10m'), '/perhaps': optionalAccount }[pathname] ?? requireAccount
  const who = await guard(request)
  return who instanceof Response ? who : new Response(`Hello, ${who === null ? 'stranger' : who.account.name}`)
}

/** Mounted below a path: Express removes that path from the address. */
async function mounted(name: string): Promise<RequestListener> {
  const express: Express = (await import(name)).default
  const app = express()
  app.use('/auth', below.express())
  app.get('/mine', below.express.requireAccount, async (request, response) => {
    const who = await below.session(request)
    response.end(`Hello, ${who?.account.name}`)
  })
  return app
}

const belowFastify = fastify()
belowFastify.register(below.fastify)
belowFastify.get('/login', async () => 'the app’s own login')
await belowFastify.listen({ port: 0 })

const listeners: Record<string, RequestListener> = {
  'node:http': plain,
  'Express 4, parsers before': await expressApp('express4', 'before'),
  'Express 4, parsers after': await expressApp('express4', 'after'),
  'Express 5, parsers before': await expressApp('express', 'before'),
  'Express 5, parsers after': await expressApp('express', 'after'),
  'Express 4, mounted': await mounted('express4'),
  'Express 5, mounted': await mounted('express'),
  Hono: getRequestListener(onHono.fetch),
  fetch: getRequestListener(byFetch),
}
const ports: Record<string, number> = {
  Fastify: (onFastify.server.address() as AddressInfo).port,
  'Fastify, below a path': (belowFastify.server.address() as AddressInfo).port,
}
for (const [name, listener] of Object.entries(listeners)) {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, resolve))
  ports[name] = (server.address() as AddressInfo).port
}
console.log(JSON.stringify({ ports }))

process.once('SIGTERM', async () => {
  await Promise.all([gatelodge.close(), below.close()])
  process.exit(0)
})
