// One connection: a few of its requests are parsed, one of them is answered at a time, and no more is read meanwhile.
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { networkOf } from '../../../identity/attempts/network.ts'
import { readInPieces } from './pieces.ts'

/** So many requests of one connection are parsed at once: one that is answered, the others wait. */
const mostRequests = 8

export interface ClientConnection {
  readonly network: string
  /** Nothing is asked and nothing is being sent: closing it costs nobody an answer. */
  isIdle(): boolean
  /** A part of an answer has been sent: other words now would stand in the middle of it. */
  isSending(): boolean
  /** Answers when all that was asked before on this connection is answered. */
  inTurn(response: ServerResponse, answer: () => unknown): void
  /** It speaks no HTTP any more (a WebSocket), and never becomes idle. */
  upgraded(): void
  /** The answer under way is the last one. Where there is none, it ends now. */
  end(): void
  destroy(): void
}

/** @param onIdle is called each time that all is answered. */
export function followConnection(socket: Socket, onIdle: (connection: ClientConnection) => void): ClientConnection {
  const waiting: { response: ServerResponse; answer: () => unknown }[] = []
  let isUpgraded = false
  let isEnding = false
  let readBefore = 0
  const pieces = readInPieces(socket, () => mostRequests - waiting.length)

  function start(): void {
    const [first] = waiting
    if (!first) return
    if (isEnding) first.response.shouldKeepAlive = false
    first.answer()
  }

  function answered(): void {
    waiting.shift()
    readBefore = socket.bytesRead
    if (waiting.length === 0) onIdle(connection)
    if (isEnding && waiting.length === 0) socket.destroySoon()
    else start()
    pieces.next()
  }

  const connection: ClientConnection = {
    // Node asks for the address when it is first read, and then keeps it: a connection that is gone would have none to count under.
    network: networkOf(socket.remoteAddress ?? ''),
    isIdle: () => !isUpgraded && waiting.length === 0,
    isSending: () => waiting[0]?.response.headersSent === true,
    inTurn(response, answer) {
      waiting.push({ response, answer })
      response.once('close', answered)
      if (waiting.length === 1) start()
    },
    upgraded() {
      isUpgraded = true
    },
    end() {
      isEnding = true
      const [first] = waiting
      if (first) first.response.shouldKeepAlive = false
      // A request of which a part has come is under way, too.
      else if (!isUpgraded && socket.bytesRead === readBefore) socket.destroy()
    },
    destroy: () => socket.destroy(),
  }
  return connection
}
