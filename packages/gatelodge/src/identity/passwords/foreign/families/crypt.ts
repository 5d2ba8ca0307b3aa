// crypt(3): `$1$`, `$5$`, `$6$`, and Apache's `$apr1$`.
import type { Family } from '../given.ts'
import { base64 } from '../recipe.ts'

const onMd5 = /^(\$1\$|\$apr1\$)([^$]{0,8})\$([./\dA-Za-z]{22})$/
const onSha = /^\$([56])\$(?:rounds=(\d{1,9})\$)?([^$]{0,16})\$([./\dA-Za-z]{43}|[./\dA-Za-z]{86})$/
/** Where the text names none; and the fewest, whatever it names. */
const usualRounds = 5_000
const fewestRounds = 1_000

export const crypt: Family = ({ hash }) => {
  const [, mark, salt = '', digest] = onMd5.exec(hash) ?? []
  if (digest) return { by: [['md5-crypt', { mark: mark as '$1$', salt }]], is: base64(digest) }
  const [, kind, rounds = usualRounds, shaSalt = '', shaDigest] = onSha.exec(hash) ?? []
  if (shaDigest?.length === (kind === '5' ? 43 : 86)) {
    const how = {
      bits: kind === '5' ? 256 : 512,
      rounds: Math.max(fewestRounds, Number(rounds)),
      salt: shaSalt,
    } as const
    return { by: [['sha-crypt', how]], is: base64(shaDigest) }
  }
  return /^\$(?:1|5|6|apr1)\$/.test(hash) ? 'malformed' : undefined
}
