// What a stranger sees of an answer, and what it costs.
import { afterAll, beforeAll, expect } from 'vitest'
import type { Settings } from '../../../src/config/schema.ts'
import { fromDriver } from '../../../src/database/connect.ts'
import { parseAddress } from '../../../src/identity/accounts/address.ts'
import { newId } from '../../../src/identity/ids.ts'
import { openDriver, type TestDatabase } from '../../support/databases.ts'
import { setDisabled } from '../../support/disable.ts'
import { withPasskey } from '../../support/flows/passkeys.ts'
import { giveApp } from '../../support/give-app.ts'
import { makeApp, type TestApp } from '../../support/make-app.ts'
import { spied } from '../../support/spied-database.ts'
import type { Fields } from '../../support/visitor.ts'
import { startAgain, work } from './work.ts'

/** The product on a database of which each statement is noted. */
export function useSpiedApp(database: TestDatabase, settings: Partial<Settings> = {}): () => TestApp {
  let app: TestApp
  beforeAll(async () => {
    startAgain()
    const driver = spied(openDriver(database), async (send, text) => {
      const result = await send()
      const { numAffectedRows = 0n } = result as { numAffectedRows?: bigint }
      // At BEGIN, SQLite tells what the statement before it has changed.
      const changed = text === 'begin' ? 0n : numAffectedRows
      work.statements.push(`${changed} rows: ${text.replace(/\s+/g, ' ')}`)
      return result
    })
    app = await makeApp(database, settings, { database: fromDriver(driver) })
  })
  afterAll(() => app.close())
  return () => app
}

/** Everything that it costs to answer, and everything that comes back. */
export async function seenOf(app: TestApp, ask: () => Promise<Response[]>, person: Fields) {
  startAgain()
  const lines = app.logged.length
  const answers = await ask()
  const done = startAgain()
  const told = await Promise.all(answers.map((answer) => masked(answer, person)))
  return { ...done, lines: app.logged.length - lines, told }
}

/** What is random at each answer stands as its length; the address that was typed as itself. */
async function masked(answer: Response, { email = '' }: Fields) {
  const headers = [...answer.headers].map(([name, value]) => [
    name,
    name === 'set-cookie' ? value.replace(/=([^;]*)/, (_, secret: string) => `=${secret.length} characters`) : value,
  ])
  const body = await answer.text()
  const plain = body
    .replace(/(name="form_token" value=")([^"]*)/g, (_, start: string, token: string) => `${start}${token.length}`)
    .replaceAll(email, 'THE ADDRESS')
  return { status: answer.status, headers, bytes: Buffer.byteLength(body), plain }
}

export async function disable({ services, clock }: TestApp, { email = '' }: Fields): Promise<void> {
  const address = parseAddress(email)
  if (address) await setDisabled(services.database.db, address, clock.now())
}

/** Beside the password. */
export type Has = 'an app' | 'a passkey' | 'both' | 'a passkey alone' | 'a provider alone' | 'a demanded password'

/** As after setting them up some time ago. */
export async function giveFactors(app: TestApp, person: Fields, has: Has): Promise<void> {
  if (['a passkey', 'both', 'a passkey alone'].includes(has)) await withPasskey(app, person)
  if (['an app', 'both'].includes(has)) await giveApp(app, person)
  const { accounts, passwords, connections, database, clock } = app.services
  const address = parseAddress(person.email ?? '')
  const accountId = (address && (await accounts.findByAddress(database.db, address)))?.id as Buffer
  if (has === 'a demanded password') await passwords.demandNew(database.db, accountId, clock.now())
  if (has === 'a provider alone')
    await connections.rows.insert(database.db, {
      ...{ id: newId(), accountId, provider: 'google', issuer: 'https://id.example', subject: person.email ?? '' },
      ...{ email: null, createdAt: clock.now(), lastUsedAt: null },
    })
  if (has.endsWith(' alone')) await passwords.remove(database.db, accountId)
}

export async function leave(app: TestApp, { email, password }: Fields): Promise<void> {
  const browser = app.visitor()
  await browser.json('POST', '/api/v1/login', { email, password })
  const { status } = await browser.json('POST', '/api/v1/delete', { current_password: password })
  expect(status).toBe(204)
}
