// The owner's switch: a passkey is asked for behind the password as well.
import { expect, it } from 'vitest'
import { Authenticator } from '../../../tests/support/authenticator.ts'
import { onEachDatabase, onSqlite } from '../../../tests/support/databases.ts'
import { accountOf } from '../../../tests/support/groups.ts'
import { makeApp, useApp } from '../../../tests/support/make-app.ts'
import {
  addPasskey,
  answerWith,
  logInWithPasskey,
  originOf,
  someoneWithPasskey,
} from '../../../tests/support/passkeys.ts'
import { Program } from '../../../tests/support/program.ts'
import { codesOn, enrol } from '../../../tests/support/second-factor.ts'
import type { Visitor } from '../../../tests/support/visitor.ts'
import { minutes } from '../../time.ts'

/** Presses the button on the list, and proves a passkey where that is asked. */
async function turnOn(browser: Visitor, key: Authenticator): Promise<string[]> {
  await browser.open('/account/passkeys')
  await browser.submit({ after_password: 'on' }, '/account/passkeys')
  if (browser.page.path === '/reauthenticate') {
    await answerWith(browser, '/reauthenticate', key)
    expect(browser.page.path).toBe('/account/passkeys')
    await browser.submit({ after_password: 'on' }, '/account/passkeys')
  }
  return codesOn(browser.page)
}

const turnOff = async (browser: Visitor) => {
  await browser.open('/account/passkeys')
  return browser.submit({ after_password: 'off' }, '/account/passkeys')
}

