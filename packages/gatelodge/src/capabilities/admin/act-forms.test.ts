// The forms of acts: each act × each role, what each does, and what a form says.
import { stringify } from 'uuid'
import { beforeAll, describe, expect, it } from 'vitest'
import { someAdministrator } from '../../../tests/support/administrators.ts'
import { onSqlite } from '../../../tests/support/databases.ts'
import { accountOf, join, makeGroup } from '../../../tests/support/groups.ts'
import { type TestApp, useApp } from '../../../tests/support/make-app.ts'
import { shown, someoneWithApp } from '../../../tests/support/second-factor.ts'
import type { Fields, Visitor } from '../../../tests/support/visitor.ts'
import { newId } from '../../identity/ids.ts'
import { minutes } from '../../time.ts'
import { actForms, type ConsoleAct, newAccountForm } from './act.form.ts'
import { acts } from './acts.ts'

/** They have no form here: an administrator sets nobody's password (ASVS V6.4.6), and groups, keys and emails have pages of their own. */
const withoutForm = [
  'describe-group',
  'set-fields',
  // keys.console.test.ts tries these as each role.
  'create-key',
  'revoke-key',
  'set-password',
  'create-group',
  'delete-group',
  'send-email-again',
  // bulk.test.ts tries these as each role.
  'order-bulk-act',
  'download-accounts',
]

const forms = [newAccountForm, ...actForms]

const fieldsFor: Partial<Record<ConsoleAct['name'], Fields>> = {
  'set-name': { account_name: 'Countess Lovelace' },
  'set-address': { account_email: 'countess@example.org', verified: 'yes' },
  'join-group': { group: 'editors' },
  'leave-group': { group: 'editors' },
  'create-account': { account_name: 'Grace Hopper', account_email: 'grace@example.org' },
}

/** What must be so of an account before the act can be done. */
const before: Partial<Record<ConsoleAct['name'], (app: TestApp, person: Fields) => Promise<unknown>>> = {
  'leave-group': (app, person) => join(app, person, 'editors'),
  'remove-administrator': (app, person) => join(app, person, 'administrators'),
  'enable-account': async ({ services: { accounts, database, clock } }, person) =>
    accounts.setDisabled(
      database.db,
      (await accountOf({ services: { accounts, database } as never }, person)).id,
      clock.now(),
    ),
  'restore-account': async ({ services: { accounts, database, clock } }, person) =>
    accounts.close(
      database.db,
      (await accountOf({ services: { accounts, database } as never }, person)).id,
      clock.now() + minutes(60),
    ),
}

const pathFor = (form: ConsoleAct, id: Buffer) =>
  form === newAccountForm ? '/admin/accounts/create-account' : `/admin/accounts/${stringify(id)}/${form.name}`

async function recorded({ services }: TestApp, event: string) {
  const { db } = services.database
  return db
    .selectFrom('gatelodge_audit')
    .selectAll()
    .where('event', '=', event as never)
    .orderBy('id')
    .execute()
}

/** As a script of theirs would: with a form token of the page that they can open. */
async function post(browser: Visitor, path: string, fields: Fields): Promise<string> {
  await browser.open('/logout')
  const answer = await browser.submitOnly(fields, path)
  return `${answer.status} ${(answer.headers.get('location') ?? '').split('?')[0]}`.trim()
}

async function get(browser: Visitor, path: string): Promise<string> {
  const answer = await browser.send('GET', path)
  return `${answer.status} ${(answer.headers.get('location') ?? '').split('?')[0]}`.trim()
}

describe('The acts of the console', () => {
  it('V8.1.1 are the declared ones: a new act has a form here, or is known to have none', () => {
    const offered = new Set([...forms.map(({ act }) => act.name), ...withoutForm])
    expect(acts.map(({ name }) => name).filter((name) => !offered.has(name))).toEqual([])
    expect(withoutForm.filter((name) => !acts.some((act) => act.name === name))).toEqual([])
  })
})

