// What people do, as one request each: how to get there, the request, and what has to be true
// after it, whatever went wrong meanwhile. Each ends with the same request once more, which has to succeed.
import { expect } from 'vitest'
import type { TestApp } from './make-app.ts'
import { type Fields, somebody, type Visitor } from './visitor.ts'

export interface Flow {
  prepare(app: TestApp): Promise<{ browser: Visitor; person: Fields }>
  send(browser: Visitor, person: Fields): Promise<{ status: number }>
  /** Throws where what the person was told is not what is true now. */
  verify(app: TestApp, person: Fields, status: number, browser: Visitor): Promise<void>
}

export const newPassword = 'amber ferry clock'
const wrong = 'quiet amber windmill'

const failures = [500, 503]
const logIn = (app: TestApp, person: Fields) => app.visitor().json('POST', '/login', person)
const logInStatus = async (app: TestApp, person: Fields) => (await logIn(app, person)).status
const accountStatus = async (browser: Visitor) => (await browser.json('GET', '/account')).status

async function strangerAndPerson(app: TestApp) {
  const person = await app.visitor().register()
  return { browser: app.visitor(), person }
}

async function loggedIn(app: TestApp) {
  const browser = app.visitor()
  return { browser, person: await browser.register() }
}

const change = (browser: Visitor, current_password: string | undefined) =>
  browser.json('POST', '/account/password', { current_password, new_password: newPassword })

export const flows: Record<string, Flow> = {
  registration: {
    prepare: async (app) => ({ browser: app.visitor(), person: somebody() }),
    send: (browser, person) => browser.json('POST', '/register', person),
    async verify(app, person, status, browser) {
      expect([201, ...failures]).toContain(status)
      if (status === 201) expect(await accountStatus(browser)).toBe(200)
      else expect((await app.visitor().json('POST', '/register', person)).status).toBe(201)
      expect(await logInStatus(app, person)).toBe(200)
    },
  },
  login: {
    prepare: strangerAndPerson,
    send: (browser, person) => browser.json('POST', '/login', person),
    async verify(app, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      expect(await accountStatus(browser)).toBe(status === 200 ? 200 : 401)
      expect(await logInStatus(app, person)).toBe(200)
    },
  },
  'login with a wrong password': {
    prepare: strangerAndPerson,
    send: (browser, person) => browser.json('POST', '/login', { ...person, password: wrong }),
    async verify(app, person, status, browser) {
      expect([401, ...failures]).toContain(status)
      expect(await accountStatus(browser)).toBe(401)
      expect(await logInStatus(app, { ...person, password: wrong })).toBe(401)
    },
  },
  'login that is held back': {
    async prepare(app) {
      const made = await strangerAndPerson(app)
      for (let time = 0; time < app.services.settings.loginFreeFailures; time += 1)
        expect(await logInStatus(app, { ...made.person, password: wrong })).toBe(401)
      return made
    },
    send: (browser, person) => browser.json('POST', '/login', person),
    async verify(app, person, status, browser) {
      expect([429, ...failures]).toContain(status)
      expect(await accountStatus(browser)).toBe(401)
      expect(await logInStatus(app, person)).toBe(429)
    },
  },
  logout: {
    prepare: loggedIn,
    send: (browser) => browser.json('POST', '/logout', {}),
    async verify(_, __, status, browser) {
      expect([200, ...failures]).toContain(status)
      if (status !== 200) expect((await browser.json('POST', '/logout', {})).status).toBe(200)
      expect(await accountStatus(browser)).toBe(401)
    },
  },
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
  'account page': {
    prepare: loggedIn,
    send: (browser) => browser.json('GET', '/account'),
    async verify(_, __, status, browser) {
      expect([200, ...failures]).toContain(status)
      expect(await accountStatus(browser)).toBe(200)
    },
  },
  'account page with a session that has ended': {
    async prepare(app) {
      const { browser, person } = await loggedIn(app)
      const kept = new Map(browser.cookies)
      await browser.json('POST', '/logout', {})
      browser.cookies = kept
      return { browser, person }
    },
    send: (browser) => browser.json('GET', '/account'),
    // What cannot be asked is never taken for a yes.
    verify: async (_, __, status) => expect([401, ...failures]).toContain(status),
  },
  'password change with a wrong one': {
    prepare: loggedIn,
    send: (browser) => change(browser, wrong),
    async verify(app, person, status, browser) {
      expect([422, ...failures]).toContain(status)
      expect((await change(browser, wrong)).status).toBe(422)
      expect(await logInStatus(app, person)).toBe(200)
    },
  },
}
