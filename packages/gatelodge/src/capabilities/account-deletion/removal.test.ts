// What is left of someone once their time is over: nothing, but what the record may keep.
import { expect, it } from 'vitest'
import { allRows } from '../../../tests/support/all-rows.ts'
import { onEachDatabase, openDriver } from '../../../tests/support/databases.ts'
import { setDisabled } from '../../../tests/support/disable.ts'
import { emailsTo, linkTo } from '../../../tests/support/emails.ts'
import { makeApp, type TestApp, useApp } from '../../../tests/support/make-app.ts'
import { type Around, spied } from '../../../tests/support/spied-database.ts'
import { type Fields, someone } from '../../../tests/support/visitor.ts'
import { purge } from '../../background-jobs.ts'
import { fromDriver } from '../../database/connect.ts'
import { parseAddress } from '../../identity/accounts/address.ts'
import { newId } from '../../identity/ids.ts'
import { digest, newToken } from '../../identity/sealing.ts'
import { days } from '../../time.ts'
import { removeAccount } from './removal.rules.ts'

async function idOf({ services }: TestApp, { email = '' }: Fields): Promise<Buffer> {
  const { db } = services.database
  const row = await db
    .selectFrom('gatelodge_accounts')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  return row.id
}

/** Someone who has done everything, and then deleted their account. */
async function gone(app: TestApp, { isLong = false } = {}) {
  const browser = app.visitor()
  const ada = await browser.register()
  const id = await idOf(app, ada)
  await app.visitor().logIn(ada)
  await app.visitor().logIn({ ...ada, password: 'quiet amber windmill' })
  await app.visitor().json('POST', '/api/v1/forgot-password', { email: ada.email })
  const changed = someone()
  await browser.form('/account/email', { new_email: changed.email })
  await browser.json('POST', '/api/v1/devices/end-others', {})
  if (isLong) await addRows(app, id)
  expect((await browser.json('POST', '/api/v1/delete', { current_password: ada.password })).status).toBe(204)
  return { browser, ada, id, otherEmail: changed.email ?? '' }
}

/** More than one batch of each. */
async function addRows({ services, clock }: TestApp, id: Buffer): Promise<void> {
  const { db } = services.database
  const now = clock.now()
  for (let batch = 0; batch < 5; batch += 1) {
    const some = Array.from({ length: 500 }, () => newToken())
    const session = { account_id: id, created_at: now, last_seen_at: now, remembered: 0 }
    const unknown = {
      id: null,
      device: null,
      client_address: null,
      methods: '{"pwd":0}',
      reauthenticated_at: null,
      ended_at: null,
      ended_by: null,
    }
    const email = { account_id: id, kind: 'new-device', sealed: '', created_at: now, good_until: now, tries: 0 }
    const unsent = { due_at: null, sent_at: null, failed_at: null, failure: null }
    await db
      .insertInto('gatelodge_sessions')
      .values(some.map((token) => ({ token_hash: digest(token), ...session, ...unknown })))
      .execute()
    await db
      .insertInto('gatelodge_emails')
      .values(some.map(() => ({ id: newId(), ...email, ...unsent })))
      .execute()
  }
}

/** How many rows of each table have that id, in whichever column. */
async function rowsWith({ services }: TestApp, id: Buffer): Promise<Record<string, number>> {
  const { db } = services.database
  const left: Record<string, number> = {}
  for (const { name, columns } of await db.introspection.getTables()) {
    const owner = columns.find((column) => column.name === 'account_id') ? 'account_id' : 'id'
    if (!columns.some((column) => column.name === owner)) continue
    const rows = await db
      .selectFrom(name as 'gatelodge_sessions')
      .select(owner as 'account_id')
      .where(owner as 'account_id', '=', id)
      .execute()
    if (rows.length > 0) left[name] = rows.length
  }
  return left
}

