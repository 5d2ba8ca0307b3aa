// A program of its own, started by parsers.test.ts: one Gatelodge, alone and behind the body parsers of Express 4 and 5.
// Prints the port of each as JSON.
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createGatelodge } from 'gatelodge'

const gatelodge = await createGatelodge({
  baseUrl: 'http://localhost:4999',
  hashMemory: '7MiB',
  hashPasses: 1,
  loginFailuresPerAddress: 10_000,
})

type Express = typeof import('./express.d.ts').express
type Raw = { rawBody?: Buffer }

const verify = (request: Raw, _: unknown, bytes: Buffer) => {
  request.rawBody = bytes
}
const parsers: Record<string, (express: Express) => ReturnType<Express['json']>[]> = {
  'urlencoded, extended': (express) => [express.urlencoded({ extended: true })],
  'urlencoded, not extended': (express) => [express.urlencoded({ extended: false })],
  json: (express) => [express.json()],
  'urlencoded, extended, and json': (express) => [express.urlencoded({ extended: true }), express.json()],
  'parsers that keep the bytes': (express) => [
    express.urlencoded({ extended: true, verify }),
    express.json({ verify }),
  ],
}

const listeners: Record<string, RequestListener> = {
  standalone: (request, response) => gatelodge.node(request, response),
}
for (const [version, name] of [
  [4, 'express4'],
  [5, 'express'],
] as const) {
  const express: Express = (await import(name)).default
  for (const [kind, make] of Object.entries(parsers)) {
    const app = express()
    app.use(...make(express))
    app.use(gatelodge.express())
    listeners[`Express ${version}, ${kind}`] = app
  }
}

const ports: Record<string, number> = {}
for (const [name, listener] of Object.entries(listeners)) {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, resolve))
  ports[name] = (server.address() as AddressInfo).port
}
console.log(JSON.stringify({ ports }))

process.once('SIGTERM', async () => {
  await gatelodge.close()
  process.exit(0)
})
