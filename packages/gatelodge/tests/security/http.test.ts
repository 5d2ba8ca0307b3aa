// Chapter V4: HTTP as it goes over the wire, through the real server.
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { declared } from '../../src/app.ts'
import { listen, type Running } from '../../src/server.ts'
import type { Services } from '../../src/services.ts'
import { createServices } from '../../src/services.ts'
import { document } from '../support/documents.ts'
import { testSettings, throwawayDatabase } from '../support/make-app.ts'

let running: Running
let services: Services
beforeAll(async () => {
  const settings = testSettings(throwawayDatabase(), {
    port: 0,
    logLevel: 'silent',
    baseUrl: 'https://accounts.example.org',
  })
  services = await createServices(settings, declared)
  await services.readiness.first
  running = await listen(services)
})
afterAll(() => running.stop())

interface Raw {
  status: number
  headers: Map<string, string>
  body: Buffer
}

/** One request as it is written, the answer as it came. */
function raw(request: string): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect(running.port, '127.0.0.1', () => socket.write(request))
    socket.on('data', (chunk) => chunks.push(chunk)).on('error', reject)
    socket.on('close', () => {
      const all = Buffer.concat(chunks)
      const [head = ''] = all.toString('latin1').split('\r\n\r\n')
      const [first = '', ...lines] = head.split('\r\n')
      const headers = new Map(
        lines.map((line) => [line.split(':')[0]?.toLowerCase() ?? '', line.replace(/^[^:]+: */, '')]),
      )
      resolve({ status: Number(first.split(' ')[1]), headers, body: all.subarray(head.length + 4) })
    })
  })
}

const ask = (method: string, path: string, more = '') =>
  raw(`${method} ${path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n${more}\r\n`)

const paths = [
  '/',
  '/login',
  '/register',
  '/logout',
  '/account',
  '/nothing',
  '/assets/nothing',
  '/health/alive',
  '/health/ready',
]

describe('Every answer', () => {
  it('V4.1.1 that has a body says what it is, in utf-8', async () => {
    const { body } = await ask('GET', '/login')
    const assets = [...String(body).matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '')
    expect(assets).toHaveLength(4)
    for (const path of [...paths, ...assets]) {
      for (const accept of ['', 'accept: application/json\r\n']) {
        for (const method of ['GET', 'POST', 'FOO']) {
          const answer = await ask(method, path, `${accept}content-length: 0\r\n`)
          // A redirect has no body but the end of its chunks.
          if (answer.body.length > 0 && answer.status !== 303)
            expect(answer.headers.get('content-type'), `${method} ${path}`).toMatch(
              /^(?:[\w/+.-]+; charset=utf-8|image\/png)$/,
            )
        }
      }
    }
  })

  it('V4.2.2 is as long as it says, compressed or not', async () => {
    for (const path of paths) {
      for (const encoding of ['', 'accept-encoding: gzip\r\n']) {
        const answer = await ask('GET', path, encoding)
        const told = answer.headers.get('content-length')
        if (told === undefined) expect(answer.headers.get('transfer-encoding') ?? 'none', path).toMatch(/chunked|none/)
        else expect(answer.body.length, path).toBe(Number(told))
        expect((await ask('HEAD', path, encoding)).body.length, path).toBe(0)
      }
    }
  })

  it('V13.4.4 V4.1.4 to TRACE and CONNECT is a refusal, and echoes nothing', async () => {
    const answer = await ask('TRACE', '/login', 'x-canary: canary\r\n')
    expect(answer.status).toBe(405)
    expect(String(answer.body)).not.toContain('canary')
    expect((await ask('CONNECT', 'a:443')).status).not.toBe(200)
  })
})

describe('Plain http', () => {
  it('V4.1.2 is never led on by the product: what was sent in the clear is not sent again', async () => {
    for (const path of ['/login', '/register', '/account']) {
      for (const forwarded of ['x-forwarded-proto: http\r\n', 'forwarded: proto=http\r\n', '']) {
        const answer = await ask(
          'POST',
          path,
          `${forwarded}content-type: application/json\r\naccept: application/json\r\ncontent-length: 2\r\n\r\n{}`,
        )
        expect(answer.status).toBeGreaterThanOrEqual(400)
        expect(answer.headers.has('location')).toBe(false)
      }
    }
  })

  it('V4.1.2 is led on by the proxy of the guide for pages only', () => {
    const plain = document('docs/running/production.md').split('listen 80;')[1]?.split('```')[0] ?? ''
    expect(plain).toMatch(/if \(\$request_method !~ \^\(GET\|HEAD\)\$\) \{ return 403; \}\s+return 301 https:/)
  })
})
