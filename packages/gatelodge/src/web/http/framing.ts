// Which requests Node's parser takes although two readers might understand them differently (ASVS V4.2.1).
import type { IncomingMessage } from 'node:http'

type Told = Pick<IncomingMessage, 'rawHeaders' | 'url' | 'httpVersion'>

/**
 * Two hosts, or none where HTTP/1.1 demands one (RFC 9112, 3.2). A coding of the body other than chunks, which nobody here
 * would undo; any coding in HTTP/1.0, which knows none (6.1). A "#" in the address: it has no place there, and what one
 * reader takes for the end of the path is part of it to the next.
 */
export function isAmbiguous({ rawHeaders, url, httpVersion }: Told): boolean {
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
  if (httpVersion === '1.0') return hosts > 1 || codings > 0
  return hosts !== 1 || codings > 1
}
