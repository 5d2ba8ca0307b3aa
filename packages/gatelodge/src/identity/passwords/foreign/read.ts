// From the text that another system has stored to what is stored here. Never a guess: what could mean two things is refused.
import { isFormula } from './expression.ts'
import { formula } from './families/with-salt.ts'
import { named, selfEvident } from './formats.ts'
import type { Family, GivenHash, ReadHash, SiteKeys } from './given.ts'
import { foreignLimits, isAffordable } from './limits.ts'
import { type ForeignHash, spell } from './recipe.ts'

/** An empty column, or what systems write where nobody can log in with a password. */
const none = /^(?:!.*|\*.*|x|!!|NULL|null|-|\\N)?$/s

/** @param format a name, a formula, or `own:NAME`. Default: the hash tells it itself. */
export function readForeign(given: GivenHash, keys: SiteKeys = {}, format?: string): ReadHash {
  const trimmed = { ...given, hash: given.hash.trim() }
  if (none.test(trimmed.hash)) return { kind: 'none' }
  if (trimmed.hash.length > 4_000 || (given.salt?.length ?? 0) > 200) return { kind: 'refused', reason: 'malformed' }
  const read = format ? byFormat(format, trimmed, keys) : asItSays(trimmed, keys)
  if (typeof read === 'string') return { kind: 'refused', reason: read }
  if (!read) return { kind: 'refused', reason: mayBeDigest(trimmed.hash) ? 'needs-format' : 'unknown-format' }
  if (!isAffordable(read)) return { kind: 'refused', reason: 'too-costly' }
  // Room for the argon2id hash that a weak one is wrapped in.
  if (spell(read).length > foreignLimits.stored - 150) return { kind: 'refused', reason: 'malformed' }
  return { kind: 'foreign', hash: read }
}

type Read = ReturnType<Family>

function asItSays(given: GivenHash, keys: SiteKeys): Read {
  for (const family of selfEvident) {
    const read = family(given, keys)
    if (read !== undefined) return read
  }
  return undefined
}

/** The name decides where the hash says nothing itself: tables hold hashes of several ages. */
function byFormat(format: string, given: GivenHash, keys: SiteKeys): Read {
  if (format.startsWith('own:')) return ownFormat(format.slice(4), given.hash)
  const known = Object.hasOwn(named, format) ? named[format] : undefined
  const family = isFormula(format) ? formula(format) : known
  if (!family) return 'unknown-format'
  if (format.startsWith('bcrypt-over-') || format === 'firebase' || format === 'keycloak') return family(given, keys)
  return asItSays(given, keys) ?? family(given, keys)
}

function ownFormat(name: string, hash: string): ForeignHash | 'malformed' {
  const isText = /^[\x20-\x7e]{1,600}$/.test(hash) && /^[a-z\d-]{1,40}$/.test(name)
  return isText ? { by: [], own: { name, hash } } : 'malformed'
}

/** Hex, perhaps with a salt behind it: it could be anything. */
function mayBeDigest(hash: string): boolean {
  return /^(?:(?:md5|sha\d+)\$.*\$)?[\da-f]{32,128}(?::.*)?$/is.test(hash)
}
