import { expect, it } from 'vitest'
import { onEachDatabase, openDriver } from '../../tests/support/databases.ts'
import { makeApp } from '../../tests/support/make-app.ts'
import { spied } from '../../tests/support/spied-database.ts'
import { someone } from '../../tests/support/visitor.ts'
import { seconds } from '../time.ts'
import { fromDriver } from './connect.ts'

/** The creation of one table that lasts until the test lets it go on. */
function slowMigration(driver: ReturnType<typeof openDriver>) {
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const { promise: reached, resolve: isThere } = Promise.withResolvers<void>()
  const slow = spied(driver, async (work, text) => {
    if (/create table.*gatelodge_sessions/.test(text)) {
      isThere()
      await released
    }
    return work()
  })
  return { database: fromDriver(slow), reached, release }
}

onEachDatabase('While the first tables are made', (database) => {
  it('V16.5.2 a registration waits and succeeds, pages that need no database come at once, and /health/ready says no', async () => {
    const { reached, release, ...slow } = slowMigration(openDriver(database))
    const app = await makeApp(database, { databaseTimeout: seconds(20) }, slow, { waits: false })
    await reached
    const browser = app.visitor()
    let isAnswered = false
    const registered = browser.json('POST', '/api/v1/register', someone()).finally(() => {
      isAnswered = true
    })
    expect((await app.visitor().open('/login')).status).toBe(200)
    expect((await app.visitor().send('GET', '/health/ready')).status).toBe(503)
    expect(isAnswered).toBe(false)
    release()
    expect((await registered).status).toBe(201)
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(200)
    expect((await app.visitor().send('GET', '/health/ready')).status).toBe(200)
    await app.close()
  })
})

onEachDatabase('The first tables', (database) => {
  it('cost no statement that is not needed, and none of them asks what the columns are', async () => {
    const sent: string[] = []
    const counted = spied(openDriver(database), async (work, text) => {
      sent.push(text)
      return work()
    })
    const app = await makeApp(database, {}, { database: fromDriver(counted) })
    const [tables, indexes] = ['table', 'index'].map((kind) => sent.filter((text) => text.startsWith(`create ${kind}`)))
    expect(tables?.length).toBeGreaterThan(10)
    // MySQL waits for its disk at each, so there a table comes with its indexes.
    expect(indexes?.length === 0).toBe(database.name === 'MySQL')
    expect(sent.filter((text) => /pragma_table_info|information_schema\.statistics/.test(text))).toEqual([])
    await app.close()
  })
})

onEachDatabase('Where the first tables take longer than the database time-out', (database) => {
  it('V16.5.2 a person gets the 503 that says when to come back, and is served afterwards', async () => {
    const { reached, release, ...slow } = slowMigration(openDriver(database))
    const app = await makeApp(database, { databaseTimeout: seconds(0.1) }, slow, { waits: false })
    await reached
    const browser = app.visitor()
    browser.cookies.set('gatelodge', 'A'.repeat(43))
    const answer = await browser.send('GET', '/account')
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^\d+$/)])
    expect((await browser.json('POST', '/api/v1/register', someone())).status).toBe(503)
    expect(app.logged.filter(({ msg }) => msg === 'request.failed')).toEqual([])
    release()
    await app.services.readiness.first
    expect((await app.visitor().json('POST', '/api/v1/register', someone())).status).toBe(201)
    await app.close()
  })
})
