// Who is calling. The socket knows its other end; beyond it, only what our own proxies say counts, read from the right:
// each proxy appends to the list that it got, and any client can invent the front of the list (ASVS V4.1.3, V15.3.4).
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { type Network, type UnixPeers, unixPeers } from '../../config/networks.ts'
import type { Settings } from '../../config/schema.ts'
import { canonicalAddress } from '../../identity/attempts/network.ts'
import type { Peer } from './peer.ts'

export type Finding =
  | { kind: 'known'; address: string }
  /** A caller who is no proxy of ours says for whom they speak. */
  | { kind: 'not-trusted'; address: string; header: string }

/** Which proxies are believed, and in which header. */
export type Believed = Pick<Settings, 'trustedProxies' | 'forwardedHeader'>

const readers = { 'x-forwarded-for': forwardedFor, forwarded }
const spelled = { 'x-forwarded-for': 'X-Forwarded-For', forwarded: 'Forwarded' }

/**
 * One header counts, the one that our proxy is known to write. The other goes through such a proxy as the caller sent it:
 * with both, a caller could choose under which address they are counted (ASVS V4.1.3).
 * @param header reads one of the request's headers.
 */
export function findClient(
  peer: Peer,
  header: (name: string) => string | undefined,
  { trustedProxies: trusted, forwardedHeader }: Believed,
): Finding {
  // Over our Unix socket there is none: those who say nothing for anyone are all counted as one.
  const address = canonicalAddress(peer ?? '') ?? ''
  const value = header(forwardedHeader)
  if (value === undefined) return { kind: 'known', address }
  const isProxy = peer === unixPeers ? trusted.includes(unixPeers) : isTrusted(address, trusted)
  if (!isProxy) return { kind: 'not-trusted', address, header: spelled[forwardedHeader] }
  return { kind: 'known', address: nearestStranger(address, readers[forwardedHeader](value), trusted) }
}

/** By any of these a proxy gives itself away. */
const signsOfProxies = ['x-forwarded-for', 'forwarded', 'via', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip']

/**
 * Whether the caller sits at this machine, as far as the socket and our own proxies can tell; a container's gateway is one
 * of them where it is listed. Where nobody tells of a socket, nobody is known to. A proxy on this machine that adds no
 * header looks like this machine: what must stay closed to its callers needs more than this.
 */
export function isThisMachine(peer: Peer, header: (name: string) => string | undefined, believed: Believed): boolean {
  const { kind, address } = findClient(peer, header, believed)
  if (kind !== 'known' || isIP(address) === 0) return false
  const isNamed = header(believed.forwardedHeader) !== undefined
  if (!isNamed && signsOfProxies.some((name) => header(name) !== undefined)) return false
  return isTrusted(address, believed.trustedProxies) || ipaddr.parse(address).range() === 'loopback'
}

/** From the right: past our own proxies, to the first that is none. What cannot be read ends the search. */
function nearestStranger(peer: string, list: (string | undefined)[], trusted: Trusted): string {
  let nearest = peer
  for (const address of list.reverse()) {
    if (address === undefined) return nearest
    nearest = address
    if (!isTrusted(address, trusted)) return nearest
  }
  return nearest
}

type Trusted = (Network | UnixPeers)[]

function isTrusted(address: string, trusted: Trusted): boolean {
  if (isIP(address) === 0) return false
  const parsed = ipaddr.parse(address)
  const isIn = ([network, length]: Network) => parsed.kind() === network.kind() && parsed.match(network, length)
  return trusted.some((one) => one !== unixPeers && isIn(one))
}

function forwardedFor(value: string) {
  return value.split(',').map(readNode)
}

/** A name, perhaps with a value, bare or in quotes, and what ends it. No two parts can take the same character. */
const parameter = /([^",;=]*)(?:=("(?:[^"\\]|\\.)*"[\t ]*|[^",;]*))?(,|;|$)/y

/**
 * `for=192.0.2.60;proto=http, for="[2001:db8::17]:4711"` (RFC 7239). Quotes hold commas and semicolons: a proxy writes the
 * `host` there that the caller has sent. Where any of it cannot be read, nobody is named.
 */
function forwarded(value: string) {
  const list: (string | undefined)[] = []
  let named: string[] = []
  parameter.lastIndex = 0
  for (let end: string | undefined = ','; end !== ''; ) {
    const [, name = '', given = '', ending] = parameter.exec(value) ?? []
    if (ending === undefined) return [undefined]
    if (name.trim().toLowerCase() === 'for') named.push(given)
    if (ending !== ';') {
      // Named twice, it could be either.
      list.push(named.length === 1 ? readNode(named[0] ?? '') : undefined)
      named = []
    }
    end = ending
  }
  return list
}

/** An address, perhaps with a port, brackets or quotes; undefined for a name, `unknown` and the like. */
function readNode(text: string): string | undefined {
  const node = text.trim().replace(/^"(.*)"$/, '$1')
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(node)?.[1]
  const withPort = /^([\d.]+):\d+$/.exec(node)?.[1]
  return canonicalAddress(bracketed ?? withPort ?? node)
}
