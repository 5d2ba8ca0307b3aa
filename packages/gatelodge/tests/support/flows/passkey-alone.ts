// An account without a password: asked for, started with a passkey, and given its first password.
import { expect } from 'vitest'
import { Authenticator } from '../authenticator.ts'
import type { TestApp } from '../make-app.ts'
import { originOf } from '../passkeys.ts'
import { type Fields, someone, type Visitor } from '../visitor.ts'
import { accountStatus, type Flow, failures, logInStatus, newPassword } from './flow.ts'
import { emailsOf } from './links.ts'

const post = (browser: Visitor, path: string, body: object) => browser.json('POST', `/api/v1${path}`, body)
const register = (browser: Visitor, { name, email }: Fields) => post(browser, '/register/passkey', { name, email })
const start = (browser: Visitor, { token, answer = '' }: Fields) =>
  post(browser, '/register/start', { token, answer: JSON.parse(answer) })
const setPassword = (browser: Visitor) => post(browser, '/password', { new_password: newPassword })

/** Someone who has asked, and whose browser has made the passkey. */
async function withAnswer(app: TestApp) {
  const [browser, person] = [app.visitor(), someone()]
  expect((await register(browser, person)).status).toBe(202)
  const token = (await emailsOf(app, person, 'start-account')).at(-1)?.link?.token ?? ''
  const { options } = (await post(browser, '/register/start/options', { token })).body
  const answer = JSON.stringify(new Authenticator(originOf(app)).make(options as object))
  return { browser, person: { ...person, token, answer } }
}

export const passkeyAlone: Record<string, Flow> = {
  'registration without a password': {
    prepare: async (app) => ({ browser: app.visitor(), person: someone() }),
    send: register,
    async verify(app, person, status, browser) {
      expect([202, ...failures]).toContain(status)
      expect(await emailsOf(app, person, 'start-account')).toHaveLength(status === 202 ? 1 : 0)
      if (status !== 202) expect((await register(browser, person)).status).toBe(202)
      expect(await logInStatus(app, person)).toBe(401)
    },
  },
  'start of an account with a passkey': {
    prepare: withAnswer,
    send: start,
    async verify(_, person, status, browser) {
      expect([201, ...failures]).toContain(status)
      expect(await accountStatus(browser)).toBe(status === 201 ? 200 : 401)
      // Neither the link nor the challenge is used up by what failed.
      if (status !== 201) expect((await start(browser, person)).status).toBe(201)
      expect((await browser.json('GET', '/api/v1/passkeys')).body.passkeys).toHaveLength(1)
      expect((await start(browser, person)).status).toBe(410)
    },
  },
  'first password': {
    async prepare(app) {
      const { browser, person } = await withAnswer(app)
      expect((await start(browser, person)).status).toBe(201)
      return { browser, person }
    },
    send: setPassword,
    async verify(app, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      expect(await accountStatus(browser)).toBe(200)
      if (status !== 200) expect((await setPassword(browser)).status).toBe(200)
      expect(await logInStatus(app, { ...person, password: newPassword })).toBe(200)
      expect(await emailsOf(app, person, 'password-added')).toHaveLength(1)
    },
  },
}
