// How much a page of accounts reads: as much among many as among few, wherever the page lies. The server counts it.
import { sql } from 'kysely'
import { beforeAll, expect, it } from 'vitest'
import { onMysql, onSqlite, openDriver } from '../../../tests/support/databases.ts'
import { makeApp, type TestApp } from '../../../tests/support/make-app.ts'
import { spied } from '../../../tests/support/spied-database.ts'
import { fromDriver } from '../../database/connect.ts'
import type { Store } from '../../database/transaction.ts'
import { auditRows } from '../audit/storage.ts'
import { groupRows } from '../groups/storage.ts'
import { newId } from '../ids.ts'
import { writeCursor } from './list-cursor.ts'
import { listAccounts } from './list-storage.ts'
import type { AccountsWanted } from './list-wanted.ts'
import { accounts } from './storage.ts'

const many = 4_000
const nameOf = (at: number) => (at % 2 === 0 ? 'Ada' : `Grace ${at}`)
const emailOf = (at: number) => `person-${String(at).padStart(5, '0')}@example.org`
const ids = Array.from({ length: many }, (_, at) => newId(Date.UTC(2020, 0, 1) + at * 1_000))
const id = (at: number) => ids[at] as Buffer
const behind = (order: 'registered' | 'address' | 'name', at: number) => {
  const key = { registered: '', address: emailOf(at), name: nameOf(at).toLowerCase() }[order]
  return writeCursor({ order, id: id(at), key })
}

/** Far in each list, where the server may think that all in front of the page are as few as those behind. Half of all have one name; each second one is in the group `crowd`, and five are in `few`. */
const pages: Record<string, Omit<AccountsWanted, 'limit'>> = {
  'by registration': { cursor: behind('registered', 2_600) },
  'by address': { order: 'address', cursor: behind('address', 1_400) },
  'by name, among those of one name': { order: 'name', cursor: behind('name', 1_400) },
  'found by address': { query: 'person', cursor: behind('address', 1_400) },
  'found by name': { query: 'ada', cursor: behind('name', 1_400) },
  'of a large group': { group: 'crowd', cursor: behind('registered', 2_600) },
  'of a small group by name': { group: 'few', order: 'name' },
  'of a small group, found': { group: 'few', query: 'ada' },
  'of disabled ones in a small group': { group: 'few', state: 'disabled' },
}

async function fillIn({ services }: TestApp): Promise<void> {
  const { db } = services.database
  for (const name of ['crowd', 'few']) await groupRows.insert(db, { name, description: '', createdAt: 0 })
  for (let from = 0; from < many; from += 500) {
    const some = ids.slice(from, from + 500).map((one, at) => ({ id: one, at: from + at }))
    const people = some.map(({ id, at }) => ({
      ...{ id, name: nameOf(at), createdAt: 0 },
      address: { given: emailOf(at), normalised: emailOf(at) },
    }))
    await accounts.insertMany(db, people)
    const members = some.flatMap(({ id, at }) => [
      ...(at % 2 === 0 ? [{ account_id: id, group_name: 'crowd', added_at: 0 }] : []),
      ...(at % 800 === 0 ? [{ account_id: id, group_name: 'few', added_at: 0 }] : []),
    ])
    await db.insertInto('gatelodge_group_members').values(members).execute()
    const record = { at: 0, event: 'login.succeeded', client_address: '', device: '{}', outcome: 'succeeded' } as const
    const records = some.map(({ id }) => ({ ...record, id, request_id: 'x', account_id: id }))
    await db
      .insertInto('gatelodge_audit')
      .values(records as never)
      .execute()
  }
}

onMysql('A page of a list', (database) => {
  let app: TestApp
  beforeAll(async () => {
    app = await makeApp(database)
    await fillIn(app)
    for (const table of ['gatelodge_accounts', 'gatelodge_group_members', 'gatelodge_audit'])
      await sql`analyze table ${sql.table(table)}`.execute(app.services.database.db)
    return () => app.close()
  })

  /** @returns how many rows the server has read for it. */
  const readBy = (work: (store: Store) => Promise<unknown>) =>
    app.services.database.db.connection().execute(async (store) => {
      await sql`flush status`.execute(store)
      await work(store)
      const { rows } = await sql<{ Value: string }>`show session status like 'Handler_read%'`.execute(store)
      return rows.reduce((sum, { Value }) => sum + Number(Value), 0)
    })

  it.each(Object.entries(pages))('V15.1.3 %s reads little more than it shows', async (_, wanted) => {
    // Of a group, some ids are looked at in one turn.
    const most = wanted.group === 'crowd' ? 1_200 : 200
    expect(await readBy((store) => listAccounts(store, { ...wanted, limit: 10 }))).toBeLessThan(most)
  })

  it('V15.1.3 of the record by event reads little more than it shows', async () => {
    const wanted = { events: ['login.succeeded', 'login.failed'], before: id(2_600), most: 10 } as const
    expect(await readBy((store) => auditRows.latest(store, wanted as never))).toBeLessThan(100)
  })
})

onSqlite('A page of a list', (database) => {
  const seen: string[] = []
  let app: TestApp
  beforeAll(async () => {
    const driver = spied(openDriver(database), async (send, text) => {
      seen.push(text)
      return send()
    })
    app = await makeApp(database, {}, { database: fromDriver(driver) })
    await fillIn(app)
    return () => app.close()
  })

  it.each(Object.entries(pages))('V15.1.3 %s is read from an index, from where it begins', async (_, wanted) => {
    const { db } = app.services.database
    seen.length = 0
    await listAccounts(db, { ...wanted, limit: 10 })
    const texts = [...seen]
    expect(texts.length).toBeGreaterThan(0)
    for (const text of texts) {
      const { rows } = await sql<{ detail: string }>`explain query plan ${sql.raw(text)}`.execute(db)
      const plan = rows.map(({ detail }) => detail).join('; ')
      expect(plan, text).not.toContain('SCAN gatelodge')
      if (text.includes('limit')) expect(plan, text).not.toContain('TEMP B-TREE')
      // Where they are named by their ids, no other index is read; behind a cursor, nothing in front of it.
      if (text.includes('"id" in')) expect(plan, text).toMatch(/SEARCH gatelodge_accounts USING [^;]*\bid=\?\)/)
      else if (text.includes('from gatelodge_accounts') && wanted.cursor)
        expect(plan, text).toMatch(/\(state=\? AND (?:id<\?|\w+=\? AND id>\?|\w+>\?)/)
    }
  })
})
