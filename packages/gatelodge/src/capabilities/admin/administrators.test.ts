// Who runs the site: how someone becomes an administrator, what that asks of them, and that one always stays.
import { expect, it } from 'vitest'
import type { Authenticator } from '../../../tests/support/authenticator.ts'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { accountOf, join } from '../../../tests/support/groups.ts'
import { type TestApp, useApp } from '../../../tests/support/make-app.ts'
import { answerWith, logInWithPasskey, someoneWithPasskey, tokenOn } from '../../../tests/support/passkeys.ts'
import { keyOn, shown, someoneWithApp, verify } from '../../../tests/support/second-factor.ts'
import type { Fields, Visitor } from '../../../tests/support/visitor.ts'
import type { Methods } from '../../identity/logins/methods.ts'
import { hours, minutes, seconds } from '../../time.ts'
import type { ActOrder } from './act.rules.ts'
import { addAdministrator, removeAdministrator } from './administrators.rules.ts'
import { makeAdministratorLink } from './link.rules.ts'
import { disableAccount } from './state.rules.ts'

const source = { clientAddress: '', device: { isCommandLine: true as const }, requestId: '' }
const asked: ActOrder = { actor: 'command', reason: 'a test', source }
const path = '/become-administrator'

const linkFor = async (app: TestApp) => new URL((await makeAdministratorLink(app.services, source)).address).pathname

const groupsOf = async (app: TestApp, person: Fields) => (await accountOf(app, person)).groups

/** Of a database that earlier tests have used: nobody is an administrator. */
async function nobodyRuns({ services }: TestApp): Promise<void> {
  const { db } = services.database
  await db.deleteFrom('gatelodge_group_members').where('group_name', '=', 'administrators').execute()
  await db.updateTable('gatelodge_accounts').set({ member_of: '' }).execute()
}

async function record({ services }: TestApp, event: string) {
  const { db } = services.database
  const rows = await db
    .selectFrom('gatelodge_audit')
    .selectAll()
    .where('event', '=', event as never)
    .orderBy('id')
    .execute()
  return rows.map(({ account_id, actor, note, reason }) => ({
    account: account_id?.toString('hex'),
    actor,
    note,
    reason,
  }))
}

/** Logs in, sets an app up where one is asked for, and keeps the key in the app. */
async function enrolAtLogin(app: TestApp, browser: Visitor, person: Fields): Promise<string> {
  await browser.logIn(person)
  expect(browser.page.path).toBe('/two-factor/set-up')
  const key = keyOn(browser.page)
  await browser.submit({ code: shown(app, key) })
  app.clock.pass(seconds(30))
  return key
}

