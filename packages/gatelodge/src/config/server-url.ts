// The one place that reads `scheme://user:password@host:port/path?query`, and the one that hides its password.

export interface Server {
  /** As a connection wants it: an IPv6 address without its brackets. */
  host: string
  /** undefined: the one that the scheme is known for. */
  port: number | undefined
}

/** Host and port are those of the first server. */
export interface ServerUrl extends Server {
  /** Such as `mysql` or `smtps`. */
  scheme: string
  /** Decoded; empty where none is given. */
  user: string
  password: string
  /** All of `host1,host2:3307,[::1]`: who takes one only has to refuse more. */
  servers: readonly Server[]
  /** Decoded, without the slash before it. */
  path: string
  query: URLSearchParams
  /** Whether all of them are on this machine. */
  isLoopback: boolean
  /** For people: everything but the password, and a user that is the same. */
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
const hosts = 'a URL with a host before and after each comma'

/** Either the parts, or a sentence that says what is needed instead. The sentence holds nothing of the text. */
export function readServerUrl(text: string): ServerUrl | { needed: string } {
  const [, scheme = '', rest = ''] = /^([a-z][a-z\d+.-]*):\/\/(.*)$/is.exec(text) ?? []
  if (!scheme) return { needed: 'a URL, such as scheme://user:password@host:port' }
  const authority = rest.split(/[/?#]/, 1)[0] ?? ''
  // A / ? or # in the password ends the authority early: the rest of the password would be read as host, port or path.
  const isCut = rest.slice(authority.length).includes('@')
  const login = authority.slice(0, authority.lastIndexOf('@') + 1)
  const names = authority.slice(login.length).split(',')
  // What stands before the last @ is the login, commas in it too. One URL for each host.
  const texts = names.map((name) => `${scheme}://${login}${name}${rest.slice(authority.length)}`)
  if (names.length > 1 && names.some((name) => /^(?::|$)/.test(name))) return { needed: hosts }
  if (isCut || /[\p{Cc}\s\\]/u.test(rest) || !texts.every((one) => URL.canParse(one))) return { needed: codes }
  const urls = texts.map((one) => new URL(one))
  const [url] = urls as [URL]
  const servers = urls.map(serverOf)
  const parts = [url.username, url.password, url.pathname.replace(/^\//, '')].map(decoded)
  const [user, password, path] = parts
  if (user === undefined || password === undefined || path === undefined) return { needed: percent }
  return {
    scheme: url.protocol.slice(0, -1),
    user,
    password,
    ...serverOf(url),
    servers,
    path,
    query: url.searchParams,
    isLoopback: urls.every(({ hostname }) => loopback.has(hostname.toLowerCase())),
    masked: maskedUrl(url, urls.map(({ host }) => host).join(',')),
  }
}

function serverOf({ hostname, port }: URL): Server {
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? undefined : Number(port) }
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
function maskedUrl(url: URL, host: string): string {
  const { protocol, username, password, pathname, searchParams, hash } = url
  // Some mail servers take one token for both.
  const isToken = password !== '' && decoded(username) === decoded(password)
  const credentials = password ? `${isToken ? '***' : username}:***@` : username && `${username}@`
  const parameters = [...searchParams].map(([name, value]) => (isHarmless(name, value) ? `${name}=${value}` : '…'))
  const query = parameters.length > 0 ? `?${parameters.join('&')}` : ''
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
