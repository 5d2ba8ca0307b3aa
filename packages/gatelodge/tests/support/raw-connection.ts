// Connections byte by byte, for what no client of HTTP would send.
import { connect, type Socket } from 'node:net'
import type { UpstreamSite } from './upstream-site.ts'
import type { Visitor } from './visitor.ts'

export const cookieLine = (visitor: Visitor) =>
  `Cookie: ${[...visitor.cookies].map((pair) => pair.join('=')).join('; ')}\r\n`

export interface OpenSocket {
  /** Sends these words and waits until they come back. */
  says(words: string): Promise<string>
  closed: Promise<void>
  destroy(): void
}

/** A WebSocket as its server sees it: after the handshake, bytes both ways. */
export async function openSocket(
  { port, baseUrl }: UpstreamSite,
  visitor: Visitor,
  path = '/live',
): Promise<OpenSocket> {
  const socket = connect(port, '127.0.0.1')
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  const asked = ['Host: x', 'Connection: Upgrade', 'Upgrade: websocket', `Origin: ${baseUrl}`].join('\r\n')
  socket.write(`GET ${path} HTTP/1.1\r\n${asked}\r\n${cookieLine(visitor)}\r\n`)
  await until(socket, '101 Switching')
  return {
    says(words) {
      const heard = until(socket, words)
      socket.write(words)
      return heard
    },
    closed,
    destroy: () => socket.destroy(),
  }
}

/** @returns all that was received since, ending with these words. */
export function until(socket: Socket, words: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const listen = (piece: Buffer) => {
      said += piece
      if (!said.includes(words)) return
      socket.off('data', listen)
      resolve(said)
    }
    socket.on('data', listen).once('close', () => reject(new Error(`closed after: ${said}`)))
  })
}
