// Logging in by a provider, registering by one, connecting one and disconnecting it.
import { expect } from 'vitest'
import { createInvitation } from '../../../src/capabilities/invitations/make.rules.ts'
import { newId } from '../../../src/identity/ids.ts'
import { startFakeProvider } from '../fake-provider.ts'
import { accountOf } from '../groups.ts'
import { old, oldAndVerified } from '../half/tables.ts'
import type { TestApp } from '../make-app.ts'
import { type Fields, someone, type Visitor } from '../visitor.ts'
import { accountStatus, type Flow, failures, loggedIn, logInStatus, oldAccount, oldSource } from './flow.ts'
import { openLink } from './links.ts'

/** Ends with the process. */
const provider = await startFakeProvider()
const map = { Staff: 'staff' }
export const providerSettings = {
  connections: [provider.setting({ groups: { map } }), provider.setting({ name: 'weak', trusted: false })],
}

const claimsOf = ({ email, name }: Fields) => ({
  ...{ sub: `sub of ${email}`, email, name, email_verified: true, groups: ['Staff'] },
})

/** There, and up to the address that the browser comes back to. */
async function goThere(browser: Visitor, person: Fields, from = '/login/with/fake'): Promise<string> {
  return provider.goThere(browser, claimsOf(person), {}, from)
}

const refusing = ['/login', '/reauthenticate', '/invitation']

async function send(browser: Visitor, method: string, path: string, body?: URLSearchParams) {
  const answer = await browser.send(method, path, body)
  const to = (answer.headers.get('location') ?? '').split('?')[0] ?? ''
  return { status: answer.status === 303 ? (refusing.includes(to) ? 401 : 200) : answer.status }
}

const comeBack = (browser: Visitor, { back = '' }: Fields) => send(browser, 'GET', back)

/** What a failure has cost is one answer of the provider: it is asked again. */
async function again(browser: Visitor, person: Fields, from?: string) {
  return comeBack(browser, { back: await goThere(browser, person, from) })
}

async function connect(app: TestApp, person: Fields): Promise<void> {
  const { audit, connections, database, clock } = app.services
  const { id } = await accountOf(app, person)
  const { sub, email = '' } = claimsOf(person)
  const about = { ...{ id: newId(), accountId: id, provider: 'fake', issuer: provider.issuer, subject: sub, email } }
  await connections.rows.insert(database.db, { ...about, createdAt: clock.now(), lastUsedAt: null })
  await audit.write(database.db, audit.record('connection.added', oldSource, { account: id, reason: old }))
}

async function makeGroup({ services: { database, groups } }: TestApp): Promise<void> {
  if (await groups.find(database.db, 'staff')) return
  await database.transact(
    (trx) => groups.create(trx, 'staff', ''),
    async () => undefined,
  )
}

async function connectionsOf(app: TestApp, person: Fields): Promise<number> {
  const { connections, database } = app.services
  return (await connections.rows.ofAccount(database.db, (await accountOf(app, person)).id)).length
}

async function groupsOf(app: TestApp, person: Fields): Promise<readonly string[]> {
  return (await accountOf(app, person)).groups
}

/** Someone with an account, in a browser that was sent there and has not come back. */
async function outside(app: TestApp, reason: string, prepare = async (_: Fields) => {}) {
  await makeGroup(app)
  const person = await oldAccount(app, reason)
  await prepare(person)
  const browser = app.visitor()
  return { browser, person: { ...person, back: await goThere(browser, person) } }
}

/** A log-in by which the account is connected and in its group, once. */
const entering: Flow['verify'] = async (app, person, status, browser) => {
  expect([200, ...failures]).toContain(status)
  expect(await accountStatus(browser)).toBe(status === 200 ? 200 : 401)
  if (status !== 200) expect((await again(browser, person)).status).toBe(200)
  expect(await connectionsOf(app, person)).toBe(1)
  expect(await groupsOf(app, person)).toEqual(['staff'])
}

/** At the page that asks for a name. */
async function newcomer(app: TestApp, person = someone(), from?: string, browser = app.visitor()) {
  await makeGroup(app)
  expect((await again(browser, person, from)).status).toBe(200)
  return { browser, person }
}

const registering = (browser: Visitor, { name = '' }: Fields) =>
  send(browser, 'POST', '/login/with/fake/register', new URLSearchParams({ name }))

