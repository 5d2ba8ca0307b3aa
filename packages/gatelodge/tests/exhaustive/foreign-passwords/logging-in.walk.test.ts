// Accounts with each known hash of another system: they log in as everyone does, and have a hash of ours afterwards.
import { expect, it } from 'vitest'
import { isWeak } from '../../../src/identity/passwords/foreign/limits.ts'
import { spell } from '../../../src/identity/passwords/foreign/recipe.ts'
import { wrapped } from '../../../src/identity/passwords/foreign/verify.ts'
import { onSqlite } from '../../support/databases.ts'
import { give, own, register } from '../../support/foreign-accounts.ts'
import { knownPairs, readPair } from '../../support/foreign-hashes.ts'
import { useApp } from '../../support/make-app.ts'
import { sampled } from '../../support/walk.ts'

/** Of a sample: every eighth. */
const tried = sampled(knownPairs, 8)

onSqlite('Someone with a hash of another system', (database) => {
  const app = useApp(database)

  it.each(tried.map((pair, index) => [pair.title, pair, `p${index}`] as const))(
    '%s: a wrong password is refused, the right one logs in, and the hash is renewed',
    async (_, pair, name) => {
      const read = readPair(pair, app().services.sealing)
      if (read.kind !== 'foreign') throw new Error('not read')
      const hash = isWeak(read.hash) ? await wrapped(read.hash, { memoryCost: 64, timeCost: 1 }) : read.hash
      await register(app(), name)
      const { email, stored } = await give(app(), name, hash)
      const visitor = app().visitor()
      await visitor.logIn({ email, password: `!${pair.password}` })
      expect(visitor.page.path).toBe('/login')
      expect(await stored()).toBe(spell(hash))
      await visitor.logIn({ email, password: pair.password })
      expect(visitor.page.path).toBe('/account')
      expect(await stored()).toMatch(own)
      await visitor.logOut()
      await visitor.logIn({ email, password: pair.password })
      expect(visitor.page.path).toBe('/account')
    },
  )
})
