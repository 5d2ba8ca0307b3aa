import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import { logInWithPasskey, someoneWithPasskey } from '../../../tests/support/passkeys.ts'

onEachDatabase('Passkeys', (database) => {
  const app = useApp(database)

  it('are added on a page of their own, and log their owner in', async () => {
    const { browser, person, key } = await someoneWithPasskey(app())
    await browser.open('/account/passkeys')
    expect(browser.page.html).toContain('<b>Passkey</b> <span class="badge">Synced</span>')
    const other = app().visitor()
    await logInWithPasskey(other, key)
    expect(other.page.path).toBe('/account')
    expect(await other.account()).toMatchObject({ email: person.email })
    expect(app().logged).toContainEqual(
      expect.objectContaining({ msg: 'login.succeeded', methods: ['mfa', 'swk', 'user'] }),
    )
  })
})
