// What an invitation leads to: a new account, or groups for one that is there.
import { expect } from 'vitest'
import { createInvitation } from '../../../src/capabilities/invitations/make.rules.ts'
import type { TestApp } from '../make-app.ts'
import { type Fields, someone, type Visitor } from '../visitor.ts'
import { accountStatus, type Flow, failures, loggedIn, logInStatus, refused } from './flow.ts'
import { openLink, opens } from './links.ts'

async function invite({ services }: TestApp, { email }: Fields): Promise<void> {
  const { database, groups } = services
  if (!(await groups.find(database.db, 'invited')))
    await database.transact(
      (trx) => groups.create(trx, 'invited', ''),
      async () => undefined,
    )
  const source = { clientAddress: '', device: { isCommandLine: true as const }, requestId: '' }
  const outcome = await createInvitation(
    services,
    { actor: 'command', source },
    { email, groups: ['invited'], uses: 1 },
  )
  expect(outcome.kind).toBe('done')
}

const register = (browser: Visitor, { name, password }: Fields) => browser.form('/invitation', { name, password })
const accept = (browser: Visitor) => browser.form('/invitation')

async function newcomer(app: TestApp) {
  const person = someone()
  const browser = app.visitor()
  await invite(app, person)
  await openLink(app, browser, person, 'invitation')
  return { browser, person }
}

async function member(app: TestApp) {
  const { browser, person } = await loggedIn(app)
  await invite(app, person)
  await openLink(app, browser, person, 'invitation')
  return { browser, person }
}

const groupsOf = async (browser: Visitor) => (await browser.account()).groups

export const inviting: Record<string, Flow> = {
  'registration with an invitation': {
    prepare: newcomer,
    send: register,
    async verify(app, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      expect(await accountStatus(browser)).toBe(status === 200 ? 200 : 401)
      if (status !== 200) expect((await register(browser, person)).status).toBe(200)
      expect(await groupsOf(browser)).toEqual(['invited'])
      expect(await logInStatus(app, person)).toBe(200)
      expect(await opens(app, person, 'invitation')).toBe(false)
    },
  },
  'registration with an invitation and a short password': refused(
    422,
    {
      hasTwin: true,
      prepare: newcomer,
      send: (browser, person) => register(browser, { ...person, password: 'short' }),
    },
    async (app, person, __, browser) => {
      expect(await accountStatus(browser)).toBe(401)
      expect(await opens(app, person, 'invitation')).toBe(true)
    },
  ),
  'an invitation that an account accepts': {
    prepare: member,
    send: accept,
    async verify(app, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      expect(await groupsOf(browser)).toEqual(status === 200 ? ['invited'] : [])
      if (status !== 200) expect((await accept(browser)).status).toBe(200)
      expect(await groupsOf(browser)).toEqual(['invited'])
      expect(await opens(app, person, 'invitation')).toBe(false)
    },
  },
}