onEachDatabase('A passkey asked for after the password', (database) => {
  const app = useApp(database, { emailsPerClient: 100_000 })

  async function someoneAsked(is: Partial<Authenticator['is']> = {}) {
    const owner = await someoneWithPasskey(app(), is)
    const codes = await turnOn(owner.browser, owner.key)
    expect(codes).toHaveLength(10)
    return { ...owner, codes }
  }
  type Owner = Pick<Awaited<ReturnType<typeof someoneAsked>>, 'person'>

  const stateOf = async ({ person }: Owner) => {
    const account = await accountOf(app(), person)
    const { database, audit, emails, secondFactors } = app().services
    const events = (await audit.someOf(account.id)).map(({ event }) => event)
    const kinds = (await emails.ofAccount(database.db, account.id)).map(({ kind }) => kind)
    const { recoveryCodesLeft } = await secondFactors.ofAccount(database.db, account.id)
    return { account, events, kinds, recoveryCodesLeft }
  }
  const logIn = async ({ person }: Owner) => {
    const browser = app().visitor()
    await browser.logIn(person)
    return browser
  }

  it('V6.3.3 is asked once it is turned on, by a passkey with user verification or without', async () => {
    for (const isVerified of [true, false]) {
      const owner = await someoneAsked({ isVerified })
      const browser = await logIn(owner)
      expect(browser.page).toMatchObject({ path: '/two-factor', heading: 'Use your passkey' })
      expect(browser.sessionCookie).toBeUndefined()
      await answerWith(browser, '/two-factor', owner.key)
      expect(browser.page.path).toBe('/account')
      expect(browser.page.html).toContain('It is also asked for after your password.')
      expect(browser.page.html).toContain('A passkey after your password, 10 of 10 recovery codes left')
    }
  })

  it('V6.5.6 lets those in who have lost their passkeys, by a recovery code, and who may then turn it off', async () => {
    const owner = await someoneAsked()
    const browser = await logIn(owner)
    await browser.open('/two-factor?by=recovery-code')
    await browser.submit({ recovery_code: owner.codes[0] ?? '' })
    expect(browser.page.path).toBe('/account')
    app().clock.pass(minutes(11))
    await browser.open('/account/passkeys')
    await browser.submit({ after_password: 'off' }, '/account/passkeys')
    expect(browser.page).toMatchObject({ path: '/reauthenticate', heading: 'Use your passkey' })
    expect(browser.page.html).toContain('Use a recovery code')
    await browser.open('/reauthenticate?by=recovery-code&return_to=/account/passkeys')
    await browser.submit({ recovery_code: owner.codes[1] ?? '' })
    await turnOff(browser)
    expect(browser.page.notice).toBe('Your choice was saved.')
    expect((await logIn(owner)).page.path).toBe('/account')
  })

  it('V7.5.1 V6.5.1 asks for a passkey itself before it is turned on, so that it is one that works', async () => {
    const { browser, person } = await someoneWithPasskey(app())
    await browser.open('/account/passkeys')
    await browser.submit({ after_password: 'on' }, '/account/passkeys')
    expect(browser.page).toMatchObject({ path: '/reauthenticate', heading: 'Use your passkey' })
    expect(browser.page.html).not.toContain('name="current_password"')
    await browser.open('/reauthenticate')
    await browser.submit({ current_password: person.password ?? '' })
    await browser.open('/account/passkeys')
    await browser.submit({ after_password: 'on' }, '/account/passkeys')
    expect(browser.page.path).toBe('/reauthenticate')
    expect((await stateOf({ person })).account).toMatchObject({ hasSecondFactor: false, asksPasskeySince: null })
  })

  it('V7.4.3 V6.3.7 ends the other sessions where it is the first second factor, and tells its owner of each change', async () => {
    const owner = await someoneWithPasskey(app())
    const there = await logIn(owner)
    const { factorVersion } = (await stateOf(owner)).account
    const before = owner.browser.sessionCookie
    expect(await turnOn(owner.browser, owner.key)).toHaveLength(10)
    expect(owner.browser.page.notice).toContain('all other devices were logged out')
    expect(owner.browser.sessionCookie).not.toBe(before)
    expect((await there.open('/account')).path).toBe('/login')
    const on = await stateOf(owner)
    expect(on.account).toMatchObject({ factorVersion: factorVersion + 1, hasSecondFactor: true, hasApp: false })
    const back = await logIn(owner)
    await answerWith(back, '/two-factor', owner.key)
    await turnOff(back)
    const off = await stateOf(owner)
    expect(off.account).toMatchObject({ factorVersion: factorVersion + 2, hasSecondFactor: false })
    expect(off.recoveryCodesLeft).toBe(0)
    for (const way of ['on', 'off']) {
      expect(off.events.filter((event) => event === `passkey-after-password.turned-${way}`)).toHaveLength(1)
      expect(off.kinds.filter((kind) => kind === `passkey-after-password-${way}`)).toHaveLength(1)
    }
  })

  it('V6.5.4 shares the recovery codes with an app, whichever came first, and keeps them until the last factor goes', async () => {
    const owner = await someoneAsked()
    await owner.browser.open('/account/two-factor')
    expect(owner.browser.page.html).toContain('You are asked for a passkey after your password already.')
    await expect(enrol(app(), owner.browser)).rejects.toThrow('no recovery codes on /account/two-factor')
    expect(await stateOf(owner)).toMatchObject({ account: { hasApp: true }, recoveryCodesLeft: 10 })
    await turnOff(owner.browser)
    expect(await stateOf(owner)).toMatchObject({ account: { hasSecondFactor: true }, recoveryCodesLeft: 10 })
    await owner.browser.open('/account/passkeys')
    await owner.browser.submit({ after_password: 'on' }, '/account/passkeys')
    expect(owner.browser.page.notice).toBe('Your choice was saved.')
    await owner.browser.open('/account/two-factor')
    await owner.browser.submit({})
    expect(owner.browser.page.notice).toBe('The authenticator app was removed.')
    const after = await stateOf(owner)
    expect(after).toMatchObject({ account: { hasApp: false, hasSecondFactor: true }, recoveryCodesLeft: 10 })
    expect(after.kinds).toContain('two-factor-app-removed')
    expect((await logIn(owner)).page.path).toBe('/two-factor')
  })

  it('is turned off with the last passkey, with its codes, and says so before', async () => {
    const owner = await someoneAsked()
    await owner.browser.open('/account/passkeys')
    const remove = /href="(\/account\/passkeys\/remove[^"]*)"/.exec(owner.browser.page.html)?.[1] ?? ''
    await owner.browser.open(remove)
    expect(owner.browser.page.html).toContain('This is your last passkey.')
    await owner.browser.submit({})
    const { account, kinds, events, recoveryCodesLeft } = await stateOf(owner)
    expect(account).toMatchObject({ hasSecondFactor: false, asksPasskeySince: null })
    expect(recoveryCodesLeft).toBe(0)
    expect(kinds).toEqual(expect.arrayContaining(['passkey-removed', 'passkey-after-password-off']))
    expect(events).toEqual(expect.arrayContaining(['passkey.removed', 'passkey-after-password.turned-off']))
    expect((await logIn(owner)).page.path).toBe('/account')
  })

  it('V15.4.2 of many presses at once, one turns it on, with one set of codes and one email', async () => {
    const owner = await someoneWithPasskey(app())
    await owner.browser.open('/reauthenticate?by=passkey&return_to=/account/passkeys')
    await answerWith(owner.browser, '/reauthenticate', owner.key)
    await owner.browser.open('/account/passkeys')
    const copies = Array.from({ length: 16 }, () => app().visitor())
    const token = /name="form_token" value="([\w-]+)"/.exec(owner.browser.page.html)?.[1] ?? ''
    for (const copy of copies) copy.cookies = new Map(owner.browser.cookies)
    const body = () => new URLSearchParams({ form_token: token, after_password: 'on' })
    await Promise.all(copies.map((copy) => copy.send('POST', '/account/passkeys', body())))
    const { kinds, recoveryCodesLeft } = await stateOf(owner)
    expect(recoveryCodesLeft).toBe(10)
    expect(kinds.filter((kind) => kind === 'passkey-after-password-on')).toHaveLength(1)
    const inside = await Promise.all(copies.map((copy) => copy.json('GET', '/api/v1/session')))
    expect(inside.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  it('V6.3.4 a key without a PIN does not pass alone once it is on', async () => {
    const owner = await someoneAsked({ isVerified: false })
    const browser = app().visitor()
    await browser.open('/login')
    await logInWithPasskey(browser, owner.key)
    expect([browser.page.path, browser.sessionCookie]).toEqual(['/two-factor', undefined])
    await answerWith(browser, '/two-factor', owner.key)
    expect(browser.page.summary).toEqual([expect.stringContaining('cancel and log in with your password first')])
  })

  it('V6.4.3 an owner who undoes a change of the address is not asked for what a thief turned on since', async () => {
    const owner = await someoneWithPasskey(app())
    const { secondFactors, database } = app().services
    const before = app().clock.now()
    app().clock.pass(minutes(1))
    const codes = await turnOn(owner.browser, owner.key)
    expect(codes).toHaveLength(10)
    const held = (await stateOf(owner)).account
    const removed = await database.transact(
      (trx) => secondFactors.removeSince(trx, held, before + 1),
      async () => undefined,
    )
    expect(removed).toBe('factors')
    const after = await stateOf(owner)
    expect(after).toMatchObject({ account: { hasSecondFactor: false }, recoveryCodesLeft: 0 })
    expect(after.account.factorVersion).toBe(held.factorVersion + 1)
    expect((await logIn(owner)).page.path).toBe('/account')
  })
})

onSqlite('The switch for a passkey after the password', (database) => {
  const app = useApp(database, { emailsPerClient: 100_000 })

  it('stands on the list only with a password and a passkey, and where the site takes second factors', async () => {
    const title = 'Also ask for a passkey after my password'
    const { browser, person } = await someoneWithPasskey(app())
    expect((await browser.open('/account/passkeys')).html).toContain(title)
    const off = await makeApp(database, { secondFactor: 'off' })
    const there = off.visitor()
    await there.logIn(person)
    expect((await there.open('/account/passkeys')).html).not.toContain(title)
    await off.close()
    const newcomer = app().visitor()
    await newcomer.register()
    expect((await newcomer.open('/account/passkeys')).html).not.toContain(title)
    const { id } = await accountOf(app(), person)
    const { db } = app().services.database
    await db.updateTable('gatelodge_accounts').set({ password_changed_at: null }).where('id', '=', id).execute()
    expect((await browser.open('/account/passkeys')).html).not.toContain(title)
  })

  it('programs turn it on behind a passkey, get the codes once, and turn it off', async () => {
    const { key } = await someoneWithPasskey(app())
    const asked = await new Program(app()).post('/login/passkey/options')
    const { options, challenge_token } = asked.body as { options: object; challenge_token: string }
    const given = { answer: key.use(options), challenge_token, session: 'bearer' }
    const { token } = (await new Program(app()).post('/login/passkey', given)).body as { token: string }
    const program = new Program(app(), token)
    const on = await program.post('/passkeys/after-password', { asked_after_password: true })
    expect(on.status).toBe(200)
    const { recovery_codes, token: next = '' } = on.body as { recovery_codes: string[]; token?: string }
    expect(recovery_codes).toHaveLength(10)
    program.token = next
    expect((await program.get('/passkeys')).body).toMatchObject({ asked_after_password: true })
    expect((await program.get('/two-factor')).body).toMatchObject({ app: null, recovery_codes_left: 10 })
    const again = await program.post('/passkeys/after-password', { asked_after_password: true })
    expect(again.body).toMatchObject({ recovery_codes: [] })
    const off = await program.post('/passkeys/after-password', { asked_after_password: false })
    expect(off.status).toBe(200)
    expect((await program.get('/passkeys')).body).toMatchObject({ asked_after_password: false })
  })

  it('a further passkey changes nothing of it, and all others may go', async () => {
    const owner = await someoneWithPasskey(app())
    await turnOn(owner.browser, owner.key)
    await addPasskey(owner.browser, new Authenticator(originOf(app())))
    expect((await accountOf(app(), owner.person)).asksPasskeySince).not.toBeNull()
    await owner.browser.open('/account/passkeys')
    const remove = /href="(\/account\/passkeys\/remove[^"]*)"/.exec(owner.browser.page.html)?.[1] ?? ''
    await owner.browser.open(remove)
    await owner.browser.submit({})
    expect((await accountOf(app(), owner.person)).asksPasskeySince).not.toBeNull()
  })
})
