// Invitations in the console, by the front door.
import { expect, it } from 'vitest'
import { proveAgain, someAdministrator } from '../../../tests/support/administrators.ts'
import { onSqlite } from '../../../tests/support/databases.ts'
import { emailsTo } from '../../../tests/support/emails.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import { someone } from '../../../tests/support/visitor.ts'
import { days, minutes } from '../../time.ts'

const path = '/admin/invitations'

onSqlite('Invitations in the console', (database) => {
  const app = useApp(database)

  it('V8.4.2 V8.2.1 are for administrators: for every other account these pages are unknown', async () => {
    const browser = app().visitor()
    await browser.register()
    for (const one of [path, `${path}/new`]) expect((await browser.open(one)).status).toBe(404)
    expect((await browser.send('POST', path, new URLSearchParams({ invitation: 'x' }))).status).toBe(403)
    expect((await browser.json('POST', `${path}/new`, {})).status).toBe(415)
  })

  it('V7.5.1 an administrator makes a link for two, which is shown once, and revokes it', async () => {
    const { database: db, groups } = app().services
    await db.transact(
      (trx) => groups.create(trx, 'editors', ''),
      async () => undefined,
    )
    const administrator = await someAdministrator(app())
    const { browser } = administrator
    app().clock.pass(minutes(11))
    await browser.open(`${path}/new`)
    expect(browser.page.path).toBe('/reauthenticate')
    await proveAgain(app(), administrator)
    expect(browser.page.html).toContain('There are: editors.')
    await browser.submit({ invited_email: '', groups: 'editors', uses: '2' })
    expect(browser.page).toMatchObject({ heading: 'Pass on this link', status: 200 })
    const shown = browser.page.path
    const link = /\/invitation\/[\w-]{43}/.exec(browser.page.html)?.[0] ?? ''
    expect((await browser.open(shown)).path).toBe(path)

    const guest = app().visitor()
    await guest.open(link)
    await guest.submit(someone())
    expect(await guest.account()).toMatchObject({ groups: ['editors'] })

    await browser.open(path)
    expect(browser.page.html).toMatch(/Anyone with the link<\/b> <span class="badge quiet">Open</)
    expect(browser.page.html).toContain('1 of 2 used')
    await browser.submit({})
    expect(browser.page.notice).toBe('The invitation was revoked: its link no longer works.')
    expect(browser.page.html).toMatch(/Anyone with the link<\/b> <span class="badge quiet">Revoked</)
    await app().visitor().open(link)
    const { id } = (await administrator.browser.account()) as { id: string }
    const rows = await db.db.selectFrom('gatelodge_audit').select(['event', 'actor']).execute()
    expect(rows.filter(({ actor }) => actor === id).map(({ event }) => event)).toEqual([
      'invitation.created',
      'invitation.accepted',
      'group.joined',
      'invitation.revoked',
    ])
  })

  it('sends an email, and says at the field what is wrong', async () => {
    const { browser } = await someAdministrator(app())
    await browser.open(`${path}/new`)
    const wrong = [
      [{ invited_email: 'no address' }, 'Enter an email address like name@example.org'],
      [{ invited_email: 'ada@example.org', uses: '2' }, 'An invitation by email is for one person.'],
      [{ groups: 'administrators' }, 'An invitation cannot make administrators'],
      [{ groups: 'nobody-made-it' }, 'Enter only groups that exist'],
      [{ uses: '0' }, 'Enter a whole number from 1 to 10,000'],
      [{ days: '0' }, 'Enter a whole number from 1 to 365'],
      [{ days: '366' }, 'Enter a whole number from 1 to 365'],
      [{ days: '1.5' }, 'Enter a whole number from 1 to 365'],
    ] as const
    for (const [fields, message] of wrong) {
      await browser.submit({ invited_email: '', groups: '', uses: '', days: '', ...fields })
      expect(browser.page.summary.join()).toContain(message)
    }
    for (let times = 0; times < 2; times += 1) {
      await browser.submit({ invited_email: '', groups: '', uses: '' })
      await browser.open(`${path}/new`)
    }
    await browser.submit({ invited_email: 'ada@example.org', groups: '', uses: '' })
    expect(browser.page).toMatchObject({ path, notice: 'The invitation is on its way.' })
    expect([...browser.page.html.matchAll(/aria-label="(Revoke[^"]*)"/g)].map(([, name]) => name)).toEqual([
      'Revoke invitation 1: ada@example.org',
      'Revoke invitation 2: Anyone with the link',
      'Revoke invitation 3: Anyone with the link',
    ])
    expect((await emailsTo(app(), 'ada@example.org')).map(({ kind }) => kind)).toEqual(['invitation'])
  })

  it('lasts as long as the setting says, or as many days as were typed', async () => {
    const { browser } = await someAdministrator(app())
    for (const typed of ['', ' 30 ']) {
      await browser.open(`${path}/new`)
      expect(browser.page.html).toContain('If empty, 7 days.')
      await browser.submit({ invited_email: '', groups: '', uses: '', days: typed })
    }
    const rows = app().services.database.db.selectFrom('gatelodge_invitations').select(['created_at', 'expires_at'])
    const lives = (await rows.execute()).map((row) => Number(row.expires_at) - Number(row.created_at))
    expect(lives.sort((one, other) => one - other).slice(-2)).toEqual([days(7), days(30)])
  })
})
