// A registration whose address has an account: with its password it is a log-in, with another one it is refused, and the limits
// of both are one.
import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { emailsTo } from '../../../tests/support/emails.ts'
import { makeApp, type TestApp, useApp } from '../../../tests/support/make-app.ts'
import { someoneWithApp, verify } from '../../../tests/support/second-factor.ts'
import { type Fields, someone, type Visitor } from '../../../tests/support/visitor.ts'
import { Unavailable } from '../../database/unavailable.ts'
import { minutes } from '../../time.ts'

const wrong = 'quiet amber windmill'
const exists = 'An account with this email address already exists'

let networks = 0
/** Each from a network of its own. */
const elsewhere = () => `198.19.${++networks}.1`

const register = (browser: Visitor, person: Fields) => browser.json('POST', '/api/v1/register', person)
const logIn = ({ email, password }: Fields, browser: Visitor) =>
  browser.json('POST', '/api/v1/login', { email, password })

async function rowsOf(app: TestApp, { email = '' }: Fields) {
  const { db } = app.services.database
  const accounts = await db.selectFrom('gatelodge_accounts').selectAll().where('email', '=', email).execute()
  const [account] = accounts
  if (!account) throw new Error(`no account of ${email}`)
  const events = await db.selectFrom('gatelodge_audit').select('event').where('account_id', '=', account.id).execute()
  return { accounts, account, events: events.map(({ event }) => event) }
}

