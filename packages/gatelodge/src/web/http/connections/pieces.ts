// What a connection sends reaches Node's HTTP parser in pieces of a few requests. On its own Node parses all that has come:
// one read of 64 KiB holds 3,600 short requests, and Node keeps an object for each until it is answered.
import type { Socket } from 'node:net'

export interface Pieces {
  /** Hands on the next piece, if there is room now. */
  next(): void
}

/** Every request has exactly one empty line at the end of its headers; a body may hold more of them. */
const emptyLine = '\r\n\r\n'

/** @param room how many more requests may be parsed now. */
export function readInPieces(socket: Socket, room: () => number): Pieces {
  const { push, _read: read } = socket
  let rest: Buffer | undefined
  let isOver = false

  // While nobody listens for data, the parser reads from the operating system directly. A listener ends that, and it stays so.
  const nothing = () => {}
  socket.on('data', nothing).off('data', nothing)

  /** @returns whether more may be read from the operating system. */
  function hand(): boolean {
    // What lies in the stream is not parsed yet, so it does not count in `room`: first that.
    if (!rest || socket.isPaused() || socket.readableLength > 0) return rest === undefined
    const most = room()
    if (most <= 0) return false
    const end = endOf(rest, most)
    const piece = rest.subarray(0, end)
    rest = end < rest.length ? rest.subarray(end) : undefined
    const wantsMore = push.call(socket, piece)
    if (isOver && !rest) push.call(socket, null)
    return wantsMore && !rest
  }

  socket.push = (chunk: Buffer | null) => {
    if (chunk === null) {
      isOver = true
      return rest ? false : push.call(socket, null)
    }
    rest = rest ? Buffer.concat([rest, chunk]) : chunk
    return hand()
  }
  // In the next turn: what is pushed within `_read` is only put aside, and the stream would ask for more at once.
  socket._read = (size) => (rest ? process.nextTick(hand) : read.call(socket, size))
  // Not at once: what the stream still holds flows first.
  socket.on('resume', () => process.nextTick(hand))
  return { next: () => void hand() }
}

/** Where the piece ends that holds so many empty lines. */
function endOf(bytes: Buffer, most: number): number {
  let end = 0
  for (let count = 0; count < most; count += 1) {
    const at = bytes.indexOf(emptyLine, end, 'latin1')
    if (at < 0) return bytes.length
    end = at + emptyLine.length
  }
  return end
}
