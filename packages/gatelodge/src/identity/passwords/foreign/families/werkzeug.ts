// werkzeug (Flask): `scrypt:N:r:p$salt$hex`, `pbkdf2:sha256:rounds$salt$hex`, and before 2.3 an HMAC, `sha256$salt$hex`.
import { type Family, fromHex } from '../given.ts'
import { type Algorithm, base64 } from '../recipe.ts'

export const werkzeug: Family = ({ hash }) => {
  const [method = '', salt = '', digest = '', more] = hash.split('$')
  const [kind, ...numbers] = method.split(':')
  if (kind !== 'scrypt' && kind !== 'pbkdf2') return undefined
  const is = fromHex(digest)
  if (!is || !salt || more !== undefined) return 'malformed'
  if (kind === 'scrypt') {
    const [cost, blocks, parallel] = numbers.map(Number)
    if (cost === undefined || blocks === undefined || parallel === undefined) return 'malformed'
    return { by: [['scrypt', { cost, blocks, parallel, salt: base64(salt), bytes: is.length }]], is: base64(is) }
  }
  const [algorithm = '', rounds] = numbers
  if (!/^(?:md5|sha1|sha224|sha256|sha384|sha512)$/.test(algorithm) || rounds === undefined) return 'malformed'
  const how = { rounds: Number(rounds), salt: base64(salt), bytes: is.length }
  return { by: [['pbkdf2', algorithm as Algorithm, how]], is: base64(is) }
}

/** The salt is the key of the HMAC. Django writes `sha1$…` and `md5$…` for something else, so it must be said. */
export const werkzeugHmac: Family = ({ hash }) => {
  const [, algorithm = '', salt = '', digest = ''] =
    /^(md5|sha1|sha224|sha256|sha384|sha512)\$([^$]+)\$([\da-f]+)$/.exec(hash) ?? []
  const is = fromHex(digest)
  return is && { by: [['hmac', algorithm as Algorithm, base64(salt), 'raw']], is: base64(is) }
}