onEachDatabase('An account whose time is over', (database) => {
  const app = useApp(database, { emailsPerClient: 1_000 })

  it('V14.2.7 is removed with every row that has its id, but for the record, and not a moment sooner', async () => {
    const { ada, id, otherEmail } = await gone(app())
    app().clock.pass(days(14) - 1)
    await purge(app().services)
    expect(Object.keys(await rowsWith(app(), id))).toEqual(
      expect.arrayContaining(['gatelodge_accounts', 'gatelodge_passwords', 'gatelodge_tokens']),
    )
    app().clock.pass(1)
    await purge(app().services)
    expect(Object.keys(await rowsWith(app(), id))).toEqual(['gatelodge_audit'])
    expect(app().logged).toContainEqual(expect.objectContaining({ msg: 'account.deleted' }))
    // The address is free again, and anyone who takes it has nothing of what was there.
    const browser = app().visitor()
    await browser.register(ada)
    expect(await idOf(app(), ada)).not.toEqual(id)
    expect((await browser.form('/account/email', { new_email: otherEmail })).status).toBe(200)
  })

  it('V14.2.7 keeps a record without its address, until the record expires', async () => {
    const { ada, id, otherEmail } = await gone(app())
    app().clock.pass(days(14))
    await purge(app().services)
    const { db } = app().services.database
    const rows = await db.selectFrom('gatelodge_audit').selectAll().where('account_id', '=', id).execute()
    expect(rows.length).toBeGreaterThan(3)
    const told = JSON.stringify(rows.map((row) => Object.values(row).map(String)))
    for (const word of [ada.email, otherEmail, ada.name]) expect(told).not.toContain(word)
    app().clock.pass(app().services.settings.auditRetention)
    await purge(app().services)
    expect(await rowsWith(app(), id)).toEqual({})
  })

  it('V14.2.7 stands nowhere in the database any more, by name or by address', async () => {
    const { ada, otherEmail } = await gone(app())
    app().clock.pass(days(14))
    await purge(app().services)
    const places = (await allRows(database)).filter(({ name }) => name.startsWith('gatelodge_'))
    expect(places.length).toBeGreaterThan(10)
    for (const address of [ada.email ?? '', otherEmail]) {
      const key = digest(parseAddress(address)?.normalised ?? '')
      const holders = places.filter(({ content }) =>
        Buffer.isBuffer(content) ? content.equals(key) : String(content).includes(address),
      )
      expect(holders.map(({ name }) => name)).toEqual([])
    }
  })

  it('is removed together with a long history, too', async () => {
    const { id } = await gone(app(), { isLong: true })
    expect((await rowsWith(app(), id)).gatelodge_emails).toBeGreaterThan(2_000)
    app().clock.pass(days(14))
    await removeAccount(app().services, id)
    expect(Object.keys(await rowsWith(app(), id))).toEqual(['gatelodge_audit'])
  })

  it('is removed once by several copies at once, and nobody stumbles', async () => {
    const { id } = await gone(app(), { isLong: true })
    app().clock.pass(days(14))
    app().logged.length = 0
    await Promise.all(Array.from({ length: 4 }, () => removeAccount(app().services, id)))
    expect(Object.keys(await rowsWith(app(), id))).toEqual(['gatelodge_audit'])
    expect(app().logged.filter(({ msg }) => msg === 'account.deleted')).toHaveLength(1)
  })

  it('does not take anyone else’s rows along', async () => {
    const browser = app().visitor()
    const grace = await browser.register()
    const kept = await rowsWith(app(), await idOf(app(), grace))
    const { id } = await gone(app())
    await app()
      .services.database.db.updateTable('gatelodge_accounts')
      .set({ deletes_at: 1 })
      .where('id', '=', id)
      .execute()
    await removeAccount(app().services, id)
    expect(await rowsWith(app(), await idOf(app(), grace))).toEqual(kept)
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(200)
  })

  it('stays where it was not closed', async () => {
    const browser = app().visitor()
    const id = await idOf(app(), await browser.register())
    await removeAccount(app().services, id)
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(200)
  })
})

