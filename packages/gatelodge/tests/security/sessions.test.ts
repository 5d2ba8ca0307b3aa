// Chapters V2, V6 and V7: nothing is skipped, nothing is given, and anyone who changes what guards an account proves it again.
import { describe, expect, it } from 'vitest'
import { settingNames } from '../../src/config/schema.ts'
import { days } from '../../src/time.ts'
import { onEachDatabase } from '../support/databases.ts'
import { sources } from '../support/documents.ts'
import { makeApp, useApp } from '../support/make-app.ts'
import { someone } from '../support/visitor.ts'

onEachDatabase('A new installation', (database) => {
  it('V6.3.2 V13.2.3 has no account and no session, and a log-in with a usual name and password fails', async () => {
    const app = await makeApp(database)
    for (const rows of ['gatelodge_accounts', 'gatelodge_passwords', 'gatelodge_sessions'] as const)
      expect(await app.services.database.db.selectFrom(rows).selectAll().execute()).toEqual([])
    for (const [name, password] of [
      ['admin', 'admin'],
      ['root', 'root'],
      ['admin@example.org', 'password'],
      ['test', 'test'],
    ]) {
      const { status } = await app.visitor().json('POST', '/api/v1/login', { email: name, password })
      expect(status).toBe(401)
    }
    await app.close()
  })
})

onEachDatabase('The server', (database) => {
  const app = useApp(database)

  it('V2.2.2 V8.3.1 refuses what the browser should not have sent, whatever attributes a page has', async () => {
    const browser = app().visitor()
    const person = someone()
    await browser.open('/register')
    // Fields that a page would not let anyone send, in a form that no page has.
    const bad = [
      { ...person, password: 'short' },
      { ...person, email: 'not-an-address' },
      { ...person, name: 'x'.repeat(101) },
    ]
    for (const fields of bad) {
      const page = await browser.submit(fields)
      expect([page.path, page.summary.length > 0]).toEqual(['/register', true])
      expect((await app().visitor().json('POST', '/api/v1/register', fields)).status).toBe(422)
    }
    expect((await app().visitor().json('POST', '/api/v1/login', person)).status).toBe(401)
  })

  it('V2.3.1 takes no second step before the first', async () => {
    const ada = someone()
    await app().visitor().json('POST', '/api/v1/register', ada)
    const browser = app().visitor()
    const change = { current_password: ada.password, new_password: 'lantern river moss' }
    expect((await browser.json('POST', '/api/v1/password', change)).status).toBe(401)
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(401)
    await browser.open('/login')
    const posted = await browser.submitOnly(change as Record<string, string>, '/account/password')
    expect(posted.headers.get('location')).toMatch(/^\/login\?/)
    expect((await app().visitor().json('POST', '/api/v1/login', ada)).status).toBe(200)
  })
})

onEachDatabase('A session', (database) => {
  const app = useApp(database)

  it('V7.2.2 V7.1.2 has a token of its own; twenty of one account live side by side', async () => {
    const ada = someone()
    await app().visitor().json('POST', '/api/v1/register', ada)
    const browsers = Array.from({ length: 20 }, () => app().visitor())
    for (const browser of browsers) await browser.json('POST', '/api/v1/login', ada)
    expect(new Set(browsers.map(({ sessionCookie }) => sessionCookie)).size).toBe(20)
    for (const browser of browsers) expect((await browser.json('GET', '/api/v1/session')).status).toBe(200)
  })

  it('V7.5.1 is not enough to change the password, however young it is', async () => {
    const thief = app().visitor()
    const ada = someone()
    await thief.json('POST', '/api/v1/register', ada)
    for (const current_password of ['', 'a guess', undefined]) {
      const { status } = await thief.json('POST', '/api/v1/password', {
        current_password,
        new_password: 'a password of mine',
      })
      expect(status).toBe(422)
    }
    expect((await app().visitor().json('POST', '/api/v1/login', ada)).status).toBe(200)
  })

  it('V8.3.2 ends with the very next request after its account was disabled', async () => {
    const browser = app().visitor()
    const { email = '' } = await browser.register()
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(200)
    const { db } = app().services.database
    await db.updateTable('gatelodge_accounts').set({ disabled_at: 1 }).where('email', '=', email).execute()
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(401)
    await db.updateTable('gatelodge_accounts').set({ disabled_at: null }).where('email', '=', email).execute()
  })

  it('V6.2.10 may end, but a password never expires: nobody has to change it', async () => {
    const ada = someone()
    await app().visitor().json('POST', '/api/v1/register', ada)
    app().clock.pass(days(365 * 20))
    expect((await app().visitor().json('POST', '/api/v1/login', ada)).status).toBe(200)
  })
})

describe('What there is not', () => {
  const code = sources.map(({ code }) => code).join('\n')

  it('V6.2.10 V6.4.2 are settings or columns for expiring passwords, hints and secret questions', () => {
    expect(settingNames.join()).not.toMatch(/expir|rotat|hint|question|history/i)
    expect(code).not.toMatch(/password_expires|secret_question|password_hint|security_answer/i)
  })

  it('V6.3.6 is a log-in by email: no setting and no route of one', () => {
    expect(settingNames.join()).not.toMatch(/magic|passwordless|loginLink|loginCode/i)
    expect(code).not.toMatch(/magic|passwordless|login-link|login-code/i)
  })
})
