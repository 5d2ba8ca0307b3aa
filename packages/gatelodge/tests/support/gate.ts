// Stands between the product and a server, so that a test can take the server away and bring it back.
import { connect, createServer, type Socket } from 'node:net'
import type { Milliseconds } from '../../src/time.ts'
import { freePort } from './mysql-server.ts'

export interface Gate {
  /** The server's URL, through the gate. */
  url: string
  /** The server is gone: connections end, new ones are refused. */
  close(): Promise<void>
  /** The server is there but says nothing any more. */
  silence(): void
  open(): Promise<void>
  /** The next COMMIT is on its way when its connection dies, and arrives that much later. */
  delayCommit(delay: Milliseconds): void
  /** Every connection that there is now is cut at its next command, which never arrives: as after a planned switch. */
  cutOnUse(): void
  /** The next COMMIT arrives and is carried out; its connection says nothing any more. */
  loseCommitAnswer(): void
  /** Command number `at` (from 1) never arrives, or its answer never comes; its connection says nothing any more. */
  hang(at: number, lost: 'command' | 'answer'): void
  /** Whether that has happened. */
  hasHung(): boolean
  /** What has not hung by now goes through. */
  disarm(): void
}

/** The first packet of a command has number 0; the two that are never answered do not count (quit, close statement). */
const isCommand = (bytes: Buffer) => bytes[3] === 0 && bytes[4] !== 0x01 && bytes[4] !== 0x19
/** A new connection says READ COMMITTED, too. */
const isCommit = (bytes: Buffer) => bytes.subarray(-6).toString() === 'commit'

export async function gateBefore(url: string): Promise<Gate> {
  const server = new URL(url)
  const port = await freePort()
  const sockets = new Set<Socket>()
  let isSilent = false
  let commitDelay: Milliseconds | undefined
  let accepted = 0
  let cutUpTo = 0
  let losesAnswer = false
  let commands = 0
  let hasHung = false
  let hanging: { at: number; lost: 'command' | 'answer' } | undefined
  const listener = createServer((client) => {
    const upstream = connect(Number(server.port), server.hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket
        .on('error', () => {})
        .on('close', () => {
          sockets.delete(socket)
          client.destroy()
          upstream.destroy()
        })
    }
    accepted += 1
    const number = accepted
    let isHung = false
    client.on('data', (bytes) => {
      if (isCommand(bytes)) commands += 1
      if (hanging?.at === commands) {
        isHung = true
        hasHung = true
        if (hanging.lost === 'answer') upstream.write(bytes)
        hanging = undefined
      } else if (isHung) return
      else if (isCommand(bytes) && number <= cutUpTo) client.destroy()
      else if (losesAnswer && isCommit(bytes)) {
        isHung = true
        losesAnswer = false
        upstream.write(bytes)
      } else if (commitDelay !== undefined && isCommit(bytes)) {
        client.removeAllListeners('close').destroy()
        setTimeout(() => upstream.end(bytes), commitDelay)
        commitDelay = undefined
      } else if (!isSilent) upstream.write(bytes)
    })
    upstream.on('data', (bytes) => isSilent || isHung || client.write(bytes))
  })
  const through = new URL(url)
  through.port = String(port)
  return {
    url: through.href,
    async close() {
      const closed = new Promise((resolve) => listener.close(resolve))
      for (const socket of sockets) socket.destroy()
      if (listener.listening) await closed
    },
    delayCommit(delay) {
      commitDelay = delay
    },
    cutOnUse() {
      cutUpTo = accepted
    },
    loseCommitAnswer() {
      losesAnswer = true
    },
    hang(at, lost) {
      commands = 0
      hasHung = false
      hanging = { at, lost }
    },
    hasHung: () => hasHung,
    disarm() {
      hanging = undefined
    },
    silence() {
      isSilent = true
    },
    async open() {
      isSilent = false
      for (const socket of sockets) socket.destroy()
      if (!listener.listening) await new Promise<void>((resolve) => listener.listen(port, '127.0.0.1', resolve))
    },
  }
}
