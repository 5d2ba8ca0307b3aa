// The other end of a connection: an address, or a program on this machine that opened our Unix socket, which has none.
import { type UnixPeers, unixPeers } from '../../config/networks.ts'

/** undefined: nobody knows, as where another program holds us and tells of no connection. */
export type Peer = string | UnixPeers | undefined

const overUnixSocket = new WeakSet<object>()

/** Known from the server alone: a connection by TCP that was reset at once has no address either. */
export function cameOverUnixSocket(socket: object): void {
  overUnixSocket.add(socket)
}

export function peerOf(socket: { remoteAddress?: string | undefined } | undefined): Peer {
  return socket && overUnixSocket.has(socket) ? unixPeers : socket?.remoteAddress
}
