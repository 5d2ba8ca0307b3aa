// One request on a connection of its own, by Node's client: what every ordinary attack uses.
import { type IncomingMessage, type OutgoingHttpHeaders, request as plainRequest } from 'node:http'
import { type RequestOptions, request as tlsRequest } from 'node:https'
import { isIP } from 'node:net'

/** A list is sent as several lines of that name. */
export type HeaderLines = Record<string, string | string[] | undefined>

export interface Ask {
  method?: string
  path: string
  headers?: HeaderLines
  body?: string | Buffer
  /** Sent without a length, in chunks. */
  chunked?: boolean
  /** Of the addresses that this machine has for itself, the one to come from. */
  from?: string | undefined
}

export interface Answer {
  status: number
  headers: Record<string, string | undefined>
  cookies: string[]
  body: string
}

/** Longer than any honest answer takes, a queue for hashing included. */
const patience = 15_000

export function send(base: URL, { method = 'GET', path, headers = {}, body, chunked, from }: Ask): Promise<Answer> {
  const length = body === undefined || chunked ? {} : { 'content-length': Buffer.byteLength(body) }
  const request = base.protocol === 'https:' ? tlsRequest : plainRequest
  const hostname = base.hostname.replace(/^\[|\]$/g, '')
  const options: RequestOptions = {
    // One family of addresses cannot call the other.
    ...(from ? { hostname: '127.0.0.1', localAddress: from } : { hostname }),
    port: base.port,
    // Whatever the Host header says, the certificate is that of the site.
    ...(!isIP(hostname) && { servername: hostname }),
    agent: false,
    method,
    path,
    headers: { host: base.host, ...length, ...headers } as OutgoingHttpHeaders,
    signal: AbortSignal.timeout(patience),
  }
  return new Promise((resolve, reject) => {
    const sent = request(options, (incoming) => {
      read(incoming).then(resolve, reject)
    })
    let answered = false
    sent.on('response', () => {
      answered = true
    })
    // A server that refuses a long body closes while it is still being sent; its answer counts.
    sent.on('error', (error) => {
      if (!answered) reject(error)
    })
    if (chunked && body !== undefined) sent.write(body)
    sent.end(chunked ? undefined : body)
  })
}

async function read(incoming: IncomingMessage): Promise<Answer> {
  const pieces: Buffer[] = []
  try {
    for await (const piece of incoming) pieces.push(piece as Buffer)
  } catch {
    // Closed in the middle of the body: what came until then was the answer.
  }
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])
  return {
    status: incoming.statusCode ?? 0,
    headers: Object.fromEntries(headers),
    cookies: incoming.headers['set-cookie'] ?? [],
    body: Buffer.concat(pieces).toString(),
  }
}