onEachDatabase('The link that makes an administrator', (database) => {
  const app = useApp(database)

  it('V6.3.1 V8.4.2 carries a person from no account to an administrator with a second factor', async () => {
    await nobodyRuns(app())
    const link = await linkFor(app())
    const browser = app().visitor()
    await browser.open(link)
    expect(browser.page.path).toBe(path)
    expect(browser.page.html).toContain(`href="/register?return_to=%2Fbecome-administrator"`)
    await browser.open('/register?return_to=%2Fbecome-administrator')
    const person: Fields = { name: 'Ada', email: `ada.${Date.now()}@example.org`, password: 'violet tram lamp 9' }
    await browser.submit(person)
    expect(browser.page.path).toBe(path)
    expect(browser.page.html).toContain(person.email)
    const elsewhere = app().visitor()
    await elsewhere.logIn(person)
    await browser.open(path)
    await browser.submit({})
    expect([browser.page.path, browser.page.notice]).toEqual(['/login', 'You are now an administrator. Log in again.'])
    expect(await groupsOf(app(), person)).toEqual(['administrators'])
    // In development no email is sent, so the link speaks for the address.
    expect((await accountOf(app(), person)).verifiedAt).not.toBeNull()
    await elsewhere.open('/account')
    expect([elsewhere.page.path, elsewhere.page.notice]).toEqual([
      '/login',
      'You were logged out because your account became an administrator or is no longer one.',
    ])
    await enrolAtLogin(app(), browser, person)
    expect(await browser.account()).toMatchObject({ groups: ['administrators'] })
    expect((await record(app(), 'administrator.added')).at(-1)).toMatchObject({ reason: 'link', actor: null })
    expect(app().logged).toContainEqual(expect.objectContaining({ msg: 'administrator.added' }))
  })

  it('V3.5.3 V6.4.1 is used up by the button alone, works once, and not after 30 minutes or beside a newer one', async () => {
    const [old, link] = [await linkFor(app()), await linkFor(app())]
    const browser = app().visitor()
    const person = await browser.register()
    expect((await browser.open(old)).status).toBe(410)
    for (const _ of [1, 2]) expect((await browser.open(link)).status).toBe(200)
    const { length } = await record(app(), 'administrator.added')
    app().clock.pass(minutes(9))
    await browser.submit({})
    expect(await groupsOf(app(), person)).toEqual(['administrators'])
    expect(await record(app(), 'administrator.added')).toHaveLength(length + 1)
    const other = app().visitor()
    await other.register()
    expect((await other.open(link)).status).toBe(410)
    const late = await linkFor(app())
    app().clock.pass(minutes(30))
    expect((await other.open(late)).status).toBe(410)
  })

  it('V7.5.3 asks for a fresh proof', async () => {
    const browser = app().visitor()
    const person = await browser.register()
    const link = await linkFor(app())
    app().clock.pass(minutes(11))
    await browser.open(link)
    await browser.submit({})
    expect(browser.page.path).toBe('/reauthenticate')
    expect(await groupsOf(app(), person)).toEqual([])
  })

  it('V2.3.3 V15.4.2 pocket-id ca28ddc: of many at once, one wins', async () => {
    const link = await linkFor(app())
    const people = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const browser = app().visitor()
        const person = await browser.register()
        await browser.open(link)
        return { browser, person }
      }),
    )
    await Promise.all(people.map(({ browser }) => browser.submitOnly({})))
    const groups = await Promise.all(people.map(({ person }) => groupsOf(app(), person)))
    expect(groups.filter((names) => names.includes('administrators'))).toHaveLength(1)
  })
})

onEachDatabase('An administrator', (database) => {
  const app = useApp(database, { secondFactor: 'off' })
  const optional = useApp(database, {})

  async function administrator(site = optional()) {
    const one = await someoneWithApp(site)
    const { id } = await accountOf(site, one.person)
    expect(await addAdministrator.run(site.services, asked, id, {})).toMatchObject({ kind: 'done' })
    await one.browser.logIn(one.person)
    await one.browser.submit({ code: shown(site, one.key) })
    site.clock.pass(seconds(30))
    return { ...one, id }
  }

  it('V6.3.3 sets a second factor up whatever the setting says, and confirms the address before', async () => {
    const browser = app().visitor()
    const person = await browser.register()
    const { id } = await accountOf(app(), person)
    await addAdministrator.run(app().services, asked, id, {})
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(401)
    await browser.logIn(person)
    expect(browser.page.path).toBe('/verify-email')
    await verify(app(), person)
    const again = app().visitor()
    await enrolAtLogin(app(), again, person)
    expect(await again.account()).toMatchObject({ groups: ['administrators'] })
  })

  it('V6.3.3 is trusted by no device, and is logged out with the second factor', async () => {
    const { browser, person, key, id } = await administrator()
    await browser.logOut()
    await browser.logIn(person)
    expect(browser.page.html).not.toContain('name="trust"')
    await browser.submit({ code: shown(optional(), key), trust: 'yes' })
    optional().clock.pass(seconds(30))
    expect(browser.page.path).toBe('/account')
    await browser.logOut()
    await browser.logIn(person)
    expect(browser.page.path).toBe('/two-factor')
    await browser.submit({ code: shown(optional(), key) })
    const { database: stored, secondFactors } = optional().services
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(200)
    await stored.transact(
      (trx) => secondFactors.removeAll(trx, id),
      async () => undefined,
    )
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(401)
  })

  it('V7.3.1 V7.3.2 is logged out after 15 minutes without use and after 12 hours, whatever was ticked', async () => {
    const site = optional()
    const { browser, person, key } = await administrator()
    site.clock.pass(minutes(15))
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(401)
    await browser.open('/login')
    await browser.submit({ email: person.email ?? '', password: person.password ?? '', remember: 'yes' })
    await browser.submit({ code: shown(site, key) })
    for (let passed = 0; passed < hours(12) - minutes(10); passed += minutes(10)) {
      site.clock.pass(minutes(10))
      expect((await browser.json('GET', '/api/v1/session')).status).toBe(200)
      await site.services.sessions.lastSeen.write()
    }
    site.clock.pass(minutes(10))
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(401)
  })

  it('V7.4.2 V8.3.2 stops being one with all sessions ended, a record with actor and reason, and an email', async () => {
    const { browser, person, id } = await administrator()
    await administrator()
    expect(await removeAdministrator.run(optional().services, asked, id, {})).toMatchObject({ kind: 'done' })
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(401)
    expect(await groupsOf(optional(), person)).toEqual([])
    const hex = id.toString('hex')
    expect((await record(optional(), 'administrator.removed')).filter(({ account }) => account === hex)).toEqual([
      { account: hex, actor: 'command', note: 'a test', reason: null },
    ])
    const { emails, database: stored } = optional().services
    const kinds = (await emails.ofAccount(stored.db, id)).map(({ kind }) => kind)
    expect(kinds).toEqual(expect.arrayContaining(['administrator-added', 'administrator-removed']))
    expect(await removeAdministrator.run(optional().services, asked, id, {})).toEqual({ kind: 'no-administrator' })
  })
})

