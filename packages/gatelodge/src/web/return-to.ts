// Where to go after logging in. It travels through the person's hands, so anybody may have written it.
import { paths } from './paths.ts'

const longest = 1_000
const base = 'http://own.invalid'
const pointless: string[] = [paths.home, paths.login, paths.logout, paths.register]

/**
 * Gives back a path on this site, or undefined for anything else (ASVS V3.7.2, V1.2.2).
 * One parser judges it, the one that browsers use (WHATWG URL), and what that parser understood is what is sent on.
 */
export function safeReturnTo(given: string | undefined | null): string | undefined {
  if (!given || given.length > longest || !given.startsWith('/')) return undefined
  // Whatever some parser on the way might take for the start of a host, or for a line break.
  if (/^\/(?:[/\\]|%2f|%5c|%09|%0a|%0d)|[\\\p{Cc}\p{Cs}]/iu.test(given)) return undefined
  if (!URL.canParse(given, base)) return undefined
  const { origin, pathname, search } = new URL(given, base)
  // "/.//evil.example" is a path to the parser, and a host once it is written out.
  if (origin !== base || pathname.startsWith('//') || pointless.includes(pathname)) return undefined
  return pathname + search
}
