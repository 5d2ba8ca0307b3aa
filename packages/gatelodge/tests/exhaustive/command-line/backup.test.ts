// `gatelodge backup` and `restore`, as they are started by hand, while the site serves.
import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { expect, it, onTestFinished } from 'vitest'
import { changed } from '../../kept/changed.ts'
import { logsInEachWay, someoneWithEachWay } from '../../kept/each-way.ts'
import { emptyDatabase, everything, fillWithAttempts, folder, passphraseIn, rowsIn, secret } from '../../kept/places.ts'
import { finished, start } from '../../support/command-line.ts'
import { ask, onEachDatabase, onMysql, onSqlite } from '../../support/databases.ts'
import { makeApp, useApp } from '../../support/make-app.ts'
import { nothingIsHalf } from '../../support/nothing-is-half.ts'

onSqlite('A backup that someone else has made', () => {
  it('V16.4.1 says nothing that the terminal obeys', async () => {
    const place = folder()
    const evil = '\u001b[2J\u001b]0;owned\u0007 \u202eevil'
    const first = {
      ...{ format: 'gatelodge-backup', version: 1, id: randomUUID(), gatelodge: evil, database: 'sqlite' },
      ...{ createdAt: new Date(0).toISOString(), migrations: [evil], secretMarks: [], tables: [] },
    }
    const lines = [first, { end: { tables: 0, rows: 0 } }].map((one) => `${JSON.stringify(one)}\n`)
    writeFileSync(join(place, 'x.backup'), gzipSync(lines.join('')))
    const { code, err } = await finished(['restore', 'x.backup', '--check'], {}, place)
    expect(code).toBe(1)
    expect(err).toContain('A newer version of Gatelodge (\\u001b[2J')
    expect(err.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\u202e/u)
  })
})

onEachDatabase('A backup, while the site serves', (database) => {
  const app = useApp(database)
  const environment = () => ({ DATABASE_URL: database.url, GATELODGE_SECRET: secret })

  it.each(['SQLite', 'MySQL'] as const)(
    'is restored on %s, and people log in there with app code, recovery code and passkey',
    async (kind) => {
      const someone = await someoneWithEachWay(app())
      const place = folder()
      const passphrase = passphraseIn(place)
      const words = ['backup', 'site.backup', '--with-secret', '--passphrase-file', passphrase]
      const written = await finished(words, environment(), place)
      expect(written).toMatchObject({ code: 0, out: expect.stringMatching(/^site\.backup: [\d,]+ rows of \d+ tables/) })
      expect(written.out).toContain('The secret of the site is in it.')
      expect(statSync(join(place, 'site.backup')).mode & 0o777).toBe(0o600)
      expect(readdirSync(place).sort()).toEqual(['passphrase', 'site.backup'])

      const [url, dataDir] = [await emptyDatabase(kind), join(folder(), 'data')]
      const there = { DATABASE_URL: url, GATELODGE_DATA_DIR: dataDir }
      const restored = await finished(['restore', 'site.backup', '--passphrase-file', passphrase], there, place)
      expect(restored).toMatchObject({ code: 0, out: expect.stringContaining('All counts and checksums are equal.') })
      expect(await everything(url)).toEqual(await everything(database.url))
      expect(readFileSync(join(dataDir, 'secret'), 'utf8')).toBe(`${secret}\n`)
      expect(statSync(join(dataDir, 'secret')).mode & 0o777).toBe(0o600)

      const other = await makeApp({ url }, { secret: undefined, dataDir })
      other.clock.pass(app().clock.now() - other.clock.now())
      await logsInEachWay(other, someone)
      await other.close()
    },
  )
})

onEachDatabase('A backup, while people register', (database) => {
  const app = useApp(database)
  const environment = () => ({ DATABASE_URL: database.url, GATELODGE_SECRET: secret })

  it('is of one moment, though people register and log in meanwhile', async () => {
    const place = folder()
    let isOver = false
    const writers = Array.from({ length: 4 }, async () => {
      while (!isOver) {
        const visitor = app().visitor()
        const person = await visitor.register()
        await visitor.logOut()
        await visitor.logIn(person)
      }
    })
    const before = await rowsIn(database.url, 'gatelodge_accounts')
    while ((await rowsIn(database.url, 'gatelodge_accounts')) < before + 5)
      await new Promise((resolve) => setTimeout(resolve, 20))
    const { code, err } = await finished(['backup', 'moment'], environment(), place)
    isOver = true
    await Promise.all(writers)
    expect(code, err).toBe(0)
    const url = await emptyDatabase('SQLite')
    await finished(['restore', 'moment'], { DATABASE_URL: url, GATELODGE_SECRET: secret }, place)
    const [then, now] = [await rowsIn(url, 'gatelodge_accounts'), await rowsIn(database.url, 'gatelodge_accounts')]
    expect(then).toBeGreaterThan(before)
    expect(then).toBeLessThan(now)
    const other = await makeApp({ url })
    await nothingIsHalf(other)
    await other.close()
  })
})

