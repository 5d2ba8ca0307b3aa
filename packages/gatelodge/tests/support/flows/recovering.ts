// A forgotten password: the email, and the link in it.
import { expect } from 'vitest'
import { type Fields, someone, type Visitor } from '../visitor.ts'
import { accountStatus, type Flow, failures, loggedIn, logInStatus, newPassword, strangerAndPerson } from './flow.ts'
import { emailsOf, openLink, opens } from './links.ts'

const ask = (browser: Visitor, { email }: Fields) => browser.json('POST', '/api/v1/forgot-password', { email })
const reset = (browser: Visitor) => browser.form('/reset-password', { new_password: newPassword })

export const recovering: Record<string, Flow> = {
  'question for a new password': {
    prepare: strangerAndPerson,
    send: ask,
    async verify(app, person, status, browser) {
      expect([202, ...failures]).toContain(status)
      expect(await emailsOf(app, person, 'reset-password')).toHaveLength(status === 202 ? 1 : 0)
      expect((await ask(browser, person)).status).toBe(202)
      // The second email within a minute is not written, and the link in the first goes on working.
      expect(await emailsOf(app, person, 'reset-password')).toHaveLength(1)
      expect(await opens(app, person, 'reset-password')).toBe(true)
      expect(await logInStatus(app, person)).toBe(200)
    },
  },
  'question for a new password, of nobody': {
    prepare: async (app) => ({ browser: app.visitor(), person: someone() }),
    send: ask,
    async verify(app, person, status, browser) {
      expect([202, ...failures]).toContain(status)
      expect((await ask(browser, person)).status).toBe(202)
      expect(await emailsOf(app, person, 'reset-password')).toEqual([])
    },
  },
  'new password by a link': {
    async prepare(app) {
      const { browser: owner, person } = await loggedIn(app)
      const browser = app.visitor()
      expect((await ask(browser, person)).status).toBe(202)
      await openLink(app, browser, person, 'reset-password')
      return { browser, person: { ...person, session: owner.sessionCookie ?? '' } }
    },
    send: (browser) => reset(browser),
    async verify(app, { session = '', ...person }, status, browser) {
      expect([200, ...failures]).toContain(status)
      const isReset = status === 200
      const owner = app.visitor()
      owner.cookies.set('gatelodge', session)
      expect(await accountStatus(owner)).toBe(isReset ? 401 : 200)
      expect(await logInStatus(app, { ...person, password: newPassword })).toBe(isReset ? 200 : 401)
      expect(await logInStatus(app, person)).toBe(isReset ? 401 : 200)
      if (!isReset) expect((await reset(browser)).status).toBe(200)
      expect(await opens(app, person, 'reset-password')).toBe(false)
    },
  },
}
