import { expect, it, vi } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { makeApp, throwawayDatabase, useApp } from '../../../tests/support/make-app.ts'
import type { Database } from '../../database/connect.ts'
import { Unavailable } from '../../database/unavailable.ts'
import { digest } from '../sealing.ts'
import { createLookup } from './lookup.ts'

onEachDatabase('The session look-up', (database) => {
  const app = useApp(database)

  it('asks once for all requests of one turn of the event loop, and once for a page', async () => {
    const people = await Promise.all(
      Array.from({ length: 70 }, async (_, index) => {
        const browser = app().visitor()
        await browser.register({ name: `Person ${index}` })
        return browser
      }),
    )
    const read = vi.spyOn(app().services.database, 'read')
    const tokens = people.map((browser) => browser.sessionCookie ?? '')
    const { sessions } = app().services
    const found = await Promise.all([...tokens, 'unknown', tokens[0] ?? ''].map((token) => sessions.resume(token)))
    // 72 tokens: one statement for 64, one for the other eight.
    expect(read.mock.calls.map(([, values]) => values.length)).toEqual([64, 8])
    expect(found.map((one) => one && 'account' in one && one.account.name)).toEqual([
      ...people.map((_, index) => `Person ${index}`),
      undefined,
      'Person 0',
    ])
    read.mockRestore()
  })

  it('is the only statement of a guarded page, and the login page for a visitor needs none', async () => {
    const browser = app().visitor()
    await browser.register()
    const { database } = app().services
    const read = vi.spyOn(database, 'read')
    const others = vi.spyOn(database.db.getExecutor(), 'executeQuery')
    await browser.open('/account')
    expect([read.mock.calls.length, others.mock.calls.length]).toEqual([1, 0])
    await app().visitor().open('/login')
    await app().visitor().open('/register')
    expect([read.mock.calls.length, others.mock.calls.length]).toEqual([1, 0])
    await database.db.selectFrom('gatelodge_accounts').select('id').limit(1).execute()
    expect(others).toHaveBeenCalledTimes(1)
    vi.restoreAllMocks()
  })

  it('knows the very next moment that a session has ended', async () => {
    const browser = app().visitor()
    await browser.register()
    const token = browser.sessionCookie ?? ''
    const { sessions } = app().services
    expect(await sessions.resume(token)).toBeDefined()
    await browser.logOut()
    expect(await sessions.resume(token)).toBeUndefined()
  })
})

it('The session look-up on a secondary finds what is there, and takes nobody for logged out who is not', async () => {
  const app = await makeApp(throwawayDatabase())
  const browser = app.visitor()
  await browser.register()
  const { database } = app.services
  const away = new Unavailable('no host of the database takes writes')
  const without = (readElsewhere: Database['readElsewhere']) =>
    createLookup({ read: () => Promise.reject(away), readElsewhere })
  const [known, unknown] = [digest(browser.sessionCookie ?? ''), digest('a session of a moment ago')]
  const readWhole = async (text: string, values: readonly unknown[]) => ({
    rows: await database.read(text, values),
    isWhole: true,
  })
  const secondary = without(async (text, values) => ({ ...(await readWhole(text, values)), isWhole: false }))
  const [found, lacking] = await Promise.allSettled([secondary(known), secondary(unknown)])
  expect(found).toMatchObject({ status: 'fulfilled', value: { account: { name: 'Ada Lovelace' } } })
  expect(lacking).toMatchObject({ status: 'rejected', reason: { name: 'Unavailable' } })
  // The next writer knows all of them.
  expect(await without(readWhole)(unknown)).toBeUndefined()
  await expect(without(async () => undefined)(known)).rejects.toBe(away)
  await expect(without(undefined)(known)).rejects.toBe(away)
  await app.close()
})
