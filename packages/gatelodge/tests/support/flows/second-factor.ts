// The second factor: set up, asked for at a log-in and in reauthentication, taken off; with its recovery codes and trusted devices.
import { expect } from 'vitest'
import { random } from '../../../src/identity/sealing.ts'
import { keyOf, stepAt } from '../../../src/identity/second-factors/totp.ts'
import { old, oldAndVerified } from '../half/tables.ts'
import type { TestApp } from '../make-app.ts'
import { shown } from '../second-factor.ts'
import type { Fields, Visitor } from '../visitor.ts'
import { accountStatus, type Flow, failures, oldAccount, oldSource, refused } from './flow.ts'
import { emailsOf } from './links.ts'

type Made = Awaited<ReturnType<Flow['prepare']>>

const logIn = (browser: Visitor, { email, password }: Fields) =>
  browser.json('POST', '/api/v1/login', { email, password })
const answer = (browser: Visitor, typed: object) => browser.json('POST', '/api/v1/two-factor', typed)
const confirm = (browser: Visitor, { setup, code }: Fields) =>
  browser.json('POST', '/api/v1/two-factor/confirm', { setup, code })
const reauthenticate = (browser: Visitor, typed: object) =>
  browser.json('POST', '/api/v1/two-factor/reauthenticate', typed)
const remove = (browser: Visitor) => browser.json('POST', '/api/v1/two-factor/remove', {})
const renew = (browser: Visitor) => browser.json('POST', '/api/v1/recovery-codes', {})
const factorsOf = async (browser: Visitor) =>
  (await browser.json('GET', '/api/v1/two-factor')).body as { app: object | null; recovery_codes_left: number }

/** How a log-in with the right password ends: 200, or 403 where a code is asked. */
const logInStatus = async (app: TestApp, person: Fields) => (await logIn(app.visitor(), person)).status

/** Someone with an app, set up long ago: its codes stand in `code` and `recovery`. */
export async function withApp(app: TestApp): Promise<Fields> {
  const person = await oldAccount(app)
  const { accounts, database, secondFactors, audit, clock } = app.services
  const { email = '' } = person
  const account = await accounts.findByAddress(database.db, { given: email, normalised: email })
  if (!account) throw new Error(`there is no account of ${email}`)
  const secret = random(20)
  const made = await secondFactors.makeCodes('')
  await database.transact(
    async (trx) => {
      await secondFactors.add(trx, account.id, { secret, step: stepAt(clock.now()) - 3 }, made)
      await audit.write(trx, audit.record('two-factor.added', oldSource, { account: account.id, reason: old }))
    },
    async () => undefined,
  )
  const key = keyOf(secret)
  const [recovery = ''] = made.codes
  return { ...person, code: shown(app, key), before: shown(app, key, -1), recovery }
}

async function afterPassword(app: TestApp): Promise<Made> {
  const [browser, person] = [app.visitor(), await withApp(app)]
  expect((await logIn(browser, person)).status).toBe(403)
  return { browser, person }
}

/** By the code before this one, so that the code of now is still good. */
async function loggedIn(app: TestApp, more: object = {}): Promise<Made> {
  const { browser, person } = await afterPassword(app)
  expect((await answer(browser, { code: person.before, ...more })).status).toBe(200)
  return { browser, person }
}

const trusting = { trust: true }
const trustOf = ({ cookies }: Visitor) => [...cookies.keys()].some((name) => name.includes('-trust'))

export const atTheStep: Record<string, Flow> = {
  'log-in that a second factor stops': {
    prepare: async (app) => ({ browser: app.visitor(), person: await withApp(app) }),
    send: logIn,
    async verify(app, person, status, browser) {
      expect([403, ...failures]).toContain(status)
      expect(await accountStatus(browser)).toBe(401)
      if (status !== 403) expect((await logIn(browser, person)).status).toBe(403)
      expect((await answer(browser, { code: person.code })).status).toBe(200)
      expect(await accountStatus(browser)).toBe(200)
      expect(await logInStatus(app, person)).toBe(403)
    },
  },
  'code of the app': {
    prepare: afterPassword,
    send: (browser, { code }) => answer(browser, { code, ...trusting }),
    async verify(_, { code }, status, browser) {
      expect([200, ...failures]).toContain(status)
      expect(await accountStatus(browser)).toBe(status === 200 ? 200 : 401)
      // No code is used up, and no try spent, by what failed.
      if (status !== 200) expect((await answer(browser, { code, ...trusting })).status).toBe(200)
      expect(trustOf(browser)).toBe(true)
      expect((await factorsOf(browser)).recovery_codes_left).toBe(10)
    },
  },
  'recovery code': {
    prepare: afterPassword,
    send: (browser, { recovery }) => answer(browser, { recovery_code: recovery }),
    async verify(app, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      expect(await accountStatus(browser)).toBe(status === 200 ? 200 : 401)
      if (status !== 200) expect((await answer(browser, { recovery_code: person.recovery })).status).toBe(200)
      expect((await factorsOf(browser)).recovery_codes_left).toBe(9)
      expect(await emailsOf(app, person, 'recovery-code-used')).toHaveLength(1)
    },
  },
  'code that is wrong': refused(
    422,
    { prepare: afterPassword, send: (browser) => answer(browser, { code: '000000' }) },
    async (_, { code }, __, browser) => expect((await answer(browser, { code })).status).toBe(200),
  ),
  'recovery code that is wrong': refused(
    422,
    {
      hasTwin: true,
      prepare: afterPassword,
      send: (browser) => answer(browser, { recovery_code: 'aaaa-bbbb-cccc-dddd' }),
    },
    async (_, { recovery }, __, browser) =>
      expect((await answer(browser, { recovery_code: recovery })).status).toBe(200),
  ),
  'log-in on a trusted device': {
    async prepare(app) {
      const { browser, person } = await loggedIn(app, trusting)
      expect((await browser.json('POST', '/api/v1/logout', {})).status).toBe(204)
      // Trust alone: a failure on a known device is counted under that device and nowhere else, and half/tries.ts knows of none.
      for (const name of browser.cookies.keys()) if (name.endsWith('-device')) browser.cookies.delete(name)
      return { browser, person }
    },
    send: logIn,
    async verify(app, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      if (status !== 200) expect((await logIn(browser, person)).status).toBe(200)
      expect(await accountStatus(browser)).toBe(200)
      expect(await logInStatus(app, person)).toBe(403)
    },
  },
}

