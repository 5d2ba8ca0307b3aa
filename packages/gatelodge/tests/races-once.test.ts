// 16 at once of what may happen once, and of what may happen to each of them: as many records as there were events.
import { expect, it } from 'vitest'
import { parseAddress } from '../src/identity/accounts/address.ts'
import { accounts } from '../src/identity/accounts/storage.ts'
import type { AuditedEvent } from '../src/identity/audit/events.ts'
import { sessions } from '../src/identity/sessions/storage.ts'
import { atEachLevel } from './support/databases.ts'
import { type TestApp, useApp } from './support/make-app.ts'
import { nothingIsHalf } from './support/nothing-is-half.ts'
import type { Fields, Visitor } from './support/visitor.ts'

const sixteen = <T>(work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: 16 }, (_, index) => work(index)))

const wrong = 'quiet amber windmill'

atEachLevel('16 at once', (database, replaced) => {
  const app = useApp(database, {}, replaced)
  const logIn = (browser: Visitor, person: Fields) => browser.json('POST', '/api/v1/login', person)
  const accountStatus = async (browser: Visitor) => (await browser.json('GET', '/api/v1/session')).status

  it('V15.4.1 V7.2.4 log-ins of one account: all get in, each with a session and a record of its own', async () => {
    const ada = await app().visitor().register()
    const browsers = await sixteen(async () => {
      const browser = app().visitor()
      expect((await logIn(browser, ada)).status).toBe(200)
      return browser
    })
    expect(new Set(browsers.map((browser) => browser.sessionCookie)).size).toBe(16)
    for (const browser of browsers) expect(await accountStatus(browser)).toBe(200)
    expect(await recorded(app(), ada, 'login.succeeded')).toBe(16)
    await nothingIsHalf(app())
  })

  it('V2.3.4 V15.4.2 V6.3.1 wrong passwords for one account: 5 are answered, and as many are recorded', async () => {
    const ada = await app().visitor().register()
    const statuses = await sixteen(async (index) => {
      const browser = app().visitor(`198.18.1.${index}`)
      return (await logIn(browser, { ...ada, password: wrong })).status
    })
    expect(statuses.filter((status) => status === 401)).toHaveLength(5)
    expect(statuses.filter((status) => status === 429)).toHaveLength(11)
    expect(await recorded(app(), ada, 'login.failed')).toBe(5)
    await nothingIsHalf(app())
  })

  it('V15.4.2 right and wrong passwords for one account: each log-in and each failure has one record', async () => {
    const ada = await app().visitor().register()
    const statuses = await sixteen(async (index) => {
      const browser = app().visitor(`198.18.2.${index}`)
      return (await logIn(browser, index % 2 ? ada : { ...ada, password: wrong })).status
    })
    const times = (status: number) => statuses.filter((one) => one === status).length
    expect(times(401)).toBeLessThanOrEqual(5)
    expect(times(200) + times(401) + times(429)).toBe(16)
    expect(await recorded(app(), ada, 'login.succeeded')).toBe(times(200))
    expect(await recorded(app(), ada, 'login.failed')).toBe(times(401))
    await nothingIsHalf(app())
  })

  it('V2.3.4 V7.4.1 logouts of one session: all are answered, one is recorded', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    const statuses = await sixteen(async () => {
      const copy = app().visitor()
      copy.cookies = new Map(browser.cookies)
      return (await copy.json('POST', '/api/v1/logout', {})).status
    })
    expect(new Set(statuses)).toEqual(new Set([204]))
    expect(await accountStatus(browser)).toBe(401)
    expect(await recorded(app(), ada, 'logout.succeeded')).toBe(1)
    await nothingIsHalf(app())
  })

  it('V2.3.4 V15.4.2 password changes of one account: one is made, and one is recorded', async () => {
    const first = app().visitor()
    const ada = await first.register()
    const browsers = await sixteen(async () => {
      const browser = app().visitor()
      await logIn(browser, ada)
      return browser
    })
    const changed = await sixteen(async (index) => {
      const change = { current_password: ada.password, new_password: `amber ferry clock ${index}` }
      return (await browsers[index]?.json('POST', '/api/v1/password', change))?.status
    })
    expect(changed.filter((status) => status === 200)).toHaveLength(1)
    expect(changed.filter((status) => (status ?? 500) >= 500)).toEqual([])
    expect(await recorded(app(), ada, 'password.changed')).toBe(1)
    await nothingIsHalf(app())
  })

  it('V15.4.2 V7.4.2 an account is disabled while 16 log in: nobody stays', async () => {
    const ada = await app().visitor().register()
    const browsers = Array.from({ length: 16 }, () => app().visitor())
    const { db, transact } = app().services.database
    const [statuses] = await Promise.all([
      Promise.all(browsers.map(async (browser) => (await logIn(browser, ada)).status)),
      // As the command line does it.
      transact(
        async (trx) => {
          const address = parseAddress(ada.email ?? '')
          const account = address && (await accounts.findByAddress(trx, address))
          if (!account) throw new Error('Ada has an account')
          await accounts.setDisabled(trx, account.id, app().clock.now())
          await sessions.removeAll(trx, account.id)
        },
        async () => undefined,
      ),
    ])
    expect(statuses.filter((status) => ![200, 401, 429].includes(status))).toEqual([])
    for (const browser of browsers) expect(await accountStatus(browser)).toBe(401)
    const id = await idOf(app(), ada)
    expect(
      await db.selectFrom('gatelodge_sessions').select('created_at').where('account_id', '=', id).execute(),
    ).toEqual([])
  })
})

async function idOf({ services }: TestApp, { email = '' }: Fields): Promise<Buffer> {
  const { db } = services.database
  const row = await db
    .selectFrom('gatelodge_accounts')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  return row.id
}

/** How often that is in the record of this person. */
async function recorded(app: TestApp, person: Fields, event: AuditedEvent): Promise<number> {
  const rows = await app.services.database.db
    .selectFrom('gatelodge_audit')
    .select('id')
    .where('account_id', '=', await idOf(app, person))
    .where('event', '=', event)
    .execute()
  return rows.length
}
