// The emails in the console, by the front door.
import { stringify } from 'uuid'
import { expect, it } from 'vitest'
import { proveAgain, someAdministrator } from '../../../tests/support/administrators.ts'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { writeEmail } from '../../../tests/support/delivery.ts'
import { accountOf } from '../../../tests/support/groups.ts'
import { type TestApp, useApp } from '../../../tests/support/make-app.ts'
import { textOf } from '../../../tests/support/visitor.ts'
import { newId } from '../../identity/ids.ts'
import { hours, minutes } from '../../time.ts'

const path = '/admin/emails'

const nextOn = ({ html }: { html: string }) => /rel="next" href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
const rowsOn = ({ html }: { html: string }) =>
  [...html.matchAll(/<li class="whole">(.*?)<\/li>/gs)].map(([, row = '']) => textOf(row))

/** The newest email, as one that the mail server refused for good. */
async function refuse({ services, clock }: TestApp, failure = 'EENVELOPE RCPT TO 550') {
  const { db } = services.database
  const [email] = await services.emails.latest(db, 1)
  if (!email) throw new Error('there is no email')
  const failed = { due_at: null, failed_at: clock.now(), failure, tries: 1 }
  await db.updateTable('gatelodge_emails').set(failed).where('id', '=', email.id).execute()
  return { ...email, again: `${path}/${stringify(email.id)}/send-again` }
}

onEachDatabase('The emails in the console', (database) => {
  const app = useApp(database, { smtpUrl: 'smtp://localhost:1', mailFrom: 'hello@example.org' })

  it('V8.4.2 V8.2.1 are for administrators, and sending again needs a fresh proof', async () => {
    await writeEmail(app())
    const { again } = await refuse(app())
    const browser = app().visitor()
    await browser.register()
    for (const one of [path, again]) expect((await browser.open(one)).status).toBe(404)
    await browser.open('/logout')
    expect((await browser.submitOnly({}, again)).status).toBe(404)
    const administrator = await someAdministrator(app())
    app().clock.pass(minutes(11))
    expect((await administrator.browser.open(path)).status).toBe(200)
    await administrator.browser.open(again)
    expect(administrator.browser.page.path).toBe('/reauthenticate')
    await proveAgain(app(), administrator)
    expect(administrator.browser.page.path).toBe(again)
  })

  it('V14.2.6 V1.2.1 show kind, account, state and failure of each, and never what it says nor markup', async () => {
    const { browser } = await someAdministrator(app())
    const person = await app().visitor().register({ name: '<img src=x>"\'&' })
    const { id: accountId } = await accountOf(app(), person)
    await writeEmail(app(), { accountId, link: { token: 'a-secret-token', life: hours(24) } })
    const { sealed } = await refuse(app(), '<script>alert(1)</script>')
    const page = await browser.open(`${path}?state=failed`)
    const row = rowsOn(page)[0] ?? ''
    for (const known of ['Reset your password', 'Failed', '<img src=x>"\'&', person.email ?? '', '1 try', '<script>'])
      expect(row).toContain(known)
    for (const hidden of ['a-secret-token', sealed, '<img', '<script>alert']) expect(page.html).not.toContain(hidden)
    expect(rowsOn(await browser.open(`${path}?state=waiting`)).every((one) => one.includes('Waiting'))).toBe(true)
    expect(rowsOn(await browser.open(`${path}?state=sent`))).toEqual([])
    expect(browser.page.html).toContain('There are no such emails.')
    // What is none of ours counts as not given.
    for (const strange of ["ü'", '\0', 'kept', 'x'.repeat(5_000)]) {
      const query = new URLSearchParams({ state: strange, before: strange })
      expect((await browser.send('GET', `${path}?${query}`)).status, strange).toBe(200)
    }
  })

  it('V16.2.1 one that failed is sent again as it was, once, and recorded with who did it', async () => {
    const { browser } = await someAdministrator(app())
    const person = await app().visitor().register()
    const { id: accountId } = await accountOf(app(), person)
    await writeEmail(app(), { accountId })
    const { id, sealed, again } = await refuse(app())
    await browser.open(again)
    expect(browser.page.html).toContain(person.email)
    const other = browser.page
    await browser.submit({})
    expect([browser.page.path, browser.page.notice]).toEqual([path, 'The email is on its way again.'])
    const { db } = app().services.database
    const after = await app().services.emails.find(db, id)
    expect(after).toMatchObject({ sealed, dueAt: app().clock.now(), failedAt: null, failure: null, tries: 0 })
    const { id: actor } = await browser.account()
    const rows = await db.selectFrom('gatelodge_audit').selectAll().where('event', '=', 'email.sent-again').execute()
    expect(rows).toMatchObject([{ actor, account_id: accountId, reason: 'reset-password' }])
    expect(other.status).toBe(200)
    await browser.open(again)
    await browser.submit({})
    expect(browser.page.notice).toBe('The email was already sent, or is still waiting.')
  })

  it('none is sent again whose link has expired, and there is none for another id', async () => {
    const { browser } = await someAdministrator(app())
    await writeEmail(app(), { link: { token: 'a-token', life: minutes(5) } })
    const { again } = await refuse(app())
    app().clock.pass(minutes(6))
    expect((await browser.open(path)).html).not.toContain(again)
    await browser.open(again)
    await browser.submit({})
    expect(browser.page.notice).toMatch(/^This email can no longer be sent/)
    for (const id of ['x', stringify(newId())])
      expect((await browser.open(`${path}/${id}/send-again`)).status).toBe(404)
  })

  it('are paged by a cursor that keeps the filter', async () => {
    const { browser } = await someAdministrator(app())
    const { db } = app().services.database
    await db.deleteFrom('gatelodge_emails').execute()
    for (let count = 0; count < 27; count += 1) await writeEmail(app())
    await refuse(app())
    const first = await browser.open(`${path}?state=waiting`)
    expect(rowsOn(first)).toHaveLength(25)
    expect(nextOn(first)).toMatch(/^\/admin\/emails\?state=waiting&before=[\da-f-]{36}$/)
    const second = await browser.open(nextOn(first) ?? '')
    expect([rowsOn(second).length, nextOn(second), second.html.includes('First page')]).toEqual([1, undefined, true])
  })
})
