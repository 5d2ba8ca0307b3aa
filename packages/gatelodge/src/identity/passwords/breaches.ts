// Asks a server that speaks the range protocol of "Pwned Passwords" whether a password was in a known breach. Five of the
// forty characters of its SHA-1 go out and hundreds of endings come back, so the server never learns which one was meant.
import type { Log } from '../../log.ts'
import { type Milliseconds, seconds } from '../../time.ts'
import { rangeDigest } from '../sealing.ts'

/** For everything, from looking up the host to the last byte: someone is waiting for their page. */
const longest: Milliseconds = seconds(1)

/** A padded answer has some 40 KiB. */
const mostBytes = 256 * 1024

/** @returns false, too, where it cannot be known (ASVS V6.2.12): a server that is away must not close registration. */
export async function isBreached(password: string, rangeUrl: string, log: Pick<Log, 'warn'>): Promise<boolean> {
  const hash = rangeDigest(password.normalize('NFC'))
  try {
    const rows = await askFor(hash.slice(0, 5), rangeUrl)
    return rows.some(({ ending, count }) => ending === hash.slice(5) && count > 0)
  } catch (error) {
    // The reason only: neither the address that was asked nor an answer may stand in a log, for both tell of the password.
    log.warn({ reason: reasonOf(error) }, 'breach-check.failed')
    return false
  }
}

class Unusable extends Error {}

interface Row {
  ending: string
  count: number
}

async function askFor(prefix: string, rangeUrl: string): Promise<Row[]> {
  // Anyone who answers may not send us elsewhere (ASVS V15.3.2). Padding hides from the network how long the answer is.
  const answer = await fetch(rangeUrl + prefix, {
    headers: { 'Add-Padding': 'true' },
    redirect: 'error',
    signal: AbortSignal.timeout(longest),
  })
  if (answer.status !== 200) {
    await answer.body?.cancel()
    throw new Unusable(`status ${answer.status}`)
  }
  const lines = (await boundedText(answer)).split(/\r?\n/)
  return lines.filter((line) => line !== '').map(row)
}

/** `0018A45C4D1DEF81644B54AB7F969B88D65:3`; padding is counted zero times. */
function row(line: string): Row {
  const [, ending, count] = /^([0-9A-F]{35}):(\d{1,12})$/i.exec(line) ?? []
  if (ending === undefined) throw new Unusable('not a range')
  return { ending: ending.toUpperCase(), count: Number(count) }
}

async function boundedText({ body }: Response): Promise<string> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of body ?? []) {
    length += piece.length
    if (length > mostBytes) throw new Unusable('too large')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('latin1')
}

function reasonOf(error: unknown): string {
  if (error instanceof Unusable) return error.message
  const { name, cause } = error as Error & { cause?: Error & { code?: string } }
  if (name === 'TimeoutError') return 'timeout'
  if (cause?.message === 'unexpected redirect') return 'redirect'
  return cause?.code ?? 'network'
}
