// passlib (and Authelia, which uses it) and Ory Kratos: `$pbkdf2-sha256$…`, `$scrypt$…`, `$bcrypt-sha256$…`, and Kratos' digests.
import { digestFrom, type Family, fromBase64 } from '../given.ts'
import { type Algorithm, base64, type ForeignHash } from '../recipe.ts'

export const passlib: Family = ({ hash }) => {
  const [empty, name = '', ...rest] = hash.split('$')
  if (empty !== '') return undefined
  const kind = /^pbkdf2(?:-(sha1|sha256|sha512|md5|sha224|sha384))?$/.exec(name)
  if (kind) return pbkdf2((kind[1] ?? 'sha1') as Algorithm, rest)
  if (name === 'scrypt') return scrypt(rest)
  if (name === 'bcrypt-sha256') return bcryptSha256(rest)
  return /^(?:md5|sha1|sha256|sha512)$/.test(name) ? digest(name as 'md5', rest) : undefined
}

/** `29000` of passlib, or `i=100000,l=32` of Kratos. */
function pbkdf2(algorithm: Algorithm, [numbers = '', salt = '', digest = '']: string[]): ForeignHash | 'malformed' {
  const rounds = Number(/^(?:i=)?(\d+)(?:,l=\d+)?$/.exec(numbers)?.[1])
  const [saltBytes, is] = [fromBase64(salt), fromBase64(digest)]
  if (!rounds || !saltBytes || !is || is.length < 16) return 'malformed'
  return { by: [['pbkdf2', algorithm, { rounds, salt: base64(saltBytes), bytes: is.length }]], is: base64(is) }
}

/** `ln=16` is 2^16 in passlib; Kratos writes the number itself. */
function scrypt([numbers = '', salt = '', digest = '']: string[]): ForeignHash | 'malformed' {
  const [, ln, r, p] = /^ln=(\d+),r=(\d+),p=(\d+)$/.exec(numbers) ?? []
  const [saltBytes, is] = [fromBase64(salt), fromBase64(digest)]
  if (!ln || !saltBytes || !is || is.length < 16) return 'malformed'
  const cost = Number(ln) < 64 ? 2 ** Number(ln) : Number(ln)
  const how = { cost, blocks: Number(r), parallel: Number(p), salt: base64(saltBytes), bytes: is.length }
  return { by: [['scrypt', how]], is: base64(is) }
}

/** bcrypt of a digest in base64: version 1 of the SHA-256, version 2 of an HMAC with the salt as its key. */
function bcryptSha256([numbers = '', salt = '', digest = '']: string[]): ForeignHash | 'malformed' {
  const [, version, kind, cost = ''] = /^(v=2,t=)?(2[abxy]),(?:r=)?(\d{1,2})$/.exec(numbers) ?? []
  if (!kind || !/^[./\dA-Za-z]{22}$/.test(salt) || !/^[./\dA-Za-z]{31}$/.test(digest)) return 'malformed'
  const phc = `$${kind}$${cost.padStart(2, '0')}$${salt}${digest}`
  return { by: [version ? ['hmac', 'sha256', base64(salt), 'base64'] : ['hash', 'sha256', 'base64']], phc }
}

/** Kratos: `$sha256$pf=…$salt$digest`, where `pf` is base64 of a text with `{SALT}` and `{PASSWORD}` in it. */
function digest(algorithm: 'md5' | 'sha1' | 'sha256' | 'sha512', parts: string[]): ForeignHash | 'malformed' {
  const [pattern, salt, text] = parts.length === 1 ? ['', '', parts[0]] : parts
  const is = digestFrom(text ?? '', algorithm)
  const order = pattern ? fromBase64(pattern.replace(/^pf=/, ''))?.toString() : '{PASSWORD}'
  const saltBytes = fromBase64(salt ?? '')
  const [, before, after] = /^(.*)\{PASSWORD\}(.*)$/.exec(order ?? '') ?? []
  if (!is || !saltBytes || before === undefined || after === undefined) return 'malformed'
  const salted = (around: string) => base64(around.replaceAll('{SALT}', saltBytes.toString()))
  return {
    by: [
      ['prepend', salted(before)],
      ['append', salted(after)],
      ['hash', algorithm, 'raw'],
    ],
    is: base64(is.bytes),
  }
}
