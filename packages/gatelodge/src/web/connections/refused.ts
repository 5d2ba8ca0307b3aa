// What never reaches the app: it cannot be parsed as HTTP, or in two ways. It is answered with the same headers as everything else.
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { text } from '../../text/en.ts'

export type Headers = Record<string, string>

const statusByCode: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }

/** Answers on the bare connection and closes it. @param error of Node's parser, or the status to answer with. */
export function refuse(headers: Headers, error: { code?: string | undefined; status?: number }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const status = error.status ?? statusByCode[error.code ?? ''] ?? 400
  const title = `${status} ${STATUS_CODES[status]}`
  const body = `${title}\n\n${text.unparsed[status === 431 ? 'headersTooLarge' : status === 408 ? 'tooSlow' : 'unreadable']}\n`
  const all = { ...headers, ...plain, 'content-length': String(Buffer.byteLength(body)), connection: 'close' }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${title}\r\n${lines.join('')}\r\n${body}`)
}

/** A Host or an address that is none: the adapter cannot make a request of it. */
export function unanswerable(headers: Headers, error: unknown): Response {
  const status = (error as Error).name === 'RequestError' ? 400 : 500
  return new Response('', { status, headers: { ...headers, ...plain } })
}

const plain = { 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' }
