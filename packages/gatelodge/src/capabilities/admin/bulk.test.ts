// Acts on several accounts: each account once, by the rule of the act on one, whatever happens meanwhile.
import { stringify } from 'uuid'
import { beforeAll, expect, it } from 'vitest'
import { proveAgain, someAdministrator } from '../../../tests/support/administrators.ts'
import { onEachDatabase, onSqlite } from '../../../tests/support/databases.ts'
import { accountOf, join, makeGroup } from '../../../tests/support/groups.ts'
import { type TestApp, useApp } from '../../../tests/support/make-app.ts'
import { type Fields, textOf, type Visitor } from '../../../tests/support/visitor.ts'
import { mostGroups } from '../../identity/groups/names.ts'
import { groupRows } from '../../identity/groups/storage.ts'
import { newId } from '../../identity/ids.ts'
import { days, hours, minutes } from '../../time.ts'
import { nobody, perform } from './acts.ts'
import { type BulkActName, orderBulkAct, purgeBulkActs } from './bulk.rules.ts'
import { bulkRows } from './bulk.storage.ts'
import { runBulkActs } from './bulk-run.rules.ts'
import { deleteAccount } from './deletion.rules.ts'
import { disableAccount } from './state.rules.ts'

const source = { clientAddress: '192.0.2.1', device: { browser: 'Firefox' }, requestId: 'bulk' }
const always = () => true

/** Registered, and nothing else. */
async function people(app: TestApp, count: number, ...groups: string[]) {
  const ids: Buffer[] = []
  for (let index = 0; index < count; index += 1) {
    const person = await app.visitor().register({ name: `Person ${index}` })
    if (groups.length > 0) await join(app, person, ...groups)
    ids.push((await accountOf(app, person)).id)
  }
  return ids
}

async function ordered(app: TestApp, by: Buffer, accounts: Buffer[], act: BulkActName = 'disable-account', group = '') {
  const order = { actor: stringify(by), reason: 'left the club', source }
  const outcome = await perform(orderBulkAct, app.services, order, nobody, { act, accounts, group })
  if (outcome.kind !== 'done') throw new Error(outcome.kind)
  return outcome.id
}

async function outcomes({ services }: TestApp, id: Buffer) {
  const rows = await bulkRows.targets(services.database.db, id)
  return new Map(rows.map(({ accountId, outcome }) => [accountId.toString('hex'), outcome]))
}

async function recorded({ services }: TestApp, event: string, accounts: Buffer[]) {
  return services.database.db
    .selectFrom('gatelodge_audit')
    .selectAll()
    .where('event', '=', event as never)
    .where('account_id', 'in', accounts)
    .execute()
}

async function emails({ services }: TestApp, kind: string, accounts: Buffer[]) {
  const all = await Promise.all(accounts.map((id) => services.emails.ofAccount(services.database.db, id)))
  return all.map((some) => some.filter((one) => one.kind === kind).length)
}

const isFinished = async ({ services }: TestApp, id: Buffer) =>
  (await bulkRows.find(services.database.db, id))?.finished_at !== null

