import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { useSite } from '../../tests/support/site.ts'

const site = useSite()

const hidden = 'GET /health/alive HTTP/1.1\r\nHost: localhost\r\n\r\n'
const body = '0\r\n\r\n'

it.each([
  ['two hosts', `GET /login HTTP/1.1\r\nHost: localhost\r\nhost: e.test\r\n\r\n`],
  ['one host twice', `GET /login HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n`],
  ['a body that is coded twice', `POST /login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n${body}`],
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