onEachDatabase('A removal that is cut off', (database) => {
  /** Statements that went through before the process was gone. */
  let left = Number.POSITIVE_INFINITY
  const dying: Around = async (work, text) => {
    // The database itself takes back what a process left undone.
    if (text === 'rollback') return work()
    left -= 1
    if (left < 0) throw new Error('the process was killed')
    return work()
  }
  const app = useApp(database, { emailsPerClient: 1_000 }, () => ({
    database: fromDriver(spied(openDriver(database), dying)),
  }))

  it('is finished the next time, wherever it was cut', async () => {
    let cut = 0
    for (let after = 0; ; after += 2) {
      const { id } = await gone(app(), { isLong: after === 12 })
      app().clock.pass(days(14))
      left = after
      const outcome = await removeAccount(app().services, id).catch((error: Error) => error.message)
      left = Number.POSITIVE_INFINITY
      if (outcome === true) break
      cut += 1
      // No way back into half an account.
      const [email] = (await app()
        .services.database.db.selectFrom('gatelodge_accounts')
        .select('email')
        .where('id', '=', id)
        .execute()) as [{ email: string } | undefined]
      if (email)
        expect(
          (
            await app()
              .visitor()
              .json('POST', '/api/v1/login', { ...email, password: 'violet tram lamp' })
          ).status,
        ).toBe(401)
      await purge(app().services)
      expect(Object.keys(await rowsWith(app(), id)), `cut off after ${after} statements`).toEqual(['gatelodge_audit'])
    }
    expect(cut).toBeGreaterThan(5)
  })
})

onEachDatabase('Where there is no way back', (database) => {
  const app = useApp(database, { deletionDelay: 0 })

  it('says so, and everything is gone at once, but for the last email', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    const id = await idOf(app(), ada)
    await browser.open('/account/delete')
    expect(browser.page.html).toContain('This cannot be undone.')
    await browser.submit({ current_password: ada.password ?? '' })
    expect(browser.page).toMatchObject({ path: '/account-deleted', heading: 'Account deleted' })
    expect(browser.page.html).toContain('Your account was deleted.')
    expect(browser.page.html).not.toContain('way back')
    expect(Object.keys(await rowsWith(app(), id))).toEqual(['gatelodge_audit'])
    expect((await emailsTo(app(), ada.email ?? '')).map(({ kind }) => kind)).toEqual(['account-deleted'])
    await app().visitor().register(ada)
  })

  it('keeps the last email until it is sent', async () => {
    const posting = await makeApp(database, {
      deletionDelay: 0,
      smtpUrl: 'smtp://127.0.0.1:2525',
      mailFrom: 'a@example.org',
    })
    const browser = posting.visitor()
    const ada = await browser.register()
    await browser.json('POST', '/api/v1/delete', { current_password: ada.password })
    const { db } = posting.services.database
    const due = await db
      .selectFrom('gatelodge_emails')
      .select(['kind', 'account_id', 'sealed'])
      .where('due_at', 'is not', null)
      .execute()
    const ours = due.filter(({ sealed }) => posting.services.emails.open(sealed)?.to.address === ada.email)
    expect(ours.map(({ kind, account_id }) => [kind, account_id])).toEqual([['account-deleted', null]])
    await posting.close()
  })
})

onEachDatabase('What the operator does for a closed account', (database) => {
  const app = useApp(database)

  async function enable(person: Fields): Promise<boolean | undefined> {
    const { database: stored } = app().services
    const address = parseAddress(person.email ?? '')
    return address && setDisabled(stored.db, address, null)
  }

  it('brings it back: `account enable`', async () => {
    const { ada } = await gone(app())
    expect(await enable(ada)).toBe(true)
    expect((await app().visitor().json('POST', '/api/v1/login', ada)).status).toBe(200)
    // The link has nothing left to bring back.
    const browser = app().visitor()
    await browser.open(await linkTo(app(), ada.email ?? '', 'account-deletion-scheduled'))
    expect(browser.page.status).toBe(410)
    app().clock.pass(days(20))
    await purge(app().services)
    expect((await app().visitor().json('POST', '/api/v1/login', ada)).status).toBe(200)
  })

  it('does not bring back one of which rows are gone already', async () => {
    const { ada, id } = await gone(app())
    await app()
      .services.database.db.updateTable('gatelodge_accounts')
      .set({ deletes_at: 0 })
      .where('id', '=', id)
      .execute()
    expect(await enable(ada)).toBe(false)
    expect((await app().visitor().json('POST', '/api/v1/login', ada)).status).toBe(401)
    await purge(app().services)
    expect(Object.keys(await rowsWith(app(), id))).toEqual(['gatelodge_audit'])
  })
})
