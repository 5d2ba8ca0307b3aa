// What attempts and the record cost a person who does everything right: two writes for a log-in, none for a page. A device
// that is new costs one row more, the email to its owner.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fromDriver } from '../src/database/connect.ts'
import { onEachDatabase, openDriver } from './support/databases.ts'
import { linkTo } from './support/emails.ts'
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

  it('a log-in writes its session, its record and the line on the account page', async () => {
    const browser = app.visitor()
    const ada = await browser.register()
    await browser.json('POST', '/api/v1/logout', {})
    expect(await writesOf(() => browser.json('POST', '/api/v1/login', ada))).toEqual(logIn)
  })

  it('a log-in with the new-device check still writes at most what it wrote plus one row', async () => {
    const ada = await confirmed(app)
    for (let time = 0; time < 12; time += 1) {
      const browser = app.visitor()
      const counted = await rowsOf(app)
      expect(await writesOf(() => browser.json('POST', '/api/v1/login', ada))).toEqual([...logIn, 'gatelodge_emails'])
      const added = (await rowsOf(app)).map((count, index) => count - (counted[index] ?? 0))
      // Beyond ten in a day no email is written, and the statement says so in the database.
      expect(added).toEqual([1, 1, time < 10 ? 1 : 0])
      await browser.json('POST', '/api/v1/logout', {})
      expect(await writesOf(() => browser.json('POST', '/api/v1/login', ada))).toEqual(logIn)
    }
  })

  it('where nobody has confirmed the address, the email is counted for it and for the client as well', async () => {
    const ada = await app.visitor().register()
    const written = await writesOf(() => app.visitor().json('POST', '/api/v1/login', ada))
    expect(new Set(written)).toEqual(new Set([...logIn, 'gatelodge_attempts', 'gatelodge_emails']))
  })

  it('once more where there is a count to forget', async () => {
    const browser = app.visitor()
    const ada = await browser.register()
    await browser.json('POST', '/api/v1/logout', {})
    await browser.json('POST', '/api/v1/login', { ...ada, password: 'quiet amber windmill' })
    expect(await writesOf(() => browser.json('POST', '/api/v1/login', ada))).toEqual(['gatelodge_attempts', ...logIn])
  })

  it('a page of someone who is logged in writes nothing, and asks once', async () => {
    const browser = app.visitor()
    await browser.register()
    expect(await writesOf(() => browser.open('/account'))).toEqual([])
    expect(seen).toHaveLength(1)
  })

  it.each(['/forward-auth', '/auth-request'])(
    'a proxy that asks at %s costs one SELECT, for visitors and for people who are logged in',
    async (path) => {
      const browser = app.visitor()
      await browser.register()
      const stale = app.visitor()
      stale.cookies = new Map(browser.cookies)
      const ask = async (who: typeof browser) => {
        seen = []
        const { status } = await who.send('GET', path, undefined, { accept: 'text/html' })
        return [status, seen.map((text) => text.split(' ')[0])]
      }
      const refused = path === '/forward-auth' ? 303 : 401
      expect(await ask(browser)).toEqual([200, ['select']])
      expect(await ask(browser)).toEqual([200, ['select']])
      expect(await ask(app.visitor())).toEqual([refused, []])
      await browser.json('POST', '/api/v1/logout', {})
      expect(await ask(stale)).toEqual([refused, ['select']])
    },
  )
})

/** Someone whom emails reach. */
async function confirmed(app: TestApp) {
  const browser = app.visitor()
  const ada = await browser.register()
  await browser.open(await linkTo(app, ada.email ?? '', 'verify-email'))
  await browser.form('/verify-email/confirm')
  return ada
}

/** How many there are of what a log-in adds: records, sessions and emails. */
async function rowsOf({ services: { database } }: TestApp): Promise<number[]> {
  const tables = ['gatelodge_audit', 'gatelodge_sessions', 'gatelodge_emails'] as const
  return Promise.all(
    tables.map(async (table) => (await database.db.selectFrom(table).select('account_id').execute()).length),
  )
}
