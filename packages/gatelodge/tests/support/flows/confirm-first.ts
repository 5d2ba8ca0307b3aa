// Registration where the email decides, and the start of the account by its link.
import { expect } from 'vitest'
import type { TestApp } from '../make-app.ts'
import { type Fields, someone, type Visitor } from '../visitor.ts'
import { accountStatus, type Flow, failures, logInStatus, refused, strangerAndPerson, wrong } from './flow.ts'
import { emailsOf, openLink, opens } from './links.ts'

const register = (browser: Visitor, person: Fields) => browser.json('POST', '/api/v1/register', person)
const start = (browser: Visitor, password = '') => browser.form('/register/start', { password })

/** @param isElsewhere the link is opened in a browser that asked for nothing. */
async function withLink(app: TestApp, isElsewhere: boolean) {
  const person = someone()
  const asking = app.visitor()
  expect((await register(asking, person)).status).toBe(202)
  const browser = isElsewhere ? app.visitor() : asking
  await openLink(app, browser, person, 'start-account')
  return { browser, person }
}

const starts = (send: Flow['send']): Flow['verify'] =>
  async function verify(app, person, status, browser) {
    expect([200, ...failures]).toContain(status)
    expect(await accountStatus(browser)).toBe(status === 200 ? 200 : 401)
    if (status !== 200) expect((await send(browser, person)).status).toBe(200)
    expect(await accountStatus(browser)).toBe(200)
    expect(await logInStatus(app, person)).toBe(200)
    expect(await opens(app, person, 'start-account')).toBe(false)
  }

export const confirmFirst: Record<string, Flow> = {
  'registration that an email confirms': {
    prepare: async (app) => ({ browser: app.visitor(), person: someone() }),
    send: register,
    async verify(app, person, status, browser) {
      expect([202, ...failures]).toContain(status)
      expect(await emailsOf(app, person, 'start-account')).toHaveLength(status === 202 ? 1 : 0)
      if (status !== 202) expect((await register(browser, person)).status).toBe(202)
      expect(await logInStatus(app, person)).toBe(401)
      await openLink(app, browser, person, 'start-account')
      expect((await start(browser)).status).toBe(200)
    },
  },
  'registration of an address that has an account': {
    prepare: strangerAndPerson,
    send: register,
    async verify(app, person, status, browser) {
      expect([202, ...failures]).toContain(status)
      expect(await emailsOf(app, person, 'already-registered')).toHaveLength(status === 202 ? 1 : 0)
      expect((await register(browser, person)).status).toBe(202)
      // The second email within a minute is not written.
      expect(await emailsOf(app, person, 'already-registered')).toHaveLength(1)
      expect(await logInStatus(app, person)).toBe(200)
    },
  },
  'start of an account': {
    prepare: (app) => withLink(app, false),
    send: (browser) => start(browser),
    verify: starts((browser) => start(browser)),
  },
  'start of an account in another browser': {
    hasTwin: true,
    prepare: (app) => withLink(app, true),
    send: (browser, { password }) => start(browser, password),
    verify: starts((browser, { password }) => start(browser, password)),
  },
  'start of an account with a wrong password': refused(
    422,
    { hasTwin: true, prepare: (app) => withLink(app, true), send: (browser) => start(browser, wrong) },
    async (_, person, __, browser) => expect((await start(browser, person.password)).status).toBe(200),
  ),
}
