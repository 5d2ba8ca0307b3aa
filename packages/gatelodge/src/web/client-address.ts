// Who is calling. The socket knows its other end; beyond it, only what our own proxies say counts, read from the right:
// each proxy writes behind what it was told, and the front of the list may be anybody's invention (ASVS V4.1.3, V15.3.4).
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { Network } from '../config/networks.ts'
import { canonicalAddress } from '../identity/attempts/network.ts'

export type Finding =
  | { kind: 'known'; address: string }
  /** Somebody who is no proxy of ours says for whom they speak. */
  | { kind: 'not-trusted'; address: string; header: string }
  /** The two headers name different people: one of them went through a proxy that does not know it. */
  | { kind: 'contradicts-itself'; address: string }

/** @param header reads one of the request's headers. */
export function findClient(
  peer: string | undefined,
  header: (name: string) => string | undefined,
  trusted: Network[],
): Finding {
  const address = canonicalAddress(peer ?? '') ?? ''
  const heard = { 'X-Forwarded-For': header('x-forwarded-for'), Forwarded: header('forwarded') }
  const [first] = Object.entries(heard).filter(([, value]) => value !== undefined)
  if (!first) return { kind: 'known', address }
  if (!isTrusted(address, trusted)) return { kind: 'not-trusted', address, header: first[0] }

  const lists = [forwardedFor(heard['X-Forwarded-For']), forwarded(heard.Forwarded)].filter(
    (list) => list !== undefined,
  )
  const [client = address, ...others] = lists.map((list) => nearestStranger(address, list, trusted))
  // Whoever could make the two disagree is counted with the proxy itself, not as whomever they would like to be.
  if (others.some((other) => other !== client)) return { kind: 'contradicts-itself', address }
  return { kind: 'known', address: client }
}

/**
 * Whether the caller sits at this machine, as far as the socket and our own proxies can tell; a container's gateway is one
 * of them where it is listed. Where nobody tells of a socket, nobody is known to.
 */
export function isThisMachine(
  peer: string | undefined,
  header: (name: string) => string | undefined,
  trusted: Network[],
): boolean {
  const { kind, address } = findClient(peer, header, trusted)
  if (kind !== 'known' || isIP(address) === 0) return false
  return isTrusted(address, trusted) || ipaddr.parse(address).range() === 'loopback'
}

/** From the right: past our own proxies, to the first that is none. What cannot be read ends the search. */
function nearestStranger(peer: string, list: (string | undefined)[], trusted: Network[]): string {
  let nearest = peer
  for (const address of list.reverse()) {
    if (address === undefined) return nearest
    nearest = address
    if (!isTrusted(address, trusted)) return nearest
  }
  return nearest
}

function isTrusted(address: string, trusted: Network[]): boolean {
  if (isIP(address) === 0) return false
  const parsed = ipaddr.parse(address)
  return trusted.some(([network, length]) => parsed.kind() === network.kind() && parsed.match(network, length))
}

function forwardedFor(value: string | undefined) {
  return value?.split(',').map(readNode)
}

/** A name, perhaps with a value, bare or in quotes, and what ends it. No two parts can take the same character. */
const parameter = /([^",;=]*)(?:=("(?:[^"\\]|\\.)*"[\t ]*|[^",;]*))?(,|;|$)/y

/**
 * `for=192.0.2.60;proto=http, for="[2001:db8::17]:4711"` (RFC 7239). Quotes hold commas and semicolons: a proxy writes the
 * `host` there that the caller has sent. Where any of it cannot be read, nobody is named.
 */
function forwarded(value: string | undefined) {
  if (value === undefined) return undefined
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
