// Accounts in groups, for tests of what groups do.
import { groupRows } from '../../src/identity/groups/storage.ts'
import type { TestApp } from './make-app.ts'
import type { Fields } from './visitor.ts'

export async function accountOf({ services }: Pick<TestApp, 'services'>, { email = '' }: { email?: string }) {
  const { accounts, database } = services
  const account = await accounts.findByAddress(database.db, { given: email, normalised: email })
  if (!account) throw new Error(`nobody has ${email}`)
  return account
}

export async function makeGroup({ services, clock }: TestApp, name: string): Promise<void> {
  const { db } = services.database
  if (await groupRows.find(db, name)) return
  await groupRows.insert(db, { name, description: '', createdAt: clock.now() })
}

/** Makes the groups where they are not there yet. */
export async function join(app: TestApp, person: Fields, ...names: string[]): Promise<void> {
  const { database, accounts, groups } = app.services
  const { id } = await accountOf(app, person)
  for (const name of names) {
    await makeGroup(app, name)
    await database.transact(
      async (trx) => {
        await accounts.hold(trx, database.dialect, id)
        const outcome = await groups.join(trx, id, name)
        if (outcome !== 'joined') throw new Error(`${name}: ${outcome}`)
      },
      async () => undefined,
    )
  }
}

export async function leave(app: TestApp, person: Fields, name: string) {
  const { database, accounts, groups } = app.services
  const { id } = await accountOf(app, person)
  return database.transact(
    async (trx) => {
      await accounts.hold(trx, database.dialect, id)
      return groups.leave(trx, id, name)
    },
    async () => undefined,
  )
}
