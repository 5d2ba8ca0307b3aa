// A server is killed in the middle of an act on several accounts, and the next one brings it to its end.
import { stringify } from 'uuid'
import { expect, it } from 'vitest'
import { nobody, perform } from '../../../src/capabilities/admin/acts.ts'
import { orderBulkAct } from '../../../src/capabilities/admin/bulk.rules.ts'
import { bulkRows } from '../../../src/capabilities/admin/bulk.storage.ts'
import { newId } from '../../../src/identity/ids.ts'
import { serving } from '../../support/command-line.ts'
import { onEachDatabase, type TestDatabase } from '../../support/databases.ts'
import { accountOf, join } from '../../support/groups.ts'
import { type TestApp, useApp } from '../../support/make-app.ts'

const source = { clientAddress: '', device: {}, requestId: 'killed' }
/** So often it is tried to hit the middle. */
const mostKills = 10

onEachDatabase('A server that is killed in the middle of an act on several accounts', (database) => {
  // A clock that goes: the server has one, too.
  const app = useApp(database, {}, () => ({ clock: { now: Date.now } }))

  it('V15.4.2 does each account once', { timeout: 300_000 }, async () => {
    const browser = app().visitor()
    const person = await browser.register()
    await join(app(), person, 'administrators')
    const boss = (await accountOf(app(), person)).id
    let wasInTheMiddle = false
    for (let kills = 0; kills < mostKills && !wasInTheMiddle; kills += 1) {
      const accounts = await crowd(app())
      const order = { actor: stringify(boss), reason: 'left the club', source }
      const outcome = await perform(orderBulkAct, app().services, order, nobody, { act: 'disable-account', accounts })
      if (outcome.kind !== 'done') throw new Error(outcome.kind)
      await killedOnTheWay(database, app(), outcome.id)
      const left = await waiting(app(), outcome.id)
      wasInTheMiddle = left > 0 && left < accounts.length
      const server = await serving(where(database))
      while (!(await isFinished(app(), outcome.id))) await new Promise((resolve) => setTimeout(resolve, 50))
      server.child.kill('SIGTERM')
      await server.ended
      await eachIsDoneOnce(app(), accounts)
    }
    expect(wasInTheMiddle).toBe(true)
  })
})

/** Nobody takes the emails: they wait, and are counted. */
const where = ({ url }: TestDatabase) => ({
  GATELODGE_DATABASE_URL: url,
  GATELODGE_SMTP_URL: 'smtp://127.0.0.1:9',
  GATELODGE_MAIL_FROM: 'login@example.org',
})

async function crowd({ services: { accounts, database, clock } }: TestApp): Promise<Buffer[]> {
  const made = Array.from({ length: 25 }, () => {
    const id = newId()
    const email = `${stringify(id)}@example.org`
    return { id, name: 'Ada', address: { given: email, normalised: email }, createdAt: clock.now() }
  })
  await accounts.insertMany(database.db, made)
  return made.map(({ id }) => id)
}

async function killedOnTheWay(database: TestDatabase, app: TestApp, id: Buffer): Promise<void> {
  const server = await serving(where(database))
  const all = await waiting(app, id)
  while ((await waiting(app, id)) === all) await new Promise((resolve) => setImmediate(resolve))
  server.child.kill('SIGKILL')
  await server.ended
}

async function waiting({ services }: TestApp, id: Buffer): Promise<number> {
  return (await bulkRows.targets(services.database.db, id)).filter(({ outcome }) => outcome === null).length
}

async function isFinished({ services }: TestApp, id: Buffer): Promise<boolean> {
  return (await bulkRows.find(services.database.db, id))?.finished_at !== null
}

async function eachIsDoneOnce({ services }: TestApp, accounts: Buffer[]): Promise<void> {
  for (const id of accounts) {
    const records = await services.audit.someOf(id)
    expect(records.map(({ event }) => event)).toEqual(['account.disabled'])
    const emails = await services.emails.ofAccount(services.database.db, id)
    expect(emails.map(({ kind }) => kind)).toEqual(['account-disabled'])
    expect((await services.accounts.findById(services.database.db, id))?.disabledAt).not.toBeNull()
  }
}
