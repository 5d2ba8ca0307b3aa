// Keeps the connections of a server: how many there are, what each may ask at once, and how long an answer waits for its reader.
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { type Milliseconds, seconds } from '../../../time.ts'
import { type ClientConnection, followConnection } from './connection.ts'
import { createPlaces } from './places.ts'

export interface ConnectionLimits {
  mostConnections: number
  /** So long not one byte of an answer was read: its connection is closed. */
  longestUnread: Milliseconds
}

/** Each connection costs some 20 KB, and 250 KB at most while it asks much and reads nothing. */
export const shippedLimits: ConnectionLimits = { mostConnections: 5_000, longestUnread: seconds(30) }

export interface Connections {
  of(socket: Socket): ClientConnection | undefined
  /** Closes what is idle now, and the others as soon as they are answered. */
  end(): void
}

export function keepConnections(server: Server, { mostConnections, longestUnread }: ConnectionLimits): Connections {
  const bySocket = new WeakMap<Socket, ClientConnection>()
  const places = createPlaces(mostConnections)
  let isEnding = false

  server.on('connection', (socket) => {
    const connection = followConnection(socket, places.renew)
    bySocket.set(socket, connection)
    socket.once('close', () => places.remove(connection))
    places.add(connection)
    if (isEnding) connection.end()
  })
  // It passes when nothing moved on a connection for so long. Where nothing waits to be read, the answer itself takes its time.
  server.setTimeout(longestUnread, (socket) => {
    if (socket.writableLength > 0) socket.destroy()
  })
  return {
    of: (socket) => bySocket.get(socket),
    end() {
      isEnding = true
      for (const connection of places.all()) connection.end()
    },
  }
}
