// Each configuration for a proxy that the docs print or name, run by the real program: an app behind, Gatelodge, and the
// proxy before both.
import { once } from 'node:events'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { request as plainRequest, type RequestOptions, type Server } from 'node:http'
import { request as tlsRequest } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { declared } from '../../src/app.ts'
import { networkList } from '../../src/config/networks.ts'
import type { Settings } from '../../src/config/schema.ts'
import { listen } from '../../src/server.ts'
import { createServices } from '../../src/services.ts'
import { makeApp, testSettings, throwawayDatabase } from './make-app.ts'
import { freePort } from './mysql-server.ts'
import { type ProxyKind, startProxy } from './proxies.ts'
import type { Visitor } from './visitor.ts'

const root = join(import.meta.dirname, '../../../..')
const certificates = join(import.meta.dirname, 'certificates')
const read = (file: string) => readFileSync(join(root, file), 'utf8')

interface Configuration {
  kind: ProxyKind
  text: string
  /** Whether the proxy asks Gatelodge, or Gatelodge stands between the two. */
  place: 'beside' | 'in front'
  isTls?: boolean
  /** As the app's visitors call it. */
  host?: string
}

/** The only block of its language on that page. */
function printed(page: string, language: string): string {
  const blocks = [...read(page).matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(
    ([, text]) => text,
  )
  if (blocks.length !== 1) throw new Error(`${page} prints ${blocks.length} blocks of ${language}`)
  return blocks[0] ?? ''
}

/** What stands in the http block of a whole nginx.conf but for what the tests set themselves. */
const serverOf = (text: string) => text.slice(text.indexOf('  server {'), text.lastIndexOf('}'))

export const configurations = {
  'docs/running/production.md, nginx': () => ({
    kind: 'nginx',
    text: printed('docs/running/production.md', 'nginx'),
    place: 'in front',
    isTls: true,
  }),
  'docs/running/production.md, Caddy': () => ({
    kind: 'caddy',
    text: `{\nadmin off\nauto_https off\n}\n${printed('docs/running/production.md', 'caddy').replace('accounts.example.org {', 'http://:8080 {\nbind 127.0.0.1')}`,
    place: 'in front',
  }),
  'examples/nginx/gatelodge.conf': () => ({
    kind: 'nginx',
    text: read('examples/nginx/gatelodge.conf'),
    place: 'beside',
  }),
  'examples/nginx/two-hosts.conf': () => ({
    kind: 'nginx',
    text: read('examples/nginx/two-hosts.conf'),
    place: 'beside',
    isTls: true,
    host: 'app.example.test',
  }),
  'examples/caddy/Caddyfile': () => ({ kind: 'caddy', text: read('examples/caddy/Caddyfile'), place: 'beside' }),
  'examples/php-behind-nginx/nginx.conf': () => ({
    kind: 'nginx',
    text: serverOf(read('examples/php-behind-nginx/nginx.conf')),
    place: 'beside',
  }),
} satisfies Record<string, () => Configuration>

export type Name = keyof typeof configurations

export interface Configured {
  /** The proxy's process; its children do the work. */
  pid: number
  folder: string
  /** A request to the app through the proxy, as someone who is logged in. */
  options(method: string, path: string, headers?: Record<string, string | number>): RequestOptions
  request: typeof plainRequest
  /** Who that is. */
  email: string
  stop(): Promise<void>
}

/** @param behind the app, or its port: it listens already. @param webRoot a folder in place of the example's. */
export async function startConfigured(name: Name, behind: Server | number, webRoot = '/nowhere'): Promise<Configured> {
  const { kind, text, place, isTls, host = 'localhost' }: Configuration = configurations[name]()
  const [port, elsewhere] = [await freePort(), await freePort()]
  const appPort = typeof behind === 'number' ? behind : portOf(behind)
  const own = place === 'beside' ? await startBeside(host, port, isTls) : await startInFront(appPort)
  const ports: Record<string, number> = { 8080: port, 443: port, 3000: own.port, 5000: appPort, 9000: appPort }
  const filled = text
    .replace(/:(8080|443|3000|5000|9000)\b/g, (_, given) => `:${ports[given]}`)
    .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
    .replace('listen 80;', `listen 127.0.0.1:${elsewhere};`)
    .replace(/\/etc\/ssl\/[\w.]+\.pem/g, join(certificates, 'server.pem'))
    .replace(/\/etc\/ssl\/[\w.]+\.key/g, join(certificates, 'server.key'))
    .replace('EXAMPLE', webRoot)
  const proxy = await startProxy(kind, filled, `http://127.0.0.1:${port}`)
  return {
    pid: proxy.pid,
    folder: proxy.folder,
    email: own.email,
    request: isTls ? (tlsRequest as typeof plainRequest) : plainRequest,
    options: (method, path, headers = {}) => ({
      host: '127.0.0.1',
      port,
      method,
      path,
      ...(isTls && { rejectUnauthorized: false }),
      headers: { host: host === 'localhost' ? `localhost:${port}` : host, cookie: own.cookie, ...headers },
    }),
    async stop() {
      await proxy.stop()
      await own.stop()
    },
  }
}

interface Own {
  port: number
  cookie: string
  email: string
  stop(): Promise<void>
}

const trustedProxies = networkList.parse('127.0.0.1')

async function startBeside(host: string, port: number, isTls = false): Promise<Own> {
  const settings: Partial<Settings> = isTls
    ? { baseUrl: 'https://login.example.test', cookieDomain: 'example.test', allowedReturnHosts: [host] }
    : { baseUrl: `http://localhost:${port}` }
  const app = await makeApp(throwawayDatabase(), { ...settings, trustedProxies })
  const server = serve({ fetch: (sent) => app.fetch(sent), port: 0, hostname: '127.0.0.1' }) as Server
  await once(server, 'listening')
  return {
    port: portOf(server),
    ...(await somebodyAt(app.visitor())),
    async stop() {
      server.close()
      await app.close()
    },
  }
}

/** Every page of the app is public: what passes is looked at here, not who may see it. */
async function startInFront(appPort: number): Promise<Own> {
  const port = await freePort()
  const settings = {
    port,
    upstream: `http://127.0.0.1:${appPort}`,
    public: ['/*'],
    logLevel: 'silent',
    trustedProxies,
  } as const
  const services = await createServices(testSettings(throwawayDatabase(), { ...settings, public: ['/*'] }), declared)
  await services.readiness.first
  const running = await listen(services)
  return { port, cookie: '', email: '', stop: () => running.stop() }
}

async function somebodyAt(visitor: Visitor): Promise<Pick<Own, 'cookie' | 'email'>> {
  const { email = '' } = await visitor.register()
  return { email, cookie: [...visitor.cookies].map((pair) => pair.join('=')).join('; ') }
}

/** A folder with a page of PHP that shows all that it gets, and counts what is sent to it. */
export function phpFolder(page: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'gatelodge-php-'))
  writeFileSync(join(folder, 'index.php'), page)
  return folder
}

const portOf = (server: Server) => (server.address() as AddressInfo).port
