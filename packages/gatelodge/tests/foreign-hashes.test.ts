// Accounts whose password hash came from another system: they log in as everyone does, and have a hash of ours afterwards.
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { type ForeignHash, spell } from '../src/identity/passwords/foreign/recipe.ts'
import { createForeignFormats } from '../src/identity/passwords/foreign-formats.ts'
import { createGatelodge } from '../src/index.ts'
import { onEachDatabase, onSqlite, type TestDatabase } from './support/databases.ts'
import { give, own, register } from './support/foreign-accounts.ts'
import { throwawayDatabase, useApp } from './support/make-app.ts'

onEachDatabase('Foreign formats', (database) => {
  const slow = 200
  const verify = () => pause(slow).then(() => false)
  const app = useApp(database, {}, () => ({ passwordVerifiers: [{ name: 'slow', verify }] }))
  const bcrypt = { by: [], phc: '$2b$12$abcdefghijklmnopqrstuuhKF09ZYWwH2zP/0fwE1X8e/Q1YNx/hO' }

  it('V6.3.8 while one is left, no refusal comes sooner than it takes: unknown, wrong and disabled', async () => {
    const { services } = app()
    await register(app(), 'own')
    await register(app(), 'slow')
    await give(app(), 'slow', { by: [], own: { name: 'slow', hash: 'x' } })
    await services.foreignFormats.refresh()
    const { hash } = (await services.passwords.findByAddress(services.database.db, 'own@example.org')) ?? {}
    const times = [
      await timeOf(() => services.hashing.verify('wrong', undefined)),
      await timeOf(() => services.hashing.verify('wrong', hash ?? undefined)),
      await timeOf(() => services.hashing.verify('violet tram lamp', hash ?? undefined, '', true)),
    ]
    for (const time of times) expect(time).toBeGreaterThanOrEqual(slow)
    await give(app(), 'slow', bcrypt)
  })

  it('are found by their labels, one hash of each, and are forgotten when the last one was renewed', async () => {
    const { services } = app()
    const formats = () => services.passwords.foreignFormats(services.database.db, 20)
    expect(await formats()).toEqual([{ format: '2b-12', hash: spell(bcrypt) }])
    await register(app(), 'other')
    await give(app(), 'other', { by: [['pbkdf2', 'sha256', { rounds: 20_000, salt: 'AAAA', bytes: 32 }]], is: 'AAAA' })
    expect((await formats()).map(({ format }) => format)).toEqual(['2b-12', 'pbkdf2-sha256-20000-32'])
    expect(await services.passwords.foreignFormats(services.database.db, 1)).toHaveLength(1)
    await services.database.db.updateTable('gatelodge_passwords').set({ foreign_format: null }).execute()
    expect(await formats()).toEqual([])
  })

  it('that cannot be read match no password, and are logged', async () => {
    await register(app(), 'broken')
    for (const by of [[['pepper', 'nonsense']], [['no such step']], 'nothing']) {
      await give(app(), 'broken', { by, is: '' } as unknown as ForeignHash, 'broken')
      const visitor = app().visitor()
      await visitor.logIn({ email: 'broken@example.org', password: 'violet tram lamp' })
      expect(visitor.page.path).toBe('/login')
    }
    expect(app().logged.filter(({ msg }) => msg === 'password.unreadable')).toHaveLength(3)
  })
})

describe('Refusals', () => {
  it('wait half a second at most, whatever a format takes', async () => {
    const formats = createForeignFormats({
      database: { db: {} as never },
      passwords: {
        foreignFormats: async () => Array.from({ length: 21 }, (_, at) => ({ format: `f${at}`, hash: '{}' })),
      } as never,
      queue: { run: (job) => job() },
      sealing: { open: () => undefined } as never,
      log: { error: () => {} },
      verifiers: [],
    })
    await formats.refresh()
    const began = performance.now()
    await formats.untilRefusal(began - 499)
    expect(performance.now() - began).toBeLessThan(499)
    await formats.untilRefusal(performance.now() - 501)
  })
})

onSqlite('passwordVerifiers', (database: TestDatabase) => {
  const verify = (typed: string, hash: string) => [...typed].reverse().join('') === hash
  const app = useApp(database, {}, () => ({ passwordVerifiers: [{ name: 'backwards', verify }] }))

  it('log in the owner of such a hash, once', async () => {
    await register(app(), 'own')
    const { email, stored } = await give(app(), 'own', { by: [], own: { name: 'backwards', hash: 'terces' } })
    const visitor = app().visitor()
    await visitor.logIn({ email, password: 'secreT' })
    expect(visitor.page.path).toBe('/login')
    await visitor.logIn({ email, password: 'secret' })
    expect(visitor.page.path).toBe('/account')
    expect(await stored()).toMatch(own)
  })

  it('with a fault stop the start, which names it', async () => {
    const databaseUrl = throwawayDatabase().url
    const given = { name: 'Back Wards', verify: 'no function' as never }
    await expect(createGatelodge({ databaseUrl, passwordVerifiers: [given] })).rejects.toThrow('passwordVerifiers')
    const twice = [given, given].map(() => ({ name: 'twice', verify }))
    await expect(createGatelodge({ databaseUrl, passwordVerifiers: twice })).rejects.toThrow('two of this name')
  })
})

describe('Code for hashes of other systems', () => {
  it('is loaded by nothing that starts', () => {
    const read = (name: string) => readFileSync(new URL(`../src/identity/passwords/${name}`, import.meta.url), 'utf8')
    const loaded = /^import (?!type).* from '.*foreign\/(?!recipe)/m
    expect(read('hashing.ts')).not.toMatch(loaded)
    expect(read('foreign-formats.ts')).not.toMatch(loaded)
    expect(read('foreign/recipe.ts')).not.toMatch(/^import/m)
  })
})

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}
