// Passkeys: added, used for a log-in, behind a password and in reauthentication, renamed and removed.
import { stringify } from 'uuid'
import { expect } from 'vitest'
import { passkeyRows } from '../../../src/identity/passkeys/storage.ts'
import { Authenticator } from '../authenticator.ts'
import { old, oldAndVerified } from '../half/tables.ts'
import type { TestApp } from '../make-app.ts'
import { originOf } from '../passkeys.ts'
import type { Fields, Visitor } from '../visitor.ts'
import { accountStatus, type Flow, failures, logInStatus, newPassword, oldAccount, oldSource } from './flow.ts'
import { emailsOf } from './links.ts'
import { withApp } from './second-factor.ts'

const post = (browser: Visitor, path: string, body: object = {}) => browser.json('POST', `/api/v1${path}`, body)
const answerOf = ({ answer = '' }: Fields) => JSON.parse(answer) as object
const add = (browser: Visitor, person: Fields) => post(browser, '/passkeys', { answer: answerOf(person) })
const atTheStep = (browser: Visitor, person: Fields) => post(browser, '/two-factor', { answer: answerOf(person) })
const reauthenticate = (browser: Visitor, person: Fields) =>
  post(browser, '/two-factor/reauthenticate', { answer: answerOf(person) })
const logIn = (browser: Visitor, person: Fields) =>
  post(browser, '/login/passkey', { answer: answerOf(person), challenge_token: person.challenge_token })
const rename = (browser: Visitor, { passkey }: Fields) =>
  post(browser, '/passkeys/rename', { passkey, passkey_name: 'Phone' })
const switched = (to: boolean) => (browser: Visitor) =>
  post(browser, '/passkeys/after-password', { asked_after_password: to })
const remove = (browser: Visitor, { passkey }: Fields) => post(browser, '/passkeys/remove', { passkey })
const listOf = async (browser: Visitor) =>
  (await browser.json('GET', '/api/v1/passkeys')).body.passkeys as { name: string; last_used_at: string | null }[]

/** What a browser was asked, and the rest of that answer. */
async function asked(browser: Visitor, path: string) {
  const { status, body } = await post(browser, `${path}/options`)
  expect(status).toBe(200)
  return body as { options: object; challenge_token?: string }
}

/** Gives someone a passkey, made long ago. */
export async function withPasskey(app: TestApp, person: Fields): Promise<{ person: Fields; key: Authenticator }> {
  const { accounts, database, passkeys, audit } = app.services
  const { email = '' } = person
  const account = await accounts.findByAddress(database.db, { given: email, normalised: email })
  if (!account) throw new Error(`there is no account of ${email}`)
  const key = new Authenticator(originOf(app))
  const asking = { ceremony: 'add', by: account.id } as const
  const made = await passkeys.judgeNew(key.make(passkeys.askForNew(account, asking, [])), asking, account)
  if (made.kind === 'wrong') throw new Error(`no passkey was made: ${made.reason}`)
  await database.transact(
    async (trx) => {
      await passkeyRows.insert(trx, made.passkey)
      await accounts.changeFactors(trx, account.id)
      await audit.write(trx, audit.record('passkey.added', oldSource, { account: account.id, reason: old }))
    },
    async () => undefined,
  )
  return { person: { ...person, passkey: stringify(made.passkey.id) }, key }
}

async function logged(app: TestApp) {
  const browser = app.visitor()
  const { person, key } = await withPasskey(app, await oldAccount(app, oldAndVerified))
  expect((await post(browser, '/login', { email: person.email, password: person.password })).status).toBe(200)
  return { browser, person, key }
}

async function provePasskey(browser: Visitor, key: Authenticator): Promise<void> {
  const { options } = await asked(browser, '/two-factor/reauthenticate')
  expect((await reauthenticate(browser, { answer: JSON.stringify(key.use(options)) })).status).toBe(200)
}

/** Nothing but a passkey to log in with. */
async function withoutPassword(app: TestApp) {
  const made = await logged(app)
  const { accounts, database } = app.services
  const { email = '' } = made.person
  const account = await accounts.findByAddress(database.db, { given: email, normalised: email })
  if (!account) throw new Error(`there is no account of ${email}`)
  const { db } = database
  await db.deleteFrom('gatelodge_passwords').where('account_id', '=', account.id).execute()
  await db.updateTable('gatelodge_accounts').set({ password_changed_at: null }).where('id', '=', account.id).execute()
  return made
}

const setPassword = (browser: Visitor) => post(browser, '/password', { new_password: newPassword })

