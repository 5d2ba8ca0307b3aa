// What a row of another system says of a password, and what a family of formats makes of it.
import type { ForeignHash, Form } from './recipe.ts'

export interface GivenHash {
  hash: string
  salt?: string | undefined
  /** Of Keycloak: `credentialData`. */
  parameters?: string | undefined
  /** Some forums salt with it. */
  username?: string | undefined
}

/** What is one for a whole site, and stands in no row. */
export interface SiteKeys {
  /** Already sealed: it is stored beside each hash. */
  pepper?: string | undefined
  firebase?: FirebaseKey | undefined
}

export interface FirebaseKey {
  /** Base64, as the console of Firebase shows them. */
  signerKey: string
  saltSeparator: string
  rounds: number
  memory: number
}

export type ReadHash =
  | { kind: 'foreign'; hash: ForeignHash }
  /** The account has no password there: an empty column, `!`, `*`. */
  | { kind: 'none' }
  | { kind: 'refused'; reason: HashRefusal }

export type HashRefusal = 'unknown-format' | 'malformed' | 'too-costly' | 'plain-text' | 'needs-key' | 'needs-format'

/** @returns undefined: this is a hash of another family. */
export type Family = (given: GivenHash, keys: SiteKeys) => ForeignHash | HashRefusal | undefined

/** The bytes of a text in hex, or undefined. @param length in bytes, where it is known. */
export function fromHex(text: string, length?: number): Buffer | undefined {
  if (text.length % 2 !== 0 || !/^[\da-f]+$/i.test(text)) return undefined
  const bytes = Buffer.from(text, 'hex')
  return length === undefined || bytes.length === length ? bytes : undefined
}

/** Likewise in base64, with `=` or without, with `.` for `+` as passlib writes it, or in its URL form. */
export function fromBase64(text: string, length?: number): Buffer | undefined {
  if (!/^[A-Za-z\d+/._-]*={0,2}$/.test(text)) return undefined
  const bytes = Buffer.from(text.replaceAll('.', '+'), 'base64')
  return length === undefined || bytes.length === length ? bytes : undefined
}

const lengths = { md5: 16, sha1: 20, sha224: 28, sha256: 32, sha384: 48, sha512: 64 }

/** A digest in hex or base64, whose algorithm tells how long it is. */
export function digestFrom(text: string, algorithm: keyof typeof lengths): { bytes: Buffer; form: Form } | undefined {
  const hex = fromHex(text, lengths[algorithm])
  if (hex) return { bytes: hex, form: 'hex' }
  const bytes = fromBase64(text, lengths[algorithm])
  return bytes && { bytes, form: 'base64' }
}
