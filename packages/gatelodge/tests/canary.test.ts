// What is secret turns up nowhere but where it belongs: not in the log, even at its most talkative, not in the database,
// not in what is answered.

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLog } from '../src/log.ts'
import { allRows } from './support/all-rows.ts'
import { find, type Place, spellings } from './support/canaries.ts'
import { onEachDatabase } from './support/databases.ts'
import { makeApp, type TestApp } from './support/make-app.ts'
import { type Recorded, recorder } from './support/recorded-answers.ts'
import { somebody, type Visitor } from './support/visitor.ts'

/** Each with characters that look different in each spelling. */
const passwords = {
  'the password': 'Zebra "quay" & möth <7>',
  'the new password': "Walrus/otter+'jetty'=ßand?",
  'a wrong password': 'Heron "ferry" & kölm <9>',
  'a refused password': 'Qz"7<~é',
}
/** Whoever types too fast types a password here. */
const addresses = {
  'a password in the place of the address': 'Badger "depot" & lärk <3>',
  'an address that nobody has': 'nobody.badger+depot@example.org',
}

const expectedEvents = [
  'login.failed',
  'login.held-back',
  'login.succeeded',
  'logout.succeeded',
  'password.change-refused',
  'password.changed',
  'registration.refused',
  'registration.succeeded',
  'request',
  'request.failed',
  'same-site.refused',
]

const wrong = passwords['a wrong password']
const typed = { name: 'Gräfin "Ada" <Lovelace>', password: passwords['the password'] }
/** What belongs in the database only, or in nothing but what its owner reads. */
const ofPeople = { 'a name': typed.name, 'an address': '@example.org', 'a password hash': '$argon2id$' }

onEachDatabase('Canaries', (database) => {
  const lines: string[] = []
  let app: TestApp
  let answers: Recorded
  let visitor: () => Visitor
  beforeAll(async () => {
    const log = createLog({ logLevel: 'debug', mode: 'production' }, { write: (line: string) => void lines.push(line) })
    app = await makeApp(database, { logLevel: 'debug' }, { log })
    ;({ answers, visitor } = recorder(app))
    await doEverything(app, visitor)
  })
  afterAll(() => app.close())

  const logged = (): Place[] => lines.map((content) => ({ name: 'a log line', content }))
  const secret = () => ({ 'the secret': String(app.services.settings.secret) })

  it('met all kinds of answers, lines and cookies', () => {
    expect([...new Set(answers.statuses)].sort()).toEqual([200, 201, 303, 400, 401, 403, 404, 413, 415, 422, 429, 500])
    const events = lines.map((line) => JSON.parse(line).msg)
    expect([...new Set(events)].sort()).toEqual(expectedEvents)
    for (const name of ['session token', 'visit cookie', 'device cookie'])
      expect(Object.keys(answers.cookies()).filter((key) => key.startsWith(name)).length).toBeGreaterThan(5)
    expect(Object.keys(answers.formTokens()).length).toBeGreaterThan(5)
  })

  it('V16.2.5 V14.2.4 no log line has a password, a token, a cookie, the secret or anything else that was typed', () => {
    const canaries = {
      ...passwords,
      ...addresses,
      ...ofPeople,
      ...secret(),
      ...answers.cookies(),
      ...answers.formTokens(),
    }
    expect(find(canaries, logged())).toEqual([])
  })

  it('V14.2.4 V16.2.5 no row has one either, and no byte of the file', async () => {
    const canaries = { ...passwords, ...addresses, ...secret(), ...answers.cookies(), ...answers.formTokens() }
    expect(find(canaries, await allRows(database))).toEqual([])
  })

  it('V3.3.4 V14.2.4 no answer has one, but that a cookie stands in Set-Cookie and a form token in its own form', () => {
    expect(find({ ...passwords, ...secret(), ...answers.cookies() }, answers.places())).toEqual([])
    expect(find(answers.formTokens(), answers.placesBesidesForms())).toEqual([])
  })

  it('V14.2.4 what is sealed in the visit cookie has no password either', () => {
    const { sealing } = app.services
    const visits = Object.entries(answers.cookies()).filter(([name]) => name.startsWith('visit cookie'))
    const opened = visits.map(([name, value]) => ({ name, content: sealing.open('visit cookie', value) ?? '' }))
    expect(opened.some(({ content }) => content.includes('"problems"'))).toBe(true)
    expect(find({ ...passwords, ...secret() }, opened)).toEqual([])
  })

  it('finds one that is there: this test can fail', async () => {
    const planted = 'planted "canary" & mörtar <1>'
    const canary = { 'the canary': planted }
    app.services.log.debug({ details: { deep: planted } }, 'login.failed')
    expect(find(canary, logged())).toEqual(['the canary, as JSON, in a log line'])
    await visitor().json('POST', '/register', { ...somebody(), name: planted })
    expect(find(canary, await allRows(database))).toContain('the canary, as itself, in gatelodge_accounts.name')
    const browser = visitor()
    await browser.open('/register')
    await browser.submit({ ...somebody(), name: planted, password: '' })
    expect(find(canary, answers.places()).map((line) => line.replace(/ of .*/, ''))).toContain(
      'the canary, as HTML, in the body',
    )
  })
})

