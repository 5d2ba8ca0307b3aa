// Every statement of what a letter's link does goes wrong once. Whatever a person is told is true, the link is worth as much
// as before or has done its work, and no letter is written twice.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fromDriver } from '../src/database/connect.ts'
import { minutes } from '../src/time.ts'
import { onEachDatabase, openDriver, type TestDatabase } from './support/databases.ts'
import { type Faults, faulty, type Moment } from './support/faulty-database.ts'
import { lettersTo, linkTo } from './support/letters.ts'
import { makeApp, type TestApp } from './support/make-app.ts'
import { type Fields, somebody, type Visitor } from './support/visitor.ts'

type Kind = [name: string, moment: Moment, error: () => Error]

const refused: Kind = ['is refused', 'before', () => new Error('no space left on device')]
const kinds: Record<TestDatabase['name'], Kind[]> = {
  SQLite: [refused],
  MySQL: [
    refused,
    ['meets a deadlock', 'before', () => Object.assign(new Error('deadlock'), { errno: 1213 })],
    ['loses its answer', 'after', () => Object.assign(new Error('lost'), { code: 'PROTOCOL_CONNECTION_LOST' })],
  ],
}

interface Flow {
  prepare(app: TestApp): Promise<{ browser: Visitor; person: Fields }>
  send(browser: Visitor, person: Fields): Promise<{ status: number }>
  succeeds: number
  /** Once it has succeeded, at the first try or at the second. */
  verify(app: TestApp, person: Fields, browser: Visitor): Promise<void>
}

const accountStatus = async (browser: Visitor) => (await browser.json('GET', '/account')).status

async function eventsOf({ services }: TestApp, { email = '' }: Fields): Promise<string[]> {
  const { db } = services.database
  const rows = await db
    .selectFrom('gatelodge_audit as audit')
    .innerJoin('gatelodge_accounts as account', 'account.id', 'audit.account_id')
    .select('audit.event')
    .where('account.email', '=', email)
    .execute()
  return rows.map(({ event }) => event)
}

async function isConfirmed(app: TestApp, person: Fields): Promise<void> {
  expect((await eventsOf(app, person)).filter((event) => event === 'email.verified')).toHaveLength(1)
  const other = app.visitor()
  await other.logIn(person)
  expect(other.page.html).toContain('>Verified<')
}

async function newcomer(app: TestApp) {
  const browser = app.visitor()
  const person = await browser.register()
  return { browser, person, link: await linkTo(app, person.email ?? '', 'verify-email') }
}

const instant: Record<string, Flow> = {
  'the button': {
    async prepare(app) {
      const { browser, person, link } = await newcomer(app)
      await browser.open(link)
      return { browser, person }
    },
    send: (browser) => browser.json('POST', '/verify-email/confirm', {}),
    succeeds: 200,
    async verify(app, person, browser) {
      expect(await accountStatus(browser)).toBe(200)
      await isConfirmed(app, person)
    },
  },
  'the button and the password': {
    async prepare(app) {
      const { person, link } = await newcomer(app)
      const browser = app.visitor()
      await browser.open(link)
      return { browser, person }
    },
    send: (browser, { password }) => browser.json('POST', '/verify-email/confirm', { password }),
    succeeds: 200,
    async verify(app, person, browser) {
      expect(await accountStatus(browser)).toBe(200)
      await isConfirmed(app, person)
    },
  },
  'another letter': {
    async prepare(app) {
      const { browser, person } = await newcomer(app)
      app.clock.pass(minutes(1))
      return { browser, person }
    },
    send: (browser) => browser.json('POST', '/verify-email', {}),
    succeeds: 200,
    async verify(app, person, browser) {
      expect(await lettersTo(app, person.email ?? '')).toHaveLength(2)
      await browser.open(await linkTo(app, person.email ?? '', 'verify-email'))
      await browser.submit({})
      await isConfirmed(app, person)
    },
  },
}

const byLetter: Record<string, Flow> = {
  'registration by letter': {
    prepare: async (app) => ({ browser: app.visitor(), person: somebody() }),
    send: (browser, person) => browser.json('POST', '/register', person),
    succeeds: 200,
    async verify(app, person, browser) {
      expect(await lettersTo(app, person.email ?? '')).toHaveLength(1)
      await browser.open(await linkTo(app, person.email ?? '', 'start-account'))
      await browser.submit({})
      expect(browser.page.path).toBe('/account')
    },
  },
  'the button that starts an account': {
    async prepare(app) {
      const browser = app.visitor()
      const person = somebody()
      await browser.json('POST', '/register', person)
      await browser.open(await linkTo(app, person.email ?? '', 'start-account'))
      return { browser, person }
    },
    send: (browser) => browser.json('POST', '/register/start', {}),
    succeeds: 201,
    async verify(app, person, browser) {
      expect(await accountStatus(browser)).toBe(200)
      expect((await app.visitor().json('POST', '/login', person)).status).toBe(200)
      expect((await eventsOf(app, person)).filter((event) => event === 'registration.succeeded')).toHaveLength(1)
    },
  },
}

const modes = { instant, 'confirm-first': byLetter } as const

for (const [registration, flows] of Object.entries(modes))
  onEachDatabase(`With one fault, where registration is ${registration},`, (database) => {
    let app: TestApp
    let faults: Faults
    beforeAll(async () => {
      const made = faulty(openDriver(database))
      faults = made.faults
      const settings = { registration: registration as keyof typeof modes, lettersPerClient: 100_000 }
      app = await makeApp(database, settings, { database: fromDriver(made.driver) })
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
            expect([flow.succeeds, 500, 503]).toContain(status)
            if (status !== flow.succeeds) expect((await flow.send(browser, person)).status).toBe(flow.succeeds)
            await flow.verify(app, person, browser)
          } while (faults.happened)
          expect(at).toBeGreaterThan(1)
        },
      )
    }
  })