export const passkeys: Record<string, Flow> = {
  'first password': {
    prepare: withoutPassword,
    send: setPassword,
    async verify(app, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      // The session goes on under a new token, or as it was.
      expect(await accountStatus(browser)).toBe(200)
      expect(await logInStatus(app, { ...person, password: newPassword })).toBe(status === 200 ? 200 : 401)
      if (status !== 200) expect((await setPassword(browser)).status).toBe(200)
      expect(await logInStatus(app, { ...person, password: newPassword })).toBe(200)
      expect(await emailsOf(app, person, 'password-added')).toHaveLength(1)
    },
  },
  'passkey, added': {
    async prepare(app) {
      const [browser, person] = [app.visitor(), await oldAccount(app, oldAndVerified)]
      expect((await post(browser, '/login', { email: person.email, password: person.password })).status).toBe(200)
      const { options } = await asked(browser, '/passkeys')
      return { browser, person: { ...person, answer: JSON.stringify(new Authenticator(originOf(app)).make(options)) } }
    },
    send: add,
    async verify(app, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      // The session goes on under a new token, or as it was.
      expect(await accountStatus(browser)).toBe(200)
      if (status !== 200) expect((await add(browser, person)).status).toBe(200)
      expect(await listOf(browser)).toHaveLength(1)
      expect(await emailsOf(app, person, 'passkey-added')).toHaveLength(1)
    },
  },
  'log-in with a passkey': {
    async prepare(app) {
      const { person, key } = await withPasskey(app, await oldAccount(app, oldAndVerified))
      const browser = app.visitor()
      const { options, challenge_token = '' } = await asked(browser, '/login/passkey')
      return { browser, person: { ...person, challenge_token, answer: JSON.stringify(key.use(options)) } }
    },
    send: logIn,
    async verify(_, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      expect(await accountStatus(browser)).toBe(status === 200 ? 200 : 401)
      // No challenge is used up by what failed.
      if (status !== 200) expect((await logIn(browser, person)).status).toBe(200)
      expect(await listOf(browser)).toMatchObject([{ last_used_at: expect.any(String) }])
    },
  },
  'passkey behind a password': {
    async prepare(app) {
      const browser = app.visitor()
      const { person, key } = await withPasskey(app, await withApp(app))
      expect((await post(browser, '/login', { email: person.email, password: person.password })).status).toBe(403)
      const { options } = await asked(browser, '/two-factor')
      return { browser, person: { ...person, answer: JSON.stringify(key.use(options)) } }
    },
    send: atTheStep,
    async verify(_, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      expect(await accountStatus(browser)).toBe(status === 200 ? 200 : 401)
      if (status !== 200) expect((await atTheStep(browser, person)).status).toBe(200)
      expect(await accountStatus(browser)).toBe(200)
    },
  },
  'reauthentication by a passkey': {
    async prepare(app) {
      const { browser, person, key } = await logged(app)
      const { options } = await asked(browser, '/two-factor/reauthenticate')
      return { browser, person: { ...person, answer: JSON.stringify(key.use(options)) } }
    },
    send: reauthenticate,
    async verify(_, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      expect(await accountStatus(browser)).toBe(200)
      if (status !== 200) expect((await reauthenticate(browser, person)).status).toBe(200)
    },
  },
  'passkey asked for after the password': {
    async prepare(app) {
      const { browser, person, key } = await logged(app)
      await provePasskey(browser, key)
      return { browser, person }
    },
    send: switched(true),
    async verify(app, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      expect((await switched(true)(browser)).status).toBe(200)
      const { body } = await browser.json('GET', '/api/v1/two-factor')
      expect(body).toMatchObject({ app: null, recovery_codes_left: 10 })
      expect((await post(app.visitor(), '/login', { email: person.email, password: person.password })).status).toBe(403)
      expect(await emailsOf(app, person, 'passkey-after-password-on')).toHaveLength(1)
    },
  },
  'passkey no longer asked for after the password': {
    async prepare(app) {
      const { browser, person, key } = await logged(app)
      await provePasskey(browser, key)
      expect((await switched(true)(browser)).status).toBe(200)
      await provePasskey(browser, key)
      return { browser, person }
    },
    send: switched(false),
    async verify(app, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      expect((await switched(false)(browser)).status).toBe(200)
      expect((await browser.json('GET', '/api/v1/two-factor')).body).toMatchObject({ recovery_codes_left: 0 })
      expect((await post(app.visitor(), '/login', { email: person.email, password: person.password })).status).toBe(200)
      expect(await emailsOf(app, person, 'passkey-after-password-off')).toHaveLength(1)
    },
  },
  'passkey, renamed': {
    prepare: logged,
    send: rename,
    async verify(app, person, status, browser) {
      expect([204, ...failures]).toContain(status)
      if (status !== 204) expect((await rename(browser, person)).status).toBe(204)
      expect(await listOf(browser)).toMatchObject([{ name: 'Phone' }])
      expect(await emailsOf(app, person, 'passkey-renamed')).toHaveLength(1)
    },
  },
  'passkey, removed': {
    prepare: logged,
    send: remove,
    async verify(app, person, status, browser) {
      expect([204, ...failures]).toContain(status)
      expect(await listOf(browser)).toHaveLength(status === 204 ? 0 : 1)
      if (status !== 204) expect((await remove(browser, person)).status).toBe(204)
      expect(await emailsOf(app, person, 'passkey-removed')).toHaveLength(1)
    },
  },
}
