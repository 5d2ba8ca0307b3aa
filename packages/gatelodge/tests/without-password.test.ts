// What a person whose only way in is a passkey meets: every page that would ask for a password asks for the passkey.
import { expect, it } from 'vitest'
import { minutes } from '../src/time.ts'
import type { Authenticator } from './support/authenticator.ts'
import { onSqlite } from './support/databases.ts'
import { linkTo } from './support/emails.ts'
import { useApp } from './support/make-app.ts'
import { logInWithPasskey, optionsFor, sendAnswer, someoneWithPasskeyAlone, tokenOn } from './support/passkeys.ts'
import type { Visitor } from './support/visitor.ts'

/** Proves it on the page where the browser is. */
async function reauthenticate(browser: Visitor, key: Authenticator): Promise<void> {
  expect(browser.page).toMatchObject({ path: '/reauthenticate', heading: 'Use your passkey' })
  expect(browser.page.html).not.toContain('type="password"')
  const token = tokenOn(browser.page) ?? ''
  const [, return_to = ''] = /name="return_to" value="([^"]*)"/.exec(browser.page.html) ?? []
  const answer = key.use(await optionsFor(browser, '/reauthenticate', token))
  await sendAnswer(browser, '/reauthenticate', answer, { form_token: token, return_to })
}

onSqlite('Without a password', (database) => {
  const app = useApp(database, { emailsPerClient: 100_000, requireSecondFactor: ['/safe'] })

  it('V7.5.1 the account is deleted after a fresh proof by passkey, on the page and by program', async () => {
    const { browser, key } = await someoneWithPasskeyAlone(app())
    app().clock.pass(minutes(11))
    expect(await browser.json('POST', '/api/v1/delete', {})).toMatchObject({
      status: 403,
      body: { code: 'reauthentication-required' },
    })
    await browser.open('/account/delete')
    await reauthenticate(browser, key)
    expect(browser.page.path).toBe('/account/delete')
    expect(browser.page.html).not.toContain('name="current_password"')
    await browser.submit({})
    expect(browser.page).toMatchObject({ path: '/account-deleted' })
    expect((await logInWithPasskey(app().visitor(), key)).path).toBe('/login')

    const other = await someoneWithPasskeyAlone(app())
    expect((await other.browser.json('POST', '/api/v1/delete', {})).status).toBe(204)
  })

  it('a person who has a password cannot leave it out', async () => {
    const browser = app().visitor()
    await browser.register()
    const answer = await browser.json('POST', '/api/v1/delete', {})
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: 'current_password', code: 'empty' }] } })
  })

  it('the address is changed and devices are logged out after the same proof', async () => {
    const { browser, person, key } = await someoneWithPasskeyAlone(app())
    const there = app().visitor()
    await logInWithPasskey(there, key)
    app().clock.pass(minutes(11))
    await browser.open('/account/email')
    await reauthenticate(browser, key)
    expect(browser.page.path).toBe('/account/email')
    const email = `moved-${person.email}`
    await browser.submit({ new_email: email })
    await browser.open(await linkTo(app(), email, 'confirm-email'))
    await browser.submit({})
    expect((await browser.open('/account')).html).toContain(email)
    await browser.open('/account/devices')
    await browser.submit({ others: 'yes' })
    expect((await there.json('GET', '/api/v1/session')).status).toBe(401)
    expect((await logInWithPasskey(there, key)).path).toBe('/account')
  })

  it('V6.4.3 a reset by email sets the first password, and removes no passkey', async () => {
    const { browser, person, key, id } = await someoneWithPasskeyAlone(app())
    const stranger = app().visitor()
    await stranger.open('/forgot-password')
    await stranger.submit({ email: person.email ?? '' })
    await stranger.open(await linkTo(app(), person.email ?? '', 'reset-password'))
    await stranger.submit({ new_password: 'amber ferry clock' })
    expect(stranger.page.notice).toBe('Your password was reset. Log in with the new one.')
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(401)
    const { passkeys, database } = app().services
    expect(await passkeys.ofAccount(database.db, id)).toHaveLength(1)
    expect((await logInWithPasskey(browser, key)).path).toBe('/account')
    expect((await stranger.logIn({ ...person, password: 'amber ferry clock' })).path).toBe('/account')
  })

  it('what needs a second factor asks for the passkey that is one, and for an app where there is none', async () => {
    const wanted = { 'x-forwarded-uri': '/safe', 'x-forwarded-method': 'GET', accept: 'text/html' }
    const leads = async (browser: Visitor) =>
      (await browser.send('GET', '/auth-request', undefined, wanted)).headers.get('location') ?? ''
    const { browser, key } = await someoneWithPasskeyAlone(app())
    // As behind a link of an email, or at a test: nothing but the session.
    const { db } = app().services.database
    await db
      .updateTable('gatelodge_sessions')
      .set({ methods: JSON.stringify({ email: 1 }) })
      .execute()
    const to = await leads(browser)
    expect(to).toMatch(/\/reauthenticate\?.*by=passkey$/)
    await browser.open(to)
    await reauthenticate(browser, key)
    expect((await browser.send('GET', '/auth-request', undefined, wanted)).status).toBe(200)
    const weak = await someoneWithPasskeyAlone(app(), { isVerified: false })
    expect(await leads(weak.browser)).toContain('/account/two-factor')
  })

  it('reauthentication by a password is no way for them', async () => {
    const { browser } = await someoneWithPasskeyAlone(app())
    const answer = await browser.json('POST', '/api/v1/password/confirm', { current_password: 'violet tram lamp' })
    expect(answer).toMatchObject({ status: 403, body: { code: 'second-factor-required' } })
  })
})