onEachDatabase('An administrator with a passkey and no app', (database) => {
  const app = useApp(database, {})

  async function administrator(is: Partial<Authenticator['is']> = {}) {
    const owner = await someoneWithPasskey(app(), is)
    const { id } = await accountOf(app(), owner.person)
    expect(await addAdministrator.run(app().services, asked, id, {})).toMatchObject({ kind: 'done' })
    return { ...owner, id }
  }
  const status = async (browser: Visitor) => (await browser.json('GET', '/api/v1/session')).status

  it('V6.3.3 logs in with the passkey alone where it checks who uses it, and needs no app', async () => {
    const { browser, key, person } = await administrator()
    expect(await status(browser)).toBe(401)
    await logInWithPasskey(browser, key)
    expect(browser.page.path).toBe('/account')
    expect(await status(browser)).toBe(200)
    const other = app().visitor()
    await other.logIn(person)
    expect(other.page).toMatchObject({ path: '/two-factor', heading: 'Use your passkey' })
    expect(other.sessionCookie).toBeUndefined()
    await answerWith(other, '/two-factor', key)
    expect([other.page.path, await status(other)]).toEqual(['/account', 200])
  })

  it('V6.3.3 sets an app up where the key does not check who uses it, alone or behind the password', async () => {
    const { browser, key, person } = await administrator({ isVerified: false, isSyncable: false })
    await logInWithPasskey(browser, key)
    expect([browser.page.path, browser.sessionCookie]).toEqual(['/two-factor/set-up', undefined])
    const other = app().visitor()
    await other.logIn(person)
    expect(other.page.path).toBe('/two-factor')
    await answerWith(other, '/two-factor', key)
    expect([other.page.path, other.sessionCookie]).toEqual(['/two-factor/set-up', undefined])
  })

  it('is logged out with the last passkey that checked who uses it', async () => {
    const { browser, key, id } = await administrator()
    await logInWithPasskey(browser, key)
    const there = app().visitor()
    await logInWithPasskey(there, key)
    const { db } = app().services.database
    await db.updateTable('gatelodge_passkeys').set({ user_verified: 0 }).where('account_id', '=', id).execute()
    expect(await status(browser)).toBe(401)
    await db.updateTable('gatelodge_passkeys').set({ user_verified: 1 }).where('account_id', '=', id).execute()
    expect(await status(there)).toBe(200)
    await db.deleteFrom('gatelodge_passkeys').where('account_id', '=', id).execute()
    expect(await status(there)).toBe(401)
  })

  it('V15.4.2 gets no session where the passkey is gone, or was not used, as the row is written', async () => {
    const { id } = await administrator()
    const { sessions, database: stored, accounts } = app().services
    const { passwordVersion, factorVersion } = (await accounts.findById(stored.db, id)) as NonNullable<
      Awaited<ReturnType<typeof accounts.findById>>
    >
    const start = (methods: Methods) => {
      const session = sessions.prepare({ remembered: false, source, methods })
      const proved = { accountId: id, passwordVersion, factorVersion, secondFactor: 'proved' as const }
      return sessions.start(stored.db, session, proved)
    }
    expect(await start({ pwd: 1 })).toBe(false)
    expect(await start({ pwd: 1, hwk: 1, mfa: 1 })).toBe(false)
    expect(await start({ hwk: 1, user: 1, mfa: 1 })).toBe(true)
    await stored.db.deleteFrom('gatelodge_passkeys').where('account_id', '=', id).execute()
    expect(await start({ hwk: 1, user: 1, mfa: 1 })).toBe(false)
  })

  it('V7.5.1 proves a change with the passkey, never with the password alone', async () => {
    const { browser, key, person } = await administrator()
    await logInWithPasskey(browser, key)
    app().clock.pass(minutes(11))
    await browser.open('/account/passkeys/add')
    expect(browser.page).toMatchObject({ path: '/reauthenticate', heading: 'Use your passkey' })
    expect(browser.page.html).not.toContain('name="current_password"')
    const { password = '' } = person
    await browser.send(
      'POST',
      '/reauthenticate',
      new URLSearchParams({ form_token: tokenOn(browser.page) ?? '', current_password: password }),
    )
    expect((await browser.open('/account/passkeys/add')).path).toBe('/reauthenticate')
    expect((await browser.open('/account/password')).path).toBe('/reauthenticate')
    const program = await browser.json('POST', '/api/v1/password/confirm', { current_password: password })
    expect([program.status, program.body]).toMatchObject([403, { code: 'second-factor-required' }])
    await answerWith(browser, '/reauthenticate', key)
    expect((await browser.open('/account/passkeys/add')).path).toBe('/account/passkeys/add')
  })
})