/** Everything that people do, and everything that goes wrong with it, as forms and as JSON. */
async function doEverything(app: TestApp, visitor: () => Visitor): Promise<void> {
  const password = passwords['the password']
  const new_password = passwords['the new password']
  const refused = passwords['a refused password']
  const byForm = { ...somebody(), ...typed }
  const byJson = { ...somebody(), ...typed }

  const browser = visitor()
  await browser.open('/register')
  await browser.submit({ ...byForm, password: refused })
  await browser.submit(byForm)
  await browser.open('/account/password')
  await browser.submit({ current_password: wrong, new_password })
  await browser.submit({ current_password: password, new_password: refused })
  await browser.submit({ current_password: password, new_password })
  await browser.logOut()
  await browser.logIn({ ...byForm, password: wrong })
  await browser.logIn({ ...byForm, password: new_password }, { remember: 'on' })
  await browser.open('/logout')

  const program = visitor()
  await program.json('POST', '/register', { ...byJson, password: refused })
  await program.json('POST', '/register', byJson)
  await program.json('POST', '/account/password', { current_password: wrong, new_password })
  await program.json('POST', '/account/password', { current_password: password, new_password })
  await program.json('GET', '/account')
  await program.json('POST', '/logout', {})

  for (const email of Object.values(addresses)) {
    await visitor().json('POST', '/login', { email, password: wrong })
    for (let time = 0; time < 5; time += 1) await visitor().logIn({ email, password: wrong })
    await visitor().json('POST', '/login', { email, password: wrong })
    await visitor().json('POST', '/register', { ...byJson, email: `${email} `.repeat(2), password: refused })
  }
  await visitor().json('POST', '/register', { ...byJson, password: new_password })

  await goWrong(visitor)
  await failInTheDatabase(app, visitor)
}

/** Requests that are not as they should be, with secrets in them. */
async function goWrong(visitor: () => Visitor): Promise<void> {
  const { email = '' } = somebody()
  const password = passwords['the password']
  const json = { 'content-type': 'application/json', accept: 'application/json' }
  const browser = visitor()
  await browser.send('POST', '/login', `{"password": "${password}", "email`, json)
  await browser.send('POST', '/login', `${password}`, { 'content-type': 'text/plain' })
  await browser.send('POST', '/login', JSON.stringify({ password: password.repeat(5_000) }), json)
  await browser.open('/login')
  await browser.send('POST', '/login', new URLSearchParams({ email, password }), { origin: 'https://evil.example' })
  await browser.send('POST', '/login', new URLSearchParams({ email, password }))
  const inUrl = encodeURIComponent(password)
  await browser.send('GET', `/no-such-page/${inUrl}?password=${inUrl}`, undefined, {
    referer: `http://localhost:3000/${inUrl}`,
  })
}

/** The server refuses statements that have all of it in them, at different places of each flow. */
async function failInTheDatabase(app: TestApp, visitor: () => Visitor): Promise<void> {
  const { db } = app.services.database
  const password = passwords['the password']
  const ada = { ...somebody(), ...typed }
  const browser = visitor()
  await browser.json('POST', '/register', ada)
  for (const table of ['gatelodge_audit', 'gatelodge_passwords', 'gatelodge_sessions']) {
    await sql`alter table ${sql.table(table)} rename to gatelodge_hidden`.execute(db)
    await visitor().json('POST', '/register', { ...somebody(), ...typed })
    await visitor().json('POST', '/login', ada)
    await visitor().logIn({ ...ada, password: wrong })
    await visitor().logIn({ email: addresses['a password in the place of the address'], password })
    const change = { current_password: password, new_password: passwords['the new password'] }
    await browser.json('POST', '/account/password', change)
    await browser.json('POST', '/account/password', { ...change, current_password: wrong })
    await browser.json('POST', '/logout', {})
    await sql`alter table gatelodge_hidden rename to ${sql.table(table)}`.execute(db)
  }
}

describe('The search for canaries', () => {
  const canary = passwords['the password']
  const seen = (canary: string, content: string | Buffer) => find({ canary }, [{ name: 'here', content }])

  it.each(Object.keys(spellings(canary)))('finds it as %s', (spelling) => {
    for (const form of spellings(canary)[spelling] ?? [])
      expect(seen(canary, `before ${form} after`)).toContain(`canary, as ${spelling}, in here`)
  })

  it('finds a token as the bytes that it stands for', () => {
    const bytes = Buffer.from('0123456789 this is a token 98765')
    expect(seen(bytes.toString('base64url'), Buffer.concat([bytes, bytes]))).toEqual(['canary, as bytes, in here'])
  })

  it.each([0, 1, 2, 3])('finds it in base64 behind %i other bytes', (before) => {
    const longer = Buffer.concat([Buffer.alloc(before, 'x'), Buffer.from(canary), Buffer.from('and on')])
    for (const encoding of ['base64', 'base64url'] as const)
      expect(seen(canary, longer.toString(encoding))).toEqual(['canary, as base64, in here'])
  })
})
