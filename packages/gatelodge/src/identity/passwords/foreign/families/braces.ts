// A name in braces, then the hash: Spring Security's `{bcrypt}…`, LDAP's `{SSHA}…`, Atlassian's `{PKCS5S2}…`.
import { type Family, fromBase64, fromHex, type GivenHash, type HashRefusal, type SiteKeys } from '../given.ts'
import { type Algorithm, base64, type ForeignHash, type HashStep } from '../recipe.ts'
import { argon2 } from './argon2.ts'
import { bcrypt } from './bcrypt.ts'
import { crypt } from './crypt.ts'

type Read = ForeignHash | HashRefusal

export const braces: Family = ({ hash }, keys) => {
  const [, name = '', rest = ''] = /^\{([\w@-]{1,40})\}(.*)$/.exec(hash) ?? []
  if (!name) return undefined
  const known = name.toLowerCase().replace(/@springsecurity_v\d+_\d+$/, '@')
  if (known === 'ldap') return braces({ hash: rest }, keys) ?? 'malformed'
  if (known === 'noop' || known === 'clear' || known === 'cleartext') return 'plain-text'
  return byName[known]?.(rest, keys) ?? digestOf(known, rest)
}

const inner = (family: Family) => (hash: string, keys: SiteKeys) =>
  family({ hash } satisfies GivenHash, keys) ?? 'malformed'

const byName: Record<string, (rest: string, keys: SiteKeys) => Read> = {
  bcrypt: inner(bcrypt),
  argon2: inner(argon2),
  'argon2@': inner(argon2),
  crypt: (rest, keys) => bcrypt({ hash: rest }, keys) ?? argon2({ hash: rest }, keys) ?? inner(crypt)(rest, keys),
  pbkdf2: (rest) => (rest.includes('$') ? openLdap('sha1', rest) : spring('sha1', 185_000, 8, rest)),
  'pbkdf2@': (rest) => spring('sha256', 310_000, 16, rest),
  'pbkdf2-sha1': (rest) => openLdap('sha1', rest),
  'pbkdf2-sha256': (rest) => openLdap('sha256', rest),
  'pbkdf2-sha512': (rest) => openLdap('sha512', rest),
  scrypt: springScrypt,
  'scrypt@': springScrypt,
  pkcs5s2: (rest) => {
    const bytes = fromBase64(rest, 48)
    return bytes ? pbkdf2('sha1', 10_000, bytes.subarray(0, 16), bytes.subarray(16)) : 'malformed'
  },
}

function pbkdf2(algorithm: Algorithm, rounds: number, salt: Buffer, key: Buffer): ForeignHash {
  return { by: [['pbkdf2', algorithm, { rounds, salt: base64(salt), bytes: key.length }]], is: base64(key) }
}

/** Hex of the salt and of 32 bytes. */
function spring(algorithm: Algorithm, rounds: number, salt: number, text: string): Read {
  const bytes = fromHex(text, salt + 32)
  return bytes ? pbkdf2(algorithm, rounds, bytes.subarray(0, salt), bytes.subarray(salt)) : 'malformed'
}

/** `10000$salt$key`, in passlib's base64. */
function openLdap(algorithm: Algorithm, text: string): Read {
  const [, rounds, salt = '', key = ''] = /^(\d+)\$([^$]+)\$([^$]+)$/.exec(text) ?? []
  const [saltBytes, is] = [fromBase64(salt), fromBase64(key)]
  return rounds && saltBytes && is && is.length >= 16 ? pbkdf2(algorithm, Number(rounds), saltBytes, is) : 'malformed'
}

/** `$e0801$salt$key`: the logarithm of N, r and p, a byte each in hex. */
function springScrypt(text: string): Read {
  const [, numbers = '', salt = '', key = ''] = /^\$([\da-f]{5,8})\$([^$]+)\$([^$]+)$/.exec(text) ?? []
  const [saltBytes, is] = [fromBase64(salt), fromBase64(key)]
  const all = Number.parseInt(numbers, 16)
  if (!saltBytes || !is || is.length < 16 || Number.isNaN(all)) return 'malformed'
  const how = { cost: 2 ** (all >>> 16), blocks: (all >>> 8) & 255, parallel: all & 255 }
  return { by: [['scrypt', { ...how, salt: base64(saltBytes), bytes: is.length }]], is: base64(is) }
}

const digests: Record<string, [Algorithm, number]> = {
  ...{ md5: ['md5', 16], smd5: ['md5', 16], sha: ['sha1', 20], ssha: ['sha1', 20], 'sha-1': ['sha1', 20] },
  ...{ sha1: ['sha1', 20], sha256: ['sha256', 32], ssha256: ['sha256', 32], 'sha-256': ['sha256', 32] },
  ...{ sha384: ['sha384', 48], ssha384: ['sha384', 48], 'sha-384': ['sha384', 48] },
  ...{ sha512: ['sha512', 64], ssha512: ['sha512', 64], 'sha-512': ['sha512', 64] },
}

function digestOf(name: string, rest: string): Read {
  const [algorithm, length] = digests[name] ?? []
  if (!algorithm || !length) return 'unknown-format'
  return inHex(algorithm, length, rest) ?? inBase64(algorithm, length, rest)
}

/** Spring: `{salt}hex` is the digest of `password{salt}`; `{sha256}` with 40 bytes is a salt of 8 and 1024 rounds. */
function inHex(algorithm: Algorithm, length: number, rest: string): ForeignHash | undefined {
  const [, salted = '', hex = ''] = /^(\{.*\})?([\da-f]+)$/i.exec(rest) ?? []
  const salt = salted.length > 2 ? salted : ''
  const is = fromHex(hex, length)
  if (is)
    return {
      by: [
        ['append', base64(salt)],
        ['hash', algorithm, 'raw'],
      ],
      is: base64(is),
    }
  const both = algorithm === 'sha256' ? fromHex(rest, 40) : undefined
  if (!both) return undefined
  const how = { rounds: 1023, before: base64(both.subarray(0, 8)), after: '', again: 'nothing' } as const
  return { by: [['chain', algorithm, how]], is: base64(both.subarray(8)) }
}

/** LDAP: the digest, and behind it what was put behind the password. */
function inBase64(algorithm: Algorithm, length: number, rest: string): Read {
  const bytes = fromBase64(rest)
  if (!bytes || bytes.length < length || bytes.length > length + 64) return 'malformed'
  const salt: HashStep[] = bytes.length > length ? [['append', base64(bytes.subarray(length))]] : []
  return { by: [...salt, ['hash', algorithm, 'raw']], is: base64(bytes.subarray(0, length)) }
}
