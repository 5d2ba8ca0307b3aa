// A mailbox alone is not enough to run the site: an administrator whose address nobody has confirmed keeps the second factor,
// also where someone proves the address.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { someAdministrator } from '../../../tests/support/administrators.ts'
import { onSqlite } from '../../../tests/support/databases.ts'
import { linkTo } from '../../../tests/support/emails.ts'
import { type FakeProvider, startFakeProvider } from '../../../tests/support/fake-provider.ts'
import { accountOf } from '../../../tests/support/groups.ts'
import { makeApp, type TestApp } from '../../../tests/support/make-app.ts'
import { shown } from '../../../tests/support/second-factor.ts'
import { minutes } from '../../time.ts'
import { perform } from './acts.ts'
import { setAddress } from './profile.rules.ts'

const password = 'amber ferry clock'
const order = {
  actor: 'command',
  reason: 'a test',
  source: { clientAddress: '', device: { isCommandLine: true as const }, requestId: '' },
}

onSqlite('An administrator with an address that nobody has confirmed', (database) => {
  let provider: FakeProvider
  let app: TestApp
  beforeAll(async () => {
    provider = await startFakeProvider()
    app = await makeApp(database, { connections: [provider.setting()], emailsPerClient: 100_000 })
  })
  afterAll(async () => {
    await app.close()
    await provider.close()
  })

  /** The command has mistyped it, perhaps: someone else reads its emails. */
  async function moved() {
    const owner = await someAdministrator(app)
    const email = `moved-${owner.person.email}`
    const { id } = await accountOf(app, owner.person)
    expect((await perform(setAddress, app.services, order, id, { email })).kind).toBe('done')
    return { ...owner, email }
  }

  const factorOf = async (email: string) => {
    const { hasApp, hasSecondFactor, verifiedAt } = await accountOf(app, { email })
    return { hasApp, hasSecondFactor, isVerified: verifiedAt !== null }
  }
  const kept = { hasApp: true, hasSecondFactor: true, isVerified: true }

  it('V6.4.3 V8.4.2 keeps the second factor behind a link that resets the password', async () => {
    const { email, key } = await moved()
    const reader = app.visitor()
    await reader.json('POST', '/api/v1/forgot-password', { email })
    await reader.open(await linkTo(app, email, 'reset-password'))
    await reader.submit({ new_password: password })
    expect((await reader.logIn({ email, password })).path).toBe('/two-factor')
    expect(await factorOf(email)).toEqual(kept)
    app.clock.pass(minutes(1))
    await reader.submit({ code: shown(app, key) })
    expect(reader.page.path).toBe('/account')
  })

  it('V6.4.3 V8.4.2 keeps it behind the link that verifies the address, and then asks for it', async () => {
    const { email, person, key } = await moved()
    const owner = app.visitor()
    expect((await owner.logIn({ ...person, email })).path).toBe('/verify-email')
    await owner.submit({}, '/verify-email')
    await owner.open(await linkTo(app, email, 'verify-email'))
    await owner.submit({})
    expect(owner.page.path).toBe('/two-factor')
    expect(await factorOf(email)).toEqual(kept)
    app.clock.pass(minutes(1))
    await owner.submit({ code: shown(app, key) })
    expect(owner.page.path).toBe('/account')
  })

  it('V6.4.3 V6.8.1 V8.4.2 keeps it where a provider proves the address', async () => {
    const { email } = await moved()
    const stranger = app.visitor()
    await provider.logIn(stranger, { sub: `sub-${email}`, email, email_verified: true, name: 'Grace' })
    expect(stranger.page.path).toBe('/two-factor')
    expect(await factorOf(email)).toEqual(kept)
  })
})