onEachDatabase('An act on several accounts', (database) => {
  const app = useApp(database)
  let boss: Buffer

  beforeAll(async () => {
    await makeGroup(app(), 'editors')
    ;[boss] = (await people(app(), 1, 'administrators')) as [Buffer]
  })

  it('V2.3.4 V15.4.2 done by 16 at once, each account has one record, one email and its outcome', async () => {
    const accounts = await people(app(), 6)
    const id = await ordered(app(), boss, accounts)
    await Promise.all(Array.from({ length: 16 }, () => runBulkActs(app().services, always)))
    expect([...(await outcomes(app(), id)).values()]).toEqual(accounts.map(() => 'done'))
    expect(await isFinished(app(), id)).toBe(true)
    const rows = await recorded(app(), 'account.disabled', accounts)
    expect(rows).toHaveLength(6)
    for (const row of rows)
      expect(row).toMatchObject({ actor: stringify(boss), note: 'left the club', client_address: '192.0.2.1' })
    expect(await emails(app(), 'account-disabled', accounts)).toEqual(accounts.map(() => 1))
  })

  it('goes on where it stopped, and does nothing twice', async () => {
    const accounts = await people(app(), 5)
    const id = await ordered(app(), boss, accounts, 'join-group', 'editors')
    let left = 2
    await runBulkActs(app().services, () => left-- > 0)
    expect([...(await outcomes(app(), id)).values()].filter((one) => one === 'done')).toHaveLength(2)
    expect(await isFinished(app(), id)).toBe(false)
    await runBulkActs(app().services, always)
    await runBulkActs(app().services, always)
    expect(await isFinished(app(), id)).toBe(true)
    expect(await recorded(app(), 'group.joined', accounts)).toHaveLength(5)
    expect(await emails(app(), 'groups-changed', accounts)).toEqual(accounts.map(() => 1))
    for (const account of accounts)
      expect(await groupRows.ofAccount(app().services.database.db, account)).toEqual(['editors'])
  })

  it('says of each account why it was not done, and goes on with the others', async () => {
    const [one, two, gone] = (await people(app(), 3)) as [Buffer, Buffer, Buffer]
    const { database: stored, accounts, clock } = app().services
    await accounts.setDisabled(stored.db, one, clock.now())
    await stored.db.deleteFrom('gatelodge_accounts').where('id', '=', gone).execute()
    const id = await ordered(app(), boss, [one, two, gone, boss])
    // Not the last one: it is its own.
    await people(app(), 1, 'administrators')
    await runBulkActs(app().services, always)
    const reached = await outcomes(app(), id)
    const expected: [Buffer, string][] = [
      [one, 'disabled'],
      [two, 'done'],
      [gone, 'no-account'],
      [boss, 'own-account'],
    ]
    for (const [account, outcome] of expected) expect(reached.get(account.toString('hex'))).toBe(outcome)
    expect(await recorded(app(), 'account.disabled', [one, gone, boss])).toEqual([])
  })

  it('V2.3.3 V15.4.2 of 16 administrators who disable one another at once, one stays', async () => {
    const { services } = app()
    const { db } = services.database
    const others = await db.selectFrom('gatelodge_group_members').select('account_id').execute()
    const all = [...others.map(({ account_id }) => account_id), ...(await people(app(), 16, 'administrators'))]
    const admins = new Map(all.map((id) => [id.toString('hex'), id]))
    for (const [key, id] of admins)
      if (!(await groupRows.ofAccount(db, id)).includes('administrators')) admins.delete(key)
    const every = [...admins.values()].slice(0, 25)
    await Promise.all(every.map((id) => ordered(app(), id, every)))
    await Promise.all(every.map(() => runBulkActs(services, always)))
    while ((await bulkRows.unfinished(db, 100)).length > 0) await runBulkActs(services, always)
    const open = await db
      .selectFrom('gatelodge_accounts')
      .select('id')
      .where('id', 'in', every)
      .where('disabled_at', 'is', null)
      .execute()
    expect(open).toHaveLength(1)
  })
})

