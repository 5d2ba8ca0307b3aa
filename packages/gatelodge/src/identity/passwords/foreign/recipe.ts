// How a password hash of another system is stored here: a list of steps that turn the typed password into bytes, and what
// these bytes must be. One short list of steps covers every family, layered hashes too.

/** `raw` bytes, or their text. */
export type Form = 'raw' | 'hex' | 'base64'
export type Algorithm = 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'

/** Fixed bytes (salts, keys) stand in it as base64. */
export type HashStep =
  /** As PHP's trim() does. */
  | ['trim']
  /** Unicode NFKC. */
  | ['nfkc']
  | ['prepend', string]
  | ['append', string]
  /** The same, with a text that the site's secret has sealed. */
  | ['pepper', string]
  | ['hash', Algorithm, Form]
  /** The key is fixed. */
  | ['hmac', Algorithm, string, Form]
  /** As `hash`, `rounds` times more over its own result and `again`: the password, the password as salted, or nothing. */
  | ['chain', Algorithm, { rounds: number; before: string; after: string; again: 'password' | 'salted' | 'nothing' }]
  | ['pbkdf2', Algorithm, { rounds: number; salt: string; bytes: number }]
  | ['scrypt', { cost: number; blocks: number; parallel: number; salt: string; bytes: number }]
  /** So many zeros under AES-256 in counter mode, with these bytes as the key. */
  | ['aes-256-ctr', number]
  /** crypt(3): the result is its text. */
  | ['md5-crypt', { mark: '$1$' | '$apr1$'; salt: string }]
  | ['sha-crypt', { bits: 256 | 512; rounds: number; salt: string }]
  /** So many bytes from the beginning. */
  | ['take', number]
  /** The text of the bytes. */
  | ['base64']

export interface ForeignHash {
  by: HashStep[]
  /** The bytes that must come out. */
  is?: string
  /** A bcrypt or argon2 hash of what comes out. */
  phc?: string
  /** A format that the code of the site knows (`passwordVerifiers`). */
  own?: { name: string; hash: string }
}

/** Whether the stored text is one of these, and not one of our own. */
export function isForeign(stored: string): boolean {
  return stored.startsWith('{')
}

export function spell(hash: ForeignHash): string {
  return JSON.stringify(hash)
}

/** @throws {Error} for text that is none. */
export function parseStored(stored: string): ForeignHash {
  const { by, is, phc, own } = JSON.parse(stored) as ForeignHash
  if (!Array.isArray(by) || (is ?? phc ?? own) === undefined) throw new Error('a foreign hash is none')
  return { by, ...(is !== undefined && { is }), ...(phc !== undefined && { phc }), ...(own && { own }) }
}

/**
 * Names what takes time in it, with its costs: hashes of one label take the same time. At most 200 characters of ASCII.
 * It stands beside each foreign hash in the table.
 */
export function labelOf({ by, phc, own }: ForeignHash): string {
  const parts = by.flatMap(labelOfStep)
  if (phc) parts.push(/^(?:\$2.\$\d\d|\$argon2\w+\$v=\d+\$[^$]+)/.exec(phc)?.[0].slice(1).replaceAll('$', '-') ?? '')
  if (own) parts.push(`own-${own.name}`)
  return parts.join('+').slice(0, 200) || 'digest'
}

function labelOfStep(step: HashStep): string[] {
  if (step[0] === 'chain') return [`${step[1]}-${step[2].rounds}`]
  if (step[0] === 'pbkdf2') return [`pbkdf2-${step[1]}-${step[2].rounds}-${step[2].bytes}`]
  if (step[0] === 'scrypt') return [`scrypt-${step[1].cost}-${step[1].blocks}-${step[1].parallel}`]
  if (step[0] === 'md5-crypt') return ['md5-crypt']
  return step[0] === 'sha-crypt' ? [`sha${step[1].bits}-crypt-${step[1].rounds}`] : []
}

export const base64 = (bytes: string | Uint8Array) => Buffer.from(bytes as string).toString('base64')