export const ofTheOwner: Record<string, Flow> = {
  'app, set up': {
    async prepare(app) {
      const [browser, person] = [app.visitor(), await oldAccount(app, oldAndVerified)]
      expect((await logIn(browser, person)).status).toBe(200)
      const { setup = '', key = '' } = (await browser.json('POST', '/api/v1/two-factor/start', {})).body as Fields
      return { browser, person: { ...person, setup, code: shown(app, key) } }
    },
    send: confirm,
    async verify(app, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      expect(await logInStatus(app, person)).toBe(status === 200 ? 403 : 200)
      // The session goes on under a new token, or as it was.
      expect(await accountStatus(browser)).toBe(200)
      if (status !== 200) expect((await confirm(browser, person)).status).toBe(200)
      expect(await factorsOf(browser)).toMatchObject({ app: {}, recovery_codes_left: 10 })
      expect(await emailsOf(app, person, 'two-factor-added')).toHaveLength(1)
    },
  },
  'app, taken off': {
    prepare: loggedIn,
    send: remove,
    async verify(app, person, status, browser) {
      expect([204, ...failures]).toContain(status)
      expect(await logInStatus(app, person)).toBe(status === 204 ? 200 : 403)
      if (status !== 204) expect((await remove(browser)).status).toBe(204)
      expect(await factorsOf(browser)).toMatchObject({ app: null, recovery_codes_left: 0 })
      expect(await emailsOf(app, person, 'two-factor-removed')).toHaveLength(1)
    },
  },
  'recovery codes, made again': {
    prepare: loggedIn,
    send: renew,
    async verify(app, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      const other = app.visitor()
      await logIn(other, person)
      expect((await answer(other, { recovery_code: person.recovery })).status).toBe(status === 200 ? 422 : 200)
      if (status !== 200) expect((await renew(browser)).status).toBe(200)
      expect((await factorsOf(browser)).recovery_codes_left).toBe(10)
      expect(await emailsOf(app, person, 'recovery-codes-renewed')).toHaveLength(1)
    },
  },
  'reauthentication by a code': {
    prepare: loggedIn,
    send: (browser, { code }) => reauthenticate(browser, { code }),
    async verify(_, { code }, status, browser) {
      expect([200, ...failures]).toContain(status)
      expect(await accountStatus(browser)).toBe(200)
      if (status !== 200) expect((await reauthenticate(browser, { code })).status).toBe(200)
    },
  },
  'reauthentication by a wrong code': refused(
    422,
    { hasTwin: true, prepare: loggedIn, send: (browser) => reauthenticate(browser, { code: '000000' }) },
    async (_, __, ___, browser) => expect(await accountStatus(browser)).toBe(200),
  ),
  'end of trust in a device': {
    async prepare(app) {
      const { browser, person } = await loggedIn(app, trusting)
      const { body } = await browser.json('GET', '/api/v1/devices')
      const [{ id } = { id: '' }] = body.trusted_devices as { id: string }[]
      return { browser, person: { ...person, id } }
    },
    send: (browser, { id }) => browser.json('POST', '/api/v1/devices/end-trust', { id }),
    async verify(app, person, status, browser) {
      expect([204, ...failures]).toContain(status)
      const copy = app.visitor()
      copy.cookies = new Map([...browser.cookies].filter(([name]) => name.includes('-trust')))
      expect((await logIn(copy, person)).status).toBe(status === 204 ? 403 : 200)
    },
  },
}

export const enrolment: Record<string, Flow> = {
  'app, set up at a log-in': {
    async prepare(app) {
      const [browser, person] = [app.visitor(), await oldAccount(app, oldAndVerified)]
      expect((await logIn(browser, person)).status).toBe(403)
      const { setup = '', key = '' } = (await browser.json('POST', '/api/v1/two-factor/start', {})).body as Fields
      return { browser, person: { ...person, setup, code: shown(app, key) } }
    },
    send: confirm,
    async verify(app, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      expect(await accountStatus(browser)).toBe(status === 200 ? 200 : 401)
      if (status !== 200) expect((await confirm(browser, person)).status).toBe(200)
      expect(await factorsOf(browser)).toMatchObject({ app: {}, recovery_codes_left: 10 })
      expect(await emailsOf(app, person, 'two-factor-added')).toHaveLength(1)
    },
  },
}
