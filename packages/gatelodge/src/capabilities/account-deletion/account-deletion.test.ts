import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { emailsTo, emailTo, linkTo } from '../../../tests/support/emails.ts'
import { type TestApp, useApp } from '../../../tests/support/make-app.ts'
import { type Fields, someone, type Visitor } from '../../../tests/support/visitor.ts'
import { purge } from '../../background-jobs.ts'
import { days, minutes } from '../../time.ts'

const remove = (browser: Visitor, current_password: string | undefined) =>
  browser.json('POST', '/api/v1/delete', { current_password })
const logIn = async (app: TestApp, person: Fields) => (await app.visitor().json('POST', '/api/v1/login', person)).status

/** Someone who has deleted their account just now. */
async function gone(app: TestApp) {
  const browser = app.visitor()
  const ada = await browser.register()
  const id = await idOf(app, ada)
  expect((await remove(browser, ada.password)).status).toBe(204)
  return { browser, ada, id }
}

async function idOf({ services }: TestApp, { email = '' }: Fields): Promise<Buffer> {
  const { db } = services.database
  const row = await db
    .selectFrom('gatelodge_accounts')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  return row.id
}

async function events({ services }: TestApp, id: Buffer): Promise<string[]> {
  const { db } = services.database
  const rows = await db
    .selectFrom('gatelodge_audit')
    .select('event')
    .where('account_id', '=', id)
    .orderBy('id')
    .execute()
  return rows.map(({ event }) => event)
}