onSqlite('Each act of the console', (database) => {
  const app = useApp(database, { copyResetLinks: true, loginFreeFailures: 1_000 })
  const roles: Record<string, { browser: Visitor; answers: string }> = {}
  let target: Fields
  let id: Buffer

  beforeAll(async () => {
    await makeGroup(app(), 'editors')
    const member = app().visitor()
    await join(app(), await member.register(), 'editors')
    const account = app().visitor()
    await account.register()
    const noFactor = app().visitor()
    await join(app(), await noFactor.register(), 'administrators')
    const stale = (await someAdministrator(app())).browser
    app().clock.pass(minutes(11))
    const key = app().visitor()
    const send = key.send.bind(key)
    key.send = (method, path, body, headers = {}) =>
      send(method, path, body, { authorization: 'Bearer gla_abc', ...headers })
    roles.visitor = { browser: app().visitor(), answers: '303 /login' }
    roles.account = { browser: account, answers: '404' }
    roles['a member of a group'] = { browser: member, answers: '404' }
    roles['an administrator without a factor'] = { browser: noFactor, answers: '303 /login' }
    roles['a stale proof'] = { browser: stale, answers: '303 /reauthenticate' }
    roles['a key'] = { browser: key, answers: '303 /login' }
    target = await app().visitor().register({ name: 'Ada Target' })
    id = (await accountOf(app(), target)).id
  })

  it.each(forms.map((form) => [form.name, form] as const))(
    'V8.2.1 V8.3.1 V7.5.1 %s is refused to all but an administrator with a second factor and a fresh proof',
    async (name, form) => {
      const path = pathFor(form, id)
      const fields = { reason: 'a try', ...fieldsFor[name] }
      const { length } = await recorded(app(), form.act.event)
      for (const [role, { browser, answers }] of Object.entries(roles)) {
        expect(await get(browser, path), role).toBe(answers)
        expect(await post(browser, path, fields), role).toBe(answers)
      }
      expect(await recorded(app(), form.act.event)).toHaveLength(length)
    },
  )

  it('V16.3.2 records who was refused', async () => {
    const rows = await recorded(app(), 'console.refused')
    const { id: account } = (await roles.account?.browser.account()) ?? {}
    expect(rows.map(({ account_id }) => stringify(account_id ?? Buffer.alloc(16)))).toContain(account)
  })

  it.each(
    forms
      .filter(({ name }) => !['end-session', 'remove-connection'].includes(name))
      .map((form) => [form.name, form] as const),
  )('V16.2.1 %s is done, recorded with who did it and why, and its owner gets the email', async (name, form) => {
    const { browser } = await someAdministrator(app())
    const actor = (await browser.account()).id
    const other = name === 'reset-two-factor' ? await someoneWithApp(app()) : undefined
    const person = other?.person ?? (await app().visitor().register())
    await before[name]?.(app(), person)
    const { id } = await accountOf(app(), person)
    const path = pathFor(form, id)
    const reason = form.act.needsReason ? 'asked by phone' : null
    await browser.open(path)
    expect([browser.page.status, browser.page.html.includes('name="reason"')]).toEqual([200, form.act.needsReason])
    await browser.submit({ ...(reason && { reason }), ...fieldsFor[name] }, path)
    const done = name === 'copy-reset-link' ? 'The reset link' : browser.page.notice
    expect(done, browser.page.summary.join()).toBeTruthy()
    expect(browser.page.path).toMatch(/^\/admin\/accounts\/[\da-f-]{36}/)
    const row = (await recorded(app(), form.act.event)).at(-1)
    expect(row).toMatchObject({ actor, note: reason })
    const emails = await app().services.emails.ofAccount(app().services.database.db, id)
    if (form.act.email && name !== 'copy-reset-link' && name !== 'delete-account')
      expect(emails.map(({ kind }) => kind)).toContain(form.act.email)
  })
})

