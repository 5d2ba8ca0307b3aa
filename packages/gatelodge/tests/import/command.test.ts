// `gatelodge import` as it is started by hand, and from a live table.
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createConnection } from 'mysql2/promise'
import { describe, expect, it } from 'vitest'
import { importRuns } from '../../src/identity/imports/storage.ts'
import { finished, finishedHere, start } from '../support/command-line.ts'
import { ask, onMysql, onSqlite } from '../support/databases.ts'
import { useApp } from '../support/make-app.ts'

const secret = 'a-secret-for-tests-0123456789-abcdefgh'
const bcrypt = '$2a$05$MBCzKhG1KhezLh.0LRa0Kuw12nLJtpHy6DIaU.JAnqJUDYspHC.Ou'
const folder = () => mkdtempSync(join(tmpdir(), 'gatelodge-import-'))

onSqlite('gatelodge import', (database) => {
  const app = useApp(database)
  const environment = () => ({ DATABASE_URL: database.url, GATELODGE_SECRET: secret })

  it('reads a live SQLite table, joined as the preset says, and changes nothing in it', async () => {
    const other = join(folder(), 'old.sqlite')
    const old = new DatabaseSync(other)
    old.exec(`create table user (id text, name text, email text, emailVerified integer, createdAt text);
      create table account (id text, userId text, providerId text, password text);
      insert into user values ('u1', 'Ada', 'joined@example.org', 1, '2025-01-02T03:04:05.000Z');
      insert into user values ('u2', 'Bob', 'google@example.org', 1, '2025-01-02T03:04:05.000Z');
      insert into account values ('a1', 'u1', 'credential', '${bcrypt}');
      insert into account values ('a2', 'u2', 'google', null);`)
    old.close()
    const before = readFileSync(other)
    const { code, out } = await finishedHere(['import', '--from-database', '--preset', 'better-auth'], {
      ...environment(),
      IMPORT_DATABASE_URL: `sqlite:${other}`,
    })
    expect(code).toBe(0)
    expect(out).toMatch(/^ +2 {2}accounts imported\n +1 {2}of them without a password/m)
    expect(readFileSync(other).equals(before)).toBe(true)
    const visitor = app().visitor()
    await visitor.logIn({ email: 'joined@example.org', password: 'hashcat' })
    expect(visitor.page.path).toBe('/account')
  })

  it('names the columns that it does not read, also before anything is written', async () => {
    const cwd = folder()
    const rows = `email,emial_verified,password_hash,field.nickname\nspelled@example.org,yes,${bcrypt},Ada\n`
    writeFileSync(join(cwd, 'people.csv'), rows)
    const { code, out } = await finishedHere(['import', 'people.csv', '--dry-run'], environment(), cwd)
    expect([code, out]).toEqual([0, expect.stringContaining('\nNot read: emial_verified, field.nickname\n')])
    const renamed = ['import', 'people.csv', '--dry-run', '--map', 'email_verified=emial_verified']
    expect((await finishedHere(renamed, environment(), cwd)).out).toContain('\nNot read: field.nickname\n')
  })

  it('takes columns by --map, and says where rejected rows are listed', async () => {
    const cwd = folder()
    writeFileSync(join(cwd, 'rejects.csv'), 'of another run, which all may read', { mode: 0o644 })
    writeFileSync(join(cwd, 'people.csv'), `mail,pw\nmapped@example.org,${bcrypt}\nnobody,x\n`)
    const { code, out } = await finishedHere(
      ['import', 'people.csv', '--map', 'email=mail,password_hash=pw'],
      environment(),
      cwd,
    )
    expect([code, out]).toEqual([0, expect.stringContaining('Which rows, and why: rejects.csv')])
    expect(readFileSync(join(cwd, 'rejects.csv'), 'utf8')).toBe(
      'line,reason,email\n3,"mail (email): not an address","nobody"\n',
    )
    expect(statSync(join(cwd, 'rejects.csv')).mode & 0o777).toBe(0o600)
    // Among what the tests before have done, with a clock of their own.
    const latest = await app().services.audit.latest({ most: 50 })
    const records = latest.filter(({ note }) => note?.startsWith('people.csv'))
    const counts = 'rows 2, imported 1, there 0, duplicates 0, taken 0, rejected 1, withoutPassword 0, links 0'
    expect(records).toMatchObject([
      { event: 'import.finished', actor: 'command', note: `people.csv: ${counts}` },
      { event: 'import.started', actor: 'command', note: 'people.csv' },
    ])
    const noted = () => importRuns.latest(app().services.database.db, 100)
    const [first, ...others] = await noted()
    expect(first).toMatchObject({ source: 'people.csv', rows_read: 2, imported: 1, rejected: 1, is_whole: 1 })
    // A dry run is not noted.
    await finishedHere(
      ['import', 'people.csv', '--dry-run', '--map', 'email=mail,password_hash=pw'],
      environment(),
      cwd,
    )
    expect(await noted()).toEqual([first, ...others])
  })

  it('after a kill, the same command imports the rest', async () => {
    const cwd = folder()
    const rows = Array.from({ length: 8_000 }, (_, at) => `killed${at}@example.org,${bcrypt}`)
    writeFileSync(join(cwd, 'users.csv'), `email,password_hash\n${rows.join('\n')}\n`)
    const count = async () => {
      const { n } = await app()
        .services.database.db.selectFrom('gatelodge_accounts')
        .select(({ fn }) => fn.countAll().as('n'))
        .where('email', 'like', 'killed%')
        .executeTakeFirstOrThrow()
      return Number(n)
    }
    const first = start(['import', 'users.csv'], environment(), cwd)
    while ((await count()) === 0 && first.child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 5))
    first.child.kill('SIGKILL')
    await first.ended
    const there = await count()
    const { out } = await finishedHere(['import', 'users.csv'], environment(), cwd)
    const number = (what: string) => Number(new RegExp(`([\\d,]+)  ${what}`).exec(out)?.[1]?.replace(',', '') ?? 0)
    expect(number('accounts imported') + number('were imported before')).toBe(8_000)
    expect(number('were imported before')).toBe(there)
    expect(await count()).toBe(8_000)
  })

  it.each<[string[], Record<string, string>, RegExp]>([
    [['import'], {}, /Usage: gatelodge import FILE/],
    [['import', 'users.bin'], {}, /--format: csv, json, ndjson, ldif/],
    [['import', 'users.csv', '--preset', 'larvel'], {}, /Did you mean "laravel"/],
    [['import', 'users.csv', '--map', 'mail=email'], {}, /--map does not know "mail"/],
    [['import', '--from-database'], {}, /--table/],
    [['import', '--from-database', '--table', 'users'], {}, /IMPORT_DATABASE_URL/],
    [
      ['import', '--from-database', '--table', 'users'],
      { IMPORT_DATABASE_URL: 'mysql://u:p@h1,h2/other' },
      /IMPORT_DATABASE_URL names several hosts/,
    ],
  ])('%j is refused, and says what to do', async (words, more, said) => {
    const { code, err } = await finishedHere(words, { ...environment(), ...more }, folder())
    expect([code, err]).toEqual([2, expect.stringMatching(said)])
  })

  it('V1.2.4 takes no name of a table that could end its quotes', async () => {
    const words = ['import', '--from-database', '--table', 'users" where 1=1; --']
    const { code, err } = await finishedHere(words, {
      ...environment(),
      IMPORT_DATABASE_URL: `sqlite:${join(folder(), 'x')}`,
    })
    expect(code).toBe(1)
    expect(err).toMatch(/names no table|unable to open/)
  })
})

