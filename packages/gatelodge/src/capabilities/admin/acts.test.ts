// What administrators do to one account: what changes, what is recorded, and which email the person gets.
import { stringify } from 'uuid'
import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { emailTo, linkTo } from '../../../tests/support/emails.ts'
import { accountOf } from '../../../tests/support/groups.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import { newId } from '../../identity/ids.ts'
import { days, minutes } from '../../time.ts'
import type { Act, ActOrder } from './act.rules.ts'
import { acts, perform } from './acts.ts'
import { createAccount } from './create.rules.ts'
import { deleteAccount, restoreAccount } from './deletion.rules.ts'
import { createGroup, deleteGroup, joinGroup, leaveGroup } from './groups.rules.ts'
import { makeResetLink, setPassword } from './password.rules.ts'
import { setAddress, setName, verifyAddress } from './profile.rules.ts'
import { endSession, endSessions } from './sessions.rules.ts'
import { disableAccount, enableAccount } from './state.rules.ts'

const source = { clientAddress: '', device: { isCommandLine: true as const }, requestId: '' }
const order: ActOrder = { actor: 'command', reason: 'asked by phone', source }
const password = 'amber ferry clock 7'
const nobody = Buffer.alloc(16)

/** For acts that take more than the account. */
const inputs: Record<string, Record<string, unknown>> = {
  'set-name': { name: 'Grace' },
  'set-address': { email: `new.${Date.now()}@example.org` },
  'set-password': { password },
  'end-session': { session: '01995b7e-0000-7000-8000-000000000000' },
  'remove-connection': { connection: '01995b7e-0000-7000-8000-000000000000' },
  'set-fields': { fields: {} },
  'create-key': { name: 'x', scopes: ['audit:read'] },
  'revoke-key': { name: 'x' },
  'send-email-again': { email: 'x' },
  'order-bulk-act': { act: 'disable-account', accounts: [nobody] },
  'join-group': { group: 'administrators' },
  'leave-group': { group: 'administrators' },
}
const withoutAccount = [
  ...['create-account', 'create-group', 'describe-group', 'delete-group', 'create-key', 'revoke-key'],
  ...['send-email-again', 'order-bulk-act', 'download-accounts'],
]
const onAccounts = acts.filter(({ name }) => !withoutAccount.includes(name))

