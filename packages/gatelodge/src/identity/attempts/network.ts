// Whom a client address stands for when tries are counted.
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** The address as it is always written here: IPv4 in IPv6 as IPv4, no zone, one spelling; undefined for none. */
export function canonicalAddress(text: string): string | undefined {
  const [plain = ''] = text.split('%')
  // ipaddr.js alone would read "10.1" and "0x7f.1" as addresses too.
  return isIP(plain) === 0 ? undefined : ipaddr.process(plain).toString()
}

/**
 * One household or one server has a whole /64 of IPv6, so that is what is counted; an IPv4 address stands for itself
 * (ASVS V15.3.4).
 */
export function networkOf(address: string): string {
  if (isIP(address) === 0) return address
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return parsed.toString()
  const { parts } = parsed as ipaddr.IPv6
  const at = embeddedAt[parsed.range()]
  if (at !== undefined) return ipv4Of(parts.slice(at, at + 2))
  return `${parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`
}

/**
 * In which of the eight parts an IPv4 address begins, for those who are translated on their way. Behind NAT64 (RFC 6052)
 * and SIIT (RFC 7915) all of IPv4 shares one /64; with 6to4 (RFC 3056) one IPv4 address has 65,536 of them.
 */
const embeddedAt: Record<string, number> = { rfc6052: 6, rfc6145: 6, '6to4': 1 }

function ipv4Of(parts: number[]): string {
  return parts.flatMap((part) => [part >> 8, part & 0xff]).join('.')
}
