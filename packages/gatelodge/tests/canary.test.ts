// What is secret turns up nowhere but where it belongs: not in the log, even at its most talkative, not in the database,
// not in what is answered.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLog } from '../src/log.ts'
import { allRows } from './support/all-rows.ts'
import { type Canaries, find, type Place } from './support/canaries.ts'
import { onEachDatabase } from './support/databases.ts'
import { doEverything } from './support/everything.ts'
import { registerByEmail } from './support/everything-by-email.ts'
import { makeApp, type TestApp } from './support/make-app.ts'
import { type Recorded, recorder } from './support/recorded-answers.ts'
import { addresses, ofPeople, passwords } from './support/typed.ts'
import { someone, type Visitor } from './support/visitor.ts'

const smtpPassword = 'Bittern-ferry-~depot-3'

const expectedEvents = [
  'account.deletion-scheduled',
  'account.restored',
  'email.change-cancelled',
  'email.change-requested',
  'email.changed',
  'email.verified',
  'email.delayed',
  'link.refused',
  'name.changed',
  'reauthentication.failed',
  'reauthentication.succeeded',
  'password-reset.requested',
  'password-reset.succeeded',
  'registration.requested',
  'sessions.ended',
  'login.failed',
  'login.rate-limited',
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
  let tokens: Canaries
  beforeAll(async () => {
    const log = createLog({ logLevel: 'debug', mode: 'production' }, { write: (line: string) => void lines.push(line) })
    // No server listens there: each email stays queued, and the log says so.
    const smtp = { smtpUrl: `smtp://postmaster:${smtpPassword}@127.0.0.1:9`, mailFrom: 'no-reply@example.com' }
    app = await makeApp(database, { logLevel: 'debug', ...smtp }, { log })
    const recorded = recorder(app)
    ;({ answers, visitor } = recorded)
    await doEverything(app, visitor)
    const emailLinks = await makeApp(database, { logLevel: 'debug', registration: 'confirm-first', ...smtp }, { log })
    await registerByEmail(emailLinks, () => recorded.visitor(emailLinks))
    tokens = await linkTokens(app)
    await emailLinks.close()
  })
  afterAll(() => app.close())

  const logged = (): Place[] => lines.map((content) => ({ name: 'a log line', content }))
  const secret = () => ({ 'the secret': String(app.services.settings.secret), 'the SMTP password': smtpPassword })
  const allSecrets = () => ({
    ...passwords,
    ...addresses,
    ...secret(),
    ...answers.cookies(),
    ...answers.formTokens(),
    ...tokens,
  })

  it('met all kinds of answers, lines and cookies', () => {
    expect([...new Set(answers.statuses)].sort()).toEqual([
      200, 201, 202, 204, 303, 400, 401, 403, 404, 410, 413, 415, 422, 429, 503,
    ])
    const events = lines.map((line) => JSON.parse(line).msg)
    expect(events).toEqual(expect.arrayContaining(expectedEvents))
    for (const name of ['session token', 'visit cookie', 'device cookie'])
      expect(Object.keys(answers.cookies()).filter((key) => key.startsWith(name)).length).toBeGreaterThan(5)
    expect(Object.keys(answers.formTokens()).length).toBeGreaterThan(5)
    for (const kind of [
      'verify-email',
      'start-account',
      'reset-password',
      'confirm-email',
      'account-deletion-scheduled',
    ])
      expect(Object.keys(tokens).filter((name) => name.startsWith(kind)).length, kind).toBeGreaterThan(0)
  })

  it('V16.2.5 V14.2.4 no log line has a password, a token, a cookie, the secret or anything else that was typed', () => {
    expect(find({ ...allSecrets(), ...ofPeople }, logged())).toEqual([])
  })

  it('V14.2.4 V16.2.5 no row has one either, and no byte of the file', async () => {
    expect(find(allSecrets(), await allRows(database))).toEqual([])
  })

  it('V14.2.4 an address stands in the columns that are for it, and the words of an email nowhere', async () => {
    const rows = await allRows(database)
    const columns = rows.filter(({ name }) => name.startsWith('gatelodge_'))
    const found = find({ 'an address': ofPeople['an address'] }, columns).map((line) => line.replace(/.*, in /, ''))
    const allowed = [
      'gatelodge_accounts.email',
      'gatelodge_accounts.email_sorted',
      'gatelodge_accounts.pending_email',
      'gatelodge_registrations.email',
    ]
    expect([...new Set(found)].sort()).toEqual(allowed)
    expect(find({ 'words of an email': 'most likely you' }, [...rows, ...logged()])).toEqual([])
  })

  it('V14.2.4 V14.2.1 no answer has the token of a link: neither a body nor a Location, and its cookie is sealed', () => {
    expect(find(tokens, answers.places())).toEqual([])
    const cookies = Object.entries(answers.cookies()).map(([name, content]) => ({ name, content }))
    expect(find(tokens, cookies)).toEqual([])
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

  it('V14.2.4 nor has it the token of a link, but between its opening and its use', () => {
    const visits = Object.entries(answers.cookies()).filter(([name]) => name.startsWith('visit cookie'))
    const withLink = visits.flatMap(([name, value]) => {
      const visit = JSON.parse(app.services.sealing.open('visit cookie', value) ?? '{}')
      return visit.link ? [{ name, content: String(visit.link.token), visit }] : []
    })
    expect(find(tokens, withLink).length).toBeGreaterThan(0)
    // Nowhere in it but at its place.
    const beside = withLink.map(({ name, visit }) => ({ name, content: JSON.stringify({ ...visit, link: undefined }) }))
    expect(find(tokens, beside)).toEqual([])
  })

  it('finds one that is there: this test can fail', async () => {
    const planted = 'planted "canary" & mörtar <1>'
    const canary = { 'the canary': planted }
    app.services.log.debug({ details: { deep: planted } }, 'login.failed')
    expect(find(canary, logged())).toEqual(['the canary, as JSON, in a log line'])
    await visitor().json('POST', '/api/v1/register', { ...someone(), name: planted })
    expect(find(canary, await allRows(database))).toContain('the canary, as itself, in gatelodge_accounts.name')
    const browser = visitor()
    await browser.open('/register')
    await browser.submit({ ...someone(), name: planted, password: '' })
    expect(find(canary, answers.places()).map((line) => line.replace(/ of .*/, ''))).toContain(
      'the canary, as HTML, in the body',
    )
  })
})

/** What stands in the links of all emails. */
async function linkTokens({ services: { emails, database } }: TestApp): Promise<Canaries> {
  const all = await emails.latest(database.db, 1_000)
  const tokens = all.flatMap(({ kind, sealed }, index): [string, string][] => {
    const token = emails.open(sealed)?.link?.token
    return token ? [[`${kind} ${index}`, token]] : []
  })
  return Object.fromEntries(tokens)
}
