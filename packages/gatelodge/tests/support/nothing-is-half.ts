// What has to be true of the tables at any quiet moment, whatever went wrong before it. half/ has a file for each of them.
import { expect } from 'vitest'
import { emailsAreTold } from './half/emails.ts'
import { factorsAreWhole } from './half/factors.ts'
import { linksAreTold } from './half/links.ts'
import { same } from './half/same.ts'
import { sessionsAreTold } from './half/sessions.ts'
import { counter, readTables, type Tables, type Told } from './half/tables.ts'
import { triesAreTold } from './half/tries.ts'
import type { TestApp } from './make-app.ts'

/** Reads all of it: for databases of a test's own, where the clock of the attempts stands still. */
export async function nothingIsHalf({ services }: Pick<TestApp, 'services'>): Promise<void> {
  const tables = await readTables(services.database)
  accountsAreTold(tables)
  sessionsAreTold(tables, services.settings)
  linksAreTold(tables)
  emailsAreTold(tables)
  triesAreTold(tables)
  factorsAreWhole(tables)
}

/** Anyone who puts an address back throws out anyone who knows the password, too. */
const changes: Told[] = ['password.changed', 'password.added', 'password-reset.succeeded', 'email.changed back']

function accountsAreTold({ accounts, passwords, passkeys, connections, registrations, audit, told }: Tables) {
  const ids = accounts.map(({ owner }) => owner).sort()
  const known = new Set(ids)
  // An account has a password, a passkey or a connection: there is always a way in.
  const withPassword = new Set(passwords.map(({ owner }) => owner))
  const withOther = new Set([...passkeys, ...connections].map(({ owner }) => owner))
  const connected = counter(connections.map(({ owner }) => owner))
  for (const { owner, password_changed_at } of accounts) {
    same('a password', withPassword.has(owner), password_changed_at !== null)
    same('a way in', withPassword.has(owner) || withOther.has(owner), true)
    const added = told('connection.added', owner) + told('connection.added before', owner)
    same('connections', connected.get(owner) ?? 0, added - told('connection.removed', owner))
  }
  for (const { owner } of connections) same('an account of a connection', known.has(owner), true)
  // Each account has one record of its beginning, and each such record has its account, or a record of its end.
  const isGone = ({ owner }: { owner: string }) => told('account.deletion-scheduled', owner) > 0 && !known.has(owner)
  const began = audit.filter(({ event }) => event === 'registration.succeeded')
  expect(
    began
      .filter((one) => !isGone(one))
      .map(({ owner }) => owner)
      .sort(),
  ).toEqual(ids)
  expect(audit.filter((record) => record.owner && !known.has(record.owner) && !isGone(record))).toEqual([])
  // A person who has an account has no registration that waits.
  expect(registrations.filter(({ owner }) => known.has(owner))).toEqual([])

  // Each change of a password has a record, and no record names a change that did not happen.
  for (const { owner, version } of passwords)
    same(
      'changes',
      changes.reduce((sum, event) => sum + told(event, owner), 0),
      version - 1,
    )
  for (const { owner, deletes_at } of accounts)
    same(
      'closed',
      told('account.deletion-scheduled', owner) - told('account.restored', owner),
      deletes_at === null ? 0 : 1,
    )
}
