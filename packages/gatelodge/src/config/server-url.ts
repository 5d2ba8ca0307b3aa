// The one place that reads `scheme://user:password@host:port/path?query`, and the one that hides its password.

export interface ServerUrl {
  /** Such as `mysql` or `smtps`. */
  scheme: string
  /** Decoded; empty where none is given. */
  user: string
  password: string
  /** As a connection wants it: an IPv6 address without its brackets. */
  host: string
  /** undefined: the one that the scheme is known for. */
  port: number | undefined
  /** Decoded, without the slash before it. */
  path: string
  query: URLSearchParams
  isLoopback: boolean
  /** For people: everything but the password. */
  masked: string
}

/** This machine's own names, as a URL writes them. */
export const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

const percent =
  'a URL in which each % begins a code of two hex digits: write a % in the user or in the password as %25, and other ' +
  'signs in UTF-8'
const codes =
  'a URL in which signs of the user and of the password that mean something there are codes: write @ as %40, : as %3A, ' +
  '/ as %2F, ? as %3F, # as %23, % as %25 and a space as %20'

/** Either the parts, or a sentence that says what is needed instead. The sentence holds nothing of the text. */
export function readServerUrl(text: string): ServerUrl | { needed: string } {
  const [, scheme = '', rest = ''] = /^([a-z][a-z\d+.-]*):\/\/(.*)$/is.exec(text) ?? []
  if (!scheme) return { needed: 'a URL, such as scheme://user:password@host:port' }
  const authority = rest.split(/[/?#]/, 1)[0] ?? ''
  // A / ? or # in the password ends the authority early: the rest of the password would be read as host, port or path.
  const isCut = rest.slice(authority.length).includes('@')
  if (isCut || /[\p{Cc}\s\\]/u.test(rest) || !URL.canParse(text)) return { needed: codes }
  const url = new URL(text)
  const parts = [url.username, url.password, url.pathname.replace(/^\//, '')].map(decoded)
  const [user, password, path] = parts
  if (user === undefined || password === undefined || path === undefined) return { needed: percent }
  return {
    scheme: url.protocol.slice(0, -1),
    user,
    password,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? undefined : Number(url.port),
    path,
    query: url.searchParams,
    isLoopback: loopback.has(url.hostname.toLowerCase()),
    masked: maskedUrl(url),
  }
}

/**
 * A text as it may be shown. A URL is shown without its password; one that cannot be read is not shown at all, since
 * nobody can tell where the password in it begins. All other text stays as it is.
 */
export function maskText(text: string): string {
  // A path of this machine.
  if (/^sqlite:(?!\/\/[^/])/.test(text)) return text
  const [scheme] = /^\s*[a-z][a-z\d+.-]*:\/{0,2}(?=.*@)|^\s*[a-z][a-z\d+.-]*:\/\//is.exec(text) ?? []
  if (scheme === undefined) return /:[^@]*@/s.test(text) ? '(not shown: a password may be in it)' : text
  const read = readServerUrl(text)
  if ('needed' in read) return `${scheme.trim()}… (not shown: a password may be in it)`
  return /[@?#]/.test(text) ? read.masked : text
}

/** Rebuilt of its parts, so that nothing is shown that was not understood. */
function maskedUrl({ protocol, username, password, host, pathname, searchParams, hash }: URL): string {
  const credentials = password ? `${username}:***@` : username && `${username}@`
  const wishes = [...searchParams].map(([name, value]) => (isHarmless(name, value) ? `${name}=${value}` : '…'))
  const query = wishes.length > 0 ? `?${wishes.join('&')}` : ''
  return `${protocol}//${credentials}${host}${pathname}${query}${hash && '#…'}`
}

/** Others name their password there. */
function isHarmless(name: string, value: string): boolean {
  return name === 'tls' && /^(?:required|off)$/.test(value)
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
