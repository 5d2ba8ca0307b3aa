// Headers that are for one connection only and are not passed on (RFC 9110, 7.6.1).
import type { IncomingHttpHeaders } from 'node:http'

const always = [
  'connection',
  'proxy-connection',
  'keep-alive',
  'te',
  'trailer',
  'upgrade',
  'proxy-authorization',
  'expect',
]
/** What ends a body, whom it is for and who asks cannot be called off by naming it in `Connection`. */
const never = new Set(['host', 'content-length', 'transfer-encoding', 'cookie', 'origin', 'authorization'])

export function withoutHops(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase())
  const dropped = new Set([...always, ...named.filter((name) => !never.has(name))])
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.has(name)))
}
