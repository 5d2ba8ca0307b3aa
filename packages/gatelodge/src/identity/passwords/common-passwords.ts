// The common and breached passwords, as a Bloom filter: some 950 kB that know 474,743 of them, and take one in 2,000 others
// for one of them. scripts/common-passwords.ts makes the file; docs/security/passwords.md tells where the list comes from.
import { readFileSync } from 'node:fs'
import { packageFile } from '../../config/package-files.ts'
import { digest } from '../sealing.ts'

/** The first line of the file. */
export interface FilterHead {
  source: string
  file: string
  integrity: string
  licence: string
  count: number
  bits: number
  hashes: number
}

export type Filter = FilterHead & { has(password: string): boolean }

export const filterFile = packageFile('lists/common-passwords.bloom')

/** Takes about a millisecond. */
export function openFilter(bytes: Uint8Array = readFileSync(filterFile)): Filter {
  const end = bytes.indexOf(0x0a)
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end))) as FilterHead
  const field = bytes.subarray(end + 1)
  // A part of it would take every password for a good one.
  if (field.length !== Math.ceil(head.bits / 8))
    throw new Error('The list of common passwords is not whole. Install it again.')
  const isSet = (bit: number) => ((field[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0
  return { ...head, has: (password) => positions(password, head).every(isSet) }
}

export function makeFilter(head: FilterHead, passwords: Iterable<string>): Buffer {
  const field = Buffer.alloc(Math.ceil(head.bits / 8))
  for (const password of passwords)
    for (const bit of positions(password, head)) field[bit >> 3] = (field[bit >> 3] ?? 0) | (1 << (bit & 7))
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), field])
}

/** Two numbers of one SHA-256, added up again and again, are as good as many hashes (Kirsch and Mitzenmacher, 2006). */
function positions(password: string, { bits, hashes }: Pick<FilterHead, 'bits' | 'hashes'>): number[] {
  const hash = digest(listed(password))
  const [first, second] = [hash.readUIntBE(0, 6), hash.readUIntBE(6, 6)]
  return Array.from({ length: hashes }, (_, index) => (first + index * second) % bits)
}

/** How passwords are compared with the list: guessers try every case of a word, so NFC and lower case are one. */
export function listed(password: string): string {
  return password.normalize('NFC').toLowerCase()
}
