// `/metrics` has a listener of its own, is off by default, and stays small whatever strangers send to the site.
import { request } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createLog } from '../../src/log.ts'
import { collected } from '../support/collected.ts'
import { finished, serving } from '../support/command-line.ts'
import { sampleOf, samplesIn, testMeter } from '../support/exposition.ts'
import { makeApp, throwawayDatabase } from '../support/make-app.ts'
import { freePort } from '../support/mysql-server.ts'
import { startSite } from '../support/site.ts'
import { untilAnswers } from '../support/until-answers.ts'

function send(port: number, method: string, path: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const asking = request({ port, host: '127.0.0.1', method, path, headers, agent: false }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0))
    })
    asking.once('error', reject).end()
  })
}

describe('The listener of the metrics', () => {
  it('V13.4.5 has /metrics and nothing else, and the site has none', async () => {
    const metricsPort = await freePort()
    const site = await startSite(throwawayDatabase(), { metricsPort }, { meter: testMeter() })
    await untilAnswers(`${site.baseUrl}/health/ready`)
    const answer = await fetch(`http://127.0.0.1:${metricsPort}/metrics`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const text = await answer.text()
    expect(sampleOf(text, 'gatelodge_build_info', { version: '0.0.0-test' })).toBe(1)
    expect(sampleOf(text, 'gatelodge_http_requests_in_flight')).toBe(0)
    expect(sampleOf(text, 'gatelodge_logins_total', { method: 'password', result: 'failed' })).toBe(0)
    expect(sampleOf(text, 'gatelodge_emails_total', { template: 'verify-email', result: 'failed' })).toBe(0)
    const statuses = [
      ['HEAD', '/metrics'],
      ['POST', '/metrics'],
      ['GET', '/'],
      ['GET', '/login'],
      ['GET', '/metrics/x'],
    ]
    const told = await Promise.all(statuses.map(([method = '', path = '']) => send(metricsPort, method, path)))
    expect(told).toEqual([200, 405, 404, 404, 404])
    expect(await send(site.port, 'GET', '/metrics')).toBe(404)
    await site.stop()
    await expect(fetch(`http://127.0.0.1:${metricsPort}/metrics`)).rejects.toThrow()
  })

  it('V15.2.2 answers one request of a connection, however many come at once, and closes it', async () => {
    const metricsPort = await freePort()
    const site = await startSite(throwawayDatabase(), { metricsPort }, { meter: testMeter() })
    for (const path of ['/metrics', '/other']) {
      const socket = connect(metricsPort, '127.0.0.1')
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`.repeat(1_000))
      const came = Buffer.concat(await collected<Buffer>(socket)).toString()
      expect(came.match(/^HTTP\/1\.1 /gm)).toHaveLength(1)
      expect(came).toMatch(/^connection: close\r$/im)
    }
    await site.stop()
  })

  it('V13.4.5 is off by default, and nothing then stands between the product and its log', async () => {
    const log = createLog({ logLevel: 'silent', mode: 'production' }, { write: () => {} })
    const app = await makeApp(throwawayDatabase(), {}, { log })
    expect(app.services.meter).toBeUndefined()
    expect(app.services.log).toBe(log)
    await app.close()
    const site = await startSite(throwawayDatabase())
    expect(await send(site.port, 'GET', '/metrics')).toBe(404)
    await site.stop()
  })

  it('V15.1.3 stays as small, however many addresses, methods and hosts strangers try', async () => {
    const metricsPort = await freePort()
    const site = await startSite(throwawayDatabase(), { metricsPort }, { meter: testMeter() })
    await untilAnswers(`${site.baseUrl}/health/ready`)
    const hostile = async (from: number, to: number) => {
      for (let at = from; at < to; at += 1) {
        const host = `host-${at}.example`
        await send(site.port, 'GET', `/path-${at}/${at}`, { host })
        await send(site.port, 'GET', `/reset-password/${at}?x=${at}`, { host, 'x-forwarded-for': `203.0.113.${at}` })
        await send(site.port, ['PURGE', 'MKCOL', 'REPORT', 'LOCK', 'COPY'][at % 5] ?? '', `/${at}`, { host })
        await send(site.port, 'GET', `/assets/${at}.css`)
      }
    }
    const series = async () => {
      const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
      return samplesIn(text).map(({ name, labels }) => `${name} ${JSON.stringify(labels)}`)
    }
    await hostile(0, 10)
    const before = await series()
    await hostile(10, 60)
    expect(await series()).toEqual(before)
    expect(before.join()).not.toMatch(/path-|host-|203\.0|PURGE/)
    await site.stop()
  })
})

describe('gatelodge serve', () => {
  it('serves metrics where the setting asks for it, and says where', async () => {
    const port = await freePort()
    const { out } = await serving({}, ['--metrics-port', String(port)])
    expect(out()).toContain(`Metrics   http://127.0.0.1:${port}/metrics`)
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    expect(text).toMatch(/^gatelodge_build_info\{version="\d+\.\d+\.\d+"\} 1$/m)
  })

  it('does not start where that port is taken, and says which setting to change', async () => {
    const { port } = await serving()
    const free = String(await freePort())
    const { code, err } = await finished(['serve', '--port', free, '--metrics-port', String(port)])
    expect(code).toBe(1)
    expect(err).toMatch(/metrics cannot be served on 127\.0\.0\.1, port \d+: .*EADDRINUSE.*Choose another metricsPort/)
  })
})
