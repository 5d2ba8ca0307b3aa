// How values are spelled in settings: 15m, 64KiB, https://accounts.example.org, secret,older-secret.
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { days, hours, type Milliseconds, minutes, seconds } from '../time.ts'

const durationUnits: Record<string, (count: number) => Milliseconds> = { s: seconds, m: minutes, h: hours, d: days }
/** This machine's own names. */
export const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

const byteUnits: Record<string, number> = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 }

/** `90s`, `15m`, `12h`, `30d`, or a number of milliseconds (from code). */
export function duration(least: Milliseconds, most: Milliseconds) {
  const allowed = `a duration such as 90s, 15m, 12h or 30d, from ${spellDuration(least)} to ${spellDuration(most)}`
  const schema = measured(
    /^(\d+(?:\.\d+)?)(s|m|h|d)$/,
    (count, unit) => durationUnits[unit]?.(count),
    least,
    most,
    allowed,
  )
  return schema.meta({ unit: 'milliseconds', allowed })
}

/** `512B`, `64KiB`, `19MiB`, or a number of bytes (from code). */
export function bytes(least: number, most: number) {
  const allowed = `a size such as 64KiB or 19MiB, from ${spellBytes(least)} to ${spellBytes(most)}`
  const schema = measured(
    /^(\d+)(B|KiB|MiB|GiB)$/,
    (count, unit) => count * (byteUnits[unit] ?? 0),
    least,
    most,
    allowed,
  )
  return schema.meta({ unit: 'bytes', allowed })
}

function measured(
  form: RegExp,
  convert: (count: number, unit: string) => number | undefined,
  least: number,
  most: number,
  allowed: string,
) {
  return z.union([z.string(), z.number()], { error: allowed }).transform((given, context) => {
    const [, count, unit] = form.exec(String(given)) ?? []
    const value = typeof given === 'number' ? given : convert(Number(count), unit ?? '')
    if (value !== undefined && value >= least && value <= most) return value
    context.addIssue({ code: 'custom', message: allowed })
    return z.NEVER
  })
}

/** `43200000` → `12h`: the largest unit that leaves a whole number. */
export function spellDuration(value: Milliseconds): string {
  for (const unit of ['d', 'h', 'm']) {
    const count = value / (durationUnits[unit]?.(1) ?? 1)
    if (Number.isInteger(count)) return `${count}${unit}`
  }
  return `${value / 1000}s`
}

/** `65536` → `64KiB` */
export function spellBytes(value: number): string {
  for (const unit of ['GiB', 'MiB', 'KiB']) {
    const count = value / (byteUnits[unit] ?? 1)
    if (Number.isInteger(count)) return `${count}${unit}`
  }
  return `${value}B`
}

/** Scheme, host and port, as a browser writes them into the Origin header. */
export const httpOrigin = z.string().transform((given, context) => {
  const url = URL.canParse(given) ? new URL(given) : undefined
  const isOrigin = url && /^https?:$/.test(url.protocol) && url.origin === given.replace(/\/$/, '').toLowerCase()
  if (isOrigin) return url.origin
  context.addIssue({ code: 'custom', message: 'scheme, host and port, such as https://accounts.example.org' })
  return z.NEVER
})

/** Host names with their port, if any, as a URL writes them: `app.example.org, localhost:8080`. */
export const hostList = z.union([z.string(), z.array(z.string())]).transform((given, context) => {
  const hosts = (typeof given === 'string' ? given.split(',') : given).map((host) => host.trim().toLowerCase())
  if (hosts.every((host) => URL.canParse(`http://${host}`) && new URL(`http://${host}`).host === host)) return hosts
  context.addIssue({ code: 'custom', message: 'host names without scheme and path, separated by commas' })
  return z.NEVER
})

/** `/auth`, as a browser writes it; the empty text and `/` are none. */
export const pathPrefix = z.string().transform((given, context) => {
  const prefix = given.trim().replace(/\/$/, '')
  if (/^(?:\/[a-z\d][a-z\d._~-]*)*$/i.test(prefix)) return prefix
  context.addIssue({ code: 'custom', message: 'a path of letters, figures and - . _ ~, such as /auth' })
  return z.NEVER
})

/** At least two labels: browsers refuse a cookie for all of `org`. */
export const domainName = z
  .string()
  .regex(
    /^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z](?:[a-z\d-]*[a-z\d])?$/,
    'a domain in small letters, such as example.org',
  )

