// Code of the app that holds us: when it is called, with what, and what becomes of its failures.
import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { removeClosedAccounts } from '../../src/capabilities/account-deletion/removal.rules.ts'
import type { Hooks, Newcomer } from '../../src/hooks/hooks.ts'
import { newId } from '../../src/identity/ids.ts'
import { onEachDatabase } from '../support/databases.ts'
import { linkTo } from '../support/emails.ts'
import { openGatelodge, visitorOf } from '../support/embed.ts'
import { makeApp, throwawayDatabase, useApp } from '../support/make-app.ts'
import { someone, type Visitor } from '../support/visitor.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/
const refusedName = 'Mallory'
const refusal = 'Only members of the society may register. Ask <the office>.'

/** Records the calls of each hook, and fails where the test asks for it. */
function recorder() {
  const told: [name: string, event: Record<string, unknown>][] = []
  const failing = new Set<string>()
  const keep = (name: string) => async (event: object) => {
    // As an app that writes a row of its own.
    await new Promise((resolve) => setImmediate(resolve))
    told.push([name, event as Record<string, unknown>])
    if (failing.has(name)) throw new Error(`${name} of the app`)
  }
  const hooks: Hooks = {
    async onRegistering(newcomer: Newcomer) {
      await keep('onRegistering')(newcomer)
      return newcomer.name === refusedName ? { refuse: refusal } : undefined
    },
    onRegistered: keep('onRegistered'),
    onLoggedIn: keep('onLoggedIn'),
    onLoggedOut: keep('onLoggedOut'),
    onDeleted: keep('onDeleted'),
  }
  const names = () => told.splice(0).map(([name]) => name)
  return { hooks, told, failing, names }
}

const isEmptyOf = async (app: ReturnType<ReturnType<typeof useApp>>, email: string | undefined) => {
  const { db } = app.services.database
  const tables = ['gatelodge_accounts', 'gatelodge_registrations'] as const
  for (const table of tables)
    if (
      (
        await db
          .selectFrom(table)
          .selectAll()
          .where('email', '=', email ?? '')
          .execute()
      ).length > 0
    )
      return false
  return true
}

