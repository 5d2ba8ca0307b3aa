import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import { initialsOf } from './pages.tsx'

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
