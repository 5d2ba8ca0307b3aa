// The SQLite file on a full or a failing disk. On MySQL the same is tried on a real server: tests/unwell-server.test.ts.
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeApp, type TestApp, throwawayDatabase } from '../../tests/support/make-app.ts'
import { nothingIsHalf } from '../../tests/support/nothing-is-half.ts'
import { someone } from '../../tests/support/visitor.ts'

describe('A SQLite file that takes no writes', () => {
  let app: TestApp
  beforeEach(async () => {
    app = await makeApp(throwawayDatabase())
  })
  afterEach(async () => {
    await nothingIsHalf(app)
    await app.close()
  })

  const ready = async () => (await app.visitor().send('GET', '/health/ready')).status
  const register = async () => (await app.visitor().json('POST', '/api/v1/register', someone())).status
  const set = (name: string, value: number) =>
    sql`pragma ${sql.raw(name)} = ${sql.lit(value)}`.execute(app.services.database.db)

  async function eventually(what: () => Promise<boolean>): Promise<void> {
    while (!(await what())) await pause(50)
  }

  it('V16.5.2 V16.5.3 because it is read-only: not ready though nobody wrote, pages go on, well again by itself', async () => {
    const browser = app.visitor()
    await browser.register()
    expect(await ready()).toBe(200)
    await set('query_only', 1)
    await eventually(async () => (await ready()) === 503)
    expect(await register()).toBe(503)
    expect((await browser.send('GET', '/account')).status).toBe(200)
    await set('query_only', 0)
    await eventually(async () => (await ready()) === 200)
    expect(await register()).toBe(201)
  })

  it('V16.5.2 V16.5.3 because there is no room: 503 for what writes, at once, and well again by itself', async () => {
    await set('max_page_count', 1)
    // Until the last free place of the last page is taken.
    await eventually(async () => (await register()) === 503)
    const answer = await app.visitor().send('POST', '/api/v1/register', JSON.stringify(someone()), {
      'content-type': 'application/json',
    })
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
    await set('max_page_count', 1_000_000)
    await eventually(async () => (await register()) === 201)
    await eventually(async () => (await ready()) === 200)
  })
})
