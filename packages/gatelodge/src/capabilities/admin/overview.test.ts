// The front page of the console, and who gets to it.
import { expect, it } from 'vitest'
import { someAdministrator } from '../../../tests/support/administrators.ts'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { join } from '../../../tests/support/groups.ts'
import { type TestApp, useApp } from '../../../tests/support/make-app.ts'
import { textOf } from '../../../tests/support/visitor.ts'
import { recordOf } from '../../identity/audit/rules.ts'
import { auditRows } from '../../identity/audit/storage.ts'
import { firstIdOf } from '../../identity/ids.ts'
import { days, minutes } from '../../time.ts'

const refusalsOf = async ({ services }: TestApp, email = '') => {
  const { db } = services.database
  const rows = await db
    .selectFrom('gatelodge_audit as audit')
    .innerJoin('gatelodge_accounts as account', 'account.id', 'audit.account_id')
    .select(['audit.reason', 'audit.outcome'])
    .where('account.email', '=', email)
    .where('audit.event', '=', 'console.refused')
    .execute()
  return rows
}

/** The table twin: a row of texts for each day. */
const tableOf = (html: string) =>
  [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) => textOf(cell)),
  )

onEachDatabase('The console', (database) => {
  const app = useApp(database)

  it('V8.4.2 V8.2.1 is for administrators: a visitor logs in first, for every other account it is an unknown page', async () => {
    const visitor = app().visitor()
    await visitor.open('/admin')
    expect([visitor.page.path, visitor.page.notice]).toEqual(['/login', 'Log in to see that page.'])
    expect((await visitor.json('GET', '/admin')).body).toMatchObject({ code: 'login-required', status: 401 })
    const member = app().visitor()
    const person = await member.register()
    await join(app(), person, 'editors')
    const unknown = await member.open('/no-such-page')
    const refused = await member.open('/admin')
    expect([refused.status, refused.html]).toEqual([404, unknown.html])
    expect((await member.json('GET', '/admin')).body).toMatchObject({ code: 'not-found', status: 404 })
    expect(await refusalsOf(app(), person.email)).toEqual([
      { reason: 'not-administrator', outcome: 'refused' },
      { reason: 'not-administrator', outcome: 'refused' },
    ])
    expect(app().logged).toContainEqual(expect.objectContaining({ msg: 'console.refused', route: '/admin' }))
    expect((await member.open('/account')).html).not.toContain('href="/admin"')
  })

  it('V16.1.1 records ten refusals of an account in an hour, and logs all', async () => {
    const member = app().visitor()
    const person = await member.register()
    for (let time = 0; time < 13; time += 1) await member.send('GET', '/admin')
    expect(await refusalsOf(app(), person.email)).toHaveLength(10)
  })

  it('opens for an administrator, from the account page, however long ago the proof was', async () => {
    const { browser } = await someAdministrator(app())
    app().clock.pass(minutes(12))
    await browser.open('/account')
    expect(browser.page.html).toContain('<a href="/admin" aria-label="Open the console">Open</a>')
    await browser.open('/admin')
    expect([browser.page.status, browser.page.heading]).toEqual([200, 'Overview'])
    expect(browser.page.html).toContain('<a href="/admin" aria-current="page">Overview</a>')
    expect(browser.page.html).not.toMatch(/<style|style="|onclick/)
  })

  it('shows the last seven days as charts, and the same numbers as a table', async () => {
    const { browser } = await someAdministrator(app())
    const { db } = app().services.database
    await db.deleteFrom('gatelodge_audit').execute()
    const source = { clientAddress: '', device: {}, requestId: 'x' }
    const told = [
      ['login.succeeded', 0],
      ['login.succeeded', 0],
      ['login.failed', 1],
      ['registration.succeeded', 6],
      ['two-factor.added', 6],
      ['login.succeeded', 7],
      ['name.changed', 0],
    ] as const
    for (const [number, [event, ago]] of told.entries()) {
      const at = app().clock.now() - days(ago)
      const id = firstIdOf(at)
      id.writeUInt32BE(number, 10)
      await auditRows.insert(db, { ...recordOf(event, source, {}, at), id })
    }
    const { html } = await browser.open('/admin')
    const rows = tableOf(html)
    expect(rows[0]).toEqual([
      ...[
        'Day',
        'New accounts',
        'Logins',
        'Refused attempts',
        'Second factors added',
        'Password resets',
        'Emails waiting',
      ],
    ])
    expect(rows).toHaveLength(8)
    expect(rows[1]?.slice(1)).toEqual(['1', '0', '0', '1', '0', '0'])
    expect(rows[6]?.slice(1)).toEqual(['0', '0', '1', '0', '0', '0'])
    expect(rows[7]?.slice(1)).toEqual(['0', '2', '0', '0', '0', '0'])
    expect(html.match(/<svg [^>]*role="img" aria-label="/g)).toHaveLength(4)
    expect(html.match(/<rect/g)).toHaveLength(4)
  })
})
