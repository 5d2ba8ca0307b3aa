// Everything that people do and everything that goes wrong with it, with secrets that occur nowhere else.
import { sql } from 'kysely'
import { failWithLinks, goByEmail } from './everything-by-email.ts'
import type { TestApp } from './make-app.ts'
import { addresses, passwords, typed, wrong } from './typed.ts'
import { someone, type Visitor } from './visitor.ts'

/** As forms and as JSON. */
export async function doEverything(app: TestApp, visitor: () => Visitor): Promise<void> {
  const password = passwords['the password']
  const new_password = passwords['the new password']
  const refused = passwords['a refused password']
  const byForm = { ...someone(), ...typed }
  const byJson = { ...someone(), ...typed }

  const browser = visitor()
  await browser.open('/register')
  await browser.submit({ ...byForm, password: refused })
  await browser.submit(byForm)
  await browser.open('/account/password')
  await browser.submit({ current_password: wrong, new_password })
  await browser.submit({ current_password: password, new_password: refused })
  await browser.submit({ current_password: password, new_password })
  await browser.logOut()
  await browser.logIn({ ...byForm, password: wrong })
  await browser.logIn({ ...byForm, password: new_password }, { remember: 'on' })
  await browser.open('/logout')

  const program = visitor()
  await program.json('POST', '/api/v1/register', { ...byJson, password: refused })
  await program.json('POST', '/api/v1/register', byJson)
  await program.json('POST', '/api/v1/password', { current_password: wrong, new_password })
  await program.json('POST', '/api/v1/password', { current_password: password, new_password })
  await program.json('GET', '/api/v1/session')
  await program.json('POST', '/api/v1/logout', {})

  for (const email of Object.values(addresses)) {
    await visitor().json('POST', '/api/v1/login', { email, password: wrong })
    for (let time = 0; time < 5; time += 1) await visitor().logIn({ email, password: wrong })
    await visitor().json('POST', '/api/v1/login', { email, password: wrong })
    await visitor().json('POST', '/api/v1/register', { ...byJson, email: `${email} `.repeat(2), password: refused })
  }
  await visitor().json('POST', '/api/v1/register', { ...byJson, password: new_password })

  await goByEmail(app, visitor)
  await goWrong(visitor)
  await failInTheDatabase(app, visitor)
}

/** Requests that are not as they should be, with secrets in them. */
async function goWrong(visitor: () => Visitor): Promise<void> {
  const { email = '' } = someone()
  const password = passwords['the password']
  const json = { 'content-type': 'application/json', accept: 'application/json' }
  const browser = visitor()
  await browser.send('POST', '/api/v1/login', `{"password": "${password}", "email`, json)
  await browser.send('POST', '/login', `${password}`, { 'content-type': 'text/plain' })
  await browser.send('POST', '/api/v1/login', JSON.stringify({ password: password.repeat(5_000) }), json)
  await browser.open('/login')
  await browser.send('POST', '/login', new URLSearchParams({ email, password }), { origin: 'https://evil.example' })
  await browser.send('POST', '/login', new URLSearchParams({ email, password }))
  const inUrl = encodeURIComponent(password)
  await browser.send('GET', `/no-such-page/${inUrl}?password=${inUrl}`, undefined, {
    referer: `http://localhost:3000/${inUrl}`,
  })
}

/** The server refuses statements that have all of it in them, at different places of each flow. */
async function failInTheDatabase(app: TestApp, visitor: () => Visitor): Promise<void> {
  const { db } = app.services.database
  const password = passwords['the password']
  const ada = { ...someone(), ...typed }
  const browser = visitor()
  await browser.json('POST', '/api/v1/register', ada)
  for (const table of ['gatelodge_audit', 'gatelodge_passwords', 'gatelodge_sessions']) {
    await sql`alter table ${sql.table(table)} rename to gatelodge_hidden`.execute(db)
    await visitor().json('POST', '/api/v1/register', { ...someone(), ...typed })
    await visitor().json('POST', '/api/v1/login', ada)
    await visitor().logIn({ ...ada, password: wrong })
    await visitor().logIn({ email: addresses['a password in the place of the address'], password })
    const change = { current_password: password, new_password: passwords['the new password'] }
    await browser.json('POST', '/api/v1/password', change)
    await browser.json('POST', '/api/v1/password', { ...change, current_password: wrong })
    await browser.json('POST', '/api/v1/logout', {})
    await sql`alter table gatelodge_hidden rename to ${sql.table(table)}`.execute(db)
  }
  await failWithLinks(app, visitor)
}
