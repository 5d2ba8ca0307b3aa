import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { useSite } from '../../../tests/support/site.ts'

const site = useSite()

const hidden = 'GET /health/alive HTTP/1.1\r\nHost: localhost\r\n\r\n'
const body = '0\r\n\r\n'

it.each([
  ['two hosts', `GET /login HTTP/1.1\r\nHost: localhost\r\nhost: e.test\r\n\r\n`],
  ['one host twice', `GET /login HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n`],
  ['a body that is coded twice', `POST /login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n${body}`],
  ['a body in chunks in HTTP/1.0', `POST /login HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${body}`],
  ['no host in HTTP/1.1', `GET /login HTTP/1.1\r\n\r\n`],
])('V4.2.1 %s: refused and closed, and what comes behind is not looked at', async (_, request) => {
  const heard = await answersTo(request + hidden)
  expect(heard.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 400'])
  expect(heard).toContain("frame-ancestors 'none'")
})

it('V4.2.1 a body in chunks, and two requests on one connection, are as good as any', async () => {
  const chunked = `POST /login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\r\n\r\n${body}`
  const heard = await answersTo(chunked + hidden.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'))
  expect(heard.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 403', 'HTTP/1.1 200'])
})

it.each([
  ['in HTTP/1.0 without a host', 'GET /health/ready HTTP/1.0\r\n\r\n'],
  ['in HTTP/1.0 for the headers only', 'HEAD /health/ready HTTP/1.0\r\n\r\n'],
  ['in HTTP/1.0 with an empty host', 'GET /health/ready HTTP/1.0\r\nHost:\r\n\r\n'],
  ['with an empty host', 'GET /health/ready HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n'],
])('a probe %s is answered like any other', async (_, request) => {
  expect(await answersTo(request)).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
})

it('V4.2.5 headers that are too large are refused with words that say so', async () => {
  const heard = await answersTo(`GET /login HTTP/1.1\r\nHost: x\r\nCookie: a=${'x'.repeat(20_000)}\r\n\r\n`)
  expect(heard).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large\r\n/)
  expect(heard).toContain('content-type: text/html; charset=utf-8')
  expect(heard).toContain("frame-ancestors 'none'")
  const [head = '', body = ''] = heard.split('\r\n\r\n')
  expect(body).toContain('Delete the cookies of this site')
  expect(head).toContain(`content-length: ${Buffer.byteLength(body)}\r\n`)
})

/** All that comes until the server closes. */
function answersTo(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(Number(new URL(site().baseUrl).port), '127.0.0.1', () => socket.write(bytes))
    socket.setEncoding('utf8').on('error', reject)
    socket.on('data', (piece) => {
      text += piece
    })
    socket.on('end', () => resolve(text))
  })
}
