// After a log-in with a password: the offer to make a passkey, once.
import { expect, it, vi } from 'vitest'
import { onSqlite } from '../../../tests/support/databases.ts'
import { makeApp, useApp } from '../../../tests/support/make-app.ts'
import { logInWithPasskey, someoneWithPasskey } from '../../../tests/support/passkeys.ts'
import { verify } from '../../../tests/support/second-factor.ts'
import type { Visitor } from '../../../tests/support/visitor.ts'

const isOffered = async (browser: Visitor) => (await browser.open('/account')).html.includes('class="offer"')

onSqlite('The offer to make a passkey', (database) => {
  const app = useApp(database, { emailsPerClient: 100_000 })

  async function loggedIn() {
    const person = await app().visitor().register()
    await verify(app(), person)
    const browser = app().visitor()
    await browser.logIn(person)
    return { browser, person }
  }

  it('stands on the account page, blocks nothing, and its answer holds on every device', async () => {
    const { browser, person } = await loggedIn()
    expect(browser.page.path).toBe('/account')
    expect(browser.page.html).toMatch(/<a class="button small" href="\/account\/passkeys\/add">Create a passkey<\/a>/)
    const there = app().visitor()
    await there.logIn(person)
    expect(await isOffered(there)).toBe(true)
    await browser.submit({}, '/account/passkeys/offer')
    expect(browser.page).toMatchObject({ path: '/account', status: 200, notice: undefined })
    expect([await isOffered(browser), await isOffered(there)]).toEqual([false, false])
    const later = app().visitor()
    await later.logIn(person)
    expect(await isOffered(later)).toBe(false)
  })

  it('costs the account page no statement', async () => {
    const { browser } = await loggedIn()
    const { database } = app().services
    const read = vi.spyOn(database, 'read')
    const others = vi.spyOn(database.db.getExecutor(), 'executeQuery')
    expect(await isOffered(browser)).toBe(true)
    expect([read.mock.calls.length, others.mock.calls.length]).toEqual([1, 0])
    vi.restoreAllMocks()
  })

  it('is not made where none can be made, nor to those who have or had one, nor after another log-in', async () => {
    const newcomer = app().visitor()
    const unverified = await newcomer.register()
    expect(await isOffered(newcomer)).toBe(false)
    await verify(app(), unverified)
    expect(await isOffered(newcomer)).toBe(true)
    const owner = await someoneWithPasskey(app())
    expect(await isOffered(owner.browser)).toBe(false)
    const byPasskey = app().visitor()
    await logInWithPasskey(byPasskey, owner.key)
    expect([byPasskey.page.path, await isOffered(byPasskey)]).toEqual(['/account', false])
    await owner.browser.open('/account/passkeys')
    await owner.browser.open(/href="(\/account\/passkeys\/remove[^"]*)"/.exec(owner.browser.page.html)?.[1] ?? '')
    await owner.browser.submit({})
    expect(await isOffered(owner.browser)).toBe(false)
    const { db } = app().services.database
    await db.updateTable('gatelodge_accounts').set({ passkey_offer_answered_at: null }).execute()
    expect([await isOffered(owner.browser), await isOffered(byPasskey)]).toEqual([true, false])
    const byAddress = await makeApp(database, { baseUrl: 'http://127.0.0.1:3000' })
    const there = byAddress.visitor()
    await there.logIn(unverified)
    expect([there.page.path, await isOffered(there)]).toEqual(['/account', false])
    await byAddress.close()
  })
})
