// What people type is never read as SQL, whatever the server's configuration says of quotes and backslashes: no statement
// carries it in its text, and each connection sets for itself what a statement means.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { ownSqlMode } from '../../../src/database/mysql-session.ts'
import { ask } from '../../support/databases.ts'
import { sites } from '../../support/flows.ts'
import { makeApp, type TestApp } from '../../support/make-app.ts'
import { startServer } from '../../support/mysql-server.ts'
import { nothingIsHalf } from '../../support/nothing-is-half.ts'
import { type Fields, someone } from '../../support/visitor.ts'

/** Of both kinds of server, and those that MariaDB alone has. */
const modes = [
  '',
  'STRICT_TRANS_TABLES,NO_BACKSLASH_ESCAPES',
  'ANSI_QUOTES',
  'PIPES_AS_CONCAT',
  'ANSI',
  'TRADITIONAL',
  'HIGH_NOT_PRECEDENCE,IGNORE_SPACE,PAD_CHAR_TO_FULL_LENGTH,NO_UNSIGNED_SUBTRACTION',
]
const modesOfMariadb = ['ORACLE', 'MSSQL', 'DB2', 'MAXDB', 'POSTGRESQL', 'SIMULTANEOUS_ASSIGNMENT,EMPTY_STRING_IS_NULL']

/** Everything else of a server's configuration that changes what a statement means. */
const strange: Record<string, [set: string, own: unknown]> = {
  autocommit: ['0', 1],
  completion_type: ["'CHAIN'", 'NO_CHAIN'],
  sql_auto_is_null: ['1', 0],
  sql_safe_updates: ['1', 0],
  sql_select_limit: ['1', '18446744073709551615'],
  time_zone: ["'+11:00'", '+00:00'],
}

/** Each ends a text, a name of a column or a comment under one mode or another. */
const crafted = [
  `O'Hara`,
  `O"Hara`,
  'O`Hara',
  String.raw`\', email = 'taken@example.org', disabled_at = 1, name = '`,
  String.raw`\" or 1 = 1 -- `.trim(),
  String.raw`a\', 'b', 'c', 1, 1) -- x`,
  String.raw`ends with \ `.trim(),
  `'; drop table gatelodge_accounts; #`,
  `\u{ff07}, name = \u{2019}x\u{2019} /*`,
  '%_?:name',
]

let url: string
let stop: () => Promise<void>
let isMariadb: boolean
let globals: [string, string][]

beforeAll(async () => {
  const given = inject('mysqlUrl')
  const version = String((await ask(given, 'select version() as version'))[0]?.version)
  // A server that other suites use keeps its configuration; a MySQL is the one there is, and gets it back.
  const server = /mariadb/i.test(version) ? await startServer() : { url: given, stop: async () => {} }
  isMariadb = /mariadb/i.test(version)
  url = server.url
  stop = server.stop
  const names = ['sql_mode', 'general_log', 'log_output', ...Object.keys(strange)]
  const found = await ask(url, `select ${names.map((name) => `cast(@@global.${name} as char) as ${name}`).join(', ')}`)
  globals = Object.entries(found[0] ?? {}).map(([name, value]) => [name, String(value)])
})

afterAll(async () => {
  await restore()
  await stop()
})

const setGlobal = (name: string, value: string) => ask(url, `set global ${name} = ${value}`)

async function restore(): Promise<void> {
  for (const [name, value] of globals) await setGlobal(name, /^\d+$/.test(value) ? value : `'${value}'`)
}

let made = 0
async function withApp(work: (app: TestApp) => Promise<void>): Promise<void> {
  made += 1
  const name = `gatelodge_modes_${process.pid}_${made}`
  await ask(url, `create database ${name}`)
  const app = await makeApp({ url: `${url}/${name}` })
  try {
    await work(app)
  } finally {
    await app.close()
    await ask(url, `drop database ${name}`)
  }
}

/** @returns false where the server does not know it; then nothing is to be feared from it. */
async function serverHas(mode: string): Promise<boolean> {
  const refusal = await setGlobal('sql_mode', `'${mode}'`).then(
    () => undefined,
    (error: { errno: number }) => error.errno,
  )
  if (refusal !== undefined) expect(refusal).toBe(1231)
  return refusal === undefined
}

