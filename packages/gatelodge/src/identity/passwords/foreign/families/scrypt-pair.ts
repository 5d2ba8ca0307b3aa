// better-auth and Lucia: `salt:key` in hex, scrypt with N = 16384, r = 16, p = 1. The salt is the text, not its bytes.
import { type Family, fromHex } from '../given.ts'
import { base64 } from '../recipe.ts'

/** Lucia 2 writes `s2:` before it. */
export const scryptPair: Family = ({ hash }) => {
  const [, salt, key = ''] = /^(?:s2:)?([\da-z]{16,64}):([\da-f]{128})$/.exec(hash) ?? []
  const is = fromHex(key, 64)
  if (!salt || !is) return hash.startsWith('s2:') ? 'malformed' : undefined
  const how = { cost: 16_384, blocks: 16, parallel: 1, salt: base64(salt), bytes: 64 }
  return { by: [['nfkc'], ['scrypt', how]], is: base64(is) }
}
