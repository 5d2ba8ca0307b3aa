// Django: the name of the hasher, then its parameters, all between `$`. A `!` in front means that there is no password.
import { digestFrom, type Family, fromBase64, fromHex } from '../given.ts'
import { base64, type ForeignHash } from '../recipe.ts'
import { argon2 } from './argon2.ts'
import { bcrypt, over } from './bcrypt.ts'

export const django: Family = ({ hash }, keys) => {
  const [name = '', ...rest] = hash.split('$')
  if (name === 'pbkdf2_sha256' || name === 'pbkdf2_sha1' || name === 'pbkdf2_sha512') return pbkdf2(name, rest)
  if (name === 'argon2') return argon2({ hash: `$${rest.join('$')}` }, keys) ?? 'malformed'
  if (name === 'bcrypt') return bcrypt({ hash: rest.join('$').replace(/^\$?/, '$') }, {}) ?? 'malformed'
  if (name === 'bcrypt_sha256') return over('sha256')({ hash: rest.join('$').replace(/^\$?/, '$') }, {})
  return name === 'scrypt' ? scrypt(rest) : undefined
}

function pbkdf2(name: string, [rounds = '', salt = '', digest = '']: string[]): ForeignHash | 'malformed' {
  const algorithm = name.slice('pbkdf2_'.length) as 'sha1' | 'sha256' | 'sha512'
  const is = digestFrom(digest, algorithm)
  if (!is || !/^\d+$/.test(rounds) || !salt) return 'malformed'
  const how = { rounds: Number(rounds), salt: base64(salt), bytes: is.bytes.length }
  return { by: [['pbkdf2', algorithm, how]], is: base64(is.bytes) }
}

function scrypt([cost, salt = '', blocks, parallel, digest = '']: string[]): ForeignHash | 'malformed' {
  const is = fromBase64(digest, 64)
  if (!is || !salt) return 'malformed'
  const numbers = { cost: Number(cost), blocks: Number(blocks), parallel: Number(parallel) }
  return { by: [['scrypt', { ...numbers, salt: base64(salt), bytes: 64 }]], is: base64(is) }
}

/** Its older hashers: `sha1$salt$hex` and `md5$salt$hex`. werkzeug writes the same for something else, so it must be said. */
export const djangoDigest: Family = ({ hash }) => {
  const [, algorithm, salt = '', digest = ''] = /^(md5|sha1)\$([^$]*)\$([\da-f]+)$/i.exec(hash) ?? []
  const named = algorithm as 'md5' | 'sha1' | undefined
  const is = named && fromHex(digest, named === 'md5' ? 16 : 20)
  return (
    is && {
      by: [
        ['prepend', base64(salt)],
        ['hash', named, 'raw'],
      ],
      is: base64(is),
    }
  )
}
