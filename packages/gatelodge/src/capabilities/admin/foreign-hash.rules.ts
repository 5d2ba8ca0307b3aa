// A password hash of another system, for an account that moves in by itself. Knows no HTTP and no SQL.
import type { HashRefusal } from '../../identity/passwords/foreign/given.ts'
import { isWeak } from '../../identity/passwords/foreign/limits.ts'
import { readForeign } from '../../identity/passwords/foreign/read.ts'
import type { ForeignHash } from '../../identity/passwords/foreign/recipe.ts'
import type { Hashing } from '../../identity/passwords/hashing.ts'

export type HashRefused = { kind: 'bad-hash'; code: HashRefusal }

/** A weak one comes back inside one of ours. @returns `none` where the other system says that there is no password. */
export async function foreignHash(
  hashing: Pick<Hashing, 'wrap'>,
  given: string,
): Promise<ForeignHash | 'none' | HashRefused> {
  const read = readForeign({ hash: given })
  if (read.kind === 'none') return 'none'
  if (read.kind === 'refused') return { kind: 'bad-hash', code: read.reason }
  return isWeak(read.hash) ? hashing.wrap(read.hash) : read.hash
}
