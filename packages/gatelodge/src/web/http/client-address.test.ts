import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { networkList } from '../../config/networks.ts'
import { canonicalAddress, networkOf } from '../../identity/attempts/network.ts'
import { type Believed, findClient } from './client-address.ts'

const trusted = networkList.parse('10.0.0.0/8, 127.0.0.1, ::1, 2001:db8:ffff::/48')

type Name = 'x-forwarded-for' | 'forwarded'

/** @param believed the one header that the settings name. */
function find(peer: string | undefined, forwardedFor?: string, forwarded?: string, believed: Name = 'x-forwarded-for') {
  const headers: Record<string, string | undefined> = { 'x-forwarded-for': forwardedFor, forwarded }
  return findClient(peer, (name) => headers[name], { trustedProxies: trusted, forwardedHeader: believed })
}

describe('The client address', () => {
  it.each([
    ['nobody speaks for anyone', '203.0.113.9', undefined, '203.0.113.9'],
    ['our proxy names its caller', '10.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['IPv4 inside IPv6 is IPv4', '::ffff:10.0.0.1', '::ffff:203.0.113.9', '203.0.113.9'],
    ['two proxies of ours', '10.0.0.1', '203.0.113.9, 10.0.0.2', '203.0.113.9'],
    ['what stands before the caller is their invention', '10.0.0.1', '1.1.1.1, 127.0.0.1, 203.0.113.9', '203.0.113.9'],
    ['an invented proxy of ours', '10.0.0.1', '1.1.1.1, 10.0.0.7, 203.0.113.9, 10.0.0.2', '203.0.113.9'],
    ['spaces and ports', '10.0.0.1', '  203.0.113.9:4711 ', '203.0.113.9'],
    ['IPv6 with a port', '::1', '[2001:db8::17]:4711', '2001:db8::17'],
    ['a name is no address', '10.0.0.1', '1.1.1.1, unknown', '10.0.0.1'],
    ['nor are shorthand and hexadecimal forms', '10.0.0.1', '0x7f.1', '10.0.0.1'],
    ['an empty list', '10.0.0.1', '', '10.0.0.1'],
    ['our own proxies only', '10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
    ['no connection at all', undefined, undefined, ''],
  ])('V4.1.3 V15.3.4 %s', (_, peer, forwardedFor, address) => {
    expect(find(peer, forwardedFor)).toEqual({ kind: 'known', address })
  })

  it.each([
    ['for=203.0.113.9', '203.0.113.9'],
    ['for=1.1.1.1, For="203.0.113.9:80";proto=https', '203.0.113.9'],
    ['for="[2001:db8::17]:4711";by=10.0.0.1', '2001:db8::17'],
    ['proto=https', '10.0.0.1'],
    ['for=_hidden', '10.0.0.1'],
    // A proxy writes the host that the caller has sent, in quotes, before whom it speaks for.
    ['host="x;for=1.1.1.1;y";for=203.0.113.9', '203.0.113.9'],
    ['host="x, for=1.1.1.1;y";for=203.0.113.9', '203.0.113.9'],
    ['host="\\";for=1.1.1.1;\\"";for=203.0.113.9', '203.0.113.9'],
    // An open quote of the caller's, which swallows what the proxy has written behind it.
    ['for=1.1.1.1;x=", for=203.0.113.9', '10.0.0.1'],
    ['for=1.1.1.1;x=", for="[2001:db8::17]"', '10.0.0.1'],
    ['for=1.1.1.1;for=203.0.113.9', '10.0.0.1'],
    [`for="${' '.repeat(15_000)}`, '10.0.0.1'],
  ])('V4.1.3 reads Forwarded: %s', (forwarded, address) => {
    expect(find('10.0.0.1', undefined, forwarded, 'forwarded')).toEqual({ kind: 'known', address })
  })

  it.each(['::ffff:10.0.0.0/104', '::ffff:10.0.0.1'])('V4.1.3 knows a proxy of ours that is set as %s', (setting) => {
    const trustedProxies = networkList.parse(setting)
    const found = findClient('::ffff:10.0.0.1', () => '203.0.113.9', {
      trustedProxies,
      forwardedHeader: 'x-forwarded-for',
    })
    expect(found).toEqual({ kind: 'known', address: '203.0.113.9' })
  })

  it('V4.1.3 V15.3.4 of those at our Unix socket is what they say, where they are trusted, and nothing by itself', () => {
    const believed = (setting: string): Believed => ({
      trustedProxies: networkList.parse(setting),
      forwardedHeader: 'x-forwarded-for',
    })
    const found = (setting: string, value?: string) => findClient('unix', () => value, believed(setting))
    expect(found('unix', '1.1.1.1, 203.0.113.9')).toEqual({ kind: 'known', address: '203.0.113.9' })
    expect(found('unix, 10.0.0.0/8', '203.0.113.9, 10.0.0.1')).toEqual({ kind: 'known', address: '203.0.113.9' })
    expect(found('unix', 'nonsense')).toEqual({ kind: 'known', address: '' })
    expect(found('unix')).toEqual({ kind: 'known', address: '' })
    expect(found('10.0.0.0/8', '203.0.113.9')).toMatchObject({ kind: 'not-trusted', address: '' })
    // Nobody knows where that one comes from.
    expect(findClient(undefined, () => '203.0.113.9', believed('unix'))).toMatchObject({ kind: 'not-trusted' })
  })

  it('V4.1.3 V15.3.4 believes nobody else', () => {
    expect(find('203.0.113.9', '1.1.1.1')).toEqual({
      kind: 'not-trusted',
      address: '203.0.113.9',
      header: 'X-Forwarded-For',
    })
    const told = find('203.0.113.9', undefined, 'for=10.0.0.1', 'forwarded')
    expect(told).toMatchObject({ kind: 'not-trusted', header: 'Forwarded' })
    const nobody: Believed = { trustedProxies: [], forwardedHeader: 'x-forwarded-for' }
    expect(findClient('127.0.0.1', () => '1.1.1.1', nobody)).toMatchObject({
      kind: 'not-trusted',
      address: '127.0.0.1',
    })
  })

  it.each<[Name, string, string]>([
    ['x-forwarded-for', '203.0.113.9', 'for=1.1.1.1'],
    ['x-forwarded-for', '203.0.113.9', 'for=203.0.113.9'],
    ['x-forwarded-for', '203.0.113.9', 'nonsense'],
    ['forwarded', '1.1.1.1', 'for=203.0.113.9'],
    ['forwarded', 'nonsense', 'for=203.0.113.9'],
  ])('V4.1.3 is what %s says, whatever the other header says: %s and %s', (believed, forwardedFor, forwarded) => {
    expect(find('10.0.0.1', forwardedFor, forwarded, believed)).toEqual({ kind: 'known', address: '203.0.113.9' })
  })

  it('V4.1.3 is that of the connection where a caller sends only the header that nobody writes', () => {
    expect(find('10.0.0.1', undefined, 'for=1.1.1.1')).toEqual({ kind: 'known', address: '10.0.0.1' })
    expect(find('203.0.113.9', undefined, 'for=1.1.1.1')).toEqual({ kind: 'known', address: '203.0.113.9' })
    expect(find('10.0.0.1', '1.1.1.1', undefined, 'forwarded')).toEqual({ kind: 'known', address: '10.0.0.1' })
  })

  it('V15.3.4 is never what the caller wrote, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), fc.ipV4(), (invention, caller) => {
        fc.pre(!caller.startsWith('10.') && caller !== '127.0.0.1')
        expect(find('10.0.0.1', `${invention}, ${caller}`)).toEqual({ kind: 'known', address: caller })
      }),
    )
  })
})

describe('The network that is counted', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:0002:ffff::1', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['64:ff9b::192.0.2.7', '192.0.2.7'],
    ['::ffff:0:192.0.2.7', '192.0.2.7'],
    ['2002:c000:207:5::1', '192.0.2.7'],
    ['', ''],
  ])('V15.3.4 of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })

  it('V15.3.4 is the same for every address of a /64, however it is written', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const written = canonicalAddress(address) ?? ''
        expect(networkOf(written)).toBe(networkOf(address.toUpperCase().toLowerCase()))
        expect(canonicalAddress(written)).toBe(written)
      }),
    )
  })

  it.each(['10.0.0.0/33', '10.1', '0x7f.1', 'example.org', '10.0.0.0/a', '2001:db8::/129', '10.0.0.1;'])(
    'a proxy setting of %s is refused',
    (text) => {
      expect(networkList.safeParse(text).success).toBe(false)
    },
  )
})