onEachDatabase('Deleting an account', (database) => {
  const app = useApp(database, { emailsPerClient: 1_000 })

  it('says what will be lost before anything is deleted, and offers a download', async () => {
    const browser = app().visitor()
    await browser.register()
    await browser.open('/account')
    expect(browser.page.html).toContain('href="/account/delete"')
    await browser.open('/account/delete')
    expect(browser.page).toMatchObject({ status: 200, heading: 'Delete your account' })
    const { html } = browser.page
    expect(html).toContain('You are logged out on all devices immediately.')
    expect(html).toContain('Nobody can log in to the account.')
    expect(html).toContain('After 14 days we delete your name, your addresses and all other data about you.')
    expect(html).toContain('href="/account/export"')
    // Red is never alone in saying it.
    expect(html).toMatch(/<button type="submit" class="button danger">\s*Delete my account/)
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(200)
  })

  it('V7.5.3 asks for the password, however lately it was typed, and does nothing without', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    await browser.open('/account/delete')
    await browser.submit({ current_password: '' })
    expect(browser.page).toMatchObject({ path: '/account/delete', summary: ['Enter your current password'] })
    await browser.submit({ current_password: 'quiet amber windmill' })
    expect(browser.page.summary).toEqual(['Current password is not right. Check it and try again.'])
    expect(await remove(browser, 'quiet amber windmill')).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'current_password', code: 'wrong' }] },
    })
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(200)
    expect(await logIn(app(), ada)).toBe(200)
    expect((await emailsTo(app(), ada.email ?? '')).map(({ kind }) => kind)).not.toContain('account-deletion-scheduled')
  })

  it('V6.3.1 makes anyone who guesses the password there wait', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    const statuses = []
    for (let time = 0; time < 6; time += 1) statuses.push((await remove(browser, `wrong lamp ${time}`)).status)
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429])
    expect((await remove(browser, ada.password)).status).toBe(429)
    app().clock.pass(minutes(15))
    expect((await remove(browser, ada.password)).status).toBe(204)
  })

  it('V7.4.2 closes it at once: every session ends, here and elsewhere', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    const there = app().visitor()
    await there.logIn(ada)
    await browser.open('/account/delete')
    await browser.submit({ current_password: ada.password ?? '' })
    expect(browser.page).toMatchObject({ path: '/account-deleted', heading: 'Account deleted' })
    expect(browser.page.html).toContain(
      'We sent you an email with a link to restore your account. It works for 14 days.',
    )
    expect(browser.sessionCookie).toBeUndefined()
    await there.open('/account')
    expect(there.page.notice).toBe('You were logged out here because the account was deleted.')
  })

  it('confirms the deletion once, to the person who just deleted the account, and to nobody else who opens that page', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    await browser.open('/account/delete')
    await browser.submit({ current_password: ada.password ?? '' })
    expect(browser.page).toMatchObject({ path: '/account-deleted', notice: 'Your account will be deleted.' })
    for (const visitor of [browser, app().visitor()])
      expect((await visitor.open('/account-deleted')).path).toBe('/login')
    const grace = app().visitor()
    await grace.register()
    expect((await grace.open('/account-deleted')).path).toBe('/account')
  })

  it('V14.3.1 has the browser forget what it kept', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    await browser.open('/account/delete')
    const answer = await browser.submitOnly({ current_password: ada.password ?? '' })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/account-deleted'])
    expect(answer.headers.get('clear-site-data')).toBe('"cache", "storage"')
  })

  it('V6.3.8 refuses a log-in with the same words as any other', async () => {
    const { ada } = await gone(app())
    const asked = []
    for (const person of [ada, someone()]) {
      const browser = app().visitor()
      const answer = await browser.json('POST', '/api/v1/login', person)
      await browser.logIn(person)
      asked.push({ answer, summary: browser.page.summary, status: browser.page.status })
    }
    expect(asked[0]).toEqual(asked[1])
    expect(asked[0]?.answer.status).toBe(401)
  })

  it('sends nothing to anyone who says they forgot the password, and answers as always', async () => {
    const { ada } = await gone(app())
    const browser = app().visitor()
    const before = (await emailsTo(app(), ada.email ?? '')).length
    const answers = []
    for (const email of [ada.email, someone().email])
      answers.push((await browser.json('POST', '/api/v1/forgot-password', { email })).status)
    expect(answers).toEqual([202, 202])
    expect(await emailsTo(app(), ada.email ?? '')).toHaveLength(before)
  })

  it('keeps the address as long as there is a way back', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    await browser.open(await linkTo(app(), ada.email ?? '', 'verify-email'))
    await browser.form('/verify-email/confirm')
    expect((await remove(browser, ada.password)).status).toBe(204)
    const answer = await app().visitor().json('POST', '/api/v1/register', ada)
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: 'email', code: 'taken' }] } })
  })

  it('ends the links that had been sent before', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    const email = ada.email ?? ''
    await app().visitor().json('POST', '/api/v1/forgot-password', { email })
    const [verify, reset] = [await linkTo(app(), email, 'verify-email'), await linkTo(app(), email, 'reset-password')]
    await remove(browser, ada.password)
    for (const link of [verify, reset]) {
      await browser.open(link)
      expect(browser.page.status).toBe(410)
    }
  })

  it('V2.3.4 V15.4.2 16 at once close it once: one record, one email', async () => {
    const first = app().visitor()
    const ada = await first.register()
    const id = await idOf(app(), ada)
    const all = await Promise.all(Array.from({ length: 16 }, () => remove(first, ada.password)))
    const statuses = all.map(({ status }) => status)
    expect(statuses.filter((status) => status === 204)).toHaveLength(1)
    expect(statuses.filter((status) => status === 401)).toHaveLength(15)
    expect((await events(app(), id)).filter((event) => event === 'account.deletion-scheduled')).toHaveLength(1)
    const closed = (await emailsTo(app(), ada.email ?? '')).filter(({ kind }) => kind === 'account-deletion-scheduled')
    expect(closed).toHaveLength(1)
  })

  it('V7.4.1 does nothing where the session was ended while the password was checked', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    const there = app().visitor()
    await there.logIn(ada)
    const { hashing } = app().services
    const { verify } = hashing
    hashing.verify = async (...call) => {
      hashing.verify = verify
      await there.json('POST', '/api/v1/devices/end-others', {})
      return verify(...call)
    }
    expect((await remove(browser, ada.password)).status).toBe(401)
    expect((await there.json('GET', '/api/v1/session')).status).toBe(200)
  })

  it('is for anyone who is logged in', async () => {
    const stranger = app().visitor()
    expect((await stranger.send('GET', '/account/delete')).headers.get('location')).toBe(
      '/login?return_to=%2Faccount%2Fdelete',
    )
    expect((await remove(stranger, 'violet tram lamp')).status).toBe(401)
  })
})

