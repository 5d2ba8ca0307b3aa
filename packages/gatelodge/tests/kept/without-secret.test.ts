// Commands where the secret of the site is not: none makes one, or what was sealed with the right one would be lost.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { finished, finishedHere } from '../support/command-line.ts'
import { onSqlite } from '../support/databases.ts'
import { makeApp, useApp } from '../support/make-app.ts'
import { shown, someoneWithApp } from '../support/second-factor.ts'
import { emptyDatabase, everything, folder, secret } from './places.ts'

onSqlite('A command that finds no secret', (database) => {
  const app = useApp(database)
  const reason = ['--reason', 'asked']

  /** In a new folder, with the database alone. */
  async function commanded(words: string[], environment: Record<string, string> = {}) {
    const place = folder()
    writeFileSync(join(place, 'people.csv'), 'email,name\nimported@example.org,Imported\n')
    writeFileSync(join(place, 'pepper'), 'a pepper\n')
    const result = await finishedHere(words, { DATABASE_URL: database.url, ...environment }, place)
    return { ...result, place, makes: existsSync(join(place, 'data')) }
  }

  it('does what needs none, and makes none', async () => {
    const { email = '' } = await app().visitor().register()
    for (const words of [
      ...[
        ['account', 'list'],
        ['account', 'verify', email],
        ['group', 'create', 'editors'],
        ['invite', 'create'],
      ],
      ...[
        ['key', 'create', 'robot', '--scopes', 'accounts:read'],
        ['admin', 'link'],
        ['import', 'people.csv'],
      ],
    ]) {
      const { code, err, makes } = await commanded(words, { GATELODGE_IDENTITY_TOKEN: 'true' })
      expect([code, makes], `${words.join(' ')}: ${err}`).toEqual([0, false])
    }
  })

  it('that it needs changes nothing, makes none, and says where it looked and what to do', async () => {
    const { email = '' } = await app().visitor().register()
    const before = await everything(database.url)
    for (const words of [
      ...[
        ['account', 'disable', email, ...reason],
        ['account', 'set-address', email, 'new@example.org', ...reason],
      ],
      ...[
        ['invite', 'create', 'someone@example.org'],
        ['import', 'people.csv', '--pepper-file', 'pepper'],
      ],
    ]) {
      const { code, out, err, makes, place } = await commanded(words)
      expect([code, out, makes], words.join(' ')).toEqual([1, '', false])
      expect(err).toContain(`There is no secret at ${join(place, 'data', 'secret')}, and the settings give none.`)
      expect(err).toContain('Run this in the folder of the site and with its settings.')
    }
    expect(await everything(database.url)).toEqual(before)
  })

  it('after a restore without it, makes none in its place: with the right one, app codes are valid', async () => {
    const { person, key } = await someoneWithApp(app())
    const place = folder()
    await finished(['backup', 'site'], { DATABASE_URL: database.url, GATELODGE_SECRET: secret }, place)
    const [url, dataDir] = [await emptyDatabase('SQLite'), join(place, 'data')]
    const there = { DATABASE_URL: url, GATELODGE_DATA_DIR: dataDir }
    const { out } = await finishedHere(['restore', 'site'], there, place)
    expect(out).toContain('There is no secret here yet.')
    for (const words of [
      ['account', 'list'],
      ['account', 'disable', person.email ?? '', ...reason],
    ])
      await finishedHere(words, there, place)
    expect(readdirSync(place)).toEqual(['site'])

    mkdirSync(dataDir)
    writeFileSync(join(dataDir, 'secret'), secret, { mode: 0o600 })
    const other = await makeApp({ url }, { secret: undefined, dataDir })
    other.clock.pass(app().clock.now() - other.clock.now())
    const visitor = other.visitor()
    await visitor.logIn({ email: person.email ?? '', password: person.password ?? '' })
    await visitor.submit({ code: shown(other, key) })
    expect(visitor.page.path).toBe('/account')
    await other.close()
  })
})