onMysql('gatelodge backup', (database) => {
  useApp(database)

  it('V13.2.2 needs the right to read, and no other', async () => {
    const [name, password] = [`b${randomBytes(4).toString('hex')}`, randomBytes(12).toString('hex')]
    await ask(database.url, `create user '${name}'@'%' identified by '${password}'`)
    onTestFinished(async () => void (await ask(database.url, `drop user '${name}'@'%'`)))
    await ask(database.url, `grant select on ${new URL(database.url).pathname.slice(1)}.* to '${name}'@'%'`)
    const url = new URL(database.url)
    url.username = name
    url.password = password
    const { code, out, err } = await finished(['backup', 'site'], { DATABASE_URL: url.href }, folder())
    expect([code, out], err).toEqual([0, expect.stringMatching(/rows of \d+ tables.*\n.*\n.*and not in data either/)])
  })
})

onSqlite('gatelodge backup', (database) => {
  const app = useApp(database)
  const environment = () => ({ DATABASE_URL: database.url, GATELODGE_SECRET: secret })

  it('overwrites nothing, and says what is not in it', async () => {
    const place = folder()
    writeFileSync(join(place, 'taken'), 'mine')
    const refused = await finished(['backup', 'taken'], environment(), place)
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('taken is there already') })
    expect(readFileSync(join(place, 'taken'), 'utf8')).toBe('mine')
    const { code, out } = await finished(['backup', 'plain'], environment(), place)
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/not encrypted.*\n.*secret of the site is not in it.*authenticator/),
    ])
    const text = gunzipSync(readFileSync(join(place, 'plain'))).toString()
    expect(text).not.toContain(secret)
    expect(JSON.parse(text.split('\n')[0] ?? '')).toMatchObject({
      format: 'gatelodge-backup',
      version: 1,
      database: 'sqlite',
    })
  })

  it.each<[string[], number, RegExp]>([
    [['backup'], 2, /Usage: gatelodge backup FILE/],
    [['backup', 'x', '--with-secret'], 2, /only put into an encrypted file/],
    [['backup', 'x', '--encrypt'], 2, /--passphrase-file FILE/],
    [['backup', 'x', '--passphrase-file', 'short'], 2, /12 characters or more/],
    [['backup', 'x', '--json'], 2, /takes no --json|no flag "--json"/],
    [['restore', 'nothing'], 1, /There is no file nothing\./],
    [['copy', 'sqlite:a'], 2, /Usage: gatelodge copy FROM TO/],
  ])('%j is refused, and says what to do', async (words, code, said) => {
    const place = folder()
    writeFileSync(join(place, 'short'), 'eleven char\n')
    const result = await finished(words, environment(), place)
    expect([result.code, result.err]).toEqual([code, expect.stringMatching(said)])
    expect(readdirSync(place)).toEqual(['short'])
  })

  it('that is stopped removes its file; after a kill there is none under its name', async () => {
    await fillWithAttempts(database.url, 20_000)
    for (const [signal, left] of [
      ['SIGTERM', /^$/],
      ['SIGKILL', /^site\.backup\.\d+\.unfinished$/],
    ] as const) {
      const place = folder()
      const program = start(['backup', 'site.backup'], environment(), place)
      while (readdirSync(place).length === 0 && program.child.exitCode === null)
        await new Promise((resolve) => setTimeout(resolve, 2))
      program.child.kill(signal)
      await program.ended
      expect(readdirSync(place).join()).toMatch(left)
    }
  })

  it('refuses a database that a newer version has changed', async () => {
    const { db } = app().services.database
    await sql`insert into gatelodge_migrations (name, applied_at) values ('9999-later', 1)`.execute(db)
    const place = folder()
    const { code, err } = await finished(['backup', 'x'], environment(), place)
    expect([code, err, readdirSync(place)]).toEqual([1, expect.stringMatching(/newer version.*9999-later/), []])
    await sql`delete from gatelodge_migrations where name = '9999-later'`.execute(db)
  })
})

