// GitHub, by the front door: it names a person by a number, says which address is theirs, and errs with status 200.
import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { onSqlite } from '../../../tests/support/databases.ts'
import { type FakeGithub, startFakeGithub } from '../../../tests/support/fake-github.ts'
import { json } from '../../../tests/support/fake-provider.ts'
import { makeApp, type TestApp } from '../../../tests/support/make-app.ts'

let count = 0
const email = (more: object = {}) => {
  count += 1
  return { email: `octo-${count}@example.org`, primary: true, verified: true, visibility: null, ...more }
}
const user = (more: object = {}) => ({ id: 1_000 + count, login: `octo${count}`, name: 'Mona Lisa', ...more })

onSqlite('Log in with GitHub', (database) => {
  let github: FakeGithub
  let app: TestApp
  beforeAll(async () => {
    github = await startFakeGithub()
    const connections = [github.setting(), github.setting({ name: 'wrong', kind: 'github', clientSecret: 'another' })]
    app = await makeApp(database, { connections })
  })
  afterAll(async () => {
    await app.close()
    await github.close()
  })
  beforeEach(() => {
    github.instead = undefined
  })

  async function join(emails: unknown, more: object = {}) {
    const visitor = app.visitor()
    await github.logIn(visitor, { user: user(more), emails })
    await visitor.submit({ name: 'Mona' })
    return visitor.account()
  }

  it('asks as an app of GitHub does, with the code once and the token as a header', async () => {
    github.asked = []
    const visitor = app.visitor()
    const page = await github.logIn(visitor, { user: user(), emails: [email()] })
    expect([page.path, page.html.includes('value="Mona Lisa"')]).toEqual(['/login/with/github/register', true])
    expect(github.asked.map(({ path }) => path)).toEqual([
      ...['/login/oauth/access_token', '/api/v3/user', '/api/v3/user/emails'],
    ])
    for (const { headers } of github.asked.slice(1)) expect(headers).toMatchObject({ 'user-agent': 'gatelodge' })
  })

  it('V6.8.1 takes the primary address, verified only where GitHub has verified it', async () => {
    const [one, other] = [email({ primary: false }), email()]
    expect(await join([one, other])).toMatchObject({ email: other.email, email_verified: true })
    const unverified = email({ verified: false })
    expect(await join([unverified, email({ primary: false })])).toMatchObject({
      ...{ email: unverified.email, email_verified: false },
    })
    const only = email({ primary: false })
    expect(await join([email({ primary: false, verified: false }), only])).toMatchObject({
      ...{ email: only.email, email_verified: true },
    })
    const text = email({ verified: 'true' })
    expect(await join([text])).toMatchObject({ email: text.email, email_verified: false })
  })

  it('V6.8.1 gives an account to nobody by an address that GitHub has not verified', async () => {
    const owner = app.visitor()
    const address = email({ verified: false })
    await owner.register({ email: address.email })
    const page = await github.logIn(app.visitor(), { user: user(), emails: [address] })
    expect([page.path, page.notice]).toEqual(['/login', expect.stringContaining('An account with this address exists')])
  })

  it('V6.8.1 knows the person by the number, not by the name that another may take', async () => {
    const person = { user: user(), emails: [email()] }
    const visitor = app.visitor()
    await github.logIn(visitor, person)
    await visitor.submit({ name: 'Mona' })
    const renamed = { ...person, user: { ...person.user, login: 'renamed' }, emails: [email()] }
    expect((await github.logIn(app.visitor(), renamed)).path).toBe('/account')
    const taker = { user: { ...person.user, id: 999_999 }, emails: [email()] }
    expect((await github.logIn(app.visitor(), taker)).path).toBe('/login/with/github/register')
  })

  it.each([
    ['none', []],
    ['no list', { message: 'Not Found' }],
    ['one that is none', [{ email: 'no address', primary: true, verified: true }]],
    ['one that is no text', [{ email: { $ne: '' }, primary: true, verified: true }]],
  ])('says that it gave no address: %s', async (_, emails) => {
    const page = await github.logIn(app.visitor(), { user: user(), emails })
    expect([page.path, page.notice]).toEqual(['/login', expect.stringContaining('gave no email address')])
  })

  it.each([
    ['a text', '17'],
    ['a fraction', 1.5],
    ['more than a number holds', 2 ** 53],
    ['nothing', null],
    ['a list', [17]],
  ])('V6.8.2 takes nobody whose number is %s', async (_, id) => {
    const page = await github.logIn(app.visitor(), { user: user({ id }), emails: [email()] })
    expect([page.path, page.notice]).toEqual(['/login', expect.stringContaining('could not be used')])
  })

  const token = '/login/oauth/access_token'
  const oddities: [string, string, (response: ServerResponse) => void, RegExp, string][] = [
    ['an error with status 200', token, (r) => json(r, 200, { error: 'bad_verification_code' }), /could not/, 'bad_v'],
    ['an error that is no word', token, (r) => json(r, 200, { error: ['a\nb'] }), /could not/, 'no token'],
    ['a token that is none', token, (r) => json(r, 200, { access_token: 'x'.repeat(501) }), /could not/, 'no token'],
    ['a token for nothing', token, (r) => json(r, 200, { access_token: 'x' }), /could not/, 'status 401'],
    ['a page', token, (r) => void r.writeHead(200).end('<p>'), /could not/, 'no JSON'],
    ['a way elsewhere', token, (r) => void r.writeHead(302, { location: '/api/v3/user' }).end(), /could not/, '302'],
    ['a fault of its own', '/api/v3/user', (r) => json(r, 502, {}), /does not answer/, 'Error'],
    ['null', '/api/v3/user', (r) => void r.writeHead(200).end('null'), /could not/, 'no id'],
    ['too much', '/api/v3/user/emails', (r) => void r.writeHead(200).end('x'.repeat(600_000)), /does not/, 'TooLarge'],
    ['no address', '/api/v3/user/emails', (r) => json(r, 403, { message: 'scope' }), /could not/, 'status 403'],
    ['a hang-up', '/api/v3/user/emails', (r) => void r.destroy(), /does not answer/, ''],
  ]

  it.each(oddities)('V10.5.1 lets nobody in by %s, and says what to do', async (_, path, answer, said, why) => {
    github.instead = { path, answer }
    const visitor = app.visitor()
    const page = await github.logIn(visitor, { user: user(), emails: [email()] })
    expect([page.path, page.notice]).toEqual(['/login', expect.stringMatching(said)])
    expect((await visitor.open('/account')).path).toBe('/login')
    const line = app.logged.findLast(({ msg }) => msg === 'connection.failed')
    expect(line?.why).toContain(why)
  })

  it('says in the log that the secret is wrong', async () => {
    const person = { user: user(), emails: [email()] }
    await github.logIn(app.visitor(), person, '/login/with/wrong')
    const line = app.logged.findLast(({ msg }) => msg === 'connection.failed')
    expect(line).toMatchObject({ reason: 'wrong', why: 'incorrect_client_credentials' })
  })
})
