// Bytes as they are, on a bare connection: for requests that no client would write.
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'

export interface Heard {
  /** The status of each answer that came, in order. */
  statuses: number[]
  text: string
  /** By the server. */
  isClosed: boolean
}

/** Sends all of it and listens until the server closes, or for that many milliseconds. */
export async function sendBytes(base: URL, bytes: string, listen = 5_000): Promise<Heard> {
  const line = await Line.open(base)
  line.write(bytes)
  await Promise.race([line.closed, pause(listen, undefined, { ref: false })])
  const heard = line.heard()
  line.end()
  return heard
}

/** A connection that stays open for as long as an attack likes. */
export class Line {
  readonly closed: Promise<void>
  readonly #socket: Socket
  #text = ''
  #isClosed = false

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setEncoding('latin1')
    socket.on('data', (text) => {
      this.#text += text
    })
    socket.on('error', () => {})
    this.closed = new Promise((resolve) => {
      const close = () => {
        this.#isClosed = true
        resolve()
      }
      socket.on('end', close).on('close', close)
    })
  }

  static open(base: URL): Promise<Line> {
    const isTls = base.protocol === 'https:'
    const host = base.hostname.replace(/^\[|\]$/g, '')
    const port = Number(base.port || (isTls ? 443 : 80))
    return new Promise((resolve, reject) => {
      const socket = isTls ? connectTls({ host, port, servername: host }) : connect({ host, port })
      const line = new Line(socket)
      socket.once(isTls ? 'secureConnect' : 'connect', () => resolve(line)).once('error', reject)
    })
  }

  write(text: string): void {
    if (!this.#isClosed) this.#socket.write(text, 'latin1')
  }

  heard(): Heard {
    const statuses = [...this.#text.matchAll(/HTTP\/1\.[01] (\d{3})/g)].map((match) => Number(match[1]))
    return { statuses, text: this.#text, isClosed: this.#isClosed }
  }

  end(): void {
    this.#socket.destroy()
  }
}
