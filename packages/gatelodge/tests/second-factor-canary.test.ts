// The key of an app, its codes, recovery codes, tokens of trusted devices and of log-ins under way, challenges and what a passkey
// keeps to itself turn up in no log line, no row, no email, no export, and in no answer but the one that gives them.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLog } from '../src/log.ts'
import { allRows } from './support/all-rows.ts'
import { Authenticator } from './support/authenticator.ts'
import { type Canaries, find, type Place } from './support/canaries.ts'
import { onEachDatabase } from './support/databases.ts'
import { makeApp, type TestApp } from './support/make-app.ts'
import { addPasskey, logInWithPasskey, optionsFor, originOf, sendAnswer, tokenOn } from './support/passkeys.ts'
import { type Recorded, recorder } from './support/recorded-answers.ts'
import { enrol, shown, verify } from './support/second-factor.ts'
import type { Fields, Visitor } from './support/visitor.ts'

/** Where each is given to the person or the program that it is for. */
const givenBy: [secret: RegExp, place: RegExp][] = [
  [/^the key/, /^the body of GET \/account\/two-factor$/],
  [/^recovery code/, /^the body of GET \/account\/recovery-codes$/],
  [/^a challenge token/, /^the body of POST \/api\/v1\/login\/passkey\/options$/],
  [/^a challenge/, /^the body of POST \/(?:login\/passkey|two-factor|reauthenticate|account\/passkeys\/add)\/options$/],
  [/^a challenge/, /^the body of POST \/api\/v1\/(?:login\/passkey|two-factor)\/options$/],
  [/^a login token/, /^the body of POST \/api\/v1\/login$/],
  [/^the id of a passkey/, /\/options$|^the body of GET \/account\/passkeys/],
]

/** Keeps the challenges that it was asked. */
class Noting extends Authenticator {
  readonly asked: string[] = []

  override make(...given: Parameters<Authenticator['make']>) {
    this.asked.push((given[0] as { challenge: string }).challenge)
    return super.make(...given)
  }

  override use(...given: Parameters<Authenticator['use']>) {
    this.asked.push((given[0] as { challenge: string }).challenge)
    return super.use(...given)
  }
}

