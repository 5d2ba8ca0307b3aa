// Settings that name networks, hosts and domains.
import { createRequire } from 'node:module'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { textList } from './values.ts'

/** An address with the length of the part that counts: `[address, 32]` for one IPv4 address alone. */
export type Network = [ipaddr.IPv4 | ipaddr.IPv6, number]

/** All who open our Unix socket: they have no address, and the mode of its file says who they are. */
export const unixPeers = 'unix'
export type UnixPeers = typeof unixPeers

const networksAllowed = 'addresses or networks such as 127.0.0.1, 10.0.0.0/8 or 2001:db8::/32, or unix'

/** `127.0.0.1, 10.0.0.0/8, 2001:db8::/32, unix`, or the same as an array. */
export const networkList = textList(networksAllowed, {
  faultOf: faultOfNetwork,
  // None comes here that is no network.
  read: (one) => parseNetwork(one) ?? unixPeers,
}).meta({ form: 'Addresses, networks or `unix`, separated by commas, or an array of them' })

function faultOfNetwork(one: string): string | undefined {
  const network = one === unixPeers ? one : parseNetwork(one)
  if (network === undefined) return ''
  return isTooWide(network)
    ? 'it holds the addresses of strangers, and each of them could say that a request comes from somewhere else'
    : undefined
}

/** Nobody owns a network that large, but for the private ones: fc00::/7, fe80::/10, and 10.0.0.0/8 as the largest of IPv4. */
function isTooWide(network: Network | UnixPeers | undefined): boolean {
  if (!network || network === unixPeers) return false
  const [address, length] = network
  if (address.kind() === 'ipv4') return length < 8
  const isPrivate = ['uniqueLocal', 'linkLocal'].includes(address.range()) && length >= 7
  return length < 16 && !isPrivate
}

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

const hostsAllowed =
  'host names separated by commas, each with its port, if any, such as app.example.org or localhost:8080'

/** Host names with their port, if any: `app.example.org, localhost:8080`. */
export const hostList = textList(hostsAllowed, {
  faultOf: (one) => faultOfHost(one.toLowerCase()),
  read: (one) => one.toLowerCase(),
}).meta({ form: 'Host names, separated by commas, or an array of them', holdsUrl: true })

function faultOfHost(text: string): string | undefined {
  if (/[/@?#\\]/.test(text)) return 'no scheme, no user and no path'
  if (text.includes('*')) return 'a * stands for nothing here, so name each host'
  if (/[^\x21-\x7e]/.test(text)) return 'a name in other emails is written as browsers send it, with xn--'
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(text) ?? []
  const isHost = isHostName(host) || isIP(host) === 4 || (host.startsWith('[') && isIP(host.slice(1, -1)) === 6)
  if (!isHost) return 'it is no host name'
  // A browser writes neither the port that the scheme is known for nor a zero before a port.
  const isPort = port === undefined || (/^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65_535)
  if (!isPort) return 'a port is a number from 1 to 65535'
  return port === '80' || port === '443' ? `leave :${port} away, as browsers do` : undefined
}

/** By RFC 1123. A last label of digits alone would be an IPv4 address to a browser. */
function isHostName(text: string): boolean {
  const isEachLabel = /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)*[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/.test(text)
  return isEachLabel && text.length <= 253 && !/(?:^|\.)\d+$/.test(text)
}

/** A host name, or an IP address in the brackets of RFC 5321. */
export const mailHostName = z
  .string({ error: 'a host name such as accounts.example.org' })
  .refine((given) => isHostName(given.toLowerCase()) || isAddressLiteral(given), {
    error: 'a host name such as accounts.example.org, or an address such as [192.0.2.1]',
  })
  .meta({ form: 'A host name' })

function isAddressLiteral(text: string): boolean {
  const [, six, address = ''] = /^\[(IPv6:)?([^\]]+)\]$/.exec(text) ?? []
  return isIP(address) === (six ? 6 : 4)
}

const domainAllowed = 'a domain in small letters, such as example.org'

/** At least two labels: browsers refuse a cookie for all of `org`, and for all of `co.uk` or `github.io`. */
export const domainName = z
  .string({ error: domainAllowed })
  .regex(/^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z](?:[a-z\d-]*[a-z\d])?$/, domainAllowed)
  .refine((domain) => !domain.includes('.') || !isPublicSuffix(domain), {
    error:
      'a domain that is yours alone, such as example.org: below this one strangers have sites of their own (it is on the ' +
      'public suffix list), so browsers refuse such a cookie',
  })
  .meta({ form: 'A domain' })

function isPublicSuffix(domain: string): boolean {
  // Loaded only where someone sets such a domain: the list is large.
  const { getPublicSuffix } = createRequire(import.meta.url)('tldts') as typeof import('tldts')
  return getPublicSuffix(domain, { allowPrivateDomains: true }) === domain
}
