// The importer as a library: what it takes, what it rejects and why, and that it can be run again.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ImportOptions } from '../../src/cli/import/options.ts'
import type { Preset } from '../../src/cli/import/preset.ts'
import { plain } from '../../src/cli/import/presets/all.ts'
import { spell } from '../../src/cli/import/progress.ts'
import { createRejects } from '../../src/cli/import/rejects.ts'
import { lineOfId, rowId } from '../../src/cli/import/row-id.ts'
import { runImport } from '../../src/cli/import/run.ts'
import { createSeen } from '../../src/cli/import/seen.ts'
import { type Format, formats, openFile } from '../../src/cli/import/source.ts'
import { momentOf, totpSecretOf, truthOf } from '../../src/cli/import/values.ts'
import { customFields } from '../../src/config/custom-fields.ts'
import { digest } from '../../src/identity/sealing.ts'
import { codeAt, stepAt } from '../../src/identity/second-factors/totp.ts'
import { onEachDatabase, onSqlite } from '../support/databases.ts'
import { knownPairs } from '../support/foreign-hashes.ts'
import { type TestApp, useApp } from '../support/make-app.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatelodge-import-'))
let files = 0

function fileOf(content: string | Buffer): string {
  files += 1
  const path = join(folder, `file-${files}`)
  writeFileSync(path, content)
  return path
}

interface Asked extends Partial<ImportOptions> {
  format?: Format
  preset?: Preset
}

async function importing(
  app: TestApp,
  content: string | Buffer,
  { format = 'csv', ...asked }: Asked = {},
  path = fileOf(content),
) {
  const options = {
    preset: plain,
    isDry: false,
    keys: {},
    passwordFormat: undefined,
    rejects: `${path}.rejects`,
    ...asked,
  }
  const source = await openFile(path, format, options.preset)
  const rejects = createRejects(options.rejects)
  const progress = { at: () => {}, end: () => {} }
  try {
    const counts = await runImport(app.services, source, options, { progress, rejects })
    return { counts, path, rejected: async () => readFileSync(options.rejects, 'utf8').trimEnd().split('\n').slice(1) }
  } finally {
    await rejects.close()
  }
}