onSqlite('What was ordered', (database) => {
  const app = useApp(database, { emailsPerClient: 20 })

  it('V8.3.1 is not done for an administrator who is none any more, nor a day later', async () => {
    const { services, clock } = app()
    const [boss, other] = (await people(app(), 2, 'administrators')) as [Buffer, Buffer]
    const accounts = await people(app(), 2)
    const demoted = await ordered(app(), boss, accounts)
    await services.accounts.setDisabled(services.database.db, boss, clock.now())
    await runBulkActs(services, always)
    expect([...(await outcomes(app(), demoted)).values()]).toEqual(['not-allowed', 'not-allowed'])
    const late = await ordered(app(), other, accounts)
    clock.pass(hours(25))
    await runBulkActs(services, always)
    expect([...(await outcomes(app(), late)).values()]).toEqual(['too-late', 'too-late'])
    expect([await isFinished(app(), demoted), await isFinished(app(), late)]).toEqual([true, true])
    expect(await recorded(app(), 'account.disabled', accounts)).toEqual([])
  })

  it('every owner gets the email, however many there are: the administrator is no stranger who floods mailboxes', async () => {
    const [boss] = (await people(app(), 1, 'administrators')) as [Buffer]
    const accounts = await people(app(), 25)
    await ordered(app(), boss, accounts)
    await runBulkActs(app().services, always)
    expect(await emails(app(), 'account-disabled', accounts)).toEqual(accounts.map(() => 1))
  })

  it('is one act where the form is sent twice, takes no key, and is forgotten after 30 days', async () => {
    const { services, clock } = app()
    const [boss] = (await people(app(), 1, 'administrators')) as [Buffer]
    const accounts = await people(app(), 2)
    const order = { actor: stringify(boss), reason: 'twice', source }
    const input = { act: 'disable-account' as const, accounts, id: newId() }
    for (let time = 0; time < 2; time += 1)
      expect(await perform(orderBulkAct, services, order, nobody, input)).toEqual({ kind: 'done', id: input.id })
    expect(await outcomes(app(), input.id)).toHaveProperty('size', 2)
    const byKey = { ...order, scopes: ['accounts:write' as const] }
    expect(await perform(orderBulkAct, services, byKey, nobody, { ...input, id: newId() })).toEqual({
      kind: 'not-by-key',
    })
    expect(await perform(orderBulkAct, services, { ...order, reason: ' ' }, nobody, input)).toEqual({
      kind: 'reason-needed',
    })
    const many = Array.from({ length: 26 }, () => newId())
    expect(await perform(orderBulkAct, services, order, nobody, { ...input, accounts: many })).toMatchObject({
      kind: 'bad-input',
    })
    clock.pass(days(31))
    while ((await purgeBulkActs(services)) > 0);
    expect(await bulkRows.find(services.database.db, input.id)).toBeUndefined()
    expect(await outcomes(app(), input.id)).toHaveProperty('size', 0)
  })
})

const selected = (act: string, ids: Buffer[]) =>
  `/admin/accounts/selected?${new URLSearchParams([['act', act], ...ids.map((id) => ['account', stringify(id)])] as [string, string][])}`
const listed = ({ html }: { html: string }) =>
  [...(/<ul class="people">(.*?)<\/ul>/s.exec(html)?.[1] ?? '').matchAll(/<li>(.*?)<\/li>/gs)].map(([, row = '']) =>
    textOf(row),
  )

