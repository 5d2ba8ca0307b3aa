// What an invitation leads to: a new account, or groups for one that is there.
import { expect } from 'vitest'
import { createInvitation } from '../../../src/capabilities/invitations/make.rules.ts'
import { newId } from '../../../src/identity/ids.ts'
import { invitationRows } from '../../../src/identity/invitations/storage.ts'
import { digest, newToken } from '../../../src/identity/sealing.ts'
import { hours } from '../../../src/time.ts'
import type { TestApp } from '../make-app.ts'
import { type Fields, someone, type Visitor } from '../visitor.ts'
import { accountStatus, type Flow, failures, loggedIn, logInStatus, oldAccount, refused } from './flow.ts'
import { emailsOf, openLink, opens } from './links.ts'

async function group({ services }: TestApp): Promise<void> {
  const { database, groups } = services
  if (!(await groups.find(database.db, 'invited')))
    await database.transact(
      (trx) => groups.create(trx, 'invited', ''),
      async () => undefined,
    )
}

async function invite(app: TestApp, { email }: Fields): Promise<void> {
  const { services } = app
  await group(app)
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

interface Open {
  token: string
  /** How often it was used. */
  used(): Promise<number | undefined>
}

/** Past the rules, which would record it. */
async function openInvitation(app: TestApp): Promise<Open> {
  const { database, clock } = app.services
  await group(app)
  const [id, token, now] = [newId(), newToken(), clock.now()]
  await invitationRows.insert(database.db, {
    ...{ id, tokenHash: digest(token), email: null, emailKey: null, groups: ['invited'], actor: 'command' },
    ...{ mostUses: 2, used: 0, createdAt: now, expiresAt: now + hours(1), revokedAt: null },
  })
  return { token, used: async () => (await invitationRows.findById(database.db, id))?.used }
}

const ask = (browser: Visitor, { token, ...person }: Fields) =>
  browser.json('POST', '/api/v1/invitation/register', { token, ...person })
const start = (browser: Visitor) => browser.form('/register/start', { password: '' })

/** Of each person, by what they are called in a flow. */
const invitations = new Map<string, Open>()

async function asking(app: TestApp, person: Fields) {
  const open = await openInvitation(app)
  invitations.set(person.email ?? '', open)
  return { browser: app.visitor(), person: { ...person, token: open.token } }
}

const usesOf = ({ email = '' }: Fields) => invitations.get(email)?.used()

/** Where an email confirms first, behind an open invitation. */
export const invitingByEmail: Record<string, Flow> = {
  'registration with an open invitation': {
    prepare: (app) => asking(app, someone()),
    send: ask,
    async verify(app, person, status, browser) {
      expect([202, ...failures]).toContain(status)
      expect(await emailsOf(app, person, 'start-account')).toHaveLength(status === 202 ? 1 : 0)
      if (status !== 202) expect((await ask(browser, person)).status).toBe(202)
      expect(await usesOf(person)).toBe(0)
      await openLink(app, browser, person, 'start-account')
      expect((await start(browser)).status).toBe(200)
      expect(await usesOf(person)).toBe(1)
    },
  },
  'an open invitation and an address that has an account': {
    prepare: async (app) => asking(app, await oldAccount(app)),
    send: ask,
    async verify(app, person, status, browser) {
      expect([202, ...failures]).toContain(status)
      expect((await ask(browser, person)).status).toBe(202)
      // The second email within a minute is not written.
      expect(await emailsOf(app, person, 'invited-already-registered')).toHaveLength(1)
      expect(await usesOf(person)).toBe(0)
    },
  },
  'start of an account by an open invitation': {
    async prepare(app) {
      const { browser, person } = await asking(app, someone())
      expect((await ask(browser, person)).status).toBe(202)
      await openLink(app, browser, person, 'start-account')
      return { browser, person }
    },
    send: (browser) => start(browser),
    async verify(_, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      expect(await usesOf(person)).toBe(status === 200 ? 1 : 0)
      expect(await accountStatus(browser)).toBe(status === 200 ? 200 : 401)
      if (status !== 200) expect((await start(browser)).status).toBe(200)
      expect(await usesOf(person)).toBe(1)
      expect(await groupsOf(browser)).toEqual(['invited'])
    },
  },
}