async function registerCrafted(app: TestApp): Promise<void> {
  for (const name of crafted) {
    const person: Fields = { ...someone(), name }
    const browser = app.visitor()
    expect((await browser.json('POST', '/api/v1/register', person)).status, name).toBe(201)
    const account = (await browser.json('GET', '/api/v1/export')).body.account
    expect(account).toMatchObject({ name, email: String(person.email) })
    const other = someone().name ?? ''
    expect((await browser.json('POST', '/api/v1/profile', { name: other })).status).toBe(200)
    expect((await browser.json('POST', '/api/v1/profile', { name })).status).toBe(200)
    expect((await app.visitor().json('POST', '/api/v1/login', person)).status).toBe(200)
    expect((await app.visitor().json('POST', '/api/v1/login', { email: name, password: name })).status).toBe(401)
  }
  const { db } = app.services.database
  const rows = await db.selectFrom('gatelodge_accounts').select(['name', 'disabled_at', 'email']).execute()
  expect(rows.map((row) => row.name).sort()).toEqual([...crafted].sort())
  expect(rows.every((row) => row.disabled_at === null && row.email !== 'taken@example.org')).toBe(true)
}

describe('Under the SQL mode', () => {
  it.each([...modes, ...modesOfMariadb])('V1.2.4 %o of the server, what is typed stays what it is', async (mode) => {
    if (!(await serverHas(mode))) return expect(isMariadb || modesOfMariadb.includes(mode)).toBe(true)
    await withApp(async (app) => {
      const own = await sql<{ mode: string }>`select @@session.sql_mode as mode`.execute(app.services.database.db)
      expect(own.rows[0]?.mode.split(',').sort()).toEqual(ownSqlMode.split(',').sort())
      await registerCrafted(app)
    })
  })

  it.each([...modes, ...modesOfMariadb])('V1.2.4 %o of the server, people do all that they do', async (mode) => {
    if (!(await serverHas(mode))) return expect(isMariadb || modesOfMariadb.includes(mode)).toBe(true)
    await withApp(async (app) => {
      for (const [name, flow] of Object.entries(sites[0]?.flows ?? {})) {
        const { browser, person } = await flow.prepare(app)
        const { status } = await flow.send(browser, person)
        expect(status, name).toBeLessThan(500)
        await flow.verify(app, person, status, browser)
      }
      await nothingIsHalf(app)
    })
  })
})

describe('Each connection', () => {
  it('V1.2.4 sets its own SQL mode, whatever the global one of the server is', async () => {
    for (const [name, [value]] of Object.entries(strange)) await setGlobal(name, value)
    await serverHas('STRICT_TRANS_TABLES,NO_BACKSLASH_ESCAPES,ANSI_QUOTES')
    await withApp(async (app) => {
      const { db } = app.services.database
      const names = Object.keys(strange)
      const isolation = isMariadb ? 'tx_isolation' : 'transaction_isolation'
      const facts = sql.join(names.map((name) => sql`${sql.raw(`@@session.${name}`)} as ${sql.ref(name)}`))
      const rest = sql`@@session.sql_mode as modes, ${sql.raw(`@@session.${isolation}`)} as isolation,
        @@session.character_set_client as charset, @@session.collation_connection as collation`
      // More connections than one, each on its first use.
      const told = await Promise.all(
        Array.from({ length: 8 }, () => sql<Record<string, unknown>>`select ${facts}, ${rest}, sleep(0.1)`.execute(db)),
      )
      for (const { rows } of told) {
        for (const [name, [, own]] of Object.entries(strange)) expect(String(rows[0]?.[name]), name).toBe(String(own))
        expect(rows[0]).toMatchObject({
          isolation: 'READ-COMMITTED',
          charset: 'utf8mb4',
          collation: 'utf8mb4_bin',
        })
        expect(String(rows[0]?.modes).split(',').sort()).toEqual(ownSqlMode.split(',').sort())
      }
      await registerCrafted(app)
    })
    await restore()
  })

  it('V1.2.4 sends no typed text in a statement: the server logs which way each came', async () => {
    await setGlobal('log_output', "'TABLE'")
    await setGlobal('general_log', '1')
    const canary = 'Canary Overcoat'
    const email = 'canary.overcoat@example.org'
    await withApp(async (app) => {
      const browser = app.visitor()
      const person = { ...someone(), name: canary, email }
      expect((await browser.json('POST', '/api/v1/register', person)).status).toBe(201)
      expect((await browser.json('POST', '/api/v1/profile', { name: `${canary} II` })).status).toBe(200)
      expect((await app.visitor().json('POST', '/api/v1/login', person)).status).toBe(200)
    })
    const log = await ask(url, 'select command_type as way, argument from mysql.general_log')
    await setGlobal('general_log', '0')
    const ways = (words: string) =>
      new Set(log.filter(({ argument }) => String(argument).includes(words)).map(({ way }) => String(way)))
    // The server writes the values into what it logs of an execution; what was sent as text stands under Query or Prepare.
    expect(ways(canary)).toEqual(new Set(['Execute']))
    expect(ways(email)).toEqual(new Set(['Execute']))
    expect(ways('insert into')).toContain('Prepare')
  })
})
