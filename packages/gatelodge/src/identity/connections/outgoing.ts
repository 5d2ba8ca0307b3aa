// How a provider is asked: for so long, for so many bytes, and never where its answer points.
import { type Milliseconds, seconds } from '../../time.ts'

/** A person waits for the page behind it. */
export const longestAnswer: Milliseconds = seconds(8)

/** The largest list of keys has some 20 KiB. */
const mostBytes = 512 * 1024

class TooLarge extends Error {
  override name = 'TooLarge'
}

type Fetch = (url: string, options: RequestInit) => Promise<Response>

/** The whole answer, read before anyone parses it (ASVS V15.3.2: no redirect is followed). */
export const boundedFetch: Fetch = async (url, options) => {
  const limit = AbortSignal.timeout(longestAnswer)
  const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit
  const answer = await fetch(url, { ...options, redirect: 'manual', signal })
  const { status, headers } = answer
  if (!answer.body || status === 204 || status === 304) return new Response(null, { status, headers })
  return new Response(await bounded(answer.body), { status, headers })
}

async function bounded(body: ReadableStream<Uint8Array>): Promise<Buffer<ArrayBuffer>> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of body) {
    length += piece.length
    if (length > mostBytes) throw new TooLarge()
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}
