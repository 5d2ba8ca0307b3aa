// MediaWiki: `:TYPE:…`, also layered: an old hash within PBKDF2.
import { type Family, fromBase64, fromHex } from '../given.ts'
import { type Algorithm, base64, type ForeignHash, type HashStep } from '../recipe.ts'
import { argon2 } from './argon2.ts'
import { bcrypt } from './bcrypt.ts'

type Read = ForeignHash | 'malformed'

export const mediawiki: Family = ({ hash }, keys) => {
  const [, type, rest = ''] = /^:([\w-]+):(.*)$/.exec(hash) ?? []
  if (type === undefined) return undefined
  if (type === 'A') return digest([], rest)
  if (type === 'B') return salted(rest)
  if (type === 'pbkdf2') return pbkdf2([], rest.split(':'))
  if (type === 'pbkdf2-legacyA' || type === 'pbkdf2-legacyB') return layered(type, rest)
  if (type === 'argon2') return argon2({ hash: rest }, keys) ?? 'malformed'
  if (type === 'bcrypt') return bcrypt({ hash: `$2y$${rest.replace(/^(\d\d\$.{22})\$/, '$1')}` }, {}) ?? 'malformed'
  return 'unknown-format'
}

function digest(by: HashStep[], hex: string): Read {
  const is = fromHex(hex, 16)
  return is ? { by: [...by, ['hash', 'md5', 'raw']], is: base64(is) } : 'malformed'
}

/** md5 of the salt, a dash and the md5 of the password in hex. */
function salted(rest: string): Read {
  const [salt = '', hex = ''] = rest.split(':')
  return digest(stepsOfB(salt), hex)
}

function stepsOfB(salt: string): HashStep[] {
  return [
    ['hash', 'md5', 'hex'],
    ['prepend', base64(`${salt}-`)],
  ]
}

function pbkdf2(before: HashStep[], [algorithm = '', rounds, length, salt = '', key = '']: string[]): Read {
  const [saltBytes, is] = [fromBase64(salt), fromBase64(key)]
  if (!/^sha(?:1|256|384|512)$/.test(algorithm) || !saltBytes || is?.length !== Number(length)) return 'malformed'
  const how = { rounds: Number(rounds), salt: base64(saltBytes), bytes: is.length }
  return { by: [...before, ['pbkdf2', algorithm as Algorithm, how]], is: base64(is) }
}

/** Parameters of the first layer (none), of the second, the salt of the first, of the second, and the key. */
function layered(type: string, rest: string): Read {
  const [, parameters = '', innerSalt = '', salt = '', key = ''] = rest.split('!')
  const inner: HashStep[] = [...(type.endsWith('B') ? stepsOfB(innerSalt) : []), ['hash', 'md5', 'hex']]
  return pbkdf2(inner, [...parameters.split(':'), salt, key])
}