onMysql('gatelodge import', (database) => {
  const app = useApp(database)

  it.each<[string, string[], RegExp]>([
    ['a table that is not there', ['--table', 'nowhere'], /nowhere/],
    [
      'a secret that is not there',
      ['--table', 'gatelodge_accounts', '--pepper-file', 'pepper'],
      /There is no secret at /,
    ],
  ])('ends as a process, too, at %s', async (_, words, said) => {
    const cwd = folder()
    writeFileSync(join(cwd, 'pepper'), 'a pepper\n')
    const environment = { DATABASE_URL: database.url, IMPORT_DATABASE_URL: database.url }
    const { code, err } = await finished(['import', '--from-database', ...words], environment, cwd)
    expect([code, err]).toEqual([1, expect.stringMatching(said)])
  })

  it('reads a live MySQL table, with its moments and bits', async () => {
    await ask(
      database.url,
      `create table users (id int primary key, name varchar(100), email varchar(255),
      password varchar(255), email_verified_at datetime(3), created_at timestamp, deleted_at datetime, is_active bit(1))`,
    )
    const connection = await createConnection(database.url)
    for (let at = 0; at < 1200; at += 1)
      await connection.execute('insert into users values (?, ?, ?, ?, ?, ?, ?, 1)', [
        at,
        `Ådå ${at}`,
        `live${at}@example.org`,
        bcrypt,
        '2021-02-03 04:05:06.789',
        '2021-01-02 03:04:05',
        at === 7 ? '2022-01-01 00:00:00' : null,
      ])
    await connection.end()
    const { code, out } = await finished(['import', '--from-database', '--preset', 'laravel'], {
      ...{ DATABASE_URL: database.url, GATELODGE_SECRET: secret, IMPORT_DATABASE_URL: database.url },
    })
    expect([code, out]).toEqual([0, expect.stringMatching(/^ +1,200 {2}accounts imported$/m)])
    const { accounts, database: kept } = app().services
    const found = (name: string) => accounts.findByAddress(kept.db, { given: '', normalised: `${name}@example.org` })
    expect(await found('live3')).toMatchObject({
      name: 'Ådå 3',
      verifiedAt: Date.UTC(2021, 1, 3, 4, 5, 6, 789),
      disabledAt: null,
    })
    expect((await found('live7'))?.disabledAt).not.toBeNull()
    const visitor = app().visitor()
    await visitor.logIn({ email: 'live3@example.org', password: 'hashcat' })
    expect(visitor.page.path).toBe('/account')
  })
})

describe('gatelodge help import', () => {
  it('lists the options', async () => {
    const { code, out } = await finishedHere(['help', 'import'])
    expect(code).toBe(0)
    for (const option of ['--preset', '--dry-run', '--from-database', '--pepper-file']) expect(out).toContain(option)
  })
})
