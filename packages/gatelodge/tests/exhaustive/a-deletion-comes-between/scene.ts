// Someone whose account is deleted in the middle of something, and what may be left of them: the record, and no more.
import { parse } from 'uuid'
import { expect } from 'vitest'
import type { Settings } from '../../../src/config/schema.ts'
import type { TestApp } from '../../support/make-app.ts'
import { type Fields, someone, type Visitor } from '../../support/visitor.ts'

export interface Scene {
  app: TestApp
  /** Logged in; it is here that the account is deleted. */
  here: Visitor
  person: Fields
  id: Buffer
  /** Where the person has asked for a change of address. */
  newEmail: string
}

export type Send = () => Promise<{ status: number }>

export const newPassword = 'amber ferry clock'

export async function elsewhere({ app, person }: Pick<Scene, 'app' | 'person'>): Promise<Visitor> {
  const browser = app.visitor()
  expect((await browser.json('POST', '/api/v1/login', person)).status).toBe(200)
  return browser
}

export const remove = (browser: Visitor, password = '') =>
  browser.json('POST', '/api/v1/delete', { current_password: password })

/** With a mail server set, so that unsent emails can be distinguished from the others. No server listens at that port. */
export const posting: Partial<Settings> = {
  smtpUrl: 'smtp://127.0.0.1:2525',
  mailFrom: 'a@example.org',
  emailsPerClient: 1e6,
}

export async function begin(app: TestApp): Promise<Scene> {
  const here = app.visitor()
  const person = await here.register()
  const { id } = await here.account()
  return { app, here, person, newEmail: someone().email ?? '', id: Buffer.from(parse(String(id))) }
}

/** Of an account that is there already. @returns undefined where it is not. */
export async function sceneOf(app: TestApp, person: Fields): Promise<Scene | undefined> {
  const { accounts, database } = app.services
  const { email = '', newEmail = email } = person
  const find = (given: string) => accounts.findByAddress(database.db, { given, normalised: given })
  const account = (await find(email)) ?? (await find(newEmail))
  if (!account) return undefined
  const here = await insideOf(app, account.id)
  return here && { app, here, person, newEmail: someone().email ?? '', id: account.id }
}

/** A browser with a session in which all has just been proved. @returns undefined where the account is closed or gone. */
async function insideOf(app: TestApp, id: Buffer): Promise<Visitor | undefined> {
  const { accounts, sessions, database, clock } = app.services
  const account = await accounts.findById(database.db, id)
  if (!account) return undefined
  const { passwordVersion, factorVersion } = account
  const now = clock.now()
  const source = { clientAddress: '127.0.0.1', device: {} }
  const session = sessions.prepare({ remembered: false, source, methods: { pwd: now, otp: now, mfa: now } })
  const proved = { accountId: id, passwordVersion, factorVersion, secondFactor: 'proved' } as const
  const hasStarted = await database.transact(
    (trx) => sessions.start(trx, session, proved),
    async () => undefined,
  )
  if (hasStarted !== true) return undefined
  const browser = app.visitor()
  browser.cookies.set('gatelodge', session.token)
  return browser
}

/** Where the flow was quicker, and has ended the session or changed the password: the person deletes once more. */
export async function leaveAfterAll({ app, id }: Scene): Promise<void> {
  const { accounts, passwords, hashing, database, clock } = app.services
  const account = await accounts.findById(database.db, id)
  if (!account || account.deletesAt !== null) return
  const hash = await hashing.hash(newPassword)
  await database.transact(
    async (trx) => passwords.replace(trx, id, hash, clock.now()),
    async () => undefined,
  )
  const again = await insideOf(app, id)
  if (again) expect((await remove(again, newPassword)).status).toBe(204)
}

/** Every table that has an account's id in it, with the column. */
let owners: [table: string, column: string][] = []

export async function findOwners({ services }: TestApp): Promise<void> {
  const tables = await services.database.db.introspection.getTables()
  owners = tables.flatMap(({ name, columns }): typeof owners => {
    if (name === 'gatelodge_accounts') return [[name, 'id']]
    return columns.some((column) => column.name === 'account_id') ? [[name, 'account_id']] : []
  })
}

/** The tables that have a row with that id. */
export async function tablesWith({ services }: TestApp, id: Buffer): Promise<string[]> {
  const { db } = services.database
  const found: string[] = []
  for (const [table, column] of owners) {
    const rows = await db
      .selectFrom(table as 'gatelodge_sessions')
      .select(column as 'account_id')
      .where(column as 'account_id', '=', id)
      .limit(1)
      .execute()
    if (rows.length > 0) found.push(table)
  }
  return found
}

/** The kinds of emails to those addresses that wait to be sent. */
export async function toLeave({ services }: TestApp, addresses: string[]): Promise<string[]> {
  const { emails, database } = services
  const due = await database.db
    .selectFrom('gatelodge_emails')
    .select(['kind', 'sealed'])
    .where('due_at', 'is not', null)
    .execute()
  return due.filter(({ sealed }) => addresses.includes(emails.open(sealed)?.to.address ?? '')).map(({ kind }) => kind)
}
