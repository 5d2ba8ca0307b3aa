import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { makeApp, throwawayDatabase } from '../../../tests/support/make-app.ts'
import { minutes } from '../../time.ts'

it('what could not be written waits until the database takes writes again', async () => {
  const app = await makeApp(throwawayDatabase())
  const browser = app.visitor()
  await browser.register()
  const { database, sessions } = app.services
  const lastSeen = async () => {
    const row = await database.db.selectFrom('gatelodge_sessions').select('last_seen_at').executeTakeFirstOrThrow()
    return row.last_seen_at
  }
  app.clock.pass(minutes(5))
  await browser.open('/account')
  await sql`pragma query_only = 1`.execute(database.db)
  await sessions.lastSeen.write()
  await sql`pragma query_only = 0`.execute(database.db)
  expect(await lastSeen()).toBe(app.clock.now() - minutes(5))
  await sessions.lastSeen.write()
  expect(await lastSeen()).toBe(app.clock.now())
  await app.close()
})
