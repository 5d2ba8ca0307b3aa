// Everything that people do with emails and the links in them, and everything that goes wrong with it.
import { sql } from 'kysely'
import { linkTo } from './emails.ts'
import type { TestApp } from './make-app.ts'
import { addresses, ofPeople, passwords, typed, wrong } from './typed.ts'
import { someone, type Visitor } from './visitor.ts'

const someoneTyped = () => ({ email: someone().email ?? '', ...typed })

/** Where an email decides whether there will be an account. */
export async function registerByEmail(app: TestApp, visitor: () => Visitor): Promise<void> {
  const person = someoneTyped()
  const browser = visitor()
  for (let time = 0; time < 2; time += 1) {
    await browser.open('/register')
    await browser.submit(person)
  }
  const link = await linkTo(app, person.email, 'start-account')
  const elsewhere = visitor()
  await elsewhere.open(link)
  await elsewhere.submit({ password: wrong })
  await elsewhere.submit({ password: person.password })
  await browser.open(link)
  await visitor().json('POST', '/api/v1/register', person)
}

/** All that the links in emails are for, some of them with mistakes. */
export async function goByEmail(app: TestApp, visitor: () => Visitor): Promise<void> {
  const password = passwords['the password']
  const person = someoneTyped()
  const browser = visitor()
  await browser.open('/register')
  await browser.submit(person)
  await verify(app, browser, visitor(), person.email)
  await browser.open('/account/profile')
  await browser.submit({ name: ofPeople['a new name'] })
  const email = `new-${person.email}`
  await changeEmail(app, browser, person.email, email)
  await visitor().logIn({ email, password })
  await browser.json('POST', '/api/v1/password/confirm', { current_password: wrong })
  await browser.json('POST', '/api/v1/password/confirm', { current_password: password })
  await browser.open('/account/devices')
  await browser.json('POST', '/api/v1/devices/end-others', {})
  await browser.open('/account/export')
  await reset(app, visitor(), email)
  await leaveAndComeBack(app, visitor, { email, password: passwords['the new password'] })
  await app.services.delivery.deliver()
}

async function verify(app: TestApp, browser: Visitor, elsewhere: Visitor, email: string): Promise<void> {
  await browser.json('POST', '/api/v1/verification', {})
  const link = await linkTo(app, email, 'verify-email')
  await elsewhere.open(link)
  await elsewhere.submit({ password: wrong })
  for (let time = 0; time < 2; time += 1) {
    await browser.open(link)
    await browser.submit({}, '/verify-email/confirm')
  }
}

async function changeEmail(app: TestApp, browser: Visitor, email: string, new_email: string): Promise<void> {
  await browser.open('/account/email')
  await browser.form('/account/email', { new_email: 'no address' })
  await browser.form('/account/email', { new_email: `cancelled-${email}` })
  await browser.form('/account/email', { action: 'cancel' })
  await browser.form('/account/email', { new_email })
  await browser.form('/account/email', { action: 'again' })
  await browser.open(await linkTo(app, new_email, 'confirm-email'))
  await browser.submit({}, '/confirm-email')
}

async function reset(app: TestApp, browser: Visitor, email: string): Promise<void> {
  for (const asked of [email, ...Object.values(addresses)]) {
    await browser.open('/forgot-password')
    await browser.submit({ email: asked })
  }
  const link = await linkTo(app, email, 'reset-password')
  await browser.open(link)
  await browser.submit({ new_password: passwords['a refused password'] })
  await browser.submit({ new_password: passwords['the new password'] })
  await browser.open(link)
  const token = link.split('/').at(-1)
  await browser.json('POST', '/api/v1/reset-password', { token, new_password: passwords['the new password'] })
}

async function leaveAndComeBack(app: TestApp, visitor: () => Visitor, person: Record<string, string>): Promise<void> {
  const browser = visitor()
  await browser.logIn(person)
  await browser.open('/account/delete')
  await browser.submit({ current_password: wrong })
  await browser.submit({ current_password: person.password ?? '' })
  await browser.open(await linkTo(app, person.email ?? '', 'account-deletion-scheduled'))
  await browser.submit({})
  await browser.logIn(person)
  await browser.form('/account/email', { new_email: `pending-${person.email}` })
}

/** The server refuses statements of whatever a link is for. */
export async function failWithLinks(app: TestApp, visitor: () => Visitor): Promise<void> {
  const { db } = app.services.database
  const grace = someoneTyped()
  const browser = visitor()
  await browser.json('POST', '/api/v1/register', grace)
  await visitor().json('POST', '/api/v1/forgot-password', grace)
  await browser.form('/account/email', { new_email: `new-${grace.email}` })
  const links = [
    await linkTo(app, grace.email, 'verify-email'),
    await linkTo(app, grace.email, 'reset-password'),
    await linkTo(app, `new-${grace.email}`, 'confirm-email'),
  ]
  for (const table of ['gatelodge_audit', 'gatelodge_tokens', 'gatelodge_emails']) {
    await sql`alter table ${sql.table(table)} rename to gatelodge_hidden`.execute(db)
    for (const link of links) {
      await browser.send('GET', link)
      const path = link.startsWith('/verify-email') ? '/verify-email/confirm' : link.replace(/\/[^/]+$/, '')
      await browser.form(path, { new_password: passwords['the new password'], password: grace.password })
    }
    await visitor().json('POST', '/api/v1/forgot-password', { email: grace.email })
    await browser.json('POST', '/api/v1/profile', { name: ofPeople['a new name'] })
    await browser.json('POST', '/api/v1/delete', { current_password: grace.password })
    await sql`alter table gatelodge_hidden rename to ${sql.table(table)}`.execute(db)
  }
}
