// crypt(3) on MD5 (`$1$`, and Apache's `$apr1$`), SHA-256 (`$5$`) and SHA-512 (`$6$`). Neither Node nor a package that is well
// kept has them. The order of things follows the original programs, by Poul-Henning Kamp and Ulrich Drepper.
import { hash } from 'node:crypto'
import { pauses } from './pauses.ts'

const letters = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** @returns the 22 characters behind the last `$`. */
export async function md5Crypt(password: Buffer, { mark, salt }: { mark: string; salt: string }): Promise<string> {
  const md5 = (...parts: (Buffer | string)[]) => hash('md5', joined(parts), 'buffer')
  const other = md5(password, salt, password)
  const bits: Buffer[] = []
  for (let length = password.length; length > 0; length >>= 1)
    bits.push(length & 1 ? Buffer.alloc(1) : password.subarray(0, 1))
  let value = md5(password, mark, salt, stretched(other, password.length), ...bits)
  for (let round = 0; round < 1000; round += 1) {
    value = md5(
      round & 1 ? password : value,
      round % 3 ? salt : '',
      round % 7 ? password : '',
      round & 1 ? value : password,
    )
  }
  return spellOut(value, [...five.map((at) => [at, at + 6, at === 4 ? 5 : at + 12]), [-1, -1, 11]]).slice(0, 22)
}

const five = [0, 1, 2, 3, 4]

/** @returns the 43 or 86 characters behind the last `$`. */
export async function shaCrypt(
  password: Buffer,
  { bits, rounds, salt }: { bits: 256 | 512; rounds: number; salt: string },
): Promise<string> {
  const sha = (...parts: (Buffer | string)[]) => hash(`sha${bits}`, joined(parts), 'buffer')
  const other = sha(password, salt, password)
  const turns: Buffer[] = []
  for (let length = password.length; length > 0; length >>= 1) turns.push(length & 1 ? other : password)
  let value = sha(password, salt, stretched(other, password.length), ...turns)
  const p = stretched(sha(...Array<Buffer>(password.length).fill(password)), password.length)
  const saltBytes = Buffer.from(salt)
  const s = stretched(sha(...Array<Buffer>(16 + (value[0] ?? 0)).fill(saltBytes)), saltBytes.length)
  const pause = pauses()
  for (let round = 0; round < rounds; round += 1) {
    value = sha(round & 1 ? p : value, round % 3 ? s : '', round % 7 ? p : '', round & 1 ? value : p)
    await pause(round)
  }
  return bits === 256 ? spellOut(value, order256).slice(0, 43) : spellOut(value, order512).slice(0, 86)
}

/** Three bytes, of which the first is the highest, become four characters; -1 is none. */
const order256 = [
  ...[
    [0, 10, 20],
    [21, 1, 11],
    [12, 22, 2],
    [3, 13, 23],
    [24, 4, 14],
    [15, 25, 5],
    [6, 16, 26],
    [27, 7, 17],
  ],
  ...[
    [18, 28, 8],
    [9, 19, 29],
    [-1, 31, 30],
  ],
]
const order512 = [
  ...[
    [0, 21, 42],
    [22, 43, 1],
    [44, 2, 23],
    [3, 24, 45],
    [25, 46, 4],
    [47, 5, 26],
    [6, 27, 48],
    [28, 49, 7],
  ],
  ...[
    [50, 8, 29],
    [9, 30, 51],
    [31, 52, 10],
    [53, 11, 32],
    [12, 33, 54],
    [34, 55, 13],
    [56, 14, 35],
    [15, 36, 57],
  ],
  ...[
    [37, 58, 16],
    [59, 17, 38],
    [18, 39, 60],
    [40, 61, 19],
    [62, 20, 41],
    [-1, -1, 63],
  ],
]

function spellOut(value: Buffer, order: number[][]): string {
  return order
    .map(([high = -1, middle = -1, low = -1]) => {
      const at = (index: number) => (index < 0 ? 0 : (value[index] ?? 0))
      const number = (at(high) << 16) | (at(middle) << 8) | at(low)
      return [0, 6, 12, 18].map((shift) => letters[(number >> shift) & 63]).join('')
    })
    .join('')
}

/** Repeated and cut, so that it is that long. */
function stretched(value: Buffer, length: number): Buffer {
  return Buffer.alloc(length, value)
}

function joined(parts: (Buffer | string)[]): Buffer {
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))
}

/** What phpass and Drupal write bytes with: the lowest six bits first. @returns undefined for other characters. */
export function fromLowFirst(text: string): Buffer | undefined {
  let bits = 0
  let held = 0
  const bytes: number[] = []
  for (const letter of text) {
    const value = letters.indexOf(letter)
    if (value < 0) return undefined
    bits |= value << held
    held += 6
    if (held >= 8) {
      bytes.push(bits & 255)
      bits >>= 8
      held -= 8
    }
  }
  return Buffer.from(bytes)
}

/** 2 to the power of that character. */
export function countFrom(letter: string): number {
  return 2 ** letters.indexOf(letter)
}