/** `/, /assets/*`, or the same as an array. */
export const pathList = z.union([z.string(), z.array(z.string())]).transform((given, context) => {
  const paths = (Array.isArray(given) ? given : given.split(',')).map((one) => one.trim()).filter(Boolean)
  if (paths.every((one) => /^\/(?:[^*?#;\\\s]*|(?:[^*?#;\\\s]*\/)?\*)$/.test(one))) return paths
  context.addIssue({ code: 'custom', message: 'paths such as / or /assets/*' })
  return z.NEVER
})

/** Where the first five characters of a SHA-1 are added. https, but for a server on this machine (ASVS V12.3.1). */
export const rangeAddress = z.string().transform((given, context) => {
  const url = URL.canParse(given) ? new URL(given) : undefined
  const isSafe = url && (url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname)))
  if (isSafe && !url.username && !url.password && !url.search && !url.hash) return url.href.replace(/\/?$/, '/')
  context.addIssue({ code: 'custom', message: 'an https address without user, ? and #' })
  return z.NEVER
})

/** `smtp://user:password@host:587` or `smtps://user:password@host:465`. */
export const smtpAddress = z.string().refine(
  (given) => {
    if (!/^smtps?:\/\//.test(given) || !URL.canParse(given)) return false
    const { hostname, pathname, search, hash, username, password } = new URL(given)
    if (!isDecodable(username) || !isDecodable(password)) return false
    return hostname !== '' && /^\/?$/.test(pathname) && search === '' && hash === ''
  },
  { error: 'smtp://user:password@host:587 or smtps://user:password@host:465, with nothing behind it' },
)

function isDecodable(text: string): boolean {
  try {
    return decodeURIComponent(text) !== undefined
  } catch {
    return false
  }
}

/** One secret or several, the newest first. */
export const secretList = z.union([z.string(), z.array(z.string())]).transform((given, context) => {
  const secrets = (Array.isArray(given) ? given : given.split(',')).map((one) => one.trim())
  // 32 characters of base64 carry 192 bits; fewer could be guessed from one cookie, offline. Words with spaces between
  // are a sentence, such as the sample of the documentation.
  const isRandom = (one: string) => one.length >= 32 && new Set(one).size >= 10 && !one.includes(' ')
  if (secrets.every(isRandom)) return secrets
  context.addIssue({ code: 'custom', message: '32 random characters or more; make one with: openssl rand -base64 48' })
  return z.NEVER
})

/** `mysql://user:password@host:3306/name`, `mariadb://…` or `sqlite:path`. */
export const databaseAddress = z.string().refine(
  (given) => {
    if (given.startsWith('sqlite:')) return given.length > 'sqlite:'.length
    if (!/^(mysql|mariadb):\/\//.test(given) || !URL.canParse(given)) return false
    const { hostname, pathname, searchParams } = new URL(given)
    // A misspelt wish for TLS must not end in a connection without it.
    const knowsAll = [...searchParams].every(([name, value]) => name === 'tls' && /^(required|off)$/.test(value))
    return knowsAll && hostname !== '' && pathname.length > 1
  },
  {
    error:
      'mysql://user:password@host:3306/name, with nothing behind it but ?tls=required or ?tls=off, or sqlite:path/to/file',
  },
)

/** An address with the length of the part that counts: `[address, 32]` for one IPv4 address alone. */
export type Network = [ipaddr.IPv4 | ipaddr.IPv6, number]

/** `127.0.0.1, 10.0.0.0/8, 2001:db8::/32`, or the same as an array. */
export const networkList = z.union([z.string(), z.array(z.string())]).transform((given, context): Network[] => {
  const parts = (Array.isArray(given) ? given : given.split(',')).map((one) => one.trim()).filter(Boolean)
  const networks = parts.map(parseNetwork)
  if (networks.every((one) => one !== undefined)) return networks
  context.addIssue({ code: 'custom', message: 'addresses or networks such as 127.0.0.1, 10.0.0.0/8 or 2001:db8::/32' })
  return z.NEVER
})

function parseNetwork(text: string): Network | undefined {
  const [address = '', length] = text.split('/')
  // ipaddr.js alone would read "10.1" and "0x7f.1" as addresses too.
  if (isIP(address) === 0) return undefined
  if (length === undefined) return asCompared(ipaddr.parse(address), isIP(address) === 4 ? 32 : 128)
  return /^\d{1,3}$/.test(length) && ipaddr.isValidCIDR(text) ? asCompared(...ipaddr.parseCIDR(text)) : undefined
}

/** IPv4 in IPv6 as IPv4: that is how callers are written. */
function asCompared(address: Network[0], length: number): Network {
  const isMapped = address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() && length >= 96
  return isMapped ? [address.toIPv4Address(), length - 96] : [address, length]
}
