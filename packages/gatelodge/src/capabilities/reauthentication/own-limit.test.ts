// Wrong recovery codes and wrong passkeys of one session: counted in the database, and for that session alone.
import { expect, it } from 'vitest'
import { Authenticator } from '../../../tests/support/authenticator.ts'
import { onSqlite } from '../../../tests/support/databases.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import { addPasskey, answerWith, logInWithPasskey, originOf } from '../../../tests/support/passkeys.ts'
import { someoneWithApp } from '../../../tests/support/second-factor.ts'
import type { Visitor } from '../../../tests/support/visitor.ts'
import { minutes, seconds } from '../../time.ts'

onSqlite('The limit of a session that reauthenticates', (database) => {
  const app = useApp(database, { emailsPerClient: 100_000 })
  const unused = 'aaaa-bbbb-cccc-dddd'

  async function someoneWithBoth() {
    const owner = await someoneWithApp(app())
    const key = new Authenticator(originOf(app()))
    await addPasskey(owner.browser, key)
    app().clock.pass(minutes(11))
    return { ...owner, passkey: key }
  }
  type Owner = Awaited<ReturnType<typeof someoneWithBoth>>

  const proofs: Record<
    string,
    { wrong(by: Visitor, owner: Owner): Promise<unknown>; right: (typeof proofs)[string]['wrong'] }
  > = {
    'recovery codes': {
      wrong: (browser) => typeCode(browser, unused),
      right: (browser, { codes }) => typeCode(browser, codes.pop() ?? ''),
    },
    passkeys: {
      wrong: (browser, { passkey }) => answer(browser, passkey, { isPresent: false }),
      right: (browser, { passkey }) => answer(browser, passkey),
    },
  }

  async function typeCode(browser: Visitor, recovery_code: string) {
    await browser.open('/reauthenticate?by=recovery-code')
    await browser.submit({ recovery_code })
  }

  async function answer(browser: Visitor, key: Authenticator, lies = {}) {
    await browser.open('/reauthenticate')
    await answerWith(browser, '/reauthenticate', key, lies)
  }

  it.each(Object.entries(proofs))(
    'V6.3.1 V2.4.1 wrong %s: ten are free, then waits of 30 seconds to 15 minutes',
    async (_, { wrong, right }) => {
      const owner = await someoneWithBoth()
      const { browser } = owner
      for (let time = 0; time < 10; time += 1) {
        await wrong(browser, owner)
        expect(browser.page.status, `try ${time}`).toBe(200)
      }
      await right(browser, owner)
      expect(browser.page).toMatchObject({ status: 429, path: '/reauthenticate' })
      expect(browser.page.summary).toEqual([expect.stringMatching(/^Too many .* Try again in 30 seconds\.$/)])
      for (let time = 0; time < 8; time += 1) {
        app().clock.pass(minutes(15))
        await wrong(browser, owner)
        expect(browser.page.status, 'no wait is longer than 15 minutes').toBe(200)
      }
      await right(browser, owner)
      expect(browser.page.status).toBe(429)
      app().clock.pass(minutes(15))
      await right(browser, owner)
      expect(browser.page.path).toBe('/account')
    },
  )

  it('V6.3.1 holds for that session alone: its owner goes on in another', async () => {
    const owner = await someoneWithBoth()
    const there = app().visitor()
    await logInWithPasskey(there, owner.passkey)
    for (const { wrong, right } of Object.values(proofs)) {
      for (let time = 0; time < 11; time += 1) await wrong(owner.browser, owner)
      expect(owner.browser.page.status).toBe(429)
      await right(there, owner)
      expect(there.page.path).toBe('/account')
    }
  })

  it('V15.4.2 of thirty at once, no more are judged than are free; a right one starts the count again', async () => {
    const owner = await someoneWithBoth()
    const { browser } = owner
    await browser.open('/reauthenticate?by=recovery-code')
    const form_token = /name="form_token" value="([\w-]+)"/.exec(browser.page.html)?.[1] ?? ''
    const body = () => new URLSearchParams({ form_token, recovery_code: unused })
    const sent = await Promise.all(Array.from({ length: 30 }, () => browser.send('POST', '/reauthenticate', body())))
    expect(sent.filter(({ status }) => status === 303)).toHaveLength(10)
    expect(sent.filter(({ status }) => status === 429)).toHaveLength(20)
    app().clock.pass(seconds(30))
    await typeCode(browser, owner.codes.pop() ?? '')
    expect(browser.page.path).toBe('/account')
    await typeCode(browser, unused)
    expect(browser.page.status).toBe(200)
  })
})
