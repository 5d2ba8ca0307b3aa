// What a person wanted before they went to a provider, and what the site wants of them, by the front door.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onSqlite } from '../../../tests/support/databases.ts'
import { type FakeProvider, startFakeProvider } from '../../../tests/support/fake-provider.ts'
import { makeApp, type TestApp, throwawayDatabase } from '../../../tests/support/make-app.ts'
import { shown, someoneWithApp, verify } from '../../../tests/support/second-factor.ts'
import type { ConnectionInput } from '../../config/connections.ts'
import type { Settings } from '../../config/schema.ts'

let count = 0
const someone = (more: Record<string, unknown> = {}) => {
  count += 1
  return { sub: `sub-${count}`, email: `person-${count}@example.org`, email_verified: true, name: 'Grace', ...more }
}

onSqlite('On the way to a provider and back', (database) => {
  let provider: FakeProvider
  let app: TestApp
  beforeAll(async () => {
    provider = await startFakeProvider()
    const counting = provider.setting({ name: 'counting', countsSecondFactor: true })
    app = await makeApp(database, { connections: [provider.setting(), counting] })
  })
  afterAll(async () => {
    await app.close()
    await provider.close()
  })

  it('the wish to stay logged in is kept', async () => {
    const visitor = app.visitor()
    const person = await app.visitor().register()
    await verify(app, person)
    await visitor.open('/login')
    await visitor.submit({ email: person.email ?? '', password: 'not this one', remember: 'yes' })
    const claims = someone({ email: person.email })
    const lives: (string | undefined)[] = []
    for (const browser of [visitor, app.visitor()]) {
      const answer = await browser.send('GET', await provider.goThere(browser, claims))
      const line = answer.headers.getSetCookie().find((cookie) => /^gatelodge=/.test(cookie))
      lives.push(/Max-Age=\d+/.exec(line ?? '')?.[0])
    }
    expect(lives).toEqual([expect.stringMatching(/^Max-Age=\d{6,}$/), undefined])
  })

  it('V6.3.3 the second factor is asked, and then the page that was wanted comes', async () => {
    const { person, key } = await someoneWithApp(app)
    const visitor = app.visitor()
    const from = '/login/with/fake?return_to=%2Faccount%2Fdevices'
    expect((await provider.logIn(visitor, someone({ email: person.email }), {}, from)).path).toBe('/two-factor')
    expect((await visitor.open('/account')).path).not.toBe('/account')
    await visitor.open('/two-factor')
    expect((await visitor.submit({ code: shown(app, key) })).path).toBe('/account/devices')
  })

  it('V6.3.3 V6.8.4 the second factor of a provider counts only where the site says so and the token has it', async () => {
    const { person } = await someoneWithApp(app)
    const claims = someone({ email: person.email })
    const path = async (name: string, amr: unknown) =>
      (await provider.logIn(app.visitor(), { ...claims, amr }, {}, `/login/with/${name}`)).path
    for (const amr of [undefined, [], ['pwd'], 'mfa', { 0: 'mfa' }, [['mfa']]])
      expect(await path('counting', amr)).toBe('/two-factor')
    expect(await path('fake', ['pwd', 'mfa'])).toBe('/two-factor')
    expect(await path('counting', ['pwd', 'mfa'])).toBe('/account')
  })
})

describe('Whom a site lets in by a provider', () => {
  type Case = [string, Partial<ConnectionInput>, Partial<Settings>, Record<string, unknown>, string]
  const domains = { only: { domains: ['acme.example'] } }
  const groups = { only: { groups: ['staff'] } }
  const nested = { ...groups, groups: { claim: ['realm', 'roles'], map: { x: 'x' } } }
  const confirming: Partial<Settings> = { registration: 'confirm-first' }
  const cases: Case[] = [
    ['an address of the domain', domains, {}, { email: 'ada@ACME.example' }, 'Create an account'],
    [
      'one that is not verified',
      domains,
      {},
      { email: 'ada@acme.example', email_verified: false },
      'cannot be used here',
    ],
    ['one of another domain', domains, {}, { email: 'ada@acme.example.evil.example' }, 'cannot be used here'],
    ['one with the domain in front', domains, {}, { email: 'acme.example@evil.example' }, 'cannot be used here'],
    ['none', domains, {}, { email: undefined }, 'cannot be used here'],
    ['a group', groups, {}, { groups: ['all', 'staff'] }, 'Create an account'],
    ['a group as a text', groups, {}, { groups: 'staff' }, 'Create an account'],
    ['another group', groups, {}, { groups: ['staff2'] }, 'cannot be used here'],
    ['no group', groups, {}, {}, 'cannot be used here'],
    ['groups that are not said', groups, {}, { _claim_names: { groups: 'x' } }, 'cannot be used here'],
    ['a group within a claim', nested, {}, { realm: { roles: ['staff'] } }, 'Create an account'],
    ['nobody, where registration is closed', {}, { registration: 'closed' }, {}, 'There is no account for you here'],
    ['nobody new, by this one', { registers: false }, {}, {}, 'There is no account for you here'],
    ['nobody without an address', {}, {}, { email: undefined }, 'gave no email address'],
    ['nobody with no address', {}, {}, { email: 'no address' }, 'gave no email address'],
    ['an unverified one', {}, {}, { email_verified: false }, 'Create an account'],
    ['no unverified one, where nothing is revealed', {}, confirming, { email_verified: false }, 'does not prove your'],
    ['one of a provider that nobody trusts', { trusted: false }, {}, {}, 'Create an account'],
  ]

  let provider: FakeProvider
  beforeAll(async () => {
    provider = await startFakeProvider()
  })
  afterAll(() => provider.close())

  it.each(cases)('V6.8.1 V8.2.1 %s', async (_, setting, settings, more, said) => {
    const app = await makeApp(throwawayDatabase(), { connections: [provider.setting(setting)], ...settings })
    const visitor = app.visitor()
    const page = await provider.logIn(visitor, someone(more))
    expect(`${page.heading} ${page.notice}`).toContain(said)
    expect(await visitor.account()).toEqual({})
    await app.close()
  })
})
