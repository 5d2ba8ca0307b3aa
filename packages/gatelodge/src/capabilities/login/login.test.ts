import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { useApp } from '../../../tests/support/make-app.ts'

onEachDatabase('Login', (database) => {
  const app = useApp(database)

  it('lets in who knows email and password, and greets by name', async () => {
    const ada = await app().visitor().register()
    const browser = app().visitor()
    await browser.logIn(ada)
    expect(browser.page).toMatchObject({ path: '/account', heading: 'Hello, Ada Lovelace' })
  })
})
