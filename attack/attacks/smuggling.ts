// Where a request ends has one answer. Each of these hides a second request behind a first one that two readers might cut
// at different places.
import { type Attack, verdict } from '../attack.ts'
import type { Target } from '../target.ts'

interface Trick {
  name: string
  sent: string
  /** From the request line to the last byte. */
  write(host: string): string
}

const hidden = (host: string) => `GET /health/alive HTTP/1.1\r\nHost: ${host}\r\n\r\n`
const formType = 'Content-Type: application/x-www-form-urlencoded'

/** A POST with these header lines; behind it an empty chunked body and the hidden request. */
const chunkedBehind = (lines: string[]) => (host: string) =>
  `POST /login HTTP/1.1\r\nHost: ${host}\r\n${formType}\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n0\r\n\r\n${hidden(host)}`

/** A POST in chunks, with this for the chunks. */
const chunks = (text: string) => (host: string) =>
  `POST /login HTTP/1.1\r\nHost: ${host}\r\n${formType}\r\nTransfer-Encoding: chunked\r\n\r\n${text}${hidden(host)}`

/** A GET with these header lines, each with its own end; and the hidden request behind it. */
const getWith = (lines: string) => (host: string) =>
  `GET /login HTTP/1.1\r\nHost: ${host}\r\n${lines}\r\n${hidden(host)}`

const tricks: Trick[] = [
  {
    name: 'Content-Length and chunked',
    sent: 'both headers',
    write: chunkedBehind(['Content-Length: 5', 'Transfer-Encoding: chunked']),
  },
  {
    name: 'chunked and Content-Length',
    sent: 'both headers, the other way round',
    write: chunkedBehind(['Transfer-Encoding: chunked', 'Content-Length: 5']),
  },
  {
    name: 'two Content-Lengths',
    sent: 'Content-Length: 5 and 6',
    write: chunkedBehind(['Content-Length: 5', 'Content-Length: 6']),
  },
  { name: 'two Content-Lengths in one', sent: 'Content-Length: 5, 6', write: chunkedBehind(['Content-Length: 5, 6']) },
  { name: 'Content-Length: +5', sent: 'a sign in front', write: chunkedBehind(['Content-Length: +5']) },
  { name: 'Content-Length: -5', sent: 'a negative one', write: chunkedBehind(['Content-Length: -5']) },
  { name: 'Content-Length: 0x5', sent: 'a hexadecimal one', write: chunkedBehind(['Content-Length: 0x5']) },
  {
    name: 'an endless Content-Length',
    sent: 'Content-Length: 99999999999999999999999',
    write: chunkedBehind(['Content-Length: 99999999999999999999999']),
  },
  {
    name: 'a space in front of the colon',
    sent: 'Transfer-Encoding : chunked',
    write: chunkedBehind(['Content-Length: 5', 'Transfer-Encoding : chunked']),
  },
  {
    name: 'Transfer-Encoding: gzip, chunked',
    sent: 'another coding in front',
    write: chunkedBehind(['Transfer-Encoding: gzip, chunked']),
  },
  {
    name: 'Transfer-Encoding: chunked, identity',
    sent: 'another coding behind',
    write: chunkedBehind(['Transfer-Encoding: chunked, identity']),
  },
  {
    name: 'Transfer-Encoding: xchunked',
    sent: 'an unknown coding',
    write: chunkedBehind(['Transfer-Encoding: xchunked']),
  },
  {
    name: 'Transfer-Encoding: "chunked"',
    sent: 'in quotes',
    write: chunkedBehind(['Content-Length: 5', 'Transfer-Encoding: "chunked"']),
  },
  {
    name: 'Transfer-Encoding twice',
    sent: 'chunked and gzip',
    write: chunkedBehind(['Transfer-Encoding: chunked', 'Transfer-Encoding: gzip']),
  },
  {
    name: 'chunked in HTTP/1.0',
    sent: 'a coding that HTTP/1.0 does not have, with Content-Length',
    write: (host) =>
      chunkedBehind(['Content-Length: 5', 'Transfer-Encoding: chunked'])(host).replace('HTTP/1.1', 'HTTP/1.0'),
  },
  {
    name: 'bare LF between headers',
    sent: 'lines that end in LF',
    write: (host) => `GET /login HTTP/1.1\nHost: ${host}\n\n${hidden(host)}`,
  },
  {
    name: 'bare LF behind one header',
    sent: 'X: y LF Content-Length: 0',
    write: getWith('X: y\nContent-Length: 0\r\n'),
  },
  { name: 'bare CR in a header', sent: 'X: y CR Content-Length: 5', write: getWith('X: y\rContent-Length: 5\r\n') },
  {
    name: 'a header on two lines',
    sent: 'obs-fold: X: a CRLF SP b',
    write: getWith('Transfer-Encoding:\r\n chunked\r\nContent-Length: 5\r\n'),
  },
  {
    name: 'a space in front of the first header',
    sent: 'SP X: y',
    write: (host) => `GET /login HTTP/1.1\r\n X: y\r\nHost: ${host}\r\n\r\n${hidden(host)}`,
  },
  { name: 'NUL in a header', sent: 'X: a NUL b', write: getWith('X: a\0b\r\n') },
  { name: 'NUL in the name of a header', sent: 'Content-Length NUL: 5', write: getWith('Content-Length\0: 5\r\n') },
  { name: 'two Hosts', sent: 'Host twice', write: getWith('Host: e.test\r\n') },
  { name: 'a chunk of negative size', sent: '-1 CRLF', write: chunks('-1\r\n\r\n0\r\n\r\n') },
  { name: 'a chunk of size 0x1', sent: '0x1 CRLF', write: chunks('0x1\r\na\r\n0\r\n\r\n') },
  {
    name: 'a chunk of endless size',
    sent: 'FFFFFFFFFFFFFFFFF CRLF',
    write: chunks('FFFFFFFFFFFFFFFFF\r\na\r\n0\r\n\r\n'),
  },
  { name: 'bare LF behind a chunk size', sent: '1 LF a', write: chunks('1\na\r\n0\r\n\r\n') },
  { name: 'bare LF in a chunk extension', sent: '1;x LF', write: chunks('1;x\nxx\r\n0\r\n\r\n') },
  { name: 'a chunk longer than its size', sent: '1 CRLF abc', write: chunks('1\r\nabc\r\n0\r\n\r\n') },
  {
    name: 'HTTP/9.9',
    sent: 'a version that there is not',
    write: (host) => getWith('')(host).replace('HTTP/1.1', 'HTTP/9.9'),
  },
  {
    name: 'a fourth word in the request line',
    sent: 'GET /login x HTTP/1.1',
    write: (host) => getWith('')(host).replace('GET /login HTTP', 'GET /login x HTTP'),
  },
]

/** The hidden request gets the answer 200 with "ok". The first request never gets that answer. */
export const smuggling: Attack[] = tricks.map(({ name, sent, write }) => ({
  name: `smuggling: ${name}`,
  asvs: 'V4.2.1',
  sent,
  expected: '400 and closed, no second answer',
  async run(target: Target) {
    const { statuses, isClosed } = await target.bytes(write(target.base.host))
    const [status = 0] = statuses
    const isRefused = [0, 400, 413, 414, 431, 501, 505].includes(status)
    const came = `${statuses.join(' ') || 'nothing'}, ${isClosed ? 'closed' : 'left open'}`
    return verdict(statuses.length <= 1 && isRefused && isClosed, came)
  },
}))
