// What the app behind may not say to a browser, in any answer: normal, 101, or an upgrade that it refuses. An answer 1xx other
// than 101 is never passed on.
import type { IncomingHttpHeaders } from 'node:http'
import { setsOurs } from '../http/cookie-header.ts'

/** Without the lines that would put a cookie in the place of ours (ASVS V3.3.3, V7.2.4). */
export function withoutOurs(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { 'set-cookie': lines, ...others } = headers
  const kept = lines?.filter((line) => !setsOurs(line)) ?? []
  return kept.length > 0 ? { ...others, 'set-cookie': kept } : others
}