onEachDatabase('Registering an address that has an account', (database) => {
  const app = useApp(database, { emailsPerClient: 100_000 })

  it('with its password is a log-in: one account, its own name, and the same record', async () => {
    const ada = await app().visitor().register()
    const browser = app().visitor()
    await browser.open('/register?return_to=%2Faccount%2Fdevices')
    await browser.submit({ ...ada, name: 'Eve' })
    expect(browser.page).toMatchObject({
      path: '/account/devices',
      notice: 'You already have an account. You are logged in.',
    })
    expect(await browser.account()).toMatchObject({ name: 'Ada Lovelace', email: ada.email })
    const { accounts, events } = await rowsOf(app(), ada)
    expect(accounts).toHaveLength(1)
    expect(events.sort()).toEqual(['login.succeeded', 'registration.succeeded'])
    expect((await emailsTo(app(), ada.email ?? '')).map(({ kind }) => kind)).toEqual(['verify-email', 'new-device'])
    expect(app().logged).toContainEqual(expect.objectContaining({ msg: 'login.succeeded' }))
  })

  it('through the API: 200 with a session, by cookie and by bearer token', async () => {
    const ada = await app().visitor().register()
    const browser = app().visitor()
    expect(await register(browser, ada)).toMatchObject({ status: 200, body: { account: expect.any(String) } })
    expect(await browser.account()).toMatchObject({ email: ada.email })
    const { body } = await register(app().visitor(), { ...ada, session: 'bearer' })
    expect(body).toEqual({ account: expect.any(String), token: expect.any(String) })
  })

  it('with another password says that the account exists, and counts and records a failed log-in', async () => {
    const ada = await app().visitor().register()
    const browser = app().visitor()
    await browser.open('/register')
    await browser.submit({ ...ada, password: wrong })
    expect(browser.page).toMatchObject({ path: '/register', summary: [exists] })
    expect((await browser.send('GET', '/account')).status).toBe(303)
    expect((await rowsOf(app(), ada)).events.sort()).toEqual(['login.failed', 'registration.succeeded'])
    expect(app().logged).toContainEqual(expect.objectContaining({ msg: 'login.failed', reason: 'wrong' }))
  })

  it('looks at no password where something else is wrong as well', async () => {
    const ada = await app().visitor().register()
    expect((await register(app().visitor(), { ...ada, name: '' })).status).toBe(422)
    expect((await rowsOf(app(), ada)).events).toEqual(['registration.succeeded'])
  })

  it('V6.3.1 gives no guess more than the log-in does: five wrong ones here, and the log-in waits', async () => {
    const ada = await app().visitor(elsewhere()).register()
    for (let time = 0; time < 5; time += 1)
      expect((await register(app().visitor(elsewhere()), { ...ada, password: wrong })).status).toBe(422)
    expect((await logIn(ada, app().visitor(elsewhere()))).status).toBe(429)
  })

  it('V6.3.1 and where the log-in waits, a right password gets the answer of a wrong one', async () => {
    const ada = await app().visitor(elsewhere()).register()
    for (let time = 0; time < 5; time += 1) await logIn({ ...ada, password: wrong }, app().visitor(elsewhere()))
    const browser = app().visitor(elsewhere())
    const right = await register(browser, ada)
    const other = await register(app().visitor(elsewhere()), { ...ada, password: wrong })
    expect(right).toMatchObject({ status: 422, body: { errors: [{ field: 'email', code: 'taken' }] } })
    expect(other.body).toEqual(right.body)
    expect(browser.sessionCookie).toBeUndefined()
    app().clock.pass(minutes(1))
    expect((await register(app().visitor(elsewhere()), ada)).status).toBe(200)
  })

  it('V6.3.1 of many guesses at once no more are looked at than at the log-in', async () => {
    const ada = await app().visitor(elsewhere()).register()
    const passwords = [...Array.from({ length: 20 }, (_, index) => `${wrong} ${index}`), ada.password ?? '']
    await Promise.all(passwords.map((password) => register(app().visitor(elsewhere()), { ...ada, password })))
    const { events } = await rowsOf(app(), ada)
    expect(events.filter((event) => event === 'login.failed').length).toBeLessThanOrEqual(5)
  })

  it('counts the device of its owner by itself', async () => {
    const owner = app().visitor(elsewhere())
    const ada = await owner.register()
    await owner.json('POST', '/api/v1/logout', {})
    for (let time = 0; time < 5; time += 1) await logIn({ ...ada, password: wrong }, app().visitor(elsewhere()))
    expect((await register(owner, ada)).status).toBe(200)
  })

  it('V6.3.4 asks for the second factor before there is a session', async () => {
    const { person } = await someoneWithApp(app())
    const browser = app().visitor()
    await browser.open('/register')
    await browser.submit(person)
    expect(browser.page.path).toBe('/two-factor')
    expect(browser.sessionCookie).toBeUndefined()
    const refused = await register(app().visitor(), person)
    expect(refused).toMatchObject({ status: 403, body: { code: 'second-factor-required', methods: expect.any(Array) } })
  })

  it('lets nobody into an account that is disabled or deleted', async () => {
    const ada = await app().visitor().register()
    const { db } = app().services.database
    await db
      .updateTable('gatelodge_accounts')
      .set({ disabled_at: 1 })
      .where('email', '=', ada.email ?? '')
      .execute()
    expect(await register(app().visitor(), ada)).toMatchObject({ status: 422 })
    expect((await rowsOf(app(), ada)).events).toContain('login.failed')
  })

  it('V2.3.3 after a COMMIT that landed and an answer that says to try again: one account, and its owner is logged in', async () => {
    const ada = someone()
    const browser = app().visitor()
    const { database: own } = app().services
    const { transact } = own
    own.transact = async (...work) => {
      await transact(...work)
      throw new Unavailable('the answer to COMMIT was lost, and so was the database')
    }
    const uncertain = await register(browser, ada)
    own.transact = transact
    expect(uncertain.status).toBe(503)
    expect((await browser.send('GET', '/account')).status).toBe(303)
    await browser.open('/register')
    await browser.submit(ada)
    expect(browser.page.path).toBe('/account')
    const { accounts, events } = await rowsOf(app(), ada)
    expect(accounts).toHaveLength(1)
    expect(events.sort()).toEqual(['login.succeeded', 'registration.succeeded'])
  })
})

onEachDatabase('Registering an address that has an account, where emails decide', (database) => {
  it('V6.3.8 does not reveal a right password: the same answer, no session, no try', async () => {
    const instant = await makeApp(database)
    const ada = await instant.visitor().register()
    await verify(instant, ada)
    await instant.close()
    const app = await makeApp(database, { registration: 'confirm-first', emailsPerAddressHour: 100 })
    const answers = [ada, { ...ada, password: wrong }, someone()].map((person) => register(app.visitor(), person))
    for (const answer of await Promise.all(answers))
      expect(answer).toMatchObject({ status: 202, body: { next: 'read-email' } })
    expect((await rowsOf(app, ada)).events).toEqual(['registration.succeeded'])
    await app.close()
  })
})
