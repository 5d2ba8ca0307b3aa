// A program of its own, with one Gatelodge inside an app of each framework, started by inside.test.ts: frameworks that
// make code of text cannot run where the tests do. Prints the port of each as JSON.
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { fastify } from 'fastify'
import { createGatelodge } from 'gatelodge'
import { Hono } from 'hono'

const settings = { baseUrl: 'http://localhost:4999', hashMemory: '7MiB', hashPasses: 1 }
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
    const { requireAccount, requireRecentLogin } = gatelodge.node
    const guard = request.url?.startsWith('/recent') ? requireRecentLogin('10m') : requireAccount
    return guard(request, response, async () => response.end(await greeting(request)))
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
  const show = async (request: IncomingMessage, response: { end(text: string): void }) =>
    response.end(await greeting(request))
  app.get('/mine', gatelodge.express.requireAccount, show)
  app.get('/recent', gatelodge.express.requireRecentLogin('10m'), show)
  return app
}

const onFastify = fastify()
onFastify.get('/', (request) => greeting(request.raw))
onFastify.post('/own', async (request) => request.body)
onFastify.get('/mine', { preHandler: gatelodge.fastify.requireAccount }, async (request) => {
  const who = await gatelodge.session(request)
  return `Hello, ${who?.account.name}`
})
onFastify.get('/recent', { preHandler: gatelodge.fastify.requireRecentLogin('10m') }, (request) =>
  greeting(request.raw),
)
onFastify.register(gatelodge.fastify)
await onFastify.listen({ port: 0 })

const onHono = new Hono<{ Bindings: { incoming: IncomingMessage } }>()
onHono.use(async (c, next) => (await gatelodge.fetch(c.req.raw, c.env)) ?? next())
onHono.get('/', async (c) => c.text(await greeting(c.req.raw)))
onHono.get('/mine', async (c) => {
  const who = await gatelodge.fetch.requireAccount(c.req.raw)
  return who instanceof Response ? who : c.text(`Hello, ${who.account.name}`)
})
onHono.get('/recent', async (c) => {
  const who = await gatelodge.fetch.requireRecentLogin('10m')(c.req.raw)
  return who instanceof Response ? who : c.text(`Hello, ${who.account.name}`)
})

/** Below a path, and handed only what Express leaves of the address there. */
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
