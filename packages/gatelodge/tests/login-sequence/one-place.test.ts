// Nothing but the log-in sequence stores a session: the source says so, and so does every statement of a whole run.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromDriver } from '../../src/database/connect.ts'
import { createTestLogin } from '../../src/embed/test-login.ts'
import { onEachDatabase, openDriver } from '../support/databases.ts'
import { filesWith } from '../support/documents.ts'
import { doEverything } from '../support/everything.ts'
import { makeApp, type TestApp } from '../support/make-app.ts'
import { spied } from '../support/spied-database.ts'
import { someone } from '../support/visitor.ts'

describe('In the source', () => {
  it('V6.3.4 one statement stores a session, and two functions of the log-in sequence ask for it', () => {
    expect(filesWith(/insert into gatelodge_sessions|insertInto\('gatelodge_sessions'\)/)).toEqual([
      'src/identity/sessions/start-storage.ts',
    ])
    expect(filesWith(/\binsertIfProved\(/)).toEqual([
      'src/identity/sessions/rules.ts',
      'src/identity/sessions/start-storage.ts',
    ])
    expect(filesWith(/\bsessions\.start\(/)).toEqual([
      'src/web/session/renew-session.ts',
      'src/web/session/start-session.ts',
    ])
    // Anyone who imports these may start one: a log-in by the one, a session that goes on by the other.
    expect(filesWith(/from '[^']*\/start-session\.ts'/)).toEqual(['src/web/session/complete-login.ts'])
    expect(filesWith(/import \{[^}]*\brenewSession\b[^}]*\} from/)).toEqual([
      'src/api/renewal.ts',
      'src/capabilities/connections/owner.routes.tsx',
      'src/capabilities/passkeys/after-password.api.ts',
      'src/capabilities/passkeys/after-password.routes.tsx',
      'src/capabilities/passkeys/api.ts',
      'src/capabilities/passkeys/routes.tsx',
      'src/capabilities/password-change/routes.tsx',
      'src/capabilities/reauthentication/api.ts',
      'src/capabilities/reauthentication/routes.tsx',
      'src/capabilities/two-factor/enrol.api.ts',
      'src/capabilities/two-factor/routes.tsx',
    ])
  })

  it('V6.3.4 what belongs to a log-in is done there and nowhere else', () => {
    expect(filesWith(/kind: 'new-device'/)).toEqual(['src/web/session/start-session.ts'])
    expect(filesWith(/\.renewHash\(/)).toEqual(['src/web/session/complete-login.ts'])
    expect(filesWith(/hooks\.loggedIn\(/)).toEqual(['src/web/session/complete-login.ts'])
    // An account that an operator creates is registered, and nobody is logged in by it.
    expect(filesWith(/hooks\.registered\(/)).toEqual([
      'src/capabilities/admin/create.rules.ts',
      'src/web/session/complete-login.ts',
    ])
    const events = filesWith(/'(login\.succeeded|login\.unfinished|registration\.succeeded)'/)
    // Declared, counted, put into words, and named by the ways in: nobody else writes them.
    expect(events.filter((name) => !name.endsWith('/way-in.ts'))).toEqual([
      'src/identity/audit/events.ts',
      'src/identity/audit/series.ts',
      'src/metrics/count-events.ts',
      'src/text/messages.ts',
    ])
  })

  it('nothing joins the passwords table but the look-up that verifies one', () => {
    expect(filesWith(/[jJ]oin\(?\s*'?gatelodge_passwords/)).toEqual(['src/identity/passwords/storage.ts'])
    expect(filesWith(/findBy(Address|Account)\(database\.db, (email|typed\.account)\)/)).toEqual([
      'src/identity/logins/by-password.ts',
      'src/identity/passwords/proof.ts',
    ])
  })
})

onEachDatabase('In a whole run', (database) => {
  let app: TestApp
  const inserts: { text: string; stack: string }[] = []
  const limit = Error.stackTraceLimit
  beforeAll(async () => {
    const driver = spied(openDriver(database), (send, text) => {
      // As MySQL and SQLite get it: a session that a statement makes, however it is written.
      if (/\b(insert|replace)\b[^(]*\bgatelodge_sessions\b/i.test(text)) {
        Error.stackTraceLimit = 100
        inserts.push({ text: text.replace(/\s+/g, ' '), stack: String(new Error('here').stack) })
        Error.stackTraceLimit = limit
      }
      return send()
    })
    app = await makeApp(database, { emailsPerClient: 1_000 }, { database: fromDriver(driver) })
  })
  afterAll(() => app.close())

  it('V6.3.4 every session comes from the one statement, sent by the log-in sequence', async () => {
    await doEverything(app, () => app.visitor())
    await createTestLogin(app.services)({ email: someone().email ?? '' })
    expect(inserts.length).toBeGreaterThan(10)
    expect(new Set(inserts.map(({ text }) => text)).size).toBe(1)
    expect(inserts[0]?.text).toMatch(/ from gatelodge_accounts account where account\.id = \?/)
    const strange = inserts.filter(({ stack }) => !/web\/session\/(start|renew)-session\.ts/.test(stack))
    expect(strange.map(({ stack }) => stack)).toEqual([])
  })
})
