import { expect, it, vi } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import { someoneWithApp } from '../../../tests/support/second-factor.ts'
import { textOf } from '../../../tests/support/visitor.ts'
import { days, hours } from '../../time.ts'
import { initialsOf } from './pages.tsx'

/** The names of the rows, by the heading that they stand below. */
function sectionsOf(html: string): Record<string, string[]> {
  const parts = html.split('<h2>').slice(1)
  const names = (part: string) => [...part.matchAll(/<dt>(.*?)<\/dt>/g)].map(([, name = '']) => name)
  return Object.fromEntries(parts.map((part) => [part.split('</h2>')[0], names(part)]))
}

const rowOf = (html: string, name: string) =>
  textOf(new RegExp(`<dt>${name}</dt><dd>(.*?)</dd>`, 's').exec(html)?.[1] ?? '').trim()

onEachDatabase('The account page', (database) => {
  const app = useApp(database)

  it('leads a visitor to the login page, which says why, and is private', async () => {
    const browser = app().visitor()
    const answer = await browser.send('GET', '/account')
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/login?return_to=%2Faccount'])
    await browser.open('/account')
    expect(browser.page.notice).toBe('Log in to see that page.')
    expect(await browser.json('GET', '/api/v1/session')).toMatchObject({
      status: 401,
      body: { code: 'login-required' },
    })
  })

  it('V14.3.2 shows who is logged in, with a way out, and is kept nowhere', async () => {
    const browser = app().visitor()
    const ada = await browser.register({ name: 'Grace <b>Hopper</b> & "friends"' })
    await browser.open('/account')
    expect(browser.page.html).toContain(
      'Hello, <bdi translate="no">Grace &lt;b&gt;Hopper&lt;/b&gt; &amp; &quot;friends&quot;</bdi>',
    )
    expect(browser.page.html).toContain(ada.email)
    expect(browser.page.html).toMatch(/<form method="post" action="\/logout">.*<button[^>]*>Log out<\/button>/s)
    expect(browser.page.headers.get('cache-control')).toBe('no-store')
  })

  it('stands in sections, and each row says its state', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    app().clock.pass(days(70))
    await app().visitor().logIn(ada)
    const here = app().visitor()
    await here.logIn(ada)
    await here.open('/account')
    expect(sectionsOf(here.page.html)).toEqual({
      Profile: ['Name', 'Email address', 'Registered'],
      Security: ['Password', 'Passkeys', 'Two-factor authentication', 'Devices'],
      'Recent activity': [],
      Data: ['Your data'],
      'Delete account': ['Your account'],
    })
    expect(rowOf(here.page.html, 'Devices')).toBe('2 devices Manage')
    expect(rowOf(here.page.html, 'Password')).toBe('Set when you registered Change')
    expect(rowOf(here.page.html, 'Your account')).toBe('Can be restored for 14 days Delete')
    await here.open('/account/password')
    await here.submit({ current_password: ada.password ?? '', new_password: 'amber ferry clock' })
    app().clock.pass(hours(3))
    await here.open('/account')
    expect(rowOf(here.page.html, 'Password')).toBe('Last changed 3 hours ago Change')
    // What was logged out elsewhere is not counted, nor what has run out by itself.
    expect(rowOf(here.page.html, 'Devices')).toBe('1 device Manage')
  })

  it('counts the recovery codes that are left, and asks the database once for all of it', async () => {
    const { browser } = await someoneWithApp(app())
    const { db } = app().services.database
    const id = Buffer.from(String((await browser.account()).id).replaceAll('-', ''), 'hex')
    const codes = await db.selectFrom('gatelodge_recovery_codes').select('id').where('account_id', '=', id).execute()
    for (const code of codes.slice(0, 3))
      await db.updateTable('gatelodge_recovery_codes').set({ used_at: 1 }).where('id', '=', code.id).execute()
    const read = vi.spyOn(app().services.database, 'read')
    const others = vi.spyOn(db.getExecutor(), 'executeQuery')
    await browser.open('/account')
    expect([read.mock.calls.length, others.mock.calls.length]).toEqual([1, 0])
    vi.restoreAllMocks()
    expect(rowOf(browser.page.html, 'Two-factor authentication')).toBe(
      'App codes on, 7 of 10 recovery codes left Manage',
    )
  })

  it('V15.3.1 gives programs what they need of an account, and nothing else', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    expect(await browser.account()).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      ...{ name: ada.name, email: ada.email, email_verified: false, groups: [], fields: {} },
      registered_at: new Date(app().clock.now()).toISOString(),
    })
  })
})

it.each([
  ['Ada Lovelace', 'AL'],
  ['Ada', 'A'],
  ['  Ada   King  Lovelace ', 'AL'],
  ['👩‍👩‍👧 Ångström', '👩‍👩‍👧Å'],
  ['مريم الأسترلابي', 'ما'],
  ['', ''],
])('The initials of "%s" are "%s"', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})
