// Formats whose salt stands in a column of its own: Symfony's message digest, passport-local-mongoose, and formulas.

import { stepsOf } from '../expression.ts'
import { digestFrom, type Family, fromHex } from '../given.ts'
import { base64 } from '../recipe.ts'

/** Symfony before 4.3, FOSUserBundle: 5000 rounds of SHA-512 over `password{salt}`, in base64 or hex. */
export const symfonyDigest: Family = ({ hash, salt = '' }) => {
  const is = digestFrom(hash, 'sha512')
  if (!is) return 'malformed'
  const after = base64(salt ? `{${salt}}` : '')
  return { by: [['chain', 'sha512', { rounds: 4_999, before: '', after, again: 'salted' }]], is: base64(is.bytes) }
}

/** PBKDF2 with SHA-256, 25000 rounds, 512 bytes of key, of which the first 64 are enough. The salt is the text. */
export const passportMongoose: Family = ({ hash, salt = '' }) => {
  const is = fromHex(hash)
  if (!is || is.length < 64 || !salt) return 'malformed'
  return {
    by: [['pbkdf2', 'sha256', { rounds: 25_000, salt: base64(salt), bytes: 64 }]],
    is: base64(is.subarray(0, 64)),
  }
}

/** `hash:salt` in one column, or in two. */
export const formula =
  (text: string): Family =>
  ({ hash, salt, username = '' }) => {
    const [digest = '', behind] = salt === undefined ? splitOnce(hash) : [hash]
    const by = stepsOf(text, { salt: salt ?? behind ?? '', username })
    const last = by?.at(-1)
    if (!by || last?.[0] !== 'hash') return 'unknown-format'
    if (/\bsalt\b/.test(text) && salt === undefined && behind === undefined) return 'malformed'
    const is = digestFrom(digest, last[1])
    return is ? { by, is: base64(is.bytes) } : 'malformed'
  }

function splitOnce(text: string): [string, string | undefined] {
  const at = text.indexOf(':')
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}
