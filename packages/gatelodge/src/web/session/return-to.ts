// Where to go after logging in. It travels through the person's hands, so anyone may have written it.
import type { Settings } from '../../config/schema.ts'
import { paths } from '../../paths.ts'

/** Characters, all of them ASCII by then. */
const longest = 2_048
const base = 'http://own.invalid'
const pointless: string[] = [paths.home, paths.login, paths.logout, paths.register]

/**
 * Gives back a path on this site, with the prefix if it is ours, or undefined for anything else (ASVS V3.7.2, V1.2.2).
 * One parser judges it, the one that browsers use (WHATWG URL), and what that parser understood is what is sent on. Where
 * it is too long, the path alone.
 */
export function safeReturnTo(given: string | undefined | null, basePath = ''): string | undefined {
  if (!given || !isMountedPath(given) || !URL.canParse(given, base)) return undefined
  const url = new URL(given, base)
  // Looked at twice: "/.//evil.example" is a path to the parser, and a host once it is written out.
  if (url.origin !== base || !isMountedPath(url.pathname) || isPointless(url.pathname, basePath)) return undefined
  return fitting(url)
}

/** Written out an address may be nine times as long as it was typed. */
function fitting({ pathname, search, hash }: URL, before = ''): string | undefined {
  const path = before + pathname
  return [path + search + hash, path + search, path].find((one) => one.length <= longest)
}

/** Anyone who comes in there is led on at once. */
function isPointless(pathname: string, basePath: string): boolean {
  return pathname === basePath || pointless.some((path) => pathname === basePath + path)
}

/** Nothing that some parser on the way might take for the start of a host, or for a line break. */
function isMountedPath(path: string): boolean {
  return /^\/(?![/\\]|%2f|%5c|%09|%0a|%0d)/i.test(path) && !/[\\\p{Cc}\p{Cs}]/u.test(path)
}

/**
 * The same, and whole addresses too: of this site, which become paths, and of the hosts that the settings name, over the
 * scheme that this site has.
 */
export function returnTarget(
  { baseUrl, basePath, allowedReturnHosts }: Pick<Settings, 'baseUrl' | 'basePath' | 'allowedReturnHosts'>,
  given: string | undefined | null,
): string | undefined {
  if (!given || !/^https?:\/\/[^\\\p{Cc}\p{Cs}]+$/iu.test(given) || !URL.canParse(given))
    return safeReturnTo(given, basePath)
  const url = new URL(given)
  if (url.origin === baseUrl) return safeReturnTo(url.pathname + url.search + url.hash, basePath)
  const isAllowed = url.protocol === new URL(baseUrl).protocol && allowedReturnHosts.includes(url.host)
  return !isAllowed || url.username || url.password ? undefined : fitting(url, url.origin)
}
