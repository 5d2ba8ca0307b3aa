// What has to be true of the tables at any quiet moment, whatever went wrong before it.
import { expect } from 'vitest'
import type { TestApp } from './make-app.ts'

interface Counted {
  event: string
  owner: string
}

const hex = (id: Buffer | null) => id?.toString('hex') ?? ''

/** Reads all of it: for databases of a test's own, where the clock of the attempts stands still. */
export async function nothingIsHalf({ services: { database } }: Pick<TestApp, 'services'>): Promise<void> {
  const { db } = database
  const accounts = (await db.selectFrom('gatelodge_accounts').select('id').execute()).map(({ id }) => hex(id))
  const passwords = await db.selectFrom('gatelodge_passwords').select(['account_id', 'version']).execute()
  const sessions = await db.selectFrom('gatelodge_sessions').select('account_id').execute()
  const audit = (await db.selectFrom('gatelodge_audit').select(['event', 'account_id']).execute()).map(
    ({ event, account_id }): Counted => ({ event, owner: hex(account_id) }),
  )
  const tries = await db.selectFrom('gatelodge_attempts').select('tries').execute()

  expect(passwords.map((row) => hex(row.account_id)).sort()).toEqual([...accounts].sort())
  // Each account tells its beginning, once, and each beginning has its account.
  const registered = audit.filter(({ event }) => event === 'registration.succeeded').map(({ owner }) => owner)
  expect(registered.sort()).toEqual([...accounts].sort())
  for (const { owner } of audit) if (owner) expect(accounts).toContain(owner)

  const told = counter(audit.map(({ event, owner }) => `${event} ${owner}`))
  const open = counter(sessions.map((row) => hex(row.account_id)))
  for (const owner of open.keys()) expect(accounts).toContain(owner)
  for (const { account_id, version } of passwords) {
    const owner = hex(account_id)
    const times = (event: string) => told.get(`${event} ${owner}`) ?? 0
    // Each change of a password is told, and nothing else is told to be one.
    expect(times('password.changed')).toBe(version - 1)
    // A change ends sessions without a word for each; otherwise each one that began or ended is told.
    const began = 1 + times('login.succeeded') - times('logout.succeeded')
    if (version === 1 && times('account.disabled') === 0) expect(open.get(owner) ?? 0).toBe(began)
  }

  // A try is counted and told, both or neither: a failed log-in under the account and under the network.
  const all = (event: string) => audit.filter((one) => one.event === event).length
  const counted = tries.reduce((sum, row) => sum + row.tries, 0)
  const refused = 2 * all('login.failed') + all('password.change-refused')
  expect(counted).toBe(refused + all('registration.succeeded') + all('registration.refused'))
}

function counter(values: string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}