onEachDatabase('The way back', (database) => {
  const app = useApp(database)

  it('stands in an email: how long it works, from where it was done, and what if it was not you', async () => {
    const { ada } = await gone(app())
    const message = await emailTo(app(), ada.email ?? '', 'account-deletion-scheduled')
    expect(message).toMatchObject({ subject: 'Your account at Gatelodge will be deleted', to: { address: ada.email } })
    expect(message.text).toContain('14 days')
    expect(message.text).toContain('/restore-account/')
    expect(message.text).toContain('If this was not you')
  })

  it('V3.5.3 V14.2.1 changes nothing when it is opened, and leads to an address without the token', async () => {
    const { browser, ada, id } = await gone(app())
    const link = await linkTo(app(), ada.email ?? '', 'account-deletion-scheduled')
    for (const method of ['HEAD', 'GET', 'GET']) {
      const answer = await app().visitor().send(method, link)
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/restore-account'])
    }
    await browser.open(link)
    expect(browser.page).toMatchObject({ status: 200, path: '/restore-account', heading: 'Restore your account?' })
    expect(browser.page.html).toContain(ada.email)
    expect(browser.page.html).not.toContain(link.split('/').at(-1))
    expect(await logIn(app(), ada)).toBe(401)
    expect(await events(app(), id)).not.toContain('account.restored')
  })

  it('V6.3.6 gives the account back as it was, and logs nobody in', async () => {
    const { browser, ada, id } = await gone(app())
    app().clock.pass(days(14) - 1)
    await browser.open(await linkTo(app(), ada.email ?? '', 'account-deletion-scheduled'))
    await browser.submit({})
    expect(browser.page).toMatchObject({ path: '/login', notice: 'Your account was restored. Log in to continue.' })
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(401)
    await browser.logIn(ada)
    expect(browser.page.heading).toBe('Hello, Ada Lovelace')
    expect(await events(app(), id)).toContain('account.restored')
    app().clock.pass(days(30))
    await purge(app().services)
    expect(await logIn(app(), ada)).toBe(200)
  })

  it('works once, and not after 14 days', async () => {
    const { browser, ada } = await gone(app())
    const link = await linkTo(app(), ada.email ?? '', 'account-deletion-scheduled')
    await browser.open(link)
    await browser.submit({})
    await browser.open(link)
    expect(browser.page).toMatchObject({ status: 410, heading: 'This link no longer works' })
    expect((await browser.form('/restore-account')).status).toBe(410)

    const late = await gone(app())
    await late.browser.open(await linkTo(app(), late.ada.email ?? '', 'account-deletion-scheduled'))
    app().clock.pass(days(14))
    expect((await late.browser.form('/restore-account')).status).toBe(410)
    await late.browser.open(await linkTo(app(), late.ada.email ?? '', 'account-deletion-scheduled'))
    expect(late.browser.page.status).toBe(410)
  })

  it('of an earlier deletion does not end a later one', async () => {
    const { browser, ada } = await gone(app())
    const first = await linkTo(app(), ada.email ?? '', 'account-deletion-scheduled')
    await browser.open(first)
    await browser.submit({})
    await browser.logIn(ada)
    await remove(browser, ada.password)
    await browser.open(first)
    expect(browser.page.status).toBe(410)
    await browser.open(await linkTo(app(), ada.email ?? '', 'account-deletion-scheduled'))
    await browser.submit({})
    expect(await logIn(app(), ada)).toBe(200)
  })

  it('stays closed where the same link was used, and the account left once more, while it was on its way', async () => {
    const { browser, ada } = await gone(app())
    const link = await linkTo(app(), ada.email ?? '', 'account-deletion-scheduled')
    const slow = app().visitor()
    await slow.open(link)
    const { tokens } = app().services
    const { find } = tokens
    tokens.find = async (...call) => {
      tokens.find = find
      const found = await find(...call)
      await browser.open(link)
      await browser.submit({})
      await browser.logIn(ada)
      await remove(browser, ada.password)
      return found
    }
    expect((await slow.form('/restore-account')).status).toBe(410)
    expect(await logIn(app(), ada)).toBe(401)
  })

  it('V2.3.4 V15.4.2 16 at once bring it back once', async () => {
    const { browser, ada, id } = await gone(app())
    await browser.open(await linkTo(app(), ada.email ?? '', 'account-deletion-scheduled'))
    const all = await Promise.all(Array.from({ length: 16 }, () => browser.form('/restore-account')))
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(all.filter(({ status }) => status === 410)).toHaveLength(15)
    expect((await events(app(), id)).filter((event) => event === 'account.restored')).toHaveLength(1)
    expect(await logIn(app(), ada)).toBe(200)
  })

  it('does not lead past the operator: what they have disabled stays so', async () => {
    const { browser, ada, id } = await gone(app())
    const { db } = app().services.database
    const setDisabled = (moment: number | null) =>
      db.updateTable('gatelodge_accounts').set({ disabled_at: moment }).where('id', '=', id).execute()
    await browser.open(await linkTo(app(), ada.email ?? '', 'account-deletion-scheduled'))
    await setDisabled(app().clock.now())
    expect((await browser.form('/restore-account')).status).toBe(410)
    expect(await logIn(app(), ada)).toBe(401)
    await setDisabled(null)
    await browser.open(await linkTo(app(), ada.email ?? '', 'account-deletion-scheduled'))
    await browser.submit({})
    expect(await logIn(app(), ada)).toBe(200)
  })

  it.each([
    ['nothing', ''],
    ['an email', 'x'],
    ['what has the form of one', 'x'.repeat(43)],
    ['a long one', 'x'.repeat(2_000)],
    ['a piece of SQL', "' or 1=1 --"],
  ])('is none for a link that was made up: %s', async (_, made) => {
    const browser = app().visitor()
    await browser.open(made ? `/restore-account/${encodeURIComponent(made)}` : '/restore-account')
    expect(browser.page.status).toBe(410)
    expect((await browser.form('/restore-account')).status).toBe(410)
  })
})