onSqlite('Several accounts in the console', (database) => {
  const app = useApp(database)
  const act = async (browser: Visitor, path: string, fields: Fields) => {
    await browser.open(path)
    return browser.submit(fields)
  }

  it('V8.2.1 V8.3.1 V7.5.1 is for administrators with a second factor and a fresh proof, like every act', async () => {
    const [id] = (await people(app(), 1)) as [Buffer]
    const member = app().visitor()
    await member.register()
    const noFactor = app().visitor()
    await join(app(), await noFactor.register(), 'administrators')
    const stale = (await someAdministrator(app())).browser
    app().clock.pass(minutes(11))
    const roles: [string, Visitor, string][] = [
      ['visitor', app().visitor(), '303 /login'],
      ['account', member, '404'],
      ['no factor', noFactor, '303 /login'],
      ['stale proof', stale, '303 /reauthenticate'],
    ]
    const paths = ['disable-account', 'enable-account', 'join-group'].map((name) => selected(name, [id]))
    const file = `/admin/accounts/download?account=${stringify(id)}`
    const said = ({ status, headers }: Response) => `${status} ${(headers.get('location') ?? '').split('?')[0]}`.trim()
    for (const [role, browser, answer] of roles) {
      for (const path of [...paths, file]) expect(said(await browser.send('GET', path)), role).toBe(answer)
      for (const path of [...paths, file]) {
        await browser.open('/logout')
        expect(said(await browser.submitOnly({ reason: 'a try', group: 'editors' }, path)), role).toBe(answer)
      }
    }
    expect(await recorded(app(), 'account.disabled', [id])).toEqual([])
    expect((await member.open(`/admin/accounts/bulk-acts/${stringify(newId())}`)).status).toBe(404)
  })

  it('are selected on the list, disabled with a reason, and the page says what became of each', async () => {
    const administrator = await someAdministrator(app())
    const { browser } = administrator
    const [one, two] = (await people(app(), 2)) as [Buffer, Buffer]
    const { id: own } = await accountOf(app(), administrator.person)
    const { html } = await browser.open('/admin/accounts')
    expect(html).toMatch(/<label class="choose"><input type="checkbox" name="account" value="[\da-f-]{36}"/)
    expect(html).toContain('Select Person 1')
    const path = selected('disable-account', [one, two, own])
    await browser.open(path)
    expect(browser.page).toMatchObject({ status: 200, heading: 'Disable 2 accounts' })
    expect(textOf(browser.page.html)).toMatch(/1 account stays as it is.*This is your own account/)
    await browser.submit({ reason: ' ' })
    expect(browser.page).toMatchObject({ heading: 'Disable 2 accounts', summary: ['Enter a reason'] })
    await browser.submit({ reason: 'left the club' })
    expect(browser.page.path).toMatch(/^\/admin\/accounts\/bulk-acts\/[\da-f-]{36}$/)
    expect(textOf(browser.page.html)).toContain('2 accounts were changed, 1 was not.')
    expect(browser.page.heading).toBe('Disable accounts')
    expect(listed(browser.page)[0]).toMatch(/Not done.*This is your own account/)
    expect(listed(browser.page).slice(1).join()).toMatch(/Person.*Done.*Person.*Done/)
    expect(browser.page.html).not.toContain('Refresh')
    await browser.open('/admin/accounts/bulk-acts')
    expect(listed(browser.page)[0]).toMatch(/Disable accounts.*2 accounts were changed, 1 was not\./)
    await act(browser, selected('enable-account', [one, two]), { reason: 'back again' })
    expect(textOf(browser.page.html)).toContain('2 accounts were changed.')
  })

  it('are counted before the button: how many will be changed, and why the others stay as they are', async () => {
    const administrator = await someAdministrator(app())
    const { browser } = administrator
    const { id: own } = await accountOf(app(), administrator.person)
    const [active, disabled, deleted, crowded] = (await people(app(), 4)) as [Buffer, Buffer, Buffer, Buffer]
    const order = { actor: 'command', reason: 'a test', source }
    await perform(disableAccount, app().services, order, disabled, {})
    await perform(deleteAccount, app().services, order, deleted, {})
    const crowd = await app().services.accounts.findById(app().services.database.db, crowded)
    const names = Array.from({ length: mostGroups }, (_, index) => `crowd-${index}`)
    await join(app(), { email: crowd?.email ?? '' }, ...names)
    const all = [active, disabled, deleted, crowded, own]
    const expected: [act: string, heading: string, changed: number, why: string[]][] = [
      ['disable-account', 'Disable 3 accounts', 3, ['can only be enabled', 'your own account']],
      ['enable-account', 'Enable 2 accounts', 2, ['not disabled', 'not disabled', 'not disabled']],
      ['join-group', 'Add accounts to a group', 4, ['too many groups']],
    ]
    for (const [name, heading, changed, why] of expected) {
      const { html } = await browser.open(selected(name, all))
      expect(browser.page.heading).toBe(heading)
      const [chosen = '', rest = ''] = [...html.matchAll(/<ul class="whom">(.*?)<\/ul>/gs)].map(([, list]) => list)
      expect([chosen.match(/<li>/g)?.length, rest.match(/<li>/g)?.length], name).toEqual([changed, why.length])
      for (const sentence of why) expect(rest).toContain(sentence)
    }
    await browser.open(selected('disable-account', all))
    await browser.submit({ reason: 'left the club' })
    expect(textOf(browser.page.html)).toContain('3 accounts were changed, 2 were not.')
    await browser.open(selected('disable-account', [disabled, own]))
    expect(browser.page.heading).toBe('Disable accounts')
    expect(textOf(browser.page.html)).toContain('None of these accounts would be changed.')
    expect(browser.page.html).not.toContain('name="order"')
  })

  it('each group says how many of the selected accounts are in it already', async () => {
    const { browser } = await someAdministrator(app())
    await makeGroup(app(), 'readers')
    const ids = [...(await people(app(), 2, 'readers')), ...(await people(app(), 1))]
    const { html } = await browser.open(selected('join-group', ids))
    expect(html).toMatch(/<option value="readers">readers \(2 of these are members already\)<\/option>/)
    await act(browser, selected('join-group', ids), { group: 'readers' })
    expect(textOf(browser.page.html)).toContain('1 account was changed, 2 were not.')
  })

  it('V7.5.1 stay selected, and the reason is kept, while the proof is asked again', async () => {
    const administrator = await someAdministrator(app())
    const { browser } = administrator
    const ids = await people(app(), 25)
    await browser.open(selected('disable-account', ids))
    app().clock.pass(minutes(11))
    await browser.submit({ reason: 'left the club' })
    expect(browser.page.path).toBe('/reauthenticate')
    await proveAgain(app(), administrator)
    expect(browser.page.heading).toBe('Disable 25 accounts')
    expect(browser.page.html).toContain('value="left the club"')
  })

  it('are added to a group that there is, and never to the administrators', async () => {
    const { browser } = await someAdministrator(app())
    await makeGroup(app(), 'writers')
    const ids = await people(app(), 2)
    const path = selected('join-group', ids)
    for (const group of ['', 'administrators', 'no-group', "ü'"]) {
      await act(browser, path, { group })
      expect([browser.page.heading, browser.page.summary]).toEqual(['Add accounts to a group', ['Choose a group']])
    }
    expect(browser.page.html).not.toContain('<option value="administrators"')
    await act(browser, path, { group: 'writers' })
    expect(browser.page.heading).toBe('Add accounts to a group: writers')
    expect(await recorded(app(), 'group.joined', ids)).toHaveLength(2)
  })

  it('V2.2.1 with none selected leads back to the list as it was; other acts and addresses are unknown', async () => {
    const { browser } = await someAdministrator(app())
    await browser.open('/admin/accounts/selected?act=disable-account&state=disabled&account=x')
    expect([browser.page.path, browser.page.notice]).toEqual(['/admin/accounts', 'Select at least one account first.'])
    for (const path of ['selected', 'selected?act=delete-account', 'bulk-acts/x', `bulk-acts/${stringify(newId())}`])
      expect((await browser.open(`/admin/accounts/${path}`)).status, path).toBe(404)
    expect((await browser.open('/admin/accounts/bulk-acts?before=x')).status).toBe(200)
  })

  it('V1.2.1 names and reasons are text, never markup', async () => {
    const { browser } = await someAdministrator(app())
    const person = await app().visitor().register({ name: '<img src=x onerror="alert(1)">' })
    const { id } = await accountOf(app(), person)
    await act(browser, selected('disable-account', [id]), { reason: '<script>alert(2)</script>' })
    const pages = [
      browser.page,
      await browser.open('/admin/accounts'),
      await browser.open(selected('enable-account', [id])),
    ]
    for (const { html } of pages)
      expect(html.replace(/<script type="module" src="\/assets\/[\w.-]+"><\/script>/g, '')).not.toMatch(/<img|<script/)
  })
})
