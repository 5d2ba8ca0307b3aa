// A verified address: the email once more, and the link in it.
import { expect } from 'vitest'
import type { TestApp } from '../make-app.ts'
import { type Fields, someone, type Visitor } from '../visitor.ts'
import { accountStatus, type Flow, failures, loggedIn, logInStatus, refused, stored, wrong } from './flow.ts'
import { emailsOf, openLink, opens } from './links.ts'

const confirm = (browser: Visitor, password = '') => browser.form('/verify-email/confirm', { password })
const sendAgain = (browser: Visitor) => browser.json('POST', '/api/v1/verification', {})
const isVerified = async (browser: Visitor) => (await stored(browser)).email_verified_at !== null

/** @param isElsewhere the link is opened in a browser that the account does not know. */
async function withLink(app: TestApp, isElsewhere: boolean) {
  const person = someone()
  const registering = app.visitor()
  // 202 where a gate stops people.
  expect([201, 202]).toContain((await registering.json('POST', '/api/v1/register', person)).status)
  const browser = isElsewhere ? app.visitor() : registering
  await openLink(app, browser, person, 'verify-email')
  return { browser, person }
}

export const verifying: Record<string, Flow> = {
  'email for verification, once more': {
    prepare: loggedIn,
    send: sendAgain,
    async verify(app, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      expect(await emailsOf(app, person, 'verify-email')).toHaveLength(status === 200 ? 1 : 0)
      expect((await sendAgain(browser)).status).toBe(status === 200 ? 429 : 200)
      expect(await emailsOf(app, person, 'verify-email')).toHaveLength(1)
      expect(await opens(app, person, 'verify-email')).toBe(true)
    },
  },
  verification: {
    prepare: (app) => withLink(app, false),
    send: (browser) => confirm(browser),
    async verify(_, __, status, browser) {
      expect([200, ...failures]).toContain(status)
      expect(await isVerified(browser)).toBe(status === 200)
      if (status !== 200) expect((await confirm(browser)).status).toBe(200)
      expect(await isVerified(browser)).toBe(true)
    },
  },
}

/** Anyone who types the password as well gets a session. */
const elsewhere: Record<string, Flow> = {
  'verification in another browser': {
    prepare: (app) => withLink(app, true),
    send: (browser, { password }) => confirm(browser, password),
    async verify(_, { password }, status, browser) {
      expect([200, ...failures]).toContain(status)
      expect(await accountStatus(browser)).toBe(status === 200 ? 200 : 401)
      if (status !== 200) expect((await confirm(browser, password)).status).toBe(200)
      expect(await isVerified(browser)).toBe(true)
    },
  },
  'verification with a wrong password': refused(
    422,
    { hasTwin: true, prepare: (app) => withLink(app, true), send: (browser) => confirm(browser, wrong) },
    async (app, person) => expect(await opens(app, person, 'verify-email')).toBe(true),
  ),
}

export const atTheGate: Record<string, Flow> = {
  'registration that stops at the gate': {
    prepare: async (app) => ({ browser: app.visitor(), person: someone() }),
    send: (browser, person) => browser.json('POST', '/api/v1/register', person),
    async verify(app, person, status, browser) {
      expect([202, ...failures]).toContain(status)
      if (status !== 202) expect((await browser.json('POST', '/api/v1/register', person)).status).toBe(202)
      expect(await accountStatus(browser)).toBe(401)
      expect(await emailsOf(app, person, 'verify-email')).toHaveLength(1)
      expect(await logInStatus(app, person)).toBe(403)
    },
  },
  'login that stops at the gate': {
    async prepare(app) {
      const person = someone()
      expect((await app.visitor().json('POST', '/api/v1/register', person)).status).toBe(202)
      return { browser: app.visitor(), person }
    },
    send: (browser, person: Fields) => browser.json('POST', '/api/v1/login', person),
    async verify(app, person, status, browser) {
      expect([403, ...failures]).toContain(status)
      expect(await accountStatus(browser)).toBe(401)
      expect(await logInStatus(app, person)).toBe(403)
    },
  },
  ...elsewhere,
}