const countOf = async ({ services: { database } }: TestApp, table: 'gatelodge_accounts' | 'gatelodge_emails') => {
  const row = await database.db
    .selectFrom(table)
    .select(({ fn }) => fn.countAll().as('n'))
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

const bcrypt = '$2a$05$MBCzKhG1KhezLh.0LRa0Kuw12nLJtpHy6DIaU.JAnqJUDYspHC.Ou'
const md5 = '8743b52063cd84097a65d1633f5c74f5'

onEachDatabase('An import', (database) => {
  const fields = customFields.parse([
    { name: 'company', label: 'Company', type: 'text', required: true },
    { name: 'news', label: 'News', type: 'checkbox' },
  ])
  const app = useApp(database, { fields })

  it('takes along names, moments, states and custom fields, and sends no email', async () => {
    const before = await countOf(app(), 'gatelodge_emails')
    const rows = [
      'email,name,password_hash,email_verified,created_at,disabled,field.company,field.news',
      `ada@example.org,Ada Lovelace,${bcrypt},true,2015-12-10 08:00:00,0,"Analytical, Ltd",yes`,
      `Bob@Example.org,,${bcrypt},,1449734400,1,,`,
      'carol@example.org,Carol,,2020-01-02T03:04:05Z,2019-01-01,no,,',
    ]
    const { counts } = await importing(app(), `\ufeff${rows.join('\r\n')}\r\n`)
    expect(counts).toEqual({
      rows: 3,
      imported: 3,
      there: 0,
      duplicates: 0,
      taken: 0,
      rejected: 0,
      withoutPassword: 1,
      links: 0,
    })
    const { accounts, database: kept } = app().services
    const found = async (email: string) => accounts.findByAddress(kept.db, { given: email, normalised: email })
    expect(await found('ada@example.org')).toMatchObject({
      name: 'Ada Lovelace',
      createdAt: Date.UTC(2015, 11, 10, 8),
      verifiedAt: Date.UTC(2015, 11, 10, 8),
      disabledAt: null,
      fields: { company: 'Analytical, Ltd', news: true },
    })
    expect(await found('bob@example.org')).toMatchObject({
      name: 'Bob',
      email: 'Bob@Example.org',
      verifiedAt: null,
      createdAt: 1449734400_000,
    })
    expect((await found('bob@example.org'))?.disabledAt).toBe(app().clock.now())
    expect(await found('carol@example.org')).toMatchObject({
      verifiedAt: Date.UTC(2020, 0, 2, 3, 4, 5),
      passwordChangedAt: null,
    })
    expect(await countOf(app(), 'gatelodge_emails')).toBe(before)
  })

  it('lets them log in with their passwords, disabled ones not; who has none sets one by email', async () => {
    const visitor = app().visitor()
    await visitor.logIn({ email: 'ada@example.org', password: 'hashcat' })
    expect(visitor.page.path).toBe('/account')
    const disabled = app().visitor()
    await disabled.logIn({ email: 'bob@example.org', password: 'hashcat' })
    expect(disabled.page.path).toBe('/login')
  })

  it('V6.3.8 keeps no fast hash: a weak one is wrapped, a strong one stays', async () => {
    await importing(
      app(),
      `email,password_hash,password_format\nweak@example.org,${md5},md5\nstrong@example.org,${bcrypt},`,
    )
    const { passwords, database: kept } = app().services
    const weak = await passwords.findByAddress(kept.db, 'weak@example.org')
    expect(weak?.hash).toContain('$argon2id$')
    expect(weak?.hash).not.toContain(Buffer.from(md5, 'hex').toString('base64'))
    expect((await passwords.findByAddress(kept.db, 'strong@example.org'))?.hash).toContain(bcrypt)
    const visitor = app().visitor()
    await visitor.logIn({ email: 'weak@example.org', password: 'hashcat' })
    expect(visitor.page.path).toBe('/account')
  })

  it('takes secrets of authenticator apps along, sealed: the old app works', async () => {
    const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
    await importing(
      app(),
      `email,password_hash,totp_secret\ntotp@example.org,${bcrypt},jbsw y3dp ehpk 3pxp jbsw y3dp ehpk 3pxp`,
    )
    const bytes = totpSecretOf(secret) as Buffer
    const { db } = app().services.database
    const rows = await db.selectFrom('gatelodge_totp').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(bytes.toString('hex'))
    const visitor = app().visitor()
    await visitor.logIn({ email: 'totp@example.org', password: 'hashcat' })
    expect(visitor.page.path).toBe('/two-factor')
    await visitor.submit({ code: codeAt(bytes, stepAt(app().clock.now())) })
    expect(visitor.page.path).toBe('/account')
  })

  it('rejects what it cannot take, each with its line and the reason, and takes the rest', async () => {
    const rows = [
      'email,name,password_hash,created_at,totp_secret,groups',
      'no address,,,,,',
      ',,,,,',
      'plain@example.org,,secret,,,',
      'hex@example.org,,8743b52063cd84097a65d1633f5c74f5,,,',
      `costly@example.org,,$2b$31$${'a'.repeat(53)},,,`,
      'moment@example.org,,,yesterday,,',
      'future@example.org,,,2099-01-01,,',
      'totp@elsewhere.org,,,,AAAA,',
      'root@example.org,,,,,administrators',
      'group@example.org,,,,,two words',
      '=cmd@example.org,"a\u202eb",,,,',
      'short@example.org,x',
      `fine@example.org,"two\nlines",,,,`,
      `good@example.org,Good,${bcrypt},,,`,
    ]
    const { counts, rejected, path } = await importing(app(), rows.join('\n'))
    expect(await rejected()).toEqual([
      '2,"email: not an address","no address"',
      '3,"email: empty",""',
      '4,"password_hash: of no format that is known here","plain@example.org"',
      '5,"password_hash: does not say how it was made, see --password-format","hex@example.org"',
      '6,"password_hash: takes more time or memory than is allowed here","costly@example.org"',
      '7,"created_at: not a moment","moment@example.org"',
      '8,"created_at: in the future","future@example.org"',
      '9,"totp_secret: not one that works here","totp@elsewhere.org"',
      '10,"groups: administrators are added by ""gatelodge admin add""","root@example.org"',
      '11,"groups: a name that no group can have","group@example.org"',
      `12,"name: control-characters","'=cmd@example.org"`,
      '13,"2 values under 6 columns",""',
      '14,"name: control-characters","fine@example.org"',
    ])
    expect(counts).toMatchObject({ rows: 14, imported: 1, rejected: 13 })
    expect(statSync(`${path}.rejects`).mode & 0o077).toBe(0)
  })

  it('names the column as the file has it, and says at once that there is none for the address', async () => {
    const preset = { ...plain, columns: { email: 'mail', created_at: ['joined', 'made'] } }
    const { rejected } = await importing(app(), 'mail,joined,made\nx,,\nc9@example.org,,later\n', { preset })
    expect(await rejected()).toEqual([
      '2,"mail (email): not an address","x"',
      '3,"joined or made (created_at): not a moment","c9@example.org"',
    ])
    for (const [head, named] of [
      ['id;email;name', 'id;email;name'],
      ['time,event,account', 'time, event, account'],
    ])
      await expect(importing(app(), `${head}\n1\n`)).rejects.toThrow(
        `Line 1 names no column "email". It names: ${named}.`,
      )
  })

  it('adds them to groups that are there, and rejects a row with another', async () => {
    const { groups, database: kept } = app().services
    const now = app().clock.now()
    await kept.db
      .insertInto('gatelodge_groups')
      .values({ name: 'editors', description: '', created_at: now, changes: 0, closed_at: null })
      .execute()
    const rows = ['email,groups', 'member@example.org,editors; editors', 'nobody@example.org,editors;unknown']
    const { counts, rejected } = await importing(app(), rows.join('\n'))
    expect(counts).toMatchObject({ imported: 1, rejected: 1 })
    expect(await rejected()).toEqual(['3,"groups: there is no group unknown","nobody@example.org"'])
    const row = await kept.db
      .selectFrom('gatelodge_accounts')
      .select('member_of')
      .where('email', '=', 'member@example.org')
      .executeTakeFirst()
    expect(row?.member_of).toBe('editors')
    expect(await groups.find(kept.db, 'unknown')).toBeUndefined()
  })

  it('reports two rows that are one address after normalising, and addresses that have an account', async () => {
    const rows = [
      'email,name',
      'twice@example.org,One',
      'TWICE@EXAMPLE.ORG,Two',
      'ada@example.org,Ada',
      'new@example.org,New',
    ]
    const before = await countOf(app(), 'gatelodge_accounts')
    const { counts, rejected } = await importing(app(), rows.join('\n'))
    expect(counts).toMatchObject({ rows: 4, imported: 2, duplicates: 1, taken: 1, rejected: 0 })
    expect(await rejected()).toEqual([
      '3,"email: the same address as line 2","TWICE@EXAMPLE.ORG"',
      '4,"email: another account has this address","ada@example.org"',
    ])
    expect(await countOf(app(), 'gatelodge_accounts')).toBe(before + 2)
  })

  it('run again after it was stopped, imports the rest, and its counts agree with the table', async () => {
    const rows = Array.from(
      { length: 700 },
      (_, at) => `again${at}@example.org,${at % 3 === 0 ? md5 : bcrypt},${at % 3 === 0 ? 'md5' : ''}`,
    )
    const content = `email,password_hash,password_format\n${rows.join('\n')}\nAGAIN0@example.org,,`
    const before = await countOf(app(), 'gatelodge_accounts')
    const path = fileOf(content)
    const { transact } = app().services.database
    let commits = 0
    const dying = {
      ...app(),
      services: {
        ...app().services,
        database: {
          ...app().services.database,
          transact: (async (work, landed) => {
            commits += 1
            if (commits === 2) throw new Error('killed')
            return transact(work, landed)
          }) as typeof transact,
        },
      },
    }
    await expect(importing(dying, content, {}, path)).rejects.toThrow('killed')
    const { counts } = await importing(app(), content, {}, path)
    expect(counts).toMatchObject({ rows: 701, imported: 450, there: 250, duplicates: 1, rejected: 0 })
    expect(await countOf(app(), 'gatelodge_accounts')).toBe(before + 700)
    const { counts: third } = await importing(app(), content, {}, path)
    expect(third).toMatchObject({ imported: 0, there: 700, duplicates: 1 })
  })

  it('sixteen times at once: each account is there once', async () => {
    const rows = Array.from({ length: 300 }, (_, at) => `${at % 2 ? 'at' : 'AT'}-once${at}@example.org,${bcrypt}`)
    const content = `email,password_hash\n${rows.join('\n')}`
    const before = await countOf(app(), 'gatelodge_accounts')
    const path = fileOf(content)
    const all = await Promise.all(
      Array.from({ length: 16 }, (_, at) => importing(app(), content, { rejects: `${path}.${at}` }, path)),
    )
    expect(await countOf(app(), 'gatelodge_accounts')).toBe(before + 300)
    expect(all.reduce((sum, { counts }) => sum + counts.imported, 0)).toBe(300)
    for (const { counts } of all) expect(counts.imported + counts.there).toBe(300)
  })

  it('a dry run writes nothing and counts the same', async () => {
    const rows = [
      'email,password_hash',
      `dry1@example.org,${bcrypt}`,
      `DRY1@example.org,${bcrypt}`,
      'ada@example.org,',
      'nonsense,',
      'dry2@example.org,',
    ]
    const before = await countOf(app(), 'gatelodge_accounts')
    const dry = await importing(app(), rows.join('\n'), { isDry: true })
    expect(await countOf(app(), 'gatelodge_accounts')).toBe(before)
    const real = await importing(app(), rows.join('\n'), {}, dry.path)
    expect(real.counts).toEqual(dry.counts)
    expect(real.counts).toMatchObject({ imported: 2, duplicates: 1, taken: 1, rejected: 1, withoutPassword: 1 })
  })
})

onSqlite('A hostile file', (database) => {
  const app = useApp(database)
  const good = (name: string) => ({ email: `${name}@example.org`, password_hash: bcrypt })

  it.each<[string, string | Buffer, Asked, number, string[]]>([
    [
      'an unknown word in JSON',
      `[${JSON.stringify(good('j1'))}, nonsense, ${JSON.stringify(good('j2'))}]`,
      { format: 'json' },
      2,
      ['2,"not a JSON object",""'],
    ],
    [
      'numbers, lists and null among objects',
      `[1,[2],null,"x",${JSON.stringify(good('j3'))}]`,
      { format: 'json' },
      1,
      [1, 2, 3, 4].map((line) => `${line},"not a JSON object",""`),
    ],
    [
      'nesting',
      `[{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}},\n${JSON.stringify(good('j4'))}]`,
      { format: 'json' },
      1,
      ['1,"nested too deeply",""'],
    ],
    [
      'quotes that nothing closes',
      `{"${'\\"'.repeat(500_000)}\n${JSON.stringify(good('n0'))}\n`,
      { format: 'ndjson' },
      1,
      ['1,"not a JSON object",""'],
    ],
    [
      'a record of 2 MiB in JSON',
      `[{"a":"${'x'.repeat(2 ** 21)}"},\n${JSON.stringify(good('j5'))}]`,
      { format: 'json' },
      1,
      ['1,"longer than 1 MiB",""'],
    ],
    [
      'brackets and quotes in text',
      `{"meta":["}","\\""],"users":[${JSON.stringify({ ...good('j6'), name: 'a]}"\\[{,' })}],"more":[1]}`,
      { format: 'json', preset: { ...plain, list: 'users' } },
      1,
      [],
    ],
    [
      'a line of 2 MiB',
      `${'x'.repeat(2 ** 21)}\n${JSON.stringify(good('n1'))}\n`,
      { format: 'ndjson' },
      1,
      ['1,"longer than 1 MiB",""'],
    ],
    [
      'bytes that are no UTF-8',
      Buffer.concat([Buffer.from('{"email":"n\xff"}\n', 'latin1'), Buffer.from(JSON.stringify(good('n2')))]),
      { format: 'ndjson' },
      1,
      ['1,"not-utf-8",""'],
    ],
    [
      '__proto__ as a name',
      `{"__proto__":{"email":"p@example.org"},"constructor":1}\n${JSON.stringify(good('n3'))}`,
      { format: 'ndjson' },
      1,
      ['1,"email: empty",""'],
    ],
    [
      'NULs',
      `{"email":"n4\\u0000@example.org"}\n{"email":"n5@example.org","name":"a\\u0000b"}`,
      { format: 'ndjson' },
      0,
      ['1,"email: not an address","n4 @example.org"', '2,"name: control-characters","n5@example.org"'],
    ],
    [
      'more columns than anyone has',
      `email,name,${Array.from({ length: 140_000 }, (_, at) => at.toString(36)).join(',')}\nc0@example.org,Ada`,
      {},
      0,
      ['2,"2 values under 140002 columns",""'],
    ],
    [
      'bytes that are no UTF-8 in CSV',
      Buffer.from('email,name\nc1@example.org,\xff\nc2@example.org,fine', 'latin1'),
      {},
      1,
      ['2,"name: not-utf-8","c1@example.org"'],
    ],
    ['__proto__ in the head', 'email,__proto__,constructor\nc3@example.org,x,y', {}, 1, []],
  ])('with %s', async (_, content, asked, imported, reasons) => {
    const { counts, rejected } = await importing(app(), content, asked)
    expect(counts.imported).toBe(imported)
    expect(counts.rejected).toBe(reasons.length)
    if (reasons.length > 0) expect(await rejected()).toEqual(reasons)
    expect(({} as { email?: string }).email).toBeUndefined()
  })

  it.each<[string, string | Buffer, Asked, RegExp]>([
    ['a column twice', 'email,name,email\na@example.org,x,y', {}, /names the column "email" twice/],
    ['nothing in it', '', {}, /The file is empty/],
    ['UTF-16', Buffer.from('\ufeffemail\n', 'utf16le'), {}, /UTF-16/],
    ['a quote that never ends', `email\n"${'x\n'.repeat(600_000)}`, {}, /Max Record Size|Quote Not Closed/],
    ['JSON that is cut off', '[{"email":"a@example.org"}', { format: 'json' }, /cut off/],
    ['JSON without a list', '{"users":{}}', { format: 'json', preset: { ...plain, list: 'users' } }, /no list "users"/],
  ])('with %s is refused in one sentence', async (_, content, asked, said) => {
    await expect(importing(app(), content, asked)).rejects.toThrow(said)
  })

  it('LDIF: folded lines, base64, groups of a directory', async () => {
    const ldif = `version: 1\n\n# a comment\ndn: uid=ada,dc=example\nmail: ldif@exam\n ple.org\ncn:: ${Buffer.from('Ädä').toString('base64')}\nuserPassword:: ${Buffer.from('{SHA}uJ6qx+YUFzQbcQtyd2gpTQ5qJ3s=').toString('base64')}\n\ndn: ou=people\nou: people\n`
    const preset: Preset = { system: 'LDAP', columns: { email: 'mail', name: 'cn', password_hash: 'userpassword' } }
    const { counts } = await importing(app(), ldif, { format: 'ldif', preset })
    expect(counts).toMatchObject({ rows: 2, imported: 1, rejected: 1 })
    const visitor = app().visitor()
    await visitor.logIn({ email: 'ldif@example.org', password: 'hashcat' })
    expect(visitor.page.html).toContain('Ädä')
  })
})

onSqlite('Mixed rows', (database) => {
  const app = useApp(database)
  const read = knownPairs.filter(({ firebase, pepper }) => !firebase && !pepper)

  it('of every format come in by one file, and everyone logs in', async () => {
    const lines = read.map(({ hash, salt, format, parameters, username }, at) =>
      JSON.stringify({
        ...{ email: `mixed${at}@example.org`, password_hash: hash, password_salt: salt, password_format: format },
        ...{ password_parameters: parameters, username },
      }),
    )
    const { counts } = await importing(app(), lines.join('\n'), { format: 'ndjson' })
    expect(counts).toMatchObject({ imported: read.length, rejected: 0 })
    for (const [at, { password, title }] of read.entries()) {
      const visitor = app().visitor()
      await visitor.logIn({ email: `mixed${at}@example.org`, password })
      expect(visitor.page.path, title).toBe('/account')
    }
    const { passwords, database: kept } = app().services
    expect(await passwords.foreignFormats(kept.db, 50)).toEqual([])
  })
})

describe('A file', () => {
  it.each([...formats])(
    '%s is opened with its first row, and one that cannot be read then ends the import',
    async (format) => {
      const path = fileOf('email\nada@example.org\n')
      const { rows } = await openFile(path, format, plain)
      // What is refused before has left nothing open.
      rmSync(path)
      await expect(rows[Symbol.asyncIterator]().next()).rejects.toThrow('ENOENT')
    },
  )
})

describe('Values', () => {
  it.each<[string, number | undefined]>([
    ['2015-12-10 08:00:00', Date.UTC(2015, 11, 10, 8)],
    ['2015-12-10T08:00:00.123456Z', Date.UTC(2015, 11, 10, 8, 0, 0, 123)],
    ['2015-12-10 08:00:00+00', Date.UTC(2015, 11, 10, 8)],
    ['2015-12-10 10:00:00.5+0200', Date.UTC(2015, 11, 10, 8, 0, 0, 500)],
    ['2015-12-10', Date.UTC(2015, 11, 10)],
    ['1449734400', 1449734400_000],
    ['1449734400000', 1449734400_000],
    ['20151210080000Z', Date.UTC(2015, 11, 10, 8)],
    ['20151210080000', Date.UTC(2015, 11, 10, 8)],
    ['yesterday', undefined],
    ['2015-13-40 08:00:00', undefined],
    ['99999999999999999', undefined],
  ])('%s is a moment', (text, moment) => expect(momentOf(text)).toBe(moment))

  it.each<[string, boolean | undefined]>([
    ...(['1', 'true', 'T', 'yes', 'Active', '2015-12-10 08:00:00'] as const).map((text): [string, boolean] => [
      text,
      true,
    ]),
    ...(['', '0', 'False', 'no', 'NULL', '0000-00-00 00:00:00', '\\N'] as const).map((text): [string, boolean] => [
      text,
      false,
    ]),
    ['perhaps', undefined],
    ['2', undefined],
    ['-1', undefined],
    ['1735783445', true],
  ])('%j is yes or no', (text, truth) => expect(truthOf(text)).toBe(truth))

  it.each([
    'otpauth://totp/a?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&digits=8',
    'otpauth://totp/a?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&period=60',
    'otpauth://totp/a?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA256',
    'otpauth://hotp/a?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&counter=0',
    'otpauth://',
    'JBSW',
    'not base32 1890',
    'A'.repeat(200),
  ])('%s is no key of an app that works here', (text) => expect(totpSecretOf(text)).toBeUndefined())

  it('the id of a row tells its line to its own source only', () => {
    const [mark, other] = [digest('a').subarray(0, 6), digest('b').subarray(0, 6)]
    for (const line of [1, 2, 70_000, 2 ** 32 - 1]) {
      const id = rowId(mark, line, Date.UTC(2026, 0))
      expect(id.toString('hex')).toMatch(/^.{12}7.{3}[89ab].{15}$/)
      expect(lineOfId(mark, id)).toBe(line)
      expect(lineOfId(other, id)).toBeUndefined()
    }
  })

  it('a dry run knows each address again, among many', () => {
    const seen = createSeen()
    for (let line = 1; line <= 5_000; line += 1) expect(seen.add(digest(`${line}`), line)).toBeUndefined()
    for (let line = 1; line <= 5_000; line += 1) expect(seen.add(digest(`${line}`), 0)).toBe(line)
  })

  it('progress says rows, rate and time left', () => {
    expect(spell(12_300, 0.25, 10_000)).toBe('12,300 rows, 1,230 a second, about 30 s left')
    expect(spell(12_300, 0.01, 10_000)).toBe('12,300 rows, 1,230 a second, about 17 min left')
    expect(spell(5, 1, 10)).toBe('5 rows, 500 a second')
  })
})

onEachDatabase('Links after an import', (database) => {
  const app = useApp(database)
  const sentTo = async () => {
    const { db } = app().services.database
    const rows = await db
      .selectFrom('gatelodge_emails as message')
      .innerJoin('gatelodge_accounts as account', 'account.id', 'message.account_id')
      .select(['account.email', 'message.kind'])
      .orderBy('account.email')
      .execute()
    return rows.map(({ email, kind }) => `${kind} ${email}`)
  }

  it('nobody gets an email unless it is asked for; then those without a password who may enter, once', async () => {
    const rows = [
      'email,password_hash,disabled,name',
      'links.a@example.org,,0,Ada',
      `links.b@example.org,${'$2a$05$MBCzKhG1KhezLh.0LRa0Kuw12nLJtpHy6DIaU.JAnqJUDYspHC.Ou'},0,Bob`,
      'links.c@example.org,,1,Cleo',
      'links.d@example.org,,0,Dan',
    ]
    await importing(app(), rows.slice(0, 2).join('\n'))
    expect(await sentTo()).toEqual([])
    const file = fileOf(rows.join('\n'))
    const first = await importing(app(), '', { sendsLinks: true, isDry: true }, file)
    expect([first.counts.links, await sentTo()]).toEqual([1, []])
    const { counts } = await importing(app(), '', { sendsLinks: true }, file)
    expect(counts).toMatchObject({ imported: 3, withoutPassword: 2, links: 1, taken: 1 })
    expect(await sentTo()).toEqual(['reset-password links.d@example.org'])
    const again = await importing(app(), '', { sendsLinks: true }, file)
    expect([again.counts.there, again.counts.links, await sentTo()]).toEqual([
      3,
      0,
      ['reset-password links.d@example.org'],
    ])
  })
})
