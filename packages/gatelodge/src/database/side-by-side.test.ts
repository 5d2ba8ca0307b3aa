// Version N runs on, and starts again, while the tables are already those of N+1: docs/running/clusters.md has the rule.
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { onEachDatabase } from '../../tests/support/databases.ts'
import { makeApp, movedClock } from '../../tests/support/make-app.ts'
import { nothingIsHalf } from '../../tests/support/nothing-is-half.ts'
import { someone } from '../../tests/support/visitor.ts'
import { type Migration, migrate, migrationStates } from './migrate.ts'
import * as baseline from './migrations/0001-baseline.ts'

/** As the rule allows: what it adds may be left out by a version that does not know it. */
const next: Migration = {
  async up(db, { columns, tableOptions, hasColumn }) {
    await db.schema
      .createTable('gatelodge_newer')
      .ifNotExists()
      .addColumn('id', columns.id, (column) => column.notNull().primaryKey())
      .modifyEnd(tableOptions)
      .execute()
    for (const table of ['gatelodge_accounts', 'gatelodge_sessions'] as const) {
      if (await hasColumn(db, table, 'newer')) continue
      await sql`alter table ${sql.table(table)} add column newer ${columns.count} not null default 0`.execute(db)
    }
  },
}
const ofNext = { '0001-baseline': baseline, '0002-next': next }

onEachDatabase('A version beside the next one', (database) => {
  it('serves users while the tables are brought up to date, and starts on them again', async () => {
    const app = await makeApp(database)
    const browser = app.visitor()
    await browser.register()
    let goesOn = true
    const statuses = new Set<number>()
    const people = Array.from({ length: 4 }, async () => {
      while (goesOn) {
        statuses.add((await app.visitor().json('POST', '/api/v1/register', someone())).status)
        statuses.add((await browser.json('GET', '/api/v1/session')).status)
      }
    })
    const { database: store } = app.services
    expect(await migrate({ ...store, copy: 'the next version' }, movedClock(), undefined, ofNext)).toEqual([
      '0002-next',
    ])
    const after = await app.visitor().json('POST', '/api/v1/register', someone())
    goesOn = false
    await Promise.all(people)
    expect([after.status, [...statuses].sort()]).toEqual([201, [200, 201]])

    // Back to the version before: it does not mind what it does not know.
    const back = await makeApp(database)
    expect((await back.visitor().json('POST', '/api/v1/register', someone())).status).toBe(201)
    expect((await migrationStates(store, ofNext)).every(({ appliedAt }) => appliedAt !== null)).toBe(true)
    await nothingIsHalf(back)
    await back.close()
    await app.close()
  })
})
