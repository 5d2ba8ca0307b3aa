// A program of its own that does with the routes of the example for Next what Next does: `node next-routes.ts FOLDER`.
// It hands over a request of a class of its own, in a Proxy, and takes Content-Encoding off what is answered. Prints its port.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { getRequestListener } from '@hono/node-server'

type Route = Record<string, ((request: Request) => Promise<Response>) | undefined>

const folder = process.argv[2] ?? ''
const load = async (name: string) => import(pathToFileURL(join(folder, name)).href)
const route = async (name: string): Promise<Route> => load(`app/${name}/route.js`)
const [notes, doors] = [await route('api/notes'), await route('[...path]')]
const { proxy }: { proxy: (request: Request) => Promise<Response | undefined> } = await load('proxy.js')

class NextRequest extends Request {}

/** Each property is read from the request behind, and each method called on it. */
function wrapped({ url, method, headers, body }: Request): Request {
  const request = new NextRequest(url, { method, headers, body, duplex: 'half' })
  return new Proxy(request, {
    get(target, name) {
      const value = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** What its adapter does with the answer of proxy.ts: an address without a host throws, and one of this host is shortened. */
async function askProxy(request: Request): Promise<Response> {
  const given = await proxy(wrapped(request))
  const location = given?.headers.get('location')
  if (!given || !location) return new Response('the page behind')
  const url = new URL(location)
  return new Response(given.body, {
    status: given.status,
    headers: { ...Object.fromEntries(given.headers), location: url.href },
  })
}

async function answer(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  if (pathname === '/notes') return askProxy(request)
  const handler = (pathname === '/api/notes' ? notes : doors)[request.method]
  if (!handler) return new Response(null, { status: 405 })
  const given = await handler(wrapped(request))
  const headers = new Headers(given.headers)
  headers.delete('content-encoding')
  return new Response(given.body, { status: given.status, headers })
}

const server = createServer(getRequestListener(answer, { overrideGlobalObjects: false }))
server.listen(0, () => console.log((server.address() as AddressInfo).port))
