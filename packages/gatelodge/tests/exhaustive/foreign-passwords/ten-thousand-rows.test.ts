// A site moves in: ten thousand rows with hashes of every known format, some of them wrong. Then people of each format log in.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { isWeak } from '../../../src/identity/passwords/foreign/limits.ts'
import { finished } from '../../support/command-line.ts'
import { onEachDatabase } from '../../support/databases.ts'
import { type KnownPair, knownPairs, readPair } from '../../support/foreign-hashes.ts'
import { useApp } from '../../support/make-app.ts'

const rows = 10_000
/** What needs a pepper or a key of its own is imported apart: those are options of the command. */
const plain = knownPairs.filter(({ firebase, pepper }) => !firebase && !pepper)

onEachDatabase('Ten thousand rows of every format', (database) => {
  const app = useApp(database)

  it('are imported, or rejected with a reason, and the table agrees; then everyone logs in', async () => {
    // A weak hash costs one of ours: one person for each of those formats is enough.
    const isStrong = (pair: KnownPair) => {
      const read = readPair(pair, app().services.sealing)
      return read.kind === 'foreign' && !isWeak(read.hash)
    }
    const strong = plain.filter(isStrong)
    const pairOf = (at: number) => plain[at] ?? strong[at % strong.length]
    const isWrong = (at: number) => at >= plain.length && at % 100 === 0
    const isAgain = (at: number) => at >= plain.length && at % 250 === 1
    const addressOf = (at: number) => (isWrong(at) ? 'nobody' : `row${isAgain(at) ? 3 : at}@example.org`)
    const lines = Array.from({ length: rows }, (_, at) => {
      const { hash, salt, format, parameters, username } = pairOf(at) ?? {}
      return JSON.stringify({
        ...{ email: addressOf(at), password_hash: hash, password_salt: salt, password_format: format },
        ...{ password_parameters: parameters, username },
      })
    })
    const folder = mkdtempSync(join(tmpdir(), 'gatelodge-rows-'))
    writeFileSync(join(folder, 'people.ndjson'), lines.join('\n'))
    const secret = 'a-secret-for-tests-0123456789-abcdefgh'
    const cheap = { GATELODGE_HASH_MEMORY: '7MiB', GATELODGE_HASH_PASSES: '1' }
    const environment = { DATABASE_URL: database.url, GATELODGE_SECRET: secret, ...cheap }
    const { code, out } = await finished(['import', 'people.ndjson'], environment, folder)
    const wrong = lines.filter((_, at) => isWrong(at)).length
    const again = lines.filter((_, at) => isAgain(at) && !isWrong(at)).length
    const said = (words: string) =>
      Number(new RegExp(`^ +([\\d,]+) +${words}`, 'm').exec(out)?.[1]?.replaceAll(',', ''))
    expect([code, said('rejected'), said('have the address of an earlier row')]).toEqual([0, wrong, again])
    expect(said('accounts imported')).toBe(rows - wrong - again)
    const { db } = app().services.database
    const { many } = await db
      .selectFrom('gatelodge_accounts')
      .select((row) => row.fn.countAll<number>().as('many'))
      .executeTakeFirstOrThrow()
    expect(Number(many)).toBe(rows - wrong - again)
    for (const [at, { password, title }] of plain.entries()) {
      const visitor = app().visitor()
      await visitor.logIn({ email: addressOf(at), password })
      expect(visitor.page.path, title).toBe('/account')
    }
  })
})
