// The hashes of other systems whose passwords are known: each fits its password and nothing else. Some take a second each.
import { describe, expect, it } from 'vitest'
import { isWeak } from '../../../src/identity/passwords/foreign/limits.ts'
import { type ForeignHash, labelOf, spell } from '../../../src/identity/passwords/foreign/recipe.ts'
import { fitsForeign, wrapped } from '../../../src/identity/passwords/foreign/verify.ts'
import { createSealing } from '../../../src/identity/sealing.ts'
import { knownPairs, readPair } from '../../support/foreign-hashes.ts'
import { isWhole } from '../../support/walk.ts'

const sealing = createSealing(['a-secret-for-tests-0123456789-abcdefgh'])
const open = (sealed: string) => sealing.open('pepper', sealed)
const cheap = { memoryCost: 64, timeCost: 1 }

const stored = (pair: (typeof knownPairs)[number]): ForeignHash => {
  const read = readPair(pair, sealing)
  if (read.kind !== 'foreign') throw new Error(`${pair.title}: ${JSON.stringify(read)}`)
  return read.hash
}

/** Of a sample: those that cost little, and every tenth of the others. */
const tried = knownPairs.filter((pair, at) => isWhole || isWeak(stored(pair)) || at % 10 === 0)

describe('A hash of another system', () => {
  it.each(tried.map((pair) => [pair.title, pair] as const))(
    '%s: the right password fits, others do not',
    async (_, pair) => {
      const hash = stored(pair)
      const text = spell(hash)
      expect(text).toMatch(/^[\x20-\x7e]{1,850}$/)
      expect(labelOf(hash)).toMatch(/^[\w=,.+-]{1,200}$/)
      expect(await fitsForeign(pair.password, text, open)).toBe(true)
      const wrongEnd = pair.password.length > 72 ? [] : [`${pair.password.slice(0, -1)}x`]
      for (const wrong of ['', ...wrongEnd, pair.password.toUpperCase(), `x${pair.password}`])
        expect(await fitsForeign(wrong, text, open), wrong).toBe(false)
    },
  )

  it.each(tried.map((pair) => [pair.title, pair] as const))(
    '%s: cut off anywhere, it matches no password and throws no error',
    async (_, pair) => {
      for (let length = 0; length < pair.hash.length; length += 1) {
        const read = readPair({ ...pair, hash: pair.hash.slice(0, length) }, sealing)
        // A few still look like a hash: of those the longest is compared, for each costs what it costs.
        const isLast = length === pair.hash.length - 1
        if (read.kind === 'foreign' && isLast)
          expect(await fitsForeign(`!${pair.password}`, spell(read.hash), open)).toBe(false)
      }
    },
  )

  const weak = tried.filter((pair) => isWeak(stored(pair)))

  it.each(weak.map((pair) => [pair.title, pair] as const))(
    '%s: wrapped in argon2id it fits as before, and its digest is gone',
    async (_, pair) => {
      const hash = stored(pair)
      const inside = await wrapped(hash, cheap)
      const text = spell(inside)
      expect(text).not.toContain(hash.is)
      expect(text).toContain('argon2id')
      expect(text).toContain('$v=19$m=64,t=1,p=1$')
      expect(labelOf(inside)).toContain('argon2id')
      expect(await fitsForeign(pair.password, text, open)).toBe(true)
      expect(await fitsForeign(`${pair.password}x`, text, open)).toBe(false)
    },
  )
})
