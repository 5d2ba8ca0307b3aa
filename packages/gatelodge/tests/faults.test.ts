// Every statement of every flow goes wrong once: it is refused, it is lost on the way, its answer is lost on the way back.
// Whatever a person is told afterwards is true, and nothing is ever half there.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fromDriver } from '../src/database/connect.ts'
import type { Driver } from '../src/database/driver.ts'
import { connectMysql } from '../src/database/mysql.ts'
import { connectSqlite } from '../src/database/sqlite.ts'
import { seconds, systemClock } from '../src/time.ts'
import { onEachDatabase, type TestDatabase } from './support/databases.ts'
import { type Faults, faulty, type Moment } from './support/faulty-database.ts'
import { makeApp, type TestApp } from './support/make-app.ts'
import { type Fields, somebody, type Visitor } from './support/visitor.ts'

function open(database: TestDatabase): Driver {
  if (database.name === 'SQLite') return connectSqlite(database.url.slice('sqlite:'.length))
  return connectMysql({ url: database.url, connections: 5, timeout: seconds(5), clock: systemClock })
}

type Kind = [name: string, moment: Moment, error: () => Error]

const refused: Kind = ['is refused', 'before', () => new Error('no space left on device')]
const kinds: Record<TestDatabase['name'], Kind[]> = {
  SQLite: [
    refused,
    ['finds the file locked', 'before', () => Object.assign(new Error('database is locked'), { errcode: 5 })],
  ],
  MySQL: [
    refused,
    ['meets a deadlock', 'before', () => Object.assign(new Error('deadlock'), { errno: 1213 })],
    ['is lost on the way', 'before', () => Object.assign(new Error('lost'), { code: 'ECONNRESET' })],
    ['loses its answer', 'after', () => Object.assign(new Error('lost'), { code: 'PROTOCOL_CONNECTION_LOST' })],
  ],
}

interface Flow {
  prepare(app: TestApp): Promise<{ browser: Visitor; person: Fields }>
  send(browser: Visitor, person: Fields): Promise<{ status: number }>
  /** Throws where what the person was told is not what is true now. */
  verify(app: TestApp, person: Fields, status: number, browser: Visitor): Promise<void>
}

const newPassword = 'amber ferry clock'
const logInStatus = async (app: TestApp, person: Fields) => (await app.visitor().json('POST', '/login', person)).status

const flows: Record<string, Flow> = {
  registration: {
    prepare: async (app) => ({ browser: app.visitor(), person: somebody() }),
    send: (browser, person) => browser.json('POST', '/register', person),
    async verify(app, person, status, browser) {
      expect([201, 500, 503]).toContain(status)
      if (status === 201) expect((await browser.json('GET', '/account')).status).toBe(200)
      else expect((await app.visitor().json('POST', '/register', person)).status).toBe(201)
      expect(await logInStatus(app, person)).toBe(200)
    },
  },
  login: {
    async prepare(app) {
      const person = await app.visitor().register()
      return { browser: app.visitor(), person }
    },
    send: (browser, person) => browser.json('POST', '/login', person),
    async verify(_, __, status, browser) {
      expect([200, 500, 503]).toContain(status)
      expect((await browser.json('GET', '/account')).status).toBe(status === 200 ? 200 : 401)
    },
  },
  logout: {
    async prepare(app) {
      const browser = app.visitor()
      return { browser, person: await browser.register() }
    },
    send: (browser) => browser.json('POST', '/logout', {}),
    async verify(_, __, status, browser) {
      expect([200, 500, 503]).toContain(status)
      if (status === 200) expect((await browser.json('GET', '/account')).status).toBe(401)
    },
  },
  'password change': {
    async prepare(app) {
      const browser = app.visitor()
      return { browser, person: await browser.register() }
    },
    send: (browser, { password }) =>
      browser.json('POST', '/account/password', { current_password: password, new_password: newPassword }),
    async verify(app, person, status, browser) {
      expect([200, 500, 503]).toContain(status)
      const changed = status === 200
      expect(await logInStatus(app, { ...person, password: newPassword })).toBe(changed ? 200 : 401)
      expect(await logInStatus(app, person)).toBe(changed ? 401 : 200)
      expect((await browser.json('GET', '/account')).status).toBe(200)
    },
  },
}

onEachDatabase('With one fault', (database) => {
  let app: TestApp
  let faults: Faults
  beforeAll(async () => {
    const made = faulty(open(database))
    faults = made.faults
    app = await makeApp(database, {}, { database: fromDriver(made.driver) })
  })
  afterAll(() => app.close())

  for (const [flowName, flow] of Object.entries(flows)) {
    it.each(kinds[database.name])(
      `V2.3.3 V16.5.3 ${flowName}: each statement once %s, and all is done or nothing`,
      async (_, moment, error) => {
        let at = 0
        do {
          at += 1
          const { browser, person } = await flow.prepare(app)
          faults.arm(at, moment, error())
          const { status } = await flow.send(browser, person)
          faults.disarm()
          await flow.verify(app, person, status, browser)
          await nothingIsHalf(app)
        } while (faults.happened)
        // The last round had fewer statements than `at`: each of them has had its turn.
        expect(at).toBeGreaterThan(2)
      },
    )
  }
})

async function nothingIsHalf(app: TestApp): Promise<void> {
  const { db } = app.services.database
  const ids = async (table: 'gatelodge_passwords' | 'gatelodge_sessions') =>
    (await db.selectFrom(table).select('account_id').execute()).map((row) => row.account_id.toString('hex'))
  const accounts = (await db.selectFrom('gatelodge_accounts').select('id').execute()).map((row) =>
    row.id.toString('hex'),
  )
  expect((await ids('gatelodge_passwords')).sort()).toEqual(accounts.sort())
  for (const owner of await ids('gatelodge_sessions')) expect(accounts).toContain(owner)
}
