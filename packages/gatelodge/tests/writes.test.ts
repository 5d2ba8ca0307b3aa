// What attempts and the record cost a person who does everything right: two writes for a log-in, none for a page.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fromDriver } from '../src/database/connect.ts'
import { onEachDatabase, openDriver } from './support/databases.ts'
import { makeApp, type TestApp } from './support/make-app.ts'
import { spied } from './support/spied-database.ts'

onEachDatabase('Writes', (database) => {
  let app: TestApp
  let seen: string[] = []
  beforeAll(async () => {
    const driver = spied(openDriver(database), (send, text) => {
      seen.push(text.replace(/\s+/g, ' ').trim())
      return send()
    })
    app = await makeApp(database, {}, { database: fromDriver(driver) })
  })
  afterAll(() => app.close())

  /** Which tables are written to, in their order. */
  async function writesOf(act: () => Promise<unknown>): Promise<string[]> {
    seen = []
    await act()
    return seen
      .map((text) => /^(?:insert(?: \w+)? into|update|delete from)\W+(\w+)/.exec(text)?.[1] ?? '')
      .filter(Boolean)
  }

  const logIn = ['gatelodge_audit', 'gatelodge_accounts', 'gatelodge_sessions']

  it('a log-in writes its session, its record and the line on the account page, from a new device and a known one', async () => {
    const ada = await app.visitor().register()
    const browser = app.visitor()
    expect(await writesOf(() => browser.json('POST', '/login', ada))).toEqual(logIn)
    await browser.json('POST', '/logout', {})
    expect(await writesOf(() => browser.json('POST', '/login', ada))).toEqual(logIn)
  })

  it('once more where there is a count to forget', async () => {
    const browser = app.visitor()
    const ada = await browser.register()
    await browser.json('POST', '/logout', {})
    await browser.json('POST', '/login', { ...ada, password: 'quiet amber windmill' })
    expect(await writesOf(() => browser.json('POST', '/login', ada))).toEqual(['gatelodge_attempts', ...logIn])
  })

  it('a page of somebody who is logged in writes nothing, and asks once', async () => {
    const browser = app.visitor()
    await browser.register()
    expect(await writesOf(() => browser.open('/account'))).toEqual([])
    expect(seen).toHaveLength(1)
  })
})
