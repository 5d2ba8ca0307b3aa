// Registering, logging in and out, and the account's page.
import { expect } from 'vitest'
import { someone } from '../visitor.ts'
import { accountStatus, type Flow, failures, loggedIn, logInStatus, refused, strangerAndPerson, wrong } from './flow.ts'
import { emailsOf } from './links.ts'

export const entering: Record<string, Flow> = {
  registration: {
    prepare: async (app) => ({ browser: app.visitor(), person: someone() }),
    send: (browser, person) => browser.json('POST', '/api/v1/register', person),
    async verify(app, person, status, browser) {
      expect([201, ...failures]).toContain(status)
      if (status === 201) expect(await accountStatus(browser)).toBe(200)
      else expect((await app.visitor().json('POST', '/api/v1/register', person)).status).toBe(201)
      expect(await logInStatus(app, person)).toBe(200)
      expect(await emailsOf(app, person, 'verify-email')).toHaveLength(1)
    },
  },
  login: {
    prepare: strangerAndPerson,
    send: (browser, person) => browser.json('POST', '/api/v1/login', person),
    async verify(app, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      expect(await accountStatus(browser)).toBe(status === 200 ? 200 : 401)
      expect(await logInStatus(app, person)).toBe(200)
    },
  },
  'login with a wrong password': refused(
    401,
    {
      prepare: strangerAndPerson,
      send: (browser, person) => browser.json('POST', '/api/v1/login', { ...person, password: wrong }),
    },
    async (_, __, ___, browser) => expect(await accountStatus(browser)).toBe(401),
  ),
  'login that is rate-limited': {
    async prepare(app) {
      const made = await strangerAndPerson(app)
      for (let time = 0; time < app.services.settings.loginFreeFailures; time += 1)
        expect(await logInStatus(app, { ...made.person, password: wrong })).toBe(401)
      return made
    },
    send: (browser, person) => browser.json('POST', '/api/v1/login', person),
    async verify(app, person, status, browser) {
      expect([429, ...failures]).toContain(status)
      expect(await accountStatus(browser)).toBe(401)
      expect(await logInStatus(app, person)).toBe(429)
    },
  },
  logout: {
    prepare: loggedIn,
    send: (browser) => browser.json('POST', '/api/v1/logout', {}),
    async verify(_, __, status, browser) {
      expect([204, ...failures]).toContain(status)
      if (status !== 204) expect((await browser.json('POST', '/api/v1/logout', {})).status).toBe(204)
      expect(await accountStatus(browser)).toBe(401)
    },
  },
  'account page': {
    prepare: loggedIn,
    send: (browser) => browser.json('GET', '/api/v1/session'),
    async verify(_, __, status, browser) {
      expect([200, ...failures]).toContain(status)
      expect(await accountStatus(browser)).toBe(200)
    },
  },
  'account page with a session that has ended': {
    async prepare(app) {
      const { browser, person } = await loggedIn(app)
      const kept = new Map(browser.cookies)
      await browser.json('POST', '/api/v1/logout', {})
      browser.cookies = kept
      return { browser, person }
    },
    send: (browser) => browser.json('GET', '/api/v1/session'),
    // What cannot be asked is never taken for a yes.
    verify: async (_, __, status) => expect([401, ...failures]).toContain(status),
  },
}
