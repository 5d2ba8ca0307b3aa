// Reads HTTP as nobody should: the first length wins, ends of lines are guessed, whatever comes is answered. It shows that
// the attacks notice.
import { createServer, type Server, type Socket } from 'node:net'

export interface Asked {
  method: string
  target: string
  headers: Record<string, string>
  body: Buffer
}

export interface Told {
  status: number
  /** Written as they are, line breaks included. */
  headers: [string, string][]
  body: string
}

export function createUnsafeServer(answer: (asked: Asked) => Told): Server {
  const half = new Set<Socket>()
  return createServer((socket) => {
    let bytes: Buffer = Buffer.alloc(0)
    socket.on('error', () => {}).on('close', () => half.delete(socket))
    socket.on('data', (piece: Buffer) => {
      bytes = Buffer.concat([bytes, piece])
      for (let cut = cutOff(bytes); cut; cut = cutOff(bytes)) {
        bytes = cut.rest
        half.delete(socket)
        reply(socket, answer(cut.asked), cut.asked.headers.connection === 'close')
      }
      if (/\n\r?\n/.test(bytes.toString('latin1'))) half.add(socket)
    })
  })

  /** A few people who send half a body hold up everyone. */
  function reply(socket: Socket, told: Told, isLast: boolean) {
    const write = () => {
      if (!socket.writable) return
      socket.write(text(told))
      if (isLast) socket.end()
    }
    if (half.size > 5) setTimeout(write, 8_000)
    else write()
  }
}

function text({ status, headers, body }: Told): string {
  const all = [...headers, ['Content-Length', String(Buffer.byteLength(body))]]
  return `HTTP/1.1 ${status} Well\r\n${all.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`
}

function cutOff(bytes: Buffer): { asked: Asked; rest: Buffer } | undefined {
  const all = bytes.toString('latin1')
  const end = /\r?\n\r?\n/.exec(all)
  if (!end) return undefined
  const [first = '', ...lines] = all.slice(0, end.index).split(/[\r\n]+/)
  const [method = '', target = ''] = first.split(/ +/)
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const [, name = '', value = ''] = /^([^:]*):?(.*)$/.exec(line) ?? []
    headers[name.trim().replaceAll('\0', '').toLowerCase()] ??= value.trim()
  }
  const start = end.index + end[0].length
  const length = Number.parseInt(headers['content-length'] ?? '', 10)
  const body = length >= 0 ? whole(bytes.subarray(start), length) : chunks(bytes.subarray(start), headers)
  if (!body) return undefined
  return { asked: { method, target, headers, body: body.bytes }, rest: bytes.subarray(start + body.length) }
}

function whole(bytes: Buffer, length: number) {
  return bytes.length < length ? undefined : { bytes: bytes.subarray(0, length), length }
}

function chunks(bytes: Buffer, headers: Record<string, string>) {
  if (headers['transfer-encoding'] !== 'chunked') return { bytes: Buffer.alloc(0), length: 0 }
  const all = bytes.toString('latin1')
  const pieces: Buffer[] = []
  let at = 0
  for (;;) {
    const end = all.indexOf('\n', at)
    if (end < 0) return undefined
    const size = Math.max(0, Number.parseInt(all.slice(at, end), 16) || 0)
    if (all.length < end + 1 + size + 2) return undefined
    pieces.push(bytes.subarray(end + 1, end + 1 + size))
    at = end + 1 + size + 2
    if (size === 0) return { bytes: Buffer.concat(pieces), length: at }
  }
}