onEachDatabase('A hook', (database) => {
  const { hooks, told, failing, names } = recorder()
  const app = useApp(database, { emailsPerClient: 1_000, deletionDelay: 0 }, () => ({ hooks }))

  it('V14.2.6 gets the account and the request, and never a secret', async () => {
    told.length = 0
    const browser = app().visitor('198.51.100.7')
    const ada = await browser.register()
    const account = {
      id: expect.stringMatching(uuid),
      name: ada.name,
      email: ada.email,
      emailVerified: false,
      registeredAt: new Date(app().clock.now()),
      groups: [],
      fields: {},
    }
    const request = {
      id: expect.any(String),
      clientAddress: '198.51.100.7',
      device: 'Unknown device',
    }
    expect(told).toEqual([
      ['onRegistering', { name: ada.name, email: ada.email, fields: {}, request }],
      ['onRegistered', { account, request }],
      ['onLoggedIn', { account, request }],
    ])
    const all = JSON.stringify(told)
    expect([ada.password, browser.sessionCookie].filter((secret) => all.includes(secret ?? ''))).toEqual([])
    names()

    await browser.logOut()
    expect(told).toEqual([['onLoggedOut', { account, request, where: 'here' }]])
    names()
    await browser.logIn(ada)
    expect(told).toEqual([['onLoggedIn', { account, request }]])
    names()
    const answer = await browser.json('POST', '/api/v1/delete', { current_password: ada.password })
    expect([answer.status, told]).toEqual([204, [['onDeleted', { account }]]])
    expect(await isEmptyOf(app(), ada.email)).toBe(true)
  })

  it('is called for each way in and out, and not where someone goes on', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    const other = app().visitor()
    await other.logIn(ada)
    names()
    await browser.json('POST', '/api/v1/devices/end-others', {})
    expect(told.map(([name, { where }]) => [name, where])).toEqual([['onLoggedOut', 'elsewhere']])
    names()
    const new_password = 'copper window tide'
    const changed = await browser.json('POST', '/api/v1/password', { current_password: ada.password, new_password })
    const confirmed = await browser.json('POST', '/api/v1/password/confirm', { current_password: new_password })
    await app().visitor().logIn(ada)
    await app()
      .visitor()
      .logOut()
      .catch(() => {})
    expect([changed.status, confirmed.status, names()]).toEqual([200, 200, []])
    // An email that is opened in a strange browser: with the password it is a way in.
    const stranger = app().visitor()
    await stranger.open(await linkTo(app(), ada.email as string, 'verify-email'))
    await stranger.submit({ password: new_password })
    expect([stranger.page.path, names()]).toEqual(['/account', ['onLoggedIn']])
  })

  it('is called by the API as by the pages', async () => {
    names()
    const browser = app().visitor()
    const ada = someone()
    const send = async (path: string, value: object) => {
      const headers = { 'content-type': 'application/json', accept: 'application/json' }
      const { status } = await browser.send('POST', `/api/v1/${path}`, JSON.stringify(value), headers)
      return { status, told: names() }
    }
    expect(await send('register', { ...ada, name: refusedName })).toEqual({ status: 422, told: ['onRegistering'] })
    const all = ['onRegistering', 'onRegistered', 'onLoggedIn']
    expect(await send('register', ada)).toEqual({ status: 201, told: all })
    expect(await send('logout', {})).toEqual({ status: 204, told: ['onLoggedOut'] })
    expect((await send('login', ada)).told).toEqual(['onLoggedIn'])
  })

  it('that fails where all is done already changes no answer, and is logged', async () => {
    for (const name of ['onRegistered', 'onLoggedIn', 'onLoggedOut']) failing.add(name)
    app().logged.length = 0
    const browser = app().visitor()
    await browser.register()
    expect(browser.page.heading).toBe('Hello, Ada Lovelace')
    expect((await browser.logOut()).path).toBe('/login')
    failing.clear()
    const failures = app().logged.filter(({ msg }) => msg === 'hook.failed')
    expect(failures.map(({ hook, level }) => [hook, level])).toEqual([
      ['onRegistered', 'error'],
      ['onLoggedIn', 'error'],
      ['onLoggedOut', 'error'],
    ])
    expect(failures[0]).toMatchObject({ request: expect.any(String), account: expect.stringMatching(uuid) })
  })

  it('V14.2.4 that could not follow a deletion is called again, and the account stays closed until then', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    failing.add('onDeleted')
    expect((await browser.json('POST', '/api/v1/delete', { current_password: ada.password })).status).toBe(204)
    expect(await removeClosedAccounts(app().services)).toBe(0)
    expect((await app().visitor().json('POST', '/api/v1/login', ada)).status).toBe(401)
    expect(await isEmptyOf(app(), ada.email)).toBe(false)
    failing.clear()
    names()
    expect(await removeClosedAccounts(app().services)).toBe(1)
    expect(names()).toEqual(['onDeleted'])
    expect(await isEmptyOf(app(), ada.email)).toBe(true)
  })

  it('V14.2.4 that never lets some accounts go keeps no others from going', async () => {
    const stubborn: Hooks = {
      onDeleted({ account }) {
        if (account.name === 'Stays') throw null
      },
    }
    const other = await makeApp(database, {}, { hooks: stubborn })
    const { db } = other.services.database
    const rows = Array.from({ length: 102 }, (_, index) => ({
      id: newId(),
      name: index < 101 ? 'Stays' : 'Goes',
      ...{ email: `stubborn-${index}@example.org`, email_key: randomBytes(32) },
      ...{
        created_at: 1,
        disabled_at: null,
        verified_at: null,
        pending_email: null,
        deletes_at: 1,
        password_version: 1,
        password_changed_at: null,
        password_demanded_at: null,
        factor_version: 1,
        has_app: 0,
        asks_passkey_since: null,
        passkey_offer_answered_at: null,
        member_of: '',
        recent: '',
        fields: null,
        email_sorted: '',
        name_sorted: '',
      },
    }))
    await db.insertInto('gatelodge_accounts').values(rows).execute()
    expect(await removeClosedAccounts(other.services)).toBe(1)
    // It threw `undefined`, and that is logged all the same.
    expect(other.logged.filter(({ msg }) => msg === 'hook.failed')).toHaveLength(101)
    await db.deleteFrom('gatelodge_accounts').where('name', '=', 'Stays').execute()
    await other.close()
  })

  const tries: [way: string, send: (browser: Visitor, fields: Record<string, string>) => Promise<unknown>][] = [
    ['the form', async (browser, fields) => (await browser.open('/register')) && browser.submit(fields)],
    ['JSON', async (browser, fields) => browser.json('POST', '/api/v1/register', fields)],
  ]
  it.each(tries)('may refuse by %s, with its text overrides, and nothing is stored or hashed', async (way, send) => {
    const mallory = someone({ name: refusedName })
    names()
    const browser = app().visitor()
    const answer = await send(browser, mallory)
    if (way === 'JSON')
      expect(answer).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'email', code: 'refused', message: refusal }] },
      })
    else {
      expect(browser.page.summary).toEqual([refusal])
      expect(browser.page.html).not.toContain('<the office>')
      expect(browser.page.html).toContain(`value="${mallory.email}"`)
    }
    expect([names(), await isEmptyOf(app(), mallory.email)]).toEqual([['onRegistering'], true])
  })

  it('V16.5.2 V16.5.3 that fails before anything is stored: nothing is stored', async () => {
    const ada = someone()
    failing.add('onRegistering')
    const browser = app().visitor()
    await browser.open('/register')
    await browser.submit(ada)
    failing.clear()
    expect([browser.page.status, browser.page.html.includes('of the app')]).toEqual([500, false])
    expect([names(), await isEmptyOf(app(), ada.email)]).toEqual([['onRegistering'], true])
  })
})

