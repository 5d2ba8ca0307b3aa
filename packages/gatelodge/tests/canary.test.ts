// What is secret turns up nowhere but where it belongs: not in the log, even at its most talkative, not in the database,
// not in what is answered.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLog } from '../src/log.ts'
import { allRows } from './support/all-rows.ts'
import { find, type Place } from './support/canaries.ts'
import { onEachDatabase } from './support/databases.ts'
import { addresses, doEverything, ofPeople, passwords } from './support/everything.ts'
import { makeApp, type TestApp } from './support/make-app.ts'
import { type Recorded, recorder } from './support/recorded-answers.ts'
import { somebody, type Visitor } from './support/visitor.ts'

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
  const allSecrets = () => ({
    ...passwords,
    ...addresses,
    ...secret(),
    ...answers.cookies(),
    ...answers.formTokens(),
  })

  it('met all kinds of answers, lines and cookies', () => {
    expect([...new Set(answers.statuses)].sort()).toEqual([200, 201, 303, 400, 401, 403, 404, 413, 415, 422, 429, 500])
    const events = lines.map((line) => JSON.parse(line).msg)
    expect(events).toEqual(expect.arrayContaining(expectedEvents))
    for (const name of ['session token', 'visit cookie', 'device cookie'])
      expect(Object.keys(answers.cookies()).filter((key) => key.startsWith(name)).length).toBeGreaterThan(5)
    expect(Object.keys(answers.formTokens()).length).toBeGreaterThan(5)
  })

  it('V16.2.5 V14.2.4 no log line has a password, a token, a cookie, the secret or anything else that was typed', () => {
    expect(find({ ...allSecrets(), ...ofPeople }, logged())).toEqual([])
  })

  it('V14.2.4 V16.2.5 no row has one either, and no byte of the file', async () => {
    expect(find(allSecrets(), await allRows(database))).toEqual([])
  })

  it('V3.3.4 V14.2.4 no answer has one, but that a cookie stands in Set-Cookie and a form token in its own form', () => {
    const hash = { 'a password hash': ofPeople['a password hash'] }
    expect(find({ ...passwords, ...hash, ...secret(), ...answers.cookies() }, answers.places())).toEqual([])
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
