// Settings that say where to listen.
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { type Network, type UnixPeers, unixPeers } from './networks.ts'
import { isOneLine } from './values.ts'

const hostAllowed =
  'an IP address such as 127.0.0.1, ::1 or :: (all addresses, IPv4 too), or a host name such as localhost'

/** An IPv6 address may stand in brackets, as in a URL. */
export const listenHost = z
  .string({ error: hostAllowed })
  .transform((given, context) => {
    const text = given.trim()
    const inside = /^\[(.+)\]$/.exec(text)?.[1] ?? ''
    const host = isIP(inside) === 6 ? inside : text
    if (isIP(host) !== 0 || isName(host)) return host
    context.addIssue({ code: 'custom', message: hostAllowed })
    return z.NEVER
  })
  .meta({ form: 'An IP address or a host name' })

/** One of digits and dots alone is an address that was misspelt. */
const isName = (text: string) =>
  text.length <= 253 && /^[a-z\d_](?:[\w.-]*[a-z\d])?$/i.test(text) && /[a-z]/i.test(text)

/** Whether only this machine reaches what listens there. */
export function isThisMachineOnly(host: string): boolean {
  if (isIP(host) === 0) return /^localhost$/i.test(host)
  return ipaddr.process(host).range() === 'loopback'
}

interface Proxies {
  trustedProxies: (Network | UnixPeers)[]
  unixSocket?: string | undefined
}

/** Whether the proxy in front is believed about the address of the client; where not, all visitors count as one. */
export function trustsItsProxy({ trustedProxies, unixSocket }: Proxies): boolean {
  return unixSocket === undefined ? trustedProxies.length > 0 : trustedProxies.includes(unixPeers)
}

/** Where this machine reaches what listens there. */
export function hostFromHere(host: string): string {
  if (isIP(host) === 0 || ipaddr.parse(host).range() !== 'unspecified') return host
  return isIP(host) === 6 ? '::1' : '127.0.0.1'
}

/** As it stands in front of a port. */
export const inBrackets = (host: string) => (isIP(host) === 6 ? `[${host}]` : host)

/** Each operating system takes 103 bytes, and the draft of it is longer by up to 12. */
const longestPath = 90

const pathAllowed = `a path from the root of the disk such as /run/gatelodge/gatelodge.sock, of at most ${longestPath} bytes`

export const socketPath = z
  .string({ error: pathAllowed })
  .refine(
    (path) => path.startsWith('/') && !path.endsWith('/') && isOneLine(path) && Buffer.byteLength(path) <= longestPath,
    {
      error: pathAllowed,
    },
  )
  .meta({ form: 'A path' })

const modeAllowed = 'three digits from 0 to 7, such as 660'

export const socketMode = z
  .string({ error: modeAllowed })
  .regex(/^0?[0-7]{3}$/, modeAllowed)
  .meta({ form: 'Three digits, as for `chmod`' })
