// What never reaches the app: it cannot be parsed as HTTP, or in two ways. It is answered with the same headers as everything else.
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Text } from '../../../text/text.ts'
import { type Milliseconds, seconds } from '../../../time.ts'

export type Headers = Record<string, string>

interface Refusing {
  headers: Headers
  text: Pick<Text, 'unparsed'>
}

/** Answers on the bare connection and closes it. @param error of Node's parser, or the status to answer with. */
export function refuse(
  { headers, text }: Refusing,
  error: { code?: string | undefined; status?: number },
  socket: Socket,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const status = error.status ?? (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400)
  const body = `${status} ${STATUS_CODES[status]}\n\n${text.unparsed[status === 408 ? 'tooSlow' : 'unreadable']}\n`
  socket.end(answerOf(status, { ...headers, ...plain }, body))
}

/** How long a browser that is still sending may take to read the page. */
const longestPage: Milliseconds = seconds(2)

/**
 * A page: people meet this one with too many cookies. What is still being sent is read and dropped, or the page is lost.
 * @param page is written when it is first needed, which in most runs is never.
 */
export function refusingHeaders(headers: Headers, page: () => string): (socket: Socket) => void {
  let answer: string | undefined
  const answered = new WeakSet<Socket>()
  return (socket) => {
    // What comes behind those headers is a fault once more, each time.
    if (answered.has(socket)) return
    if (!socket.writable) return void socket.destroy()
    answered.add(socket)
    answer ??= answerOf(431, { ...headers, ...plain, 'content-type': 'text/html; charset=utf-8' }, page())
    socket.end(answer)
    setTimeout(() => socket.destroy(), longestPage).unref()
  }
}

function answerOf(status: number, headers: Headers, body: string): string {
  const all = { ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`
}

/** A Host or an address that is none: the adapter cannot make a request of it. */
export function unanswerable(headers: Headers, error: unknown): Response {
  const status = (error as Error).name === 'RequestError' ? 400 : 500
  return new Response('', { status, headers: { ...headers, ...plain } })
}

const plain = { 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' }
