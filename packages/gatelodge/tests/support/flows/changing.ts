// What someone who is logged in may change: password, name, address. And the password, asked once more before that.
import { expect } from 'vitest'
import { accountOf } from '../groups.ts'
import type { TestApp } from '../make-app.ts'
import type { Fields, Visitor } from '../visitor.ts'
import {
  accountStatus,
  type Flow,
  failures,
  loggedIn,
  logInStatus,
  newPassword,
  refused,
  stored,
  strangerAndPerson,
  wrong,
} from './flow.ts'
import { emailsOf, openLink, opens } from './links.ts'

const change = (browser: Visitor, current_password: string | undefined) =>
  browser.json('POST', '/api/v1/password', { current_password, new_password: newPassword })
const reauthenticate = (browser: Visitor, current_password: string | undefined) =>
  browser.json('POST', '/api/v1/password/confirm', { current_password })
const rename = (browser: Visitor) => browser.json('POST', '/api/v1/profile', { name: 'Grace Hopper' })
const confirmEmail = (browser: Visitor) => browser.form('/confirm-email')
const cancel = (browser: Visitor) => browser.form('/account/email', { action: 'cancel' })

const undo = (browser: Visitor, { email }: Fields) => browser.form('/undo-email-change', { email })

const newEmail = ({ email }: Fields) => `new-${email}`
const askForEmail = (browser: Visitor, person: Fields) =>
  browser.form('/account/email', { new_email: newEmail(person) })
const pending = async (browser: Visitor) => (await stored(browser)).email_waiting_for_confirmation

async function withPendingEmail(app: TestApp) {
  const { browser, person } = await loggedIn(app)
  expect((await askForEmail(browser, person)).status).toBe(200)
  return { browser, person }
}

const stillLoggedIn: Flow['verify'] = async (_, __, ___, browser) => expect(await accountStatus(browser)).toBe(200)

const passwords: Record<string, Flow> = {
  'password change': {
    prepare: loggedIn,
    send: (browser, { password }) => change(browser, password),
    async verify(app, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      const changed = status === 200
      expect(await logInStatus(app, { ...person, password: newPassword })).toBe(changed ? 200 : 401)
      expect(await logInStatus(app, person)).toBe(changed ? 401 : 200)
      expect(await accountStatus(browser)).toBe(200)
      if (!changed) expect((await change(browser, person.password)).status).toBe(200)
    },
  },
  'password change with a wrong one': refused(
    422,
    { prepare: loggedIn, send: (browser) => change(browser, wrong) },
    async (app, person) => expect(await logInStatus(app, person)).toBe(200),
  ),
  'password, once more': {
    prepare: loggedIn,
    send: (browser, { password }) => reauthenticate(browser, password),
    async verify(_, { password }, status, browser) {
      expect([200, ...failures]).toContain(status)
      expect(await accountStatus(browser)).toBe(200)
      expect((await reauthenticate(browser, password)).status).toBe(200)
    },
  },
  'password, once more and wrong': refused(
    422,
    { hasTwin: true, prepare: loggedIn, send: (browser) => reauthenticate(browser, wrong) },
    stillLoggedIn,
  ),
}

const renew = (browser: Visitor) => browser.json('POST', '/api/v1/password/renew', { new_password: newPassword })

const demanded: Record<string, Flow> = {
  'new password, demanded at a log-in': {
    async prepare(app) {
      const { browser, person } = await strangerAndPerson(app)
      const { passwords, database } = app.services
      await passwords.demandNew(database.db, (await accountOf(app, person)).id, app.clock.now())
      expect((await browser.json('POST', '/api/v1/login', person)).status).toBe(403)
      return { browser, person }
    },
    send: renew,
    async verify(app, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      const changed = status === 200
      expect(await accountStatus(browser)).toBe(changed ? 200 : 401)
      expect(await logInStatus(app, { ...person, password: newPassword })).toBe(changed ? 200 : 401)
      expect(await logInStatus(app, person)).toBe(changed ? 401 : 403)
      if (!changed) expect((await renew(browser)).status).toBe(200)
    },
  },
}

const addresses: Record<string, Flow> = {
  'change of the address, asked for': {
    prepare: loggedIn,
    send: askForEmail,
    async verify(app, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      const asked = status === 200
      const email = newEmail(person)
      expect(await pending(browser)).toBe(asked ? email : null)
      expect(await emailsOf(app, { email }, 'confirm-email')).toHaveLength(asked ? 1 : 0)
      // The second within a minute has to wait.
      expect((await askForEmail(browser, person)).status).toBe(asked ? 429 : 200)
      expect(await emailsOf(app, { email }, 'confirm-email')).toHaveLength(1)
      expect(await opens(app, { email }, 'confirm-email')).toBe(true)
    },
  },
  'change of the address, confirmed': {
    async prepare(app) {
      const { browser, person } = await withPendingEmail(app)
      await openLink(app, browser, { email: newEmail(person) }, 'confirm-email')
      return { browser, person }
    },
    send: (browser) => confirmEmail(browser),
    async verify(app, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      const isChanged = status === 200
      const email = newEmail(person)
      expect((await stored(browser)).email).toBe(isChanged ? email : person.email)
      if (!isChanged) expect((await confirmEmail(browser)).status).toBe(200)
      expect(await logInStatus(app, { ...person, email })).toBe(200)
      expect(await logInStatus(app, person)).toBe(401)
    },
  },
  'change of the address, cancelled': {
    prepare: withPendingEmail,
    send: (browser) => cancel(browser),
    async verify(app, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      const email = newEmail(person)
      expect(await pending(browser)).toBe(status === 200 ? null : email)
      expect(await opens(app, { email }, 'confirm-email')).toBe(status !== 200)
      expect((await cancel(browser)).status).toBe(200)
      expect(await pending(browser)).toBe(null)
    },
  },
}

/** Someone else is logged in too, and has given the account an address of theirs. */
async function takenOver(app: TestApp) {
  const { browser: thief, person } = await loggedIn(app)
  expect((await thief.json('POST', '/api/v1/verification', {})).status).toBe(200)
  await openLink(app, thief, person, 'verify-email')
  expect((await thief.form('/verify-email/confirm')).status).toBe(200)
  expect((await askForEmail(thief, person)).status).toBe(200)
  await openLink(app, thief, { email: newEmail(person) }, 'confirm-email')
  expect((await confirmEmail(thief)).status).toBe(200)
  const browser = app.visitor()
  await openLink(app, browser, person, 'email-changed')
  return { browser, person: { ...person, newEmail: newEmail(person) } }
}

const wayBack: Record<string, Flow> = {
  'way back to an old address': {
    prepare: takenOver,
    send: undo,
    async verify(app, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      const there = { ...person, email: newEmail(person) }
      expect(await logInStatus(app, there)).toBe(status === 200 ? 401 : 200)
      if (status !== 200) expect((await undo(browser, person)).status).toBe(200)
      for (const one of [person, there]) expect(await logInStatus(app, one)).toBe(401)
      expect((await undo(browser, person)).status).toBe(410)
      expect(await emailsOf(app, there, 'email-change-undone')).toHaveLength(1)
    },
  },
}

export const changing: Record<string, Flow> = {
  ...passwords,
  ...demanded,
  'change of the name': {
    prepare: loggedIn,
    send: (browser) => rename(browser),
    async verify(_, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      expect((await stored(browser)).name).toBe(status === 200 ? 'Grace Hopper' : person.name)
      expect((await rename(browser)).status).toBe(200)
      expect((await stored(browser)).name).toBe('Grace Hopper')
    },
  },
  ...addresses,
  ...wayBack,
}
