import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { onEachDatabase, onMysql, type TestDatabase } from '../../tests/support/databases.ts'
import { faulty } from '../../tests/support/faulty-database.ts'
import { makeApp, movedClock } from '../../tests/support/make-app.ts'
import { minutes, seconds, systemClock } from '../time.ts'
import { type Database, fromDriver } from './connect.ts'
import { connectMysql } from './mysql.ts'
import { prepareDatabase } from './readiness.ts'

onMysql('Getting ready', (database) => {
  it('goes on by itself wherever the connection was cut', async () => {
    const made = faulty(connectMysql({ url: database.url, connections: 2, timeout: seconds(5), clock: systemClock }))
    const whole = fromDriver(made.driver)
    for (let at = 1; at <= 8; at += 1) {
      made.faults.arm(at, 'before', Object.assign(new Error('lost'), { code: 'PROTOCOL_CONNECTION_LOST' }))
      const clock = { now: () => systemClock.now() + at * minutes(3) }
      const readiness = prepareDatabase({
        database: whole,
        clock,
        migrates: true,
        longestWait: seconds(5),
        onAway: () => {},
      })
      await readiness.first
      // Where that took fewer statements, the question would meet the fault.
      made.faults.disarm()
      expect(await readiness.now()).toBe(true)
    }
    await whole.close()
  })
})

onEachDatabase('While another copy brings the tables up to date', (database) => {
  it('a person gets the page that says so, and a stop waits for nothing', async () => {
    const ready = await makeApp(database)
    const { db } = ready.services.database
    await db.schema.dropTable('gatelodge_sessions').execute()
    await db.deleteFrom('gatelodge_migrations' as never).execute()
    const end = await leads(ready.services.database, database)
    await ready.close()

    const waiting = await makeApp(database, { databaseTimeout: seconds(0.5) }, {}, { waits: false })
    expect(
      (
        await waiting
          .visitor()
          .json('GET', '/health/ready')
          .catch(() => ({ status: 503 }))
      ).status,
    ).toBe(503)
    const browser = waiting.visitor()
    browser.cookies.set('gatelodge', 'A'.repeat(43))
    expect((await browser.send('GET', '/account')).status).toBe(503)
    await waiting.close()
    end()
  })
})

/** As another copy does it: by the write lock of SQLite, and elsewhere by a row. @returns what ends it. */
async function leads({ db }: Database, { name, url }: TestDatabase): Promise<() => void> {
  if (name === 'SQLite') {
    const other = new DatabaseSync(url.replace('sqlite:', ''))
    other.exec('begin immediate')
    return () => other.close()
  }
  const lease = { name: 'migrate', owner: 'another copy', expires_at: movedClock().now() + minutes(2) }
  await db
    .insertInto('gatelodge_leases' as never)
    .values(lease as never)
    .execute()
  return () => {}
}
