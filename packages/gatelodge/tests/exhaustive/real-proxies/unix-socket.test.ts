// The real nginx and the real Caddy before a Gatelodge at a Unix socket: the configurations that docs/running/production.md
// prints, changed as it says.
import { mkdtempSync, readdirSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { declared } from '../../../src/app.ts'
import { networkList } from '../../../src/config/networks.ts'
import { listen } from '../../../src/server.ts'
import { createServices } from '../../../src/services.ts'
import { configurations } from '../../support/configured.ts'
import { testSettings, throwawayDatabase } from '../../support/make-app.ts'
import { freePort } from '../../support/mysql-server.ts'
import { startProxy } from '../../support/proxies.ts'
import { overTheWire } from '../../support/upstream-site.ts'
import { Visitor } from '../../support/visitor.ts'

const certificates = join(import.meta.dirname, '../../support/certificates')

/** As the page says, and on ports that are free here. */
const changed = {
  nginx: (socket: string, port: number, other: number) =>
    configurations['docs/running/production.md, nginx']()
      .text.replace('http://127.0.0.1:3000', `http://unix:${socket}`)
      .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
      .replace('listen 80;', `listen 127.0.0.1:${other};`)
      .replace(/\/etc\/ssl\/[\w.]+\.pem/g, join(certificates, 'server.pem'))
      .replace(/\/etc\/ssl\/[\w.]+\.key/g, join(certificates, 'server.key')),
  caddy: (socket: string, port: number) =>
    configurations['docs/running/production.md, Caddy']()
      .text.replace('127.0.0.1:3000', `unix/${socket}`)
      .replace(':8080', `:${port}`),
}

it.each(['nginx', 'caddy'] as const)(
  'V4.1.3 %s connects to the socket, and passes on whose request it is',
  async (kind) => {
    const [port, other] = [await freePort(), await freePort()]
    const unixSocket = join(mkdtempSync(join(tmpdir(), 'gatelodge-run-')), 'gatelodge.sock')
    const site = `${kind === 'nginx' ? 'https' : 'http'}://localhost:${port}`
    const settings = {
      unixSocket,
      baseUrl: site,
      trustedProxies: networkList.parse('unix'),
      logLevel: 'silent',
    } as const
    const services = await createServices(testSettings(throwawayDatabase(), settings), declared)
    await services.readiness.first
    const running = await listen(services)
    const proxy = await startProxy(kind, changed[kind](unixSocket, port, other), `http://127.0.0.1:${port}`)

    const visitor = new Visitor(kind === 'nginx' ? overTls : overTheWire, site)
    await visitor.register()
    expect((await visitor.open('/account')).status).toBe(200)
    // A client that invents an address before the one that the proxy appends.
    await visitor.send('GET', '/account', undefined, { 'x-forwarded-for': '203.0.113.9' })
    await visitor.logOut()
    const rows = await services.database.db.selectFrom('gatelodge_audit').select('client_address').execute()
    expect(rows.length).toBeGreaterThan(1)
    expect(new Set(rows.map(({ client_address }) => client_address))).toEqual(new Set(['127.0.0.1']))

    await proxy.stop()
    await running.stop()
    expect(readdirSync(dirname(unixSocket))).toEqual([])
  },
)

/** The same as over plain HTTP; the certificate is for tests. */
async function overTls(asked: Request): Promise<Response> {
  const body = Buffer.from(await asked.arrayBuffer())
  const { port, pathname, search } = new URL(asked.url)
  const headers = {
    accept: 'text/html',
    host: `localhost:${port}`,
    ...Object.fromEntries(asked.headers),
    ...(body.length > 0 && { 'content-length': body.length }),
  }
  const place = { host: '127.0.0.1', port, path: pathname + search, method: asked.method, rejectUnauthorized: false }
  return new Promise((resolve, reject) => {
    const sent = request({ ...place, headers }, async (answer) => {
      const given = new Headers()
      for (let at = 0; at < answer.rawHeaders.length; at += 2)
        given.append(answer.rawHeaders[at] ?? '', answer.rawHeaders[at + 1] ?? '')
      const status = answer.statusCode ?? 0
      resolve(new Response(status === 204 || status === 304 ? null : await text(answer), { status, headers: given }))
    })
    sent.once('error', reject).end(body)
  })
}
