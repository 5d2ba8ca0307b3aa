// Not only statements go wrong: each call of a service, in each flow, throws once before it does anything, or once after
// it did what it should. Afterwards each answer to a person is true, and no change is half made.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Unavailable } from '../../../src/database/unavailable.ts'
import { Busy } from '../../../src/identity/passwords/queue.ts'
import type { Services } from '../../../src/services.ts'
import type { TestDatabase } from '../../support/databases.ts'
import type { Moment } from '../../support/faulty-database.ts'
import { type CallFaults, faultyServices } from '../../support/faulty-services.ts'
import { sites } from '../../support/flows.ts'
import { makeApp, type TestApp } from '../../support/make-app.ts'
import { nothingIsHalf } from '../../support/nothing-is-half.ts'
import { each, isWhole, itWhole, onWalkedDatabases, walk } from '../../support/walk.ts'

type Kind = [name: string, moment: Moment, error: () => Error, service?: keyof Services]

const before: Kind = ['throws something unknown', 'before', () => new Error('a surprise')]
const after: Kind = ['throws after its work', 'after', () => new Error('a late surprise')]
/** What is no matter of the database is tried on one of them. */
const kinds: Record<TestDatabase['name'], Kind[]> = {
  SQLite: [
    before,
    // Nothing else ever is.
    ['to the hashes is too busy', 'before', () => new Busy('the queue is full'), 'hashing'],
    ['cannot reach what it needs', 'before', () => new Unavailable('away')],
    after,
  ],
  MySQL: [after],
}

/** What was never armed was never tried: a flow that stops asking for one of these is no flow any more. */
const expectedCalls: Record<string, string[]> = {
  ', with a second factor': [
    ...['loginsUnderWay.prepare', 'loginsUnderWay.begin', 'loginsUnderWay.find', 'loginsUnderWay.use'],
    ...['loginsUnderWay.countTry', 'secondFactors.look', 'secondFactors.makeCodes', 'secondFactors.add'],
    ...['secondFactors.removeApp', 'secondFactors.replaceCodes', 'secondFactors.ofAccount'],
    ...['secondFactors.trusted.isTrusted', 'secondFactors.trusted.prepare', 'secondFactors.trusted.add'],
    ...['secondFactors.trusted.removeOne'],
  ],
  ', with a passkey': [
    'passkeys.judgeNew',
    'passkeys.judgeUse',
    'passkeys.ofAccount',
    'secondFactors.trusted.removeAll',
  ],
  ', by a provider': [
    ...['connections.find', 'connections.finish', 'connections.rows.find', 'connections.rows.insert'],
    ...['connections.rows.noteUse', 'connections.rows.remove', 'connections.rows.removeAll'],
  ],
  '': [
    ...['accounts.hold', 'accounts.setPendingEmail', 'accounts.close', 'accounts.reopen', 'passwords.replace'],
    ...[
      'sessions.resume',
      'sessions.start',
      'sessions.endOne',
      'sessions.endOthers',
      'sessions.isRecentlyAuthenticated',
    ],
    ...['tokens.find', 'tokens.issue', 'tokens.use', 'tokens.void', 'emails.prepare', 'emails.write', 'emails.notify'],
    ...['emails.writeUnsent', 'attempts.rateLimited', 'attempts.countIfRoom', 'attempts.fail', 'audit.write'],
  ],
}

/** The proof was right, and then it was not any more: refused like a wrong one, or logged out. */
const statusesWithoutSession: Record<string, number> = {
  registration: 500,
  login: 401,
  'password change': 401,
  'password, once more': 401,
  'start of an account': 500,
  'start of an account in another browser': 500,
  'start of an account with a passkey': 500,
  'start of an account by an open invitation': 500,
  'verification in another browser': 422,
  'code of the app': 401,
  'recovery code': 401,
  'log-in on a trusted device': 401,
  'app, set up': 401,
  'app, set up at a log-in': 401,
  'reauthentication by a code': 401,
  'first password': 401,
  'new password, demanded at a log-in': 401,
  'passkey, added': 401,
  'passkey asked for after the password': 401,
  'registration with an invitation': 500,
  'log-in with a passkey': 401,
  'passkey behind a password': 401,
  'reauthentication by a passkey': 401,
  'log-in by a provider': 401,
  'log-in by a provider that is connected by it': 401,
  'log-in by a provider that takes an account over': 401,
  'registration by a provider': 401,
  'registration by a provider with an invitation': 401,
  'reauthentication by a provider': 401,
}

for (const { where, settings, flows } of sites) {
  onWalkedDatabases(`With one call that fails${where},`, (database) => {
    let app: TestApp
    let faults: CallFaults
    const calls = new Set<string>()
    const wrap = (services: Services) => {
      const made = faultyServices(services)
      faults = made.faults
      return made.services
    }
    beforeAll(async () => {
      app = await makeApp(database, settings, {}, { wrap })
    })
    afterAll(() => app.close())

    for (const [flowName, flow] of Object.entries(flows)) {
      if (flow.hasTwin && database.name === 'MySQL') continue
      it.each(isWhole ? kinds[database.name] : [after])(
        `V2.3.3 V15.4.3 V16.5.3 ${flowName}: ${each} call once %s, and all is done or nothing`,
        async (_, moment, error, service) => {
          const stop = async (at: number) => {
            const { browser, person } = await flow.prepare(app)
            faults.arm(at, moment, error(), service)
            const { status } = await flow.send(browser, person)
            const call = faults.disarm()
            await flow.verify(app, person, status, browser)
            if (call) calls.add(call)
            return call !== undefined
          }
          await walk(stop, () => faults.count())
          await nothingIsHalf(app)
        },
      )
    }

    itWhole('has failed in all that flows ask for', () => {
      expect([...calls]).toEqual(expect.arrayContaining(expectedCalls[where] ?? ['accounts.hold']))
    })

    it.each(Object.entries(flows))(
      'V2.3.3 %s: when the session does not start, there is no account, no new password and no half log-in',
      async (name, flow) => {
        const { browser, person } = await flow.prepare(app)
        faults.refuseToStart()
        const { status } = await flow.send(browser, person)
        const wasAsked = faults.wasRefused()
        faults.disarm()
        // One that starts a session and has no row above fails here.
        expect(wasAsked).toBe(name in statusesWithoutSession)
        if (wasAsked) expect(status).toBe(statusesWithoutSession[name])
        await nothingIsHalf(app)
      },
    )
  })
}
