// What has to be true of the tables at any quiet moment, whatever went wrong before it. half/ has a file for each of them.
import { expect } from 'vitest'
import { lettersAreTold } from './half/letters.ts'
import { linksAreTold } from './half/links.ts'
import { sessionsAreTold } from './half/sessions.ts'
import { readTables, type Tables } from './half/tables.ts'
import { triesAreTold } from './half/tries.ts'
import type { TestApp } from './make-app.ts'

/** Reads all of it: for databases of a test's own, where the clock of the attempts stands still. */
export async function nothingIsHalf({ services }: Pick<TestApp, 'services'>): Promise<void> {
  const tables = await readTables(services.database)
  accountsAreTold(tables)
  sessionsAreTold(tables, services.settings)
  linksAreTold(tables, services.settings)
  lettersAreTold(tables)
  triesAreTold(tables, services.settings)
}

function accountsAreTold({ accounts, passwords, registrations, audit, told }: Tables) {
  const ids = accounts.map(({ owner }) => owner)
  expect(passwords.map(({ owner }) => owner).sort()).toEqual([...ids].sort())
  // Each account tells its beginning, once, and each beginning has its account, or its end.
  const isGone = ({ owner }: { owner: string }) => told('account.closed', owner) > 0 && !ids.includes(owner)
  const began = audit.filter(({ event }) => event === 'registration.succeeded')
  expect(
    began
      .filter((one) => !isGone(one))
      .map(({ owner }) => owner)
      .sort(),
  ).toEqual([...ids].sort())
  for (const record of audit) if (record.owner && !isGone(record)) expect(ids).toContain(record.owner)
  // Who has an account waits for none.
  for (const { owner } of registrations) expect(ids).not.toContain(owner)

  // Each change of a password is told, and nothing else is told to be one.
  for (const { owner, version } of passwords)
    expect(told('password.changed', owner) + told('recovery.succeeded', owner)).toBe(version - 1)
  for (const { owner, deletes_at } of accounts)
    expect(told('account.closed', owner) - told('account.reopened', owner)).toBe(deletes_at === null ? 0 : 1)
}
