// Which requests Node's parser takes although two readers might understand them differently (ASVS V4.2.1).
import type { IncomingMessage } from 'node:http'

/**
 * Two hosts, a coding of the body other than chunks, which nobody here would undo, or a "#" in the address: it has no place
 * there (RFC 9112, 3.2), and what one reader takes for the end of the path is part of it to the next.
 */
export function isAmbiguous({ rawHeaders, url }: Pick<IncomingMessage, 'rawHeaders' | 'url'>): boolean {
  if (url?.includes('#')) return true
  let hosts = 0
  let codings = 0
  // Every request comes through here: names are compared only where their length fits, and nothing is copied.
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] as string
    if (name.length === 'host'.length && name.toLowerCase() === 'host') hosts += 1
    if (name.length === 'transfer-encoding'.length && name.toLowerCase() === 'transfer-encoding') {
      codings += 1
      if ((rawHeaders[at + 1] as string).trim().toLowerCase() !== 'chunked') return true
    }
  }
  return hosts > 1 || codings > 1
}