onEachDatabase('An act on an account', (database) => {
  const app = useApp(database, { deletionDelay: days(14) })

  async function someone() {
    const browser = app().visitor()
    const person = await browser.register()
    return { browser, person, id: (await accountOf(app(), person)).id }
  }
  /** The email to the address from before has a link back to it. */
  async function someoneWhoMoved() {
    const made = await someone()
    const { browser, person } = made
    await browser.send('GET', await linkTo(app(), person.email ?? '', 'verify-email'))
    await browser.form('/verify-email/confirm')
    const email = `moved.${person.email}`
    await browser.form('/account/email', { new_email: email })
    await browser.send('GET', await linkTo(app(), email, 'confirm-email'))
    await browser.form('/confirm-email')
    return { ...made, email }
  }
  const run = (act: unknown, id: Buffer, input: Record<string, unknown> = {}, by = order) =>
    perform(act as Act, app().services, by, id, input)
  async function told(id: Buffer) {
    const { database: stored, emails } = app().services
    const rows = await stored.db
      .selectFrom('gatelodge_audit')
      .selectAll()
      .where('account_id', '=', id)
      .orderBy('id')
      .execute()
    const { event, actor, note, reason } = rows.at(-1) ?? {}
    return { event, actor, note, reason, emails: (await emails.ofAccount(stored.db, id)).map(({ kind }) => kind) }
  }

  it.each(onAccounts.map((act) => [act.name, act, inputs[act.name] ?? {}] as const))(
    'V16.3.1 %s finds nobody where there is no account, and changes nothing',
    async (_, act, input) => {
      expect(await run(act, newId(), input)).toEqual({ kind: 'no-account' })
    },
  )

  it('V16.2.2 asks why where it touches the safety of a person, and does nothing without', async () => {
    const { id } = await someone()
    await run(joinGroup, id, { group: 'administrators' })
    const asks = acts.filter(({ needsReason }) => needsReason).map(({ name }) => name)
    expect(asks).toContain('disable-account')
    const before = await told(id)
    for (const reason of [undefined, '', ' \n '])
      for (const act of [...onAccounts.filter(({ needsReason }) => needsReason), leaveGroup])
        expect(await run(act, id, inputs[act.name], { ...order, reason }), act.name).toEqual({ kind: 'reason-needed' })
    expect(await told(id)).toEqual(before)
    const long = `${'é'.repeat(499)}😀 and more`
    await run(disableAccount, (await someone()).id, {}, { ...order, reason: `  ${long}` })
    const { db } = app().services.database
    const { note } = await db
      .selectFrom('gatelodge_audit')
      .select('note')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    expect(note).toBe(`${'é'.repeat(499)}\ufffd`)
  })

  it('takes no input of another shape', async () => {
    const { id } = await someone()
    expect(await run(setName, id, { name: 7 })).toEqual({ kind: 'bad-input', field: 'name' })
    expect(await run(createGroup, nobody, { group: 'x', description: 'x'.repeat(201) })).toMatchObject({
      kind: 'bad-input',
      field: 'description',
    })
  })

  it('V8.2.1 V8.3.1 a key does what its scopes name, never what makes an administrator, and what it tries is recorded', async () => {
    const { id } = await someone()
    const key: ActOrder = { ...order, actor: 'key:billing', scopes: ['accounts:write', 'groups:write'] }
    const no = { kind: 'not-by-key' }
    const never = acts.filter(({ scope }) => scope === null)
    expect(never.map(({ name }) => name).sort()).toEqual([
      ...['add-administrator', 'create-key', 'download-accounts', 'order-bulk-act', 'remove-administrator'],
      ...['reset-two-factor', 'revoke-key', 'send-email-again', 'set-password'],
    ])
    for (const act of never) expect(await run(act, id, inputs[act.name], key), act.name).toEqual(no)
    const email = `by.key.${Date.now()}@example.org`
    for (const act of [joinGroup, leaveGroup]) expect(await run(act, id, { group: 'administrators' }, key)).toEqual(no)
    expect(await run(createAccount, nobody, { email, name: 'A', groups: ['administrators'] }, key)).toEqual(no)
    expect(await run(makeResetLink, id, { shown: true }, key)).toEqual({ kind: 'only-by-email' })
    const without = { ...key, scopes: ['accounts:write', 'groups:read'] as const }
    expect(await run(createAccount, nobody, { email, name: 'A', groups: ['board'] }, without)).toEqual(no)
    expect(await run(createGroup, nobody, { group: 'board' }, without)).toEqual(no)
    expect(await run(setName, id, { name: 'Grace' }, { ...key, scopes: ['groups:write'] })).toEqual(no)
    expect(await run(setName, id, { name: 'Grace' }, key)).toMatchObject({ kind: 'done' })
    expect(await told(id)).toMatchObject({ event: 'name.set', actor: 'key:billing' })
    const rows = await app().services.audit.latest({ most: 3 })
    expect(rows[1]).toMatchObject({
      event: 'key.refused',
      outcome: 'refused',
      actor: 'key:billing',
      reason: 'set-name',
    })
  })

  it('V8.2.1 V8.4.2 nobody but a command does to an administrator what would open the account to its actor', async () => {
    const { person, id } = await someone()
    await run(joinGroup, id, { group: 'administrators' })
    const actor = stringify(newId())
    const opening = ['set-address', 'set-password', 'reset-two-factor']
    for (const by of [actor, 'code', stringify(id)])
      for (const name of opening) {
        const act = acts.find((one) => one.name === name)
        const before = await accountOf(app(), person)
        expect(await run(act, id, inputs[name], { ...order, actor: by }), `${name} ${by}`).toEqual({
          kind: 'of-administrator',
        })
        expect(await accountOf(app(), person)).toEqual(before)
      }
    // What only takes away, and what goes to the owner alone, is left to administrators.
    const rest = onAccounts.filter(({ name }) => !opening.includes(name) && name !== 'add-administrator')
    for (const act of rest)
      expect((await run(act, id, inputs[act.name], { ...order, actor: stringify(newId()) })).kind, act.name).not.toBe(
        'of-administrator',
      )
    const other = await someone()
    await run(joinGroup, other.id, { group: 'administrators' })
    const email = `by.command.${Date.now()}@example.org`
    expect(await run(setAddress, other.id, { email })).toMatchObject({ kind: 'done' })
    expect(await run(setPassword, other.id, { password })).toMatchObject({ kind: 'done' })
  })

  it('V15.4.2 an address is set and an administrator made at once, many times: never both with an open link', async () => {
    for (let at = 0; at < 8; at += 1) {
      const { id } = await someone()
      const email = `race.${at}.${Date.now()}@example.org`
      const by = { ...order, actor: stringify(newId()) }
      const [set, made] = await Promise.all([
        run(setAddress, id, { email }, by),
        run(joinGroup, id, { group: 'administrators' }),
      ])
      expect(made.kind).toBe('done')
      const { db } = app().services.database
      const rows = await db
        .selectFrom('gatelodge_audit')
        .select('event')
        .where('account_id', '=', id)
        .where('event', 'in', ['email.set', 'administrator.added'] as never)
        .orderBy('id')
        .execute()
      // Whichever came first: it was an ordinary account then, or it was refused.
      expect(rows).toHaveLength(set.kind === 'done' ? 2 : 1)
      expect(['done', 'of-administrator']).toContain(set.kind)
    }
  })

  it('V8.3.1 a key does nothing to the account of an administrator', async () => {
    const { person, id } = await someone()
    await run(joinGroup, id, { group: 'administrators' })
    const key: ActOrder = { ...order, actor: 'key:billing', scopes: ['accounts:write', 'groups:write'] }
    const before = await accountOf(app(), person)
    for (const act of onAccounts) {
      const input = act.name.endsWith('-group') ? { group: 'board' } : inputs[act.name]
      expect(await run(act, id, input, key), act.name).toEqual({ kind: 'not-by-key' })
    }
    expect(await accountOf(app(), person)).toEqual(before)
  })

  it('V7.4.2 V16.2.1 disables with sessions ended, a record with actor and reason, and an email; enabled, it is as before', async () => {
    const { browser, person, id } = await someone()
    expect(await run(disableAccount, id)).toMatchObject({ kind: 'done' })
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(401)
    const record = { actor: 'command', note: 'asked by phone' }
    expect(await told(id)).toMatchObject({ event: 'account.disabled', ...record })
    expect((await app().visitor().json('POST', '/api/v1/login', person)).status).toBe(401)
    expect((await told(id)).emails).toContain('account-disabled')
    expect(await run(disableAccount, id)).toEqual({ kind: 'disabled' })
    expect(await run(enableAccount, id)).toMatchObject({ kind: 'done' })
    expect((await app().visitor().json('POST', '/api/v1/login', person)).status).toBe(200)
    expect(await told(id)).toMatchObject({ emails: expect.arrayContaining(['account-enabled']) })
  })

  it('V6.2.4 V7.4.3 sets a password that the policy takes, and no other; all sessions end', async () => {
    const { browser, person, id } = await someone()
    expect(await run(setPassword, id, { password: 'password1' })).toEqual({ kind: 'weak', code: 'common' })
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(200)
    expect(await run(setPassword, id, { password })).toMatchObject({ kind: 'done' })
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(401)
    expect((await app().visitor().json('POST', '/api/v1/login', person)).status).toBe(401)
    expect(
      (
        await app()
          .visitor()
          .json('POST', '/api/v1/login', { ...person, password })
      ).status,
    ).toBe(200)
    expect((await told(id)).emails).toContain('password-set')
  })

  it('V6.4.1 makes a link for a new password: sent, or shown; never shown of an administrator', async () => {
    const { id } = await someone()
    expect(await run(makeResetLink, id)).toMatchObject({ kind: 'done' })
    expect((await told(id)).emails).toContain('reset-password')
    const shown = await run(makeResetLink, id, { shown: true })
    const browser = app().visitor()
    await browser.open(new URL((shown as unknown as { address: string }).address).pathname)
    expect(browser.page.path).toBe('/reset-password')
    // What was copied before opens no administrator's account.
    expect(await run(joinGroup, id, { group: 'administrators' })).toMatchObject({ kind: 'done' })
    expect(await run(makeResetLink, id, { shown: true })).toEqual({ kind: 'only-by-email' })
    await browser.submit({ new_password: password })
    expect(browser.page.html).toContain('This link no longer works')
  })

  it('V6.4.1 a link that was shown proves no address: it sets the password, and nothing else', async () => {
    const { id } = await someone()
    const email = `moved.${Date.now()}@example.org`
    await run(setAddress, id, { email })
    const shown = await run(makeResetLink, id, { shown: true })
    expect(await told(id)).toMatchObject({ event: 'password-reset.link-made', reason: 'shown' })
    const browser = app().visitor()
    await browser.open(new URL((shown as unknown as { address: string }).address).pathname)
    await browser.submit({ new_password: password })
    const { database: stored, accounts } = app().services
    expect(await accounts.findById(stored.db, id)).toMatchObject({ email, verifiedAt: null, name: 'Ada Lovelace' })
    expect((await app().visitor().json('POST', '/api/v1/login', { email, password })).status).toBe(200)
  })

  it('V6.4.1 of a link that was shown and one that was sent, only the newer works', async () => {
    const { person, id } = await someone()
    const pathOf = (shown: unknown) => new URL((shown as { address: string }).address).pathname
    const works = async (path: string) => {
      const browser = app().visitor()
      await browser.open(path)
      return browser.page.status === 200
    }
    const shown = pathOf(await run(makeResetLink, id, { shown: true }))
    await run(makeResetLink, id)
    expect(await works(shown)).toBe(false)
    const sent = await linkTo(app(), person.email ?? '', 'reset-password')
    const again = pathOf(await run(makeResetLink, id, { shown: true }))
    expect(await works(again)).toBe(true)
    expect(await works(sent)).toBe(false)
  })

  it('V2.4.1 says that a link was one too many, and the one before still works', async () => {
    const { id } = await someone()
    const sent = []
    for (let at = 0; at < 11; at += 1) sent.push((await run(makeResetLink, id)).kind)
    expect(sent).toEqual([...Array(10).fill('done'), 'too-many-emails'])
    expect((await told(id)).emails.filter((kind) => kind === 'reset-password')).toHaveLength(10)
    const { db } = app().services.database
    const links = await db.selectFrom('gatelodge_tokens').selectAll().where('account_id', '=', id).execute()
    expect(links.filter(({ purpose, used_at }) => purpose === 'reset-password' && used_at === null)).toHaveLength(1)
  })

  it('counts no network of the people who run the site: everyone of a new team gets a link', async () => {
    const from = { ...order, source: { ...source, clientAddress: '198.51.100.9' } }
    for (let at = 0; at < 25; at += 1) {
      const { id } = await someone()
      expect((await run(makeResetLink, id, {}, from)).kind).toBe('done')
    }
  })

  it('V16.4.1 keeps one plain line of a reason, and takes nothing that cannot be read for one', async () => {
    const { id } = await someone()
    for (const reason of ['\0', ' \u200b ', '\r\n'])
      expect(await run(disableAccount, id, {}, { ...order, reason }), reason).toEqual({ kind: 'reason-needed' })
    const reason = 'asked\u001b[31m by\r\nphone \u202eevil'
    expect(await run(disableAccount, id, {}, { ...order, reason })).toMatchObject({ kind: 'done' })
    expect((await told(id)).note).toBe('asked [31m by  phone  evil')
  })

  it('changes the name and the address by the rules of the pages, and sends an email to the previous address', async () => {
    const { browser, id } = await someone()
    const other = await someone()
    expect(await run(setName, id, { name: ' ' })).toEqual({ kind: 'bad-name', code: 'empty' })
    expect(await run(setName, id, { name: ' Grace ' })).toMatchObject({ kind: 'done' })
    expect(await browser.account()).toMatchObject({ name: 'Grace' })
    expect(await run(verifyAddress, id)).toMatchObject({ kind: 'done' })
    expect(await run(verifyAddress, id)).toEqual({ kind: 'verified' })
    expect(await run(setAddress, id, { email: 'nonsense' })).toEqual({ kind: 'bad-address' })
    expect(await run(setAddress, id, { email: other.person.email })).toEqual({ kind: 'taken' })
    const email = `moved.${Date.now()}@Example.org`
    expect(await run(setAddress, id, { email })).toMatchObject({ kind: 'done' })
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(401)
    expect(await accountOf(app(), { email: email.toLowerCase() })).toMatchObject({ email, verifiedAt: null })
    expect((await told(id)).emails).toEqual(expect.arrayContaining(['name-changed', 'address-set']))
  })

  it('V14.2.6 shows its owner neither the device nor the network of the administrator', async () => {
    const { browser, person, id } = await someone()
    const there = { clientAddress: '192.0.2.77', device: { browser: 'Opera', system: 'FreeBSD' }, requestId: 'x' }
    await run(
      setName,
      id,
      { name: 'Grace' },
      { ...order, actor: '01995b7e-0000-7000-8000-000000000000', source: there },
    )
    const activity = await browser.json('GET', '/api/v1/account/activity')
    expect(activity.body).toMatchObject({ events: [{ event: 'name.set', device: '', client_address: '' }, {}] })
    const { clientAddress, device } = await emailTo(app(), person.email ?? '', 'name-changed')
    expect({ clientAddress, device }).toEqual({})
    const seen = [JSON.stringify(activity.body)]
    for (const path of ['/account', '/account/activity', '/account/export'])
      seen.push(await (await browser.send('GET', path)).text())
    for (const text of seen) expect(text).not.toMatch(/192\.0\.2\.77|Opera|FreeBSD/)
    expect(seen[1]).toContain('Name changed by the site')
  })

  it('changes nothing where the name or the address is that already: no email, no record, no device logged out', async () => {
    const { browser, person, id } = await someone()
    const before = await told(id)
    expect(await run(setName, id, { name: ' Ada Lovelace' })).toEqual({ kind: 'same-name' })
    expect(await run(setAddress, id, { email: ` ${person.email}` })).toEqual({ kind: 'same-address' })
    expect(await told(id)).toEqual(before)
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(200)
    // Spelled otherwise, it changes.
    expect(await run(setAddress, id, { email: person.email?.toUpperCase() })).toMatchObject({ kind: 'done' })
  })

  it('V7.4.5 logs out all devices, which read why', async () => {
    const { browser, id } = await someone()
    expect(await run(endSessions, id)).toMatchObject({ kind: 'done' })
    await browser.open('/account')
    expect(browser.page.notice).toBe('You were logged out by the people who run this site.')
    expect((await told(id)).emails).toContain('sessions-ended')
  })

  it('V7.4.5 logs out one device, by its id, and no other; not that of another account', async () => {
    const { browser, person, id } = await someone()
    const elsewhere = app().visitor()
    await elsewhere.logIn(person)
    const { sessionRows, database: stored } = app().services
    const [first, second] = (await sessionRows.all(stored.db, id)).map((one) => stringify(one.id as Buffer))
    const stranger = await someone()
    expect(await run(endSession, stranger.id, { session: first })).toEqual({ kind: 'no-session' })
    expect(await run(endSession, id, { session: 'nonsense' })).toEqual({ kind: 'no-session' })
    const statuses = async () => [
      (await browser.json('GET', '/api/v1/session')).status,
      (await elsewhere.json('GET', '/api/v1/session')).status,
    ]
    expect(await statuses()).toEqual([200, 200])
    expect(await run(endSession, id, { session: first })).toMatchObject({ kind: 'done' })
    expect((await statuses()).sort()).toEqual([200, 401])
    expect(await run(endSession, id, { session: first })).toEqual({ kind: 'no-session' })
    expect(await told(id)).toMatchObject({ event: 'session.ended-by-site', actor: 'command', note: 'asked by phone' })
    expect((await told(id)).emails).toContain('session-ended')
    expect(await run(endSession, id, { session: second })).toMatchObject({ kind: 'done' })
    expect(await statuses()).toEqual([401, 401])
  })

  it('V6.3.7 an email says that groups were changed by an administrator; not by a command, by code or by a key', async () => {
    const group = `noticed-${Date.now()}`
    await run(createGroup, nobody, { group })
    const { id } = await someone()
    const changed = async () => (await told(id)).emails.filter((kind) => kind === 'groups-changed').length
    for (const actor of ['command', 'code', 'key:billing'])
      for (const act of [joinGroup, leaveGroup])
        expect(await run(act, id, { group }, { ...order, actor })).toMatchObject({ kind: 'done' })
    expect(await changed()).toBe(0)
    const by = { ...order, actor: stringify(newId()) }
    expect(await run(joinGroup, id, { group }, by)).toMatchObject({ kind: 'done' })
    expect(await run(joinGroup, id, { group }, by)).toEqual({ kind: 'member' })
    expect(await changed()).toBe(1)
    await run(leaveGroup, id, { group }, by)
    expect(await changed()).toBe(2)
  })

  it('creates an account as it was elsewhere: hash, moment, fields and groups; all or nothing', async () => {
    const at = app().clock.now() - days(1_000)
    const group = `moved-${Date.now()}`
    await run(createGroup, nobody, { group })
    const email = `moved.in.${Date.now()}@example.org`
    // Of "hashcat", a known pair.
    const passwordHash = '$2a$05$MBCzKhG1KhezLh.0LRa0Kuw12nLJtpHy6DIaU.JAnqJUDYspHC.Ou'
    const given = { email, name: 'Ada', passwordHash, createdAt: at, groups: [group, 'administrators'] }
    expect(await run(createAccount, nobody, { ...given, groups: [group, 'none'] })).toEqual({
      kind: 'no-group',
      group: 'none',
    })
    expect(await run(createAccount, nobody, { ...given, passwordHash: 'f'.repeat(32) })).toMatchObject({
      kind: 'bad-hash',
    })
    expect(await run(createAccount, nobody, { ...given, password })).toEqual({ kind: 'two-passwords' })
    expect(await run(createAccount, nobody, { ...given, fields: { x: 'y' } })).toMatchObject({ kind: 'bad-field' })
    const future = app().clock.now() + 1
    expect(await run(createAccount, nobody, { ...given, createdAt: future })).toEqual({ kind: 'in-the-future' })
    expect(await run(createAccount, nobody, given)).toMatchObject({ kind: 'done' })
    expect(await accountOf(app(), { email })).toMatchObject({ createdAt: at, groups: ['administrators', group].sort() })
    const logIn = (typed: string) => app().visitor().json('POST', '/api/v1/login', { email, password: typed })
    expect((await logIn('hashcat')).status).not.toBe(401)
    expect((await logIn('password')).status).toBe(401)
  })

  it('deletes with an email that stays, and restores until the rows are gone', async () => {
    const { browser, person, id } = await someone()
    expect(await run(restoreAccount, id)).toEqual({ kind: 'not-deleted' })
    expect(await run(deleteAccount, id)).toMatchObject({ kind: 'done' })
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(401)
    expect(await run(deleteAccount, id)).toEqual({ kind: 'deleted' })
    const { database: stored } = app().services
    const kept = await stored.db
      .selectFrom('gatelodge_emails')
      .select('account_id')
      .where('kind', '=', 'account-deleted-by-site')
      .execute()
    expect(kept.at(-1)).toEqual({ account_id: null })
    app().clock.pass(days(13))
    expect(await run(restoreAccount, id)).toMatchObject({ kind: 'done' })
    expect((await app().visitor().json('POST', '/api/v1/login', person)).status).toBe(200)
    await run(deleteAccount, id)
    app().clock.pass(days(14) + minutes(1))
    expect(await run(restoreAccount, id)).toEqual({ kind: 'not-deleted' })
  })

  it('what the site deletes has no way back for its owner, not by the links from before either', async () => {
    const { browser, person, id, email } = await someoneWhoMoved()
    const undo = await linkTo(app(), person.email ?? '', 'email-changed')
    expect((await app().visitor().open(undo)).heading).toContain('Restore your old email address')
    await browser.form('/account/delete', { current_password: person.password ?? '' })
    const restore = await linkTo(app(), email, 'account-deletion-scheduled')
    expect((await app().visitor().open(restore)).html).not.toContain('This link no longer works')
    // Its owner was quicker, and would come back after a ban.
    expect(await run(deleteAccount, id)).toMatchObject({ kind: 'done' })
    expect(await run(deleteAccount, id)).toEqual({ kind: 'deleted' })
    for (const link of [undo, restore])
      expect((await app().visitor().open(link)).html, link).toContain('This link no longer works')
    expect(await run(restoreAccount, id)).toMatchObject({ kind: 'done' })
  })

  it('an address that the site sets is not undone by the link to an earlier one, and no log-in goes on', async () => {
    const { person, id, email } = await someoneWhoMoved()
    const { hashing } = app().services
    const { verify } = hashing
    hashing.verify = async (...call) => {
      hashing.verify = verify
      const isRight = await verify(...call)
      expect(await run(setAddress, id, { email: `ours.${person.email}` })).toMatchObject({ kind: 'done' })
      return isRight
    }
    const late = app().visitor()
    const answer = await late.json('POST', '/api/v1/login', { email, password: person.password })
    expect(answer.status).toBe(401)
    expect((await late.json('GET', '/api/v1/session')).status).toBe(401)
    const undo = await linkTo(app(), person.email ?? '', 'email-changed')
    expect((await app().visitor().open(undo)).html).toContain('This link no longer works')
  })

  it('sets back the address that the account had before, which nobody else gets while its owner may restore it', async () => {
    const { person, id } = await someoneWhoMoved()
    const undo = await linkTo(app(), person.email ?? '', 'email-changed')
    const other = await accountOf(app(), await app().visitor().register())
    expect(await run(setAddress, other.id, { email: person.email })).toEqual({ kind: 'reserved' })
    expect(await run(setAddress, id, { email: person.email })).toMatchObject({ kind: 'done' })
    expect((await accountOf(app(), person)).id).toEqual(id)
    expect((await app().visitor().open(undo)).html).toContain('This link no longer works')
  })

  it('V6.2.4 creates an account by the rules of registration, with a password or without', async () => {
    const email = `made.${Date.now()}@example.org`
    const given = { email, name: 'Ada', password, verified: true }
    expect(await run(createAccount, nobody, { ...given, name: '' })).toMatchObject({ kind: 'bad-name' })
    expect(await run(createAccount, nobody, { ...given, email: 'x' })).toEqual({ kind: 'bad-address' })
    expect(await run(createAccount, nobody, { ...given, password: 'password1' })).toMatchObject({ kind: 'weak' })
    expect(await run(createAccount, nobody, given)).toMatchObject({ kind: 'done' })
    expect(await run(createAccount, nobody, given)).toEqual({ kind: 'taken' })
    expect((await app().visitor().json('POST', '/api/v1/login', { email, password })).status).toBe(200)
    const { id, verifiedAt } = await accountOf(app(), { email })
    expect([verifiedAt, (await told(id)).emails.includes('verify-email')]).toEqual([app().clock.now(), false])
    const without = await run(createAccount, nobody, { email: `x.${email}`, name: 'Ada' })
    expect(without).toMatchObject({ kind: 'done' })
    expect(
      (
        await app()
          .visitor()
          .json('POST', '/api/v1/login', { email: `x.${email}`, password })
      ).status,
    ).toBe(401)
  })

  it('makes groups, fills them, and deletes them with their memberships', async () => {
    const { browser, id } = await someone()
    const group = `board-${Date.now()}`
    expect(await run(createGroup, nobody, { group: 'Board' })).toEqual({ kind: 'bad-name' })
    expect(await run(joinGroup, id, { group })).toEqual({ kind: 'no-group' })
    expect(await run(createGroup, nobody, { group })).toEqual({ kind: 'done' })
    expect(await run(createGroup, nobody, { group })).toEqual({ kind: 'exists' })
    expect(await run(joinGroup, id, { group })).toMatchObject({ kind: 'done' })
    expect(await told(id)).toMatchObject({ event: 'group.joined', reason: group })
    expect(await run(joinGroup, id, { group })).toEqual({ kind: 'member' })
    expect(await browser.account()).toMatchObject({ groups: [group] })
    expect(await run(deleteGroup, nobody, { group })).toEqual({ kind: 'done' })
    expect(await browser.account()).toMatchObject({ groups: [] })
    expect(await run(deleteGroup, nobody, { group })).toEqual({ kind: 'no-group' })
    expect(await run(deleteGroup, nobody, { group: 'administrators' })).toEqual({ kind: 'needed' })
  })
})