onSqlite('gatelodge restore', (database) => {
  const app = useApp(database)
  const environment = (url = database.url) => ({ DATABASE_URL: url, GATELODGE_SECRET: secret })

  async function backedUp(words: string[] = []) {
    await app().visitor().register()
    const place = folder()
    const passphrase = passphraseIn(place)
    await finished(
      ['backup', 'site', ...words.map((word) => (word === 'FILE' ? passphrase : word))],
      environment(),
      place,
    )
    return { place, passphrase }
  }

  it('changes nothing in a database that is not empty, and nothing where there is another secret', async () => {
    const { place, passphrase } = await backedUp(['--with-secret', '--passphrase-file', 'FILE'])
    const before = await everything(database.url)
    const words = ['restore', 'site', '--passphrase-file', passphrase]
    const { code, err } = await finished(words, environment(), place)
    expect([code, err]).toEqual([1, expect.stringMatching(/not empty.*gatelodge_accounts.*Nothing was changed/)])
    expect(await everything(database.url)).toEqual(before)

    const url = await emptyDatabase('SQLite')
    const other = { DATABASE_URL: url, GATELODGE_SECRET: 'another-secret-0123456789-abcdefghijk' }
    const refused = await finished(words, other, place)
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('another secret')])
    expect(existsSync(url.slice('sqlite:'.length))).toBe(false)
    const without = await finished([...words, '--without-secret'], other, place)
    expect([without.code, without.out]).toEqual([0, expect.stringMatching(/not that of the backup.*authenticator/)])
  })

  it.each<[string, string[], (file: Buffer) => Buffer, RegExp]>([
    ['another passphrase', ['--passphrase-file', 'FILE'], (file) => file, /passphrase is wrong/],
    ['an altered row', [], (file) => changed(file, 'Ada Lovelace', 'Eve Lovelace'), /damaged or was altered/],
  ])('%s: says so, exit code 1, nothing written', async (_, words, change, said) => {
    const { place } = await backedUp(words)
    writeFileSync(join(place, 'changed'), change(readFileSync(join(place, 'site'))))
    writeFileSync(join(place, 'wrong'), 'another passphrase\n')
    const url = await emptyDatabase('SQLite')
    const typed = words.length > 0 ? ['--passphrase-file', 'wrong'] : []
    const { code, err } = await finished(['restore', 'changed', ...typed], environment(url), place)
    expect([code, err]).toEqual([1, expect.stringMatching(said)])
    expect(existsSync(url.slice('sqlite:'.length))).toBe(false)
  })

  it('--check reads and compares the file alone', async () => {
    const { place } = await backedUp()
    const { code, out } = await finished(['restore', 'site', '--check'], environment('sqlite:/nowhere/x'), place)
    expect([code, out]).toEqual([0, expect.stringMatching(/^site is whole: .*the secret is not in it\.$/m)])
  })

  it('goes on after a kill; until then nothing else works on that database', async () => {
    await fillWithAttempts(database.url, 20_000)
    const { place } = await backedUp()
    const url = await emptyDatabase('MySQL')
    const first = start(['restore', 'site'], environment(url), place)
    while ((await rowsIn(url, 'gatelodge_attempts')) === 0 && first.child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 10))
    first.child.kill('SIGKILL')
    await first.ended
    expect(await rowsIn(url, 'gatelodge_attempts')).toBeLessThan(20_000)
    for (const words of [
      ['serve', '--port', '0'],
      ['account', 'list'],
      ['backup', 'x'],
      ['migrate', 'up'],
    ]) {
      const { code, err } = await finished(words, environment(url), place)
      expect([code, err]).toEqual([1, expect.stringMatching(/not filled to its end.*gatelodge restore/)])
    }
    const second = await finished(['restore', 'site'], environment(url), place)
    expect(second).toMatchObject({ code: 0, err: expect.stringContaining('this one goes on') })
    expect(await everything(url)).toEqual(await everything(database.url))
    expect((await finished(['account', 'list'], environment(url), place)).code).toBe(0)
  })
})
