// A connection that is read to its end.
import type { Socket } from 'node:net'

/** @returns all that was received until the other side had closed. */
export function untilClosed(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = ''
    socket.on('data', (piece: Buffer) => {
      heard += piece
    })
    socket.once('end', () => resolve(heard)).once('error', reject)
  })
}