onEachDatabase('The last administrator', (database) => {
  const app = useApp(database)

  async function administrators(count: number) {
    await nobodyRuns(app())
    return Promise.all(
      Array.from({ length: count }, async () => {
        const browser = app().visitor()
        const person = await browser.register()
        await join(app(), person, 'administrators')
        return { browser, person, id: (await accountOf(app(), person)).id }
      }),
    )
  }
  const left = async () => {
    const { db } = app().services.database
    const rows = await db
      .selectFrom('gatelodge_group_members as member')
      .innerJoin('gatelodge_accounts as account', 'account.id', 'member.account_id')
      .select('account.id')
      .where('group_name', '=', 'administrators')
      .where('account.disabled_at', 'is', null)
      .where('account.deletes_at', 'is', null)
      .execute()
    return rows.length
  }

  it.each([
    ['taken out', removeAdministrator],
    ['disabled', disableAccount],
  ])('V2.3.3 V15.4.2 of 16 that are %s at once, one stays', async (_, act) => {
    const people = await administrators(16)
    const outcomes = await Promise.all(people.map(({ id }) => act.run(app().services, asked, id, {})))
    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(15)
    expect(outcomes.filter(({ kind }) => kind === 'last-administrator')).toHaveLength(1)
    expect(await left()).toBe(1)
  })

  it('V2.3.3 V15.4.2 of 16 that are taken out and disabled by turns at once, one stays', async () => {
    const people = await administrators(16)
    const acts = [removeAdministrator, disableAccount]
    await Promise.all(people.map(({ id }, at) => acts[at % 2]?.run(app().services, asked, id, {})))
    expect(await left()).toBe(1)
  })

  it('cannot delete the account, and reads why; an administrator who was disabled does not count', async () => {
    await nobodyRuns(app())
    const { browser, person } = await someoneWithApp(app())
    const other = await someoneWithApp(app())
    await join(app(), person, 'administrators')
    await join(app(), other.person, 'administrators')
    await disableAccount.run(app().services, asked, (await accountOf(app(), other.person)).id, {})
    await browser.open('/account/delete')
    await browser.submit({ current_password: person.password ?? '' })
    expect([browser.page.path, browser.page.notice]).toEqual([
      '/account/delete',
      'You are the only administrator. Make someone else an administrator first.',
    ])
    const program = await browser.json('POST', '/api/v1/delete', { current_password: person.password })
    expect([program.status, program.body]).toMatchObject([409, { code: 'last-administrator' }])
    expect(await left()).toBe(1)
  })
})