onSqlite('The form of an act', (database) => {
  const app = useApp(database, { copyResetLinks: true })

  async function atForm(act: string, known: Fields = {}) {
    const someone = await someAdministrator(app())
    const person = await app().visitor().register(known)
    const { id } = await accountOf(app(), person)
    const path = `/admin/accounts/${stringify(id)}`
    await someone.browser.open(`${path}/${act}`)
    return { ...someone, person, path, id }
  }

  it('asks why, and keeps what was typed', async () => {
    const { browser, path } = await atForm('set-address')
    await browser.submit({ account_email: 'new@example.org', reason: ' ' }, `${path}/set-address`)
    expect([browser.page.path, browser.page.summary]).toEqual([`${path}/set-address`, ['Enter a reason']])
    expect(browser.page.title).toMatch(/^Error: /)
    expect(browser.page.html).toContain('value="new@example.org"')
    await browser.submit({ account_email: 'no address', reason: 'moved' }, `${path}/set-address`)
    expect(browser.page.summary).toEqual(['Enter an email address like name@example.org'])
    expect(browser.page.html).toContain('value="moved"')
  })

  it('V7.5.1 keeps what was typed while the proof is asked again', async () => {
    const { browser, path, key } = await atForm('set-name')
    app().clock.pass(minutes(11))
    await browser.submit({ account_name: 'Countess Lovelace' }, `${path}/set-name`)
    expect(browser.page.path).toBe('/reauthenticate')
    await browser.submit({ code: shown(app(), key) })
    expect([browser.page.path, browser.page.html.includes('value="Countess Lovelace"')]).toEqual([
      `${path}/set-name`,
      true,
    ])
    await browser.submit({ account_name: 'Countess Lovelace' }, `${path}/set-name`)
    expect([browser.page.heading, browser.page.notice]).toEqual(['Countess Lovelace', 'The name was changed.'])
  })

  it.each(["ü'", '\0', 'no-group', ''])('V2.2.1 takes no group that is none: %j', async (group) => {
    const { browser, path } = await atForm('join-group')
    await browser.submit({ group }, `${path}/join-group`)
    expect([browser.page.path, browser.page.summary]).toEqual([`${path}/join-group`, ['Choose a group']])
  })

  it('says on the page of the account why an act was not done', async () => {
    const { browser, path } = await atForm('enable-account')
    await browser.submit({ reason: 'x' }, `${path}/enable-account`)
    expect([browser.page.path, browser.page.notice]).toEqual([path, 'The account is not disabled.'])
  })

  it('V6.4.1 shows a copied reset link once, of a user and never of an administrator, and only where the site allows it', async () => {
    const { browser, path, person } = await atForm('copy-reset-link')
    await browser.submit({ reason: 'no email' }, `${path}/copy-reset-link`)
    expect(browser.page.path).toBe(`${path}/copy-reset-link/link`)
    const link = /http:\/\/[^<\s]+\/reset-password\/[\w-]{43}/.exec(browser.page.html)?.[0] ?? ''
    expect((await app().visitor().open(new URL(link).pathname)).heading).toBe('Set a new password')
    expect((await browser.open(`${path}/copy-reset-link/link`)).path).toBe(path)
    await join(app(), person, 'administrators')
    expect((await browser.open(path)).html).not.toContain('copy-reset-link')
    await browser.open(`${path}/copy-reset-link`)
    await browser.submit({ reason: 'no email' }, `${path}/copy-reset-link`)
    expect([browser.page.path, browser.page.notice]).toEqual([
      path,
      'A reset link for an administrator can only be sent by email.',
    ])
  })

  it('V1.2.1 V1.2.2 shows names, addresses, browsers and reasons as they are, never as markup', async () => {
    const name = `<img src=x onerror="alert(1)">'"&`
    const { browser, path, person } = await atForm('end-sessions', { name })
    const login = { 'content-type': 'application/json', 'user-agent': `<img src=x onerror="alert(3)"> Firefox/140.0` }
    await app().visitor().send('POST', '/api/v1/login', JSON.stringify(person), login)
    expect(browser.page.html).not.toContain('<img')
    await browser.submit({ reason: '<script>alert(2)</script>' }, `${path}/end-sessions`)
    for (const page of [
      path,
      `${path}/activity`,
      '/admin/accounts',
      `${path}/set-name`,
      '/admin/accounts?query=%3Cimg%3E%22',
    ]) {
      const { html, status } = await browser.open(page)
      expect(status, page).toBe(200)
      expect(html.replace(/<script type="module" src="\/assets\/[\w.-]+"><\/script>/g, ''), page).not.toMatch(
        /<img|<script|onerror="/,
      )
    }
    expect((await browser.open(path)).html).toContain('&lt;script&gt;alert(2)&lt;/script&gt;')
  })

  it.each(['no-act', 'set-password', 'create-group', 'constructor'])('there is none for %s', async (act) => {
    const { browser, path } = await atForm('set-name')
    expect((await browser.open(`${path}/${act}`)).status).toBe(404)
    expect((await browser.open(`/admin/accounts/${stringify(newId())}/set-name`)).status).toBe(404)
  })
})

onSqlite('A copied reset link', (database) => {
  const app = useApp(database)

  it('V13.4.2 is off by default', async () => {
    const { browser } = await someAdministrator(app())
    const { id } = await accountOf(app(), await app().visitor().register())
    const path = `/admin/accounts/${stringify(id)}`
    expect((await browser.open(path)).html).not.toContain('copy-reset-link')
    expect((await browser.open(`${path}/copy-reset-link`)).status).toBe(404)
    await browser.open(`${path}/send-reset-link`)
    expect((await browser.submitOnly({ reason: 'x' }, `${path}/copy-reset-link`)).status).toBe(404)
  })
})
