// phpass: WordPress and Joomla (`$P$`), phpBB 3.0 (`$H$`), and Drupal 7 to 10 (`$S$`), which uses SHA-512 and cuts the text off.
import type { Family } from '../given.ts'
import { base64, type ForeignHash, type HashStep } from '../recipe.ts'
import { countFrom, fromLowFirst } from '../unix-crypt.ts'

const onMd5 = /^\$[PH]\$([./\dA-Za-z])(.{8})([./\dA-Za-z]{22})$/
const onSha512 = /^\$S\$([./\dA-Za-z])(.{8})([./\dA-Za-z]{43})$/

/** A `U` before it: over the MD5 of an older version. */
export const phpass: Family = ({ hash }) => {
  const isUpdated = hash.startsWith('U$')
  const text = isUpdated ? hash.slice(1) : hash
  const first: HashStep[] = isUpdated ? [['hash', 'md5', 'hex']] : []
  const [, count = '', salt = '', digest = ''] = onMd5.exec(text) ?? onSha512.exec(text) ?? []
  if (!count) return /^U?\$[PHS]\$/.test(hash) ? 'malformed' : undefined
  const algorithm = text.startsWith('$S$') ? 'sha512' : 'md5'
  const is = fromLowFirst(digest)
  if (!is) return 'malformed'
  const rounds = countFrom(count)
  const by: HashStep[] = [
    ...first,
    ['chain', algorithm, { rounds, before: base64(salt), after: '', again: 'password' }],
  ]
  return (algorithm === 'md5' ? { by, is: base64(is) } : cutOff(by, is)) satisfies ForeignHash
}

/** 43 characters hold 32 whole bytes of the 64. */
function cutOff(by: HashStep[], is: Buffer): ForeignHash {
  return { by: [...by, ['take', 32]], is: base64(is.subarray(0, 32)) }
}