onEachDatabase('Secrets of second factors', (database) => {
  const lines: string[] = []
  let app: TestApp
  let answers: Recorded
  let exported: string
  const secrets: Canaries = {}
  const codes: string[] = []
  const ids: Canaries = {}

  beforeAll(async () => {
    const log = createLog({ logLevel: 'debug', mode: 'production' }, { write: (line: string) => void lines.push(line) })
    app = await makeApp(database, { logLevel: 'debug' }, { log })
    const recorded = recorder(app)
    answers = recorded.answers
    const owner = recorded.visitor()
    const person = await owner.register()
    await verify(app, person)
    const { key } = await byApp(owner, person, recorded.visitor)
    await byPasskey(owner, person, recorded.visitor)
    await byProgram(person, key, recorded.visitor)
    exported = await (await owner.send('GET', '/account/export')).text()
  })
  afterAll(() => app.close())

  const typed = (code: string) => {
    codes.push(code)
    return code
  }

  async function byApp(owner: Visitor, person: Fields, visitor: () => Visitor) {
    const made = await enrol(app, owner)
    secrets['the key'] = made.key
    for (const [at, code] of made.codes.entries()) secrets[`recovery code ${at}`] = code
    const browser = visitor()
    await browser.logIn(person)
    for (const code of ['000000', typed(shown(app, made.key, 40)), typed(shown(app, made.key))])
      await browser.submit({ code, trust: 'yes' })
    const trust = [...browser.cookies].find(([name]) => name.includes('trust'))?.[1] ?? ''
    expect(trust).toHaveLength(43)
    secrets['the token of a trusted device'] = trust
    await browser.logOut()
    const other = visitor()
    await other.logIn(person)
    await other.open('/two-factor?by=recovery-code')
    for (const recovery_code of [`${made.codes[0]}x`, 'aaaa-bbbb-cccc-dddd', made.codes[1] ?? ''])
      await other.submit({ recovery_code })
    expect(other.page.path).toBe('/account')
    return made
  }

  /** Right, wrong and with a failure behind it. */
  async function byPasskey(owner: Visitor, person: Fields, visitor: () => Visitor) {
    const device = new Noting(originOf(app))
    await addPasskey(owner, device)
    expect(owner.page.path).toBe('/account/passkeys/rename')
    const { privateKey, id } = device.credentials[0] as Authenticator['credentials'][number]
    secrets['the private key of a passkey'] = String(privateKey.export({ format: 'jwk' }).d)
    ids['the id of a passkey'] = id
    await logInWithPasskey(visitor(), device)
    await logInWithPasskey(visitor(), device, { origin: 'https://evil.example' })
    const { passkeys } = app.services
    const { judgeUse } = passkeys
    passkeys.judgeUse = async () => {
      throw new Error('a surprise')
    }
    await logInWithPasskey(visitor(), device)
    passkeys.judgeUse = judgeUse
    const browser = visitor()
    await browser.logIn(person)
    const form_token = tokenOn(browser.page) ?? ''
    for (const lie of [{ rpId: 'evil.example' }, {}]) {
      const answer = device.use(await optionsFor(browser, '/two-factor', form_token), lie)
      await sendAnswer(browser, '/two-factor', answer, { form_token })
    }
    expect(browser.page.path).toBe('/account')
    await browser.open('/reauthenticate')
    const token = tokenOn(browser.page) ?? ''
    const proof = device.use(await optionsFor(browser, '/reauthenticate', token))
    await sendAnswer(browser, '/reauthenticate', proof, { form_token: token })
    for (const [at, challenge] of device.asked.entries()) secrets[`a challenge ${at}`] = challenge
  }

  async function byProgram(person: Fields, key: string, visitor: () => Visitor) {
    const { email, password } = person
    const program = visitor()
    const asked = await program.json('POST', '/api/v1/login/passkey/options', {})
    secrets['a challenge token'] = String(asked.body.challenge_token)
    await program.json('POST', '/api/v1/login/passkey', { answer: {}, challenge_token: asked.body.challenge_token })
    const due = await program.json('POST', '/api/v1/login', { email, password, session: 'bearer' })
    const login_token = String(due.body.login_token)
    secrets['a login token'] = login_token
    for (const code of ['000000', 'x', typed(shown(app, key, 40))])
      expect((await program.json('POST', '/api/v1/two-factor', { login_token, code })).status).toBe(422)
    const { secondFactors } = app.services
    const { look } = secondFactors
    secondFactors.look = async () => {
      throw new Error('a surprise')
    }
    expect((await program.json('POST', '/api/v1/two-factor', { login_token, code: '123456' })).status).toBe(500)
    secondFactors.look = look
    await program.json('POST', '/api/v1/login/cancel', { login_token })
    expect((await program.json('POST', '/api/v1/two-factor', { login_token, code: '000000' })).status).toBe(401)
  }

  const logged = (): Place[] => lines.map((content) => ({ name: 'a log line', content }))
  const emails = async (): Promise<Place[]> => {
    const rows = await app.services.database.db.selectFrom('gatelodge_emails').select('sealed').execute()
    const opened = rows.map(({ sealed }) => JSON.stringify(app.services.emails.open(sealed)))
    expect(opened.length).toBeGreaterThan(2)
    return opened.map((content) => ({ name: 'an email', content }))
  }

  it('V16.2.5 V14.2.4 stand in no log line, no row and no export', async () => {
    const named = (start: string) => Object.keys(secrets).filter((name) => name.startsWith(start)).length
    expect([named('recovery code'), named('a challenge'), named('')]).toEqual([10, 8, 22])
    expect(answers.statuses).toEqual(expect.arrayContaining([200, 303, 401, 403, 422, 500]))
    expect(lines.length).toBeGreaterThan(10)
    expect(exported).toContain('authenticator app')
    const places = [...logged(), { name: 'the export', content: exported }]
    expect(find({ ...secrets, ...ids }, places)).toEqual([])
    expect(find(secrets, await allRows(database))).toEqual([])
  })

  it('V14.2.4 stand in no email', async () => {
    expect(find({ ...secrets, ...ids }, await emails())).toEqual([])
  })

  it('V14.2.4 V14.2.1 stand in no answer but the one that gives them: no error page, no problem, no other header', () => {
    const found = find({ ...secrets, ...ids }, answers.places())
    const isGiven = (line: string) => {
      const [secret = '', place = ''] = [line.split(', as ')[0], line.split(', in ').at(-1)]
      return givenBy.some(([one, other]) => one.test(secret) && other.test(place))
    }
    expect(found.filter((line) => !isGiven(line))).toEqual([])
    expect(new Set(found.map((line) => line.split(/[ \d]*, as /)[0])).size).toBeGreaterThan(5)
  })

  it('V14.2.4 a code of the app that was typed stands in no log line, no email, no export and no answer', async () => {
    expect(codes).toHaveLength(3)
    const places = [...logged(), ...(await emails()), { name: 'the export', content: exported }, ...answers.places()]
    // As a number of its own: a moment in milliseconds has any six digits in it at times.
    const digits = codes.map((code) => new RegExp(`(?<!\\d)${code}(?!\\d)`))
    const found = places.filter(({ content }) => digits.some((one) => one.test(String(content))))
    expect(found.map(({ name }) => name)).toEqual([])
  })
})
