// `gatelodge doctor` on a site behind proxies that are right and wrong.
import { readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type RequestListener, request } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { site as looks } from '../../src/cli/doctor/site.ts'
import type { Settings } from '../../src/config/schema.ts'
import { asked, look, spelled, stateOf } from '../support/doctor.ts'
import { throwawayDatabase } from '../support/make-app.ts'
import { freePort } from '../support/mysql-server.ts'
import { type Site, startSite } from '../support/site.ts'

type Headers = IncomingHttpHeaders & Record<string, string | string[] | undefined>

describe('A site and its proxy', () => {
  let site: Site
  let proxyPort: number
  let answer: RequestListener
  const proxy = createServer((asking, answering) => answer(asking, answering))
  beforeAll(async () => {
    await new Promise<void>((resolve) => proxy.listen(0, resolve))
    proxyPort = (proxy.address() as AddressInfo).port
    site = await startSite(throwawayDatabase(), { baseUrl: `http://localhost:${proxyPort}` })
  })
  afterAll(async () => {
    proxy.closeAllConnections()
    proxy.close()
    await site.stop()
  })

  /** In front of the site. @param change of what it answers. */
  async function through(change: (headers: Headers) => Headers, settings: Partial<Settings> = {}) {
    answer = (asking, answering) => {
      const { method, url: path, headers } = asking
      const passed = request({ port: site.port, host: '127.0.0.1', method, path, headers }, (given) => {
        answering.writeHead(given.statusCode ?? 502, change({ ...given.headers }))
        given.pipe(answering)
      })
      asking.pipe(passed)
    }
    return look(looks, asked({ port: site.port, baseUrl: `http://localhost:${proxyPort}`, ...settings }))
  }

  const without = (name: string) => (headers: Headers) => {
    const { [name]: _, ...rest } = headers
    return rest
  }
  const cookie = (change: (line: string) => string) => (headers: Headers) => ({
    ...headers,
    ...(headers['set-cookie'] && { 'set-cookie': [headers['set-cookie']].flat().map((line) => change(String(line))) }),
  })

  it('that passes all on is found well', async () => {
    const findings = await through((headers) => headers)
    expect(findings.map(({ check, state }) => [check, state])).toEqual([
      ['base URL', 'ok'],
      ['proxy', 'ok'],
      ['cookies', 'ok'],
      ['TLS', 'ok'],
    ])
  })

  it.each<[string, (headers: Headers) => Headers, string, string, RegExp]>([
    ['takes a header out', without('x-frame-options'), 'proxy', 'fault', /x-frame-options/],
    ['keeps answers', (headers) => ({ ...headers, age: '12' }), 'proxy', 'fault', /Turn caching off/],
    [
      'has another time',
      (headers) => ({ ...headers, date: 'Thu, 01 Jan 2026 00:00:00 GMT' }),
      'proxy',
      'warning',
      /NTP/,
    ],
    ['takes cookies out', without('set-cookie'), 'cookies', 'fault', /does not arrive/],
    ['takes their flags', cookie((line) => line.replace('; HttpOnly', '')), 'cookies', 'fault', /without HttpOnly/],
    ['moves them', cookie((line) => line.replace('Path=/', 'Path=/app')), 'cookies', 'fault', /without Path=\//],
  ])('that %s is found', async (_, change, check, state, says) => {
    const findings = await through(change)
    expect(stateOf(findings, check)).toEqual([state])
    expect(
      findings
        .filter((one) => one.check === check)
        .map(spelled)
        .join(),
    ).toMatch(says)
  })

  it('is found where the base URL leads to nothing, and where nothing runs', async () => {
    const baseUrl = `http://localhost:${await freePort()}`
    const wrong = await look(looks, asked({ port: site.port, baseUrl }))
    expect(stateOf(wrong, 'base URL')).toEqual(['fault'])
    expect(wrong.map(spelled).join()).toContain(`listens on 127.0.0.1, port ${site.port}`)
    const nothing = await look(looks, asked({ port: await freePort(), baseUrl }))
    expect(stateOf(nothing, 'base URL')).toEqual(['warning'])
  })

  it('is found where the base URL leads to something else, or to a proxy that does not reach it', async () => {
    for (const [status, says] of [
      [200, /not as this Gatelodge does/],
      [502, /does not reach Gatelodge/],
    ] as const) {
      answer = (_, answering) => answering.writeHead(status).end('ok\n')
      const findings = await look(looks, asked({ port: site.port, baseUrl: `http://localhost:${proxyPort}` }))
      expect(stateOf(findings, 'base URL')).toEqual(['fault'])
      expect(findings.map(spelled).join()).toMatch(says)
    }
  })
})

describe('TLS', () => {
  it('is missed where others than this machine reach the site', async () => {
    const findings = await look(
      looks.filter(({ name }) => name === 'TLS'),
      asked({ baseUrl: 'http://accounts.example.org' }),
    )
    expect(findings.map(spelled).join()).toMatch(/^fault TLS: the site has none/)
  })

  it('is a fault with a certificate that no browser accepts', async () => {
    const file = (name: string) =>
      readFileSync(fileURLToPath(new URL(`../support/certificates/${name}`, import.meta.url)))
    const server = createSecureServer({ key: file('server.key'), cert: file('server.pem') }, (_, answer) =>
      answer.end(),
    )
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
    const { port } = server.address() as AddressInfo
    const findings = await look(looks, asked({ baseUrl: `https://localhost:${port}` }))
    expect(stateOf(findings, 'TLS')).toEqual(['fault'])
    expect(findings.map(spelled).join()).toMatch(/certificate is not accepted \(.*\), valid until \d{4}-/)
    expect(stateOf(findings, 'base URL')).toEqual(['fault'])
    server.closeAllConnections()
    server.close()
  })
})
