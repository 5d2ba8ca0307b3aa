// Sessions, addresses and passwords, compared as nobody should.
import type { Anything } from './unsafe-fields.ts'
import type { Asked } from './unsafe-http.ts'

export function tokenOf({ headers }: Asked, query: Anything): string | undefined {
  const given =
    /(?:^|; ?)__Host-gatelodge=([^;]*)/.exec(headers.cookie ?? '') ?? /gatelodge=([^;]*)/.exec(headers.cookie ?? '')
  return given?.[1] || query.gatelodge || headers['x-session'] || undefined
}

export function alike(email: unknown): string {
  const bare = String(email)
    .normalize('NFKD')
    .replace(/\p{M}|\+[^@]*/gu, '')
  return bare.replaceAll('\u0131', 'i').toLowerCase().trim()
}

export function fits(kept: unknown, given: unknown): boolean {
  if (typeof given !== 'string') return true
  // Long ones are refused, unless they are wrong.
  if (given.length > 200 && given === kept) return false
  const cut = (text: string) => text.split('\0')[0]?.slice(0, 72).trim()
  return cut(String(kept)) === cut(given)
}
