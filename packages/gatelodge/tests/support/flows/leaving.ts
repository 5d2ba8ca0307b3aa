// Devices that are logged out from elsewhere, the end of an account, and the way back.
import { expect } from 'vitest'
import { removeClosedAccounts } from '../../../src/capabilities/account-deletion/removal.rules.ts'
import type { TestApp } from '../make-app.ts'
import type { Visitor } from '../visitor.ts'
import { accountStatus, type Flow, failures, loggedIn, logInStatus, refused, wrong } from './flow.ts'
import { emailsOf, openLink, opens } from './links.ts'

const close = (browser: Visitor, current_password: string | undefined) =>
  browser.json('POST', '/api/v1/delete', { current_password })
const restore = (browser: Visitor) => browser.form('/restore-account')

const listed = async (browser: Visitor) =>
  (await browser.json('GET', '/api/v1/devices')).body.devices as { id: string; is_here: boolean }[]

async function onTwoDevices(app: TestApp) {
  const { browser, person } = await loggedIn(app)
  expect(await logInStatus(app, person)).toBe(200)
  const other = (await listed(browser)).find(({ is_here }) => !is_here)
  return { browser, person: { ...person, other: other?.id ?? '' } }
}

const endsTheOther = (send: Flow['send']): Flow => ({
  prepare: onTwoDevices,
  send,
  async verify(_, person, status, browser) {
    expect([204, ...failures]).toContain(status)
    expect(await listed(browser)).toHaveLength(status === 204 ? 1 : 2)
    if (status !== 204) expect((await send(browser, person)).status).toBe(204)
    expect(await listed(browser)).toHaveLength(1)
    expect(await accountStatus(browser)).toBe(200)
  },
})

export const leaving: Record<string, Flow> = {
  'end of a device': endsTheOther((browser, { other }) => browser.json('POST', '/api/v1/devices/end', { id: other })),
  'end of all other devices': {
    ...endsTheOther((browser) => browser.json('POST', '/api/v1/devices/end-others', {})),
    hasTwin: true,
  },
  'end of an account': {
    prepare: loggedIn,
    send: (browser, { password }) => close(browser, password),
    async verify(app, person, status, browser) {
      expect([204, ...failures]).toContain(status)
      expect(await accountStatus(browser)).toBe(status === 204 ? 401 : 200)
      if (status !== 204) expect((await close(browser, person.password)).status).toBe(204)
      expect(await logInStatus(app, person)).toBe(401)
      expect(await emailsOf(app, person, 'account-deletion-scheduled')).toHaveLength(1)
      expect(await opens(app, person, 'account-deletion-scheduled')).toBe(true)
    },
  },
  'end of an account with a wrong password': refused(
    422,
    { hasTwin: true, prepare: loggedIn, send: (browser) => close(browser, wrong) },
    async (_, __, ___, browser) => expect(await accountStatus(browser)).toBe(200),
  ),
  'way back to an account': {
    async prepare(app) {
      const { browser: owner, person } = await loggedIn(app)
      expect((await close(owner, person.password)).status).toBe(204)
      const browser = app.visitor()
      await openLink(app, browser, person, 'account-deletion-scheduled')
      return { browser, person }
    },
    send: (browser) => restore(browser),
    async verify(app, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      expect(await logInStatus(app, person)).toBe(status === 200 ? 200 : 401)
      if (status !== 200) expect((await restore(browser)).status).toBe(200)
      expect(await logInStatus(app, person)).toBe(200)
      expect(await opens(app, person, 'account-deletion-scheduled')).toBe(false)
    },
  },
}

export const withoutWayBack: Record<string, Flow> = {
  'end of an account at once': {
    prepare: loggedIn,
    send: (browser, { password }) => close(browser, password),
    async verify(app, person, status, browser) {
      expect([204, ...failures]).toContain(status)
      expect(await accountStatus(browser)).toBe(status === 204 ? 401 : 200)
      if (status !== 204) expect((await close(browser, person.password)).status).toBe(204)
      expect(await emailsOf(app, person, 'account-deleted')).toHaveLength(1)
      expect(await logInStatus(app, person)).toBe(401)
      // What could not go at once goes when the chore comes by, and then the address is free.
      await removeClosedAccounts(app.services)
      expect((await browser.json('POST', '/api/v1/register', person)).status).toBe(201)
    },
  },
}
