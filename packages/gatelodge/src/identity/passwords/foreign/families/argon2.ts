// argon2id, argon2i and argon2d in PHC string format; Nextcloud writes a number before it, as before bcrypt.
import type { Family } from '../given.ts'
import { bcrypt } from './bcrypt.ts'

const form =
  /^\$(argon2(?:id|i|d))\$(?:v=(16|19)\$)?m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z\d+/]{11,86})=*\$([A-Za-z\d+/]{16,171})=*$/

export const argon2: Family = ({ hash }) => {
  const [, kind, version = '16', memory, passes, parallel, salt, digest] = form.exec(hash) ?? []
  // Version 1.0 wrote no version.
  if (kind && isCanonical(salt) && isCanonical(digest))
    return { by: [], phc: `$${kind}$v=${version}$m=${memory},t=${passes},p=${parallel}$${salt}$${digest}` }
  return hash.startsWith('$argon2') ? 'malformed' : undefined
}

/** Where bits are left over at the end, the library that compares would refuse the hash at each log-in. */
function isCanonical(text = ''): boolean {
  return Buffer.from(text, 'base64').toString('base64').replace(/=+$/, '') === text
}

export const nextcloud: Family = ({ hash }, keys) => {
  const rest = /^[123]\|(.*)$/.exec(hash)?.[1]
  if (rest === undefined) return undefined
  return argon2({ hash: rest }, keys) ?? bcrypt({ hash: rest }, {}) ?? 'malformed'
}