onEachDatabase('A hook where an email decides', (database) => {
  const { hooks, told, failing, names } = recorder()
  const settings = { registration: 'confirm-first', emailsPerClient: 1_000 } as const
  const app = useApp(database, settings, () => ({ hooks }))

  it('V6.3.8 runs the same way for an address that has an account and for one that has none', async () => {
    const ada = someone()
    const browser = app().visitor()
    await browser.open('/register')
    await browser.submit(ada)
    expect(names()).toEqual(['onRegistering'])
    await browser.open(await linkTo(app(), ada.email as string, 'start-account'))
    await browser.submit({})
    expect([browser.page.path, names()]).toEqual(['/account', ['onRegistered', 'onLoggedIn']])

    for (const [name, status] of [
      ['Ada', 202],
      [refusedName, 422],
      ['Eve', 500],
    ] as const) {
      const answers = []
      if (name === 'Eve') failing.add('onRegistering')
      for (const { email } of [ada, someone()]) {
        const { status, body } = await app()
          .visitor()
          .json('POST', '/api/v1/register', { ...ada, name, email })
        const asked = told.splice(0).map(([hook, { request, ...newcomer }]) => ({ hook, ...newcomer, email: '' }))
        answers.push({ status, body, asked })
      }
      expect(answers[1]).toEqual(answers[0])
      expect(answers[0]).toMatchObject({ status, asked: [{ hook: 'onRegistering', name }] })
    }
  })
})

describe('Hooks given to createGatelodge', () => {
  it('V2.4.1 whose refusals are guessed at, are guarded like registrations', async () => {
    const hooks = { onRegistering: () => ({ refuse: 'That is no invitation.' }) }
    const gatelodge = await openGatelodge(throwawayDatabase(), { hooks, registrationsPerAddress: 2 })
    const statuses = []
    for (let guess = 0; guess < 3; guess += 1)
      statuses.push((await visitorOf(gatelodge).json('POST', '/api/v1/register', someone())).status)
    expect(statuses).toEqual([422, 422, 429])
    await gatelodge.close()
  })

  it('are waited for before the browser is answered', async () => {
    const rows = new Set<string>()
    const gatelodge = await openGatelodge(throwawayDatabase(), {
      hooks: {
        async onRegistered({ account }) {
          await new Promise((resolve) => setTimeout(resolve, 20))
          rows.add(account.id)
        },
      },
    })
    const browser = visitorOf(gatelodge)
    await browser.json('POST', '/api/v1/register', someone())
    const who = await gatelodge.session(new Headers({ cookie: `gatelodge=${browser.sessionCookie}` }))
    expect([...rows]).toEqual([who?.account.id])
    await gatelodge.close()
  })

  it('that have unknown names, or are no functions, are refused at start', async () => {
    const wrong = { onRegisterd: () => {}, onLoggedIn: 'yes' } as unknown as Hooks
    await expect(openGatelodge(throwawayDatabase(), { hooks: wrong })).rejects.toThrow(
      /onRegisterd is no hook.*\n.*onLoggedIn must be a function/,
    )
  })

  it.each([false, null, {}, { refuse: '' }, { refuse: 'No', field: 'form_token' }])(
    'V2.2.2 take an answer that says neither yes nor no (%j) for no yes',
    async (answer) => {
      const hooks = { onRegistering: () => answer } as unknown as Hooks
      const gatelodge = await openGatelodge(throwawayDatabase(), { hooks })
      expect((await visitorOf(gatelodge).json('POST', '/api/v1/register', someone())).status).toBe(500)
      await gatelodge.close()
    },
  )
})
