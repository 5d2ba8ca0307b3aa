// What people do, as one request each: how to get there, the request, and what has to be true after it, whatever went wrong
// meanwhile. Each ends with the same request once more, which has to succeed.
import { expect } from 'vitest'
import { newId } from '../../../src/identity/ids.ts'
import { old, oldAndVerified } from '../half/tables.ts'
import type { TestApp } from '../make-app.ts'
import { type Fields, someone, type Visitor } from '../visitor.ts'

export interface Flow {
  /** Another flow sends the same statements: where each costs long, that one is enough. */
  hasTwin?: true
  prepare(app: TestApp): Promise<{ browser: Visitor; person: Fields }>
  send(browser: Visitor, person: Fields): Promise<{ status: number }>
  /** Throws if the answer to the person does not match the state of the account. */
  verify(app: TestApp, person: Fields, status: number, browser: Visitor): Promise<void>
}

export const newPassword = 'amber ferry clock'
export const wrong = 'quiet amber windmill'

export const failures = [500, 503]

const logIn = (app: TestApp, person: Fields) => app.visitor().json('POST', '/api/v1/login', person)
export const logInStatus = async (app: TestApp, person: Fields) => (await logIn(app, person)).status
export const accountStatus = async (browser: Visitor) => (await browser.json('GET', '/api/v1/session')).status

/** What is stored about anyone who is logged in there. */
export const stored = async (browser: Visitor) =>
  (await browser.json('GET', '/api/v1/export')).body.account as Record<string, unknown>

/** Of what a flow puts there before it begins. */
export const oldSource = { clientAddress: '127.0.0.1', device: {}, requestId: 'old' }

/**
 * A person with an old account: no email was asked for a moment ago, so that none has to wait. It has the rows of a
 * registration, without the email and the count.
 */
export async function oldAccount({ services }: TestApp, reason = old): Promise<Fields> {
  const { accounts, passwords, hashing, audit, clock, database } = services
  const person = someone()
  const { name = '', email = '', password = '' } = person
  const source = oldSource
  const id = newId()
  const hash = await hashing.hash(password, source.clientAddress)
  await database.transact(
    async (trx) => {
      const address = { given: email, normalised: email }
      await accounts.insert(trx, { id, name, address, createdAt: clock.now() })
      await passwords.insert(trx, id, hash, clock.now())
      await audit.write(trx, audit.record('registration.succeeded', source, { account: id, reason }))
      if (reason === oldAndVerified) await accounts.setVerified(trx, id, clock.now())
    },
    async () => undefined,
  )
  return person
}

export async function strangerAndPerson(app: TestApp) {
  const person = await oldAccount(app)
  return { browser: app.visitor(), person }
}

export async function loggedIn(app: TestApp) {
  const { browser, person } = await strangerAndPerson(app)
  expect((await browser.json('POST', '/api/v1/login', person)).status).toBe(200)
  return { browser, person }
}

/** A refusal throws no error, and is the same the next time. */
export function refused(status: number, flow: Omit<Flow, 'verify'>, after: Flow['verify']): Flow {
  return {
    ...flow,
    async verify(app, person, told, browser) {
      expect([status, ...failures]).toContain(told)
      expect((await flow.send(browser, person)).status).toBe(status)
      await after(app, person, told, browser)
    },
  }
}
