// One link, pressed many times at the same moment.
import { expect, it } from 'vitest'
import { atEachLevel } from '../../../tests/support/databases.ts'
import { linkTo } from '../../../tests/support/emails.ts'
import { type TestApp, useApp } from '../../../tests/support/make-app.ts'
import type { Fields, Visitor } from '../../../tests/support/visitor.ts'
import type { AuditedEvent } from '../../identity/audit/events.ts'

const sixteen = <T>(work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: 16 }, (_, index) => work(index)))

atEachLevel('16 at once', (database, replaced) => {
  const app = useApp(database, { emailsPerClient: 100_000 }, replaced)

  it('V2.3.4 V15.4.2 presses of one button: one record, and a success for all of them', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    await browser.open(await linkTo(app(), ada.email ?? '', 'verify-email'))
    const answers = await sixteen(() => browser.form('/verify-email/confirm'))
    expect(new Set(answers.map(({ status, path }) => `${status} ${path}`))).toEqual(new Set(['200 /account']))
    await confirmedOnce(app(), ada)
    expect(await statusOf(browser)).toBe(200)
  })

  it('V2.3.4 V15.4.2 links opened in browsers that the account does not know: one is logged in', async () => {
    const first = app().visitor()
    const ada = await first.register()
    const link = await linkTo(app(), ada.email ?? '', 'verify-email')
    const browsers = await sixteen(async () => {
      const browser = app().visitor()
      await browser.open(link)
      return browser
    })
    const answers = await Promise.all(
      browsers.map((browser) => browser.form('/verify-email/confirm', { password: ada.password })),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    await confirmedOnce(app(), ada)
    const statuses = await Promise.all([first, ...browsers].map(statusOf))
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(await rows(app(), 'gatelodge_sessions', ada)).toBe(1)
  })

  it('V15.4.2 the link, its replacement and the end of the account: nothing is half', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    const copies = await sixteen(async () => {
      const copy = app().visitor()
      copy.cookies = new Map(browser.cookies)
      await copy.open(await linkTo(app(), ada.email ?? '', 'verify-email'))
      return copy
    })
    const statuses = await Promise.all(
      copies.map(async (copy, index) => {
        if (index === 7) return (await copy.json('POST', '/api/v1/delete', { current_password: ada.password })).status
        return (await copy.form('/verify-email/confirm')).status
      }),
    )
    expect(statuses.filter((status) => ![200, 204, 401, 410].includes(status))).toEqual([])
    for (const copy of copies) expect(await statusOf(copy)).toBe(401)
    expect(await recorded(app(), ada, 'email.verified')).toBeLessThanOrEqual(1)
    const { verified_at, deletes_at } = await accountOf(app(), ada)
    expect(verified_at !== null).toBe((await recorded(app(), ada, 'email.verified')) === 1)
    expect(deletes_at).not.toBeNull()
  })
})

const statusOf = async (browser: Visitor) => (await browser.json('GET', '/api/v1/session')).status

/** One record, the mark on the account, and no link that is still good. */
async function confirmedOnce(app: TestApp, person: Fields): Promise<void> {
  expect(await recorded(app, person, 'email.verified')).toBe(1)
  expect((await accountOf(app, person)).verified_at).not.toBeNull()
  const { id } = await accountOf(app, person)
  const { db } = app.services.database
  const tokens = await db.selectFrom('gatelodge_tokens').selectAll().where('account_id', '=', id).execute()
  expect(tokens.filter(({ used_at }) => used_at === null)).toEqual([])
}

function accountOf({ services }: TestApp, { email = '' }: Fields) {
  const { db } = services.database
  return db.selectFrom('gatelodge_accounts').selectAll().where('email', '=', email).executeTakeFirstOrThrow()
}

async function rows(app: TestApp, table: 'gatelodge_sessions', person: Fields): Promise<number> {
  const { id } = await accountOf(app, person)
  const { db } = app.services.database
  const all = await db.selectFrom(table).select('ended_at').where('account_id', '=', id).execute()
  return all.filter(({ ended_at }) => ended_at === null).length
}

async function recorded(app: TestApp, person: Fields, event: AuditedEvent): Promise<number> {
  const { id } = await accountOf(app, person)
  const { db } = app.services.database
  const all = await db.selectFrom('gatelodge_audit').select('event').where('account_id', '=', id).execute()
  return all.filter((row) => row.event === event).length
}
