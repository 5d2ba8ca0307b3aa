// Settings that are URLs. All are read, and shown without their password, by server-url.ts.
import { z } from 'zod'
import { readServerUrl, type ServerUrl } from './server-url.ts'
import { plainList, textList } from './values.ts'

/** Scheme, host and port, as a browser writes them into the Origin header. */
export const httpOrigin = z
  .string({ error: 'scheme, host and port, such as https://accounts.example.org' })
  .transform((given, context) => {
    const url = URL.canParse(given) ? new URL(given) : undefined
    const isOrigin = url && /^https?:$/.test(url.protocol) && url.origin === given.replace(/\/$/, '').toLowerCase()
    if (isOrigin) return url.origin
    context.addIssue({ code: 'custom', message: 'scheme, host and port, such as https://accounts.example.org' })
    return z.NEVER
  })
  .meta({ form: 'Scheme, host and port', holdsUrl: true })

const originsAllowed = 'https origins such as https://example.net, or android:apk-key-hash:… of an app'

/** Where else passkeys may be used: sites over https (RFC 6454), and Android apps by the hash of their key. */
export const originList = textList(originsAllowed, {
  faultOf: (one) => (passkeyOrigin(one) === undefined ? '' : undefined),
  read: (one) => passkeyOrigin(one) ?? one,
}).meta({ form: 'Origins, separated by commas, or an array of them', holdsUrl: true })

const passkeyOrigin = (one: string) => (/^android:apk-key-hash:[\w-]{43}$/.test(one) ? one : httpsOrigin(one))

const appAllowed = 'addresses such as https://example.org/login-done or org.example.app:/login-done'

/** Where native apps wait for the browser: https, or a scheme of their own with a dot in it (RFC 8252, section 7.1). */
export const appAddressList = plainList(appAllowed, isAppAddress).meta({
  form: 'Addresses, separated by commas, or an array of them',
  holdsUrl: true,
})

function isAppAddress(given: string): boolean {
  if (!URL.canParse(given) || given.length > 300) return false
  const { protocol, username, password, search, hash } = new URL(given)
  const isFine = protocol === 'https:' || /^[a-z][a-z\d-]*(?:\.[a-z\d-]+)+:$/.test(protocol)
  return isFine && !username && !password && !search && !hash
}

function httpsOrigin(given: string): string | undefined {
  const url = URL.canParse(given) ? new URL(given) : undefined
  const isOrigin = url?.protocol === 'https:' && url.origin === given.replace(/\/$/, '').toLowerCase()
  return isOrigin ? url.origin : undefined
}

/** Where the first five characters of a SHA-1 are added. https, but for a server on this machine (ASVS V12.3.1). */
export const rangeAddress = z
  .string({ error: 'an https address' })
  .transform((given, context) => {
    const url = URL.canParse(given) ? new URL(given) : undefined
    const read = readServerUrl(given)
    const isOne = 'scheme' in read && read.servers.length === 1
    const isSafe = isOne && (read.scheme === 'https' || (read.scheme === 'http' && read.isLoopback))
    if (url && isSafe && !url.username && !url.password && !url.search && !url.hash)
      return url.href.replace(/\/?$/, '/')
    context.addIssue({ code: 'custom', message: 'an https address without user, ? and #' })
    return z.NEVER
  })
  .meta({ form: 'An https address', holdsUrl: true })

/** `smtp://user:password@host:587` or `smtps://user:password@host:465`. */
export const smtpAddress = serverAddress(
  /^smtps?$/,
  'smtp://user:password@host:587 or smtps://user:password@host:465, with nothing behind it',
  ({ servers, path, query }) => servers.length === 1 && path === '' && query.size === 0,
)

const database =
  'mysql://user:password@host:3306/name (of a cluster: host1,host2,host3), with nothing behind it but ?tls=required or ' +
  '?tls=off, or sqlite:path/to/file, or sqlite::memory:'

/** Where neither says another. */
export const mysqlPort = 3306

/** The largest group of MySQL's Group Replication. */
const mostServers = 9

/** `mysql://user:password@host:3306/name`, the same with several hosts, `mariadb://…`, `sqlite:path` or `sqlite::memory:`. */
export const databaseAddress = z
  .string({ error: database })
  .superRefine((given, context) => {
    const needed = given.startsWith('sqlite:') ? neededOfSqlite(given) : neededOfMysql(given)
    if (needed) context.addIssue({ code: 'custom', message: needed })
  })
  .meta({ form: 'A URL', holdsUrl: true })

function neededOfSqlite(given: string): string | undefined {
  // Others write sqlite:// before a path; read as a path it would begin at the root of the disk.
  if (/^sqlite:\/\/(?!\/)/.test(given)) return 'sqlite:path/to/file, or sqlite:/path/to/file from the root, without //'
  return /^sqlite:[^\p{Cc}]+$/u.test(given) ? undefined : database
}

const neededOfMysql = (given: string) =>
  neededOf(given, /^(?:mysql|mariadb)$/, database, ({ path, query }) => {
    // A misspelt wish for TLS must not end in a connection without it.
    const knowsAll = [...query].every(([name, value]) => name === 'tls' && /^(required|off)$/.test(value))
    return knowsAll && path !== ''
  }) ?? neededOfServers(serverUrl(given))

function neededOfServers({ servers }: ServerUrl): string | undefined {
  const names = servers.map(({ host, port = mysqlPort }) => `${host.toLowerCase()} ${port}`)
  if (new Set(names).size < names.length) return 'each host once; two of these are the same host with the same port'
  return servers.length > mostServers ? `at most ${mostServers} hosts` : undefined
}

function serverAddress(schemes: RegExp, allowed: string, isFine: (url: ServerUrl) => boolean) {
  return z
    .string({ error: allowed })
    .superRefine((given, context) => {
      const needed = neededOf(given, schemes, allowed, isFine)
      if (needed) context.addIssue({ code: 'custom', message: needed })
    })
    .meta({ form: 'A URL', holdsUrl: true })
}

function neededOf(given: string, schemes: RegExp, allowed: string, isFine: (url: ServerUrl) => boolean) {
  const url = readServerUrl(given)
  const scheme = 'needed' in url ? (given.split(':', 1)[0] ?? '') : url.scheme
  if (!schemes.test(scheme)) return allowed
  if ('needed' in url) return `${allowed}; this URL is not valid: expected ${url.needed}`
  return url.host !== '' && !given.includes('#') && isFine(url) ? undefined : allowed
}

/** @throws {Error} for a text that no setting would take; it holds nothing of the text. */
export function serverUrl(text: string): ServerUrl {
  const url = readServerUrl(text)
  if ('needed' in url) throw new Error(`This URL is not valid; expected: ${url.needed}`)
  return url
}
