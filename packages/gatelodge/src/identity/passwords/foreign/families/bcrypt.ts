// bcrypt, plain (Laravel, PHP, Rails, Node, Supabase, Auth0), with a pepper (Devise), and over another digest.
import type { Family, SiteKeys } from '../given.ts'
import { base64, type ForeignHash, type HashStep } from '../recipe.ts'

const form = /^\$2[abxy]\$\d\d\$[./A-Za-z\d]{53}$/

/** `$2a$`, `$2b$`, `$2y$` and `$2x$`; WordPress from 6.8 (`$wp$2y$`), which digests first. */
export const bcrypt: Family = ({ hash }, { pepper }) => {
  if (form.test(hash)) return { by: peppered(pepper), phc: hash }
  const phc = hash.slice(3)
  if (hash.startsWith('$wp') && form.test(phc))
    return { by: [['trim'], ['hmac', 'sha384', base64('wp-sha384'), 'base64']], phc }
  return /^\$(?:wp)?\$?2[abxy]?\$/.test(hash) ? 'malformed' : undefined
}

function peppered(pepper: SiteKeys['pepper']): HashStep[] {
  return pepper ? [['pepper', pepper]] : []
}

/** bcrypt of a digest in hex, as Meteor (SHA-256), vBulletin 5 (MD5) and NodeBB (SHA-512) have it. Nothing in the hash tells. */
export const over =
  (algorithm: 'md5' | 'sha1' | 'sha256' | 'sha512'): Family =>
  ({ hash }): ForeignHash | 'malformed' =>
    form.test(hash) ? { by: [['hash', algorithm, 'hex']], phc: hash } : 'malformed'