const verifyRegistration: Flow['verify'] = async (app, person, status, browser) => {
  expect([200, ...failures]).toContain(status)
  expect(await accountStatus(browser)).toBe(status === 200 ? 200 : 401)
  // The answer of the provider is used up by what was done, and by nothing else.
  if (status !== 200) expect((await registering(browser, person)).status).toBe(200)
  expect(await browser.account()).toMatchObject({ email: person.email, email_verified: true })
  expect(await connectionsOf(app, person)).toBe(1)
  expect(await groupsOf(app, person)).toContain('staff')
  expect((await registering(browser, person)).status).toBe(200)
}

async function owner(app: TestApp, isConnected: boolean, from: string) {
  await makeGroup(app)
  const { browser, person } = await loggedIn(app)
  if (isConnected) await connect(app, person)
  // Where there is a password, that is asked for.
  const { passwords, database } = app.services
  if (from === proving) await passwords.remove(database.db, (await accountOf(app, person)).id)
  return { browser, person: { ...person, back: await goThere(browser, person, from) } }
}

const adding = '/account/connections/add/fake'
const proving = '/account/connections/prove/fake'
const disconnect = (browser: Visitor) => browser.form('/account/connections')

export const byProvider: Record<string, Flow> = {
  'log-in by a provider': {
    prepare: (app) => outside(app, old, (person) => connect(app, person)),
    send: comeBack,
    verify: entering,
  },
  'log-in by a provider that is connected by it': {
    prepare: (app) => outside(app, oldAndVerified),
    send: comeBack,
    async verify(app, person, status, browser) {
      await entering(app, person, status, browser)
      expect(await logInStatus(app, person)).toBe(200)
    },
  },
  'log-in by a provider that takes an account over': {
    prepare: (app) => outside(app, old),
    send: comeBack,
    async verify(app, person, status, browser) {
      await entering(app, person, status, browser)
      expect(await logInStatus(app, person)).toBe(401)
      expect(await browser.account()).toMatchObject({ email_verified: true })
    },
  },
  'log-in by a provider that proves no address': {
    async prepare(app) {
      const person = await oldAccount(app)
      const browser = app.visitor()
      return { browser, person: { ...person, back: await goThere(browser, person, '/login/with/weak') } }
    },
    send: comeBack,
    async verify(app, person, status, browser) {
      expect([401, ...failures]).toContain(status)
      expect((await again(browser, person, '/login/with/weak')).status).toBe(401)
      expect(await accountStatus(browser)).toBe(401)
      expect(await connectionsOf(app, person)).toBe(0)
    },
  },
  'registration by a provider': { prepare: newcomer, send: registering, verify: verifyRegistration },
  'registration by a provider with an invitation': {
    async prepare(app) {
      const [browser, person] = [app.visitor(), someone()]
      await makeGroup(app)
      const outcome = await createInvitation(
        app.services,
        { actor: 'command', source: oldSource },
        { email: person.email, groups: ['staff'], uses: 1 },
      )
      expect(outcome.kind).toBe('done')
      await openLink(app, browser, person, 'invitation')
      return newcomer(app, person, '/login/with/fake?return_to=%2Finvitation', browser)
    },
    send: registering,
    verify: verifyRegistration,
  },
  'connection, added': {
    prepare: (app) => owner(app, false, adding),
    send: comeBack,
    async verify(app, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      expect(await connectionsOf(app, person)).toBe(status === 200 ? 1 : 0)
      if (status !== 200) expect((await again(browser, person, adding)).status).toBe(200)
      expect(await connectionsOf(app, person)).toBe(1)
      expect(await groupsOf(app, person)).toEqual(['staff'])
      expect(await accountStatus(browser)).toBe(200)
    },
  },
  'connection, removed': {
    async prepare(app) {
      const { browser, person } = await loggedIn(app)
      await connect(app, person)
      await browser.open('/account/connections')
      return { browser, person }
    },
    send: disconnect,
    async verify(app, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      expect(await connectionsOf(app, person)).toBe(status === 200 ? 0 : 1)
      if (status !== 200) expect((await disconnect(browser)).status).toBe(200)
      expect(await connectionsOf(app, person)).toBe(0)
      expect(await accountStatus(browser)).toBe(200)
    },
  },
  'reauthentication by a provider': {
    prepare: (app) => owner(app, true, proving),
    send: comeBack,
    async verify(app, person, status, browser) {
      expect([200, ...failures]).toContain(status)
      if (status !== 200) expect((await again(browser, person, proving)).status).toBe(200)
      expect(await accountStatus(browser)).toBe(200)
      expect(await connectionsOf(app, person)).toBe(1)
    },
  },
}
