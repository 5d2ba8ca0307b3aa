// Someone registers with an address that is not theirs, and waits for its owner to make that account good.
import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { emailsTo, linkTo } from '../../../tests/support/emails.ts'
import { makeApp, type TestApp, useApp } from '../../../tests/support/make-app.ts'
import { type Fields, someone, type Visitor } from '../../../tests/support/visitor.ts'
import { purge } from '../../background-jobs.ts'
import { customFields } from '../../config/custom-fields.ts'
import { days, minutes } from '../../time.ts'

const known = 'quiet amber windmill'
const chosen = 'amber ferry clock'

/** The stranger's browser, and the address that is not theirs. */
async function squatted(app: TestApp): Promise<{ stranger: Visitor; victim: Fields; email: string }> {
  const stranger = app.visitor('198.51.100.7')
  const victim = await stranger.register({ name: 'Mallory', password: known })
  return { stranger, victim, email: victim.email ?? '' }
}

const statusOf = async (browser: Visitor) => (await browser.json('GET', '/api/v1/session')).status

/** As anyone who reads the emails there does, in a browser of their own. */
async function recover(app: TestApp, email: string): Promise<Visitor> {
  const owner = app.visitor()
  await owner.open('/forgot-password')
  await owner.submit({ email })
  await owner.open(await linkTo(app, email, 'reset-password'))
  await owner.submit({ new_password: chosen })
  expect(owner.page).toMatchObject({ path: '/login', notice: 'Your password was reset. Log in with the new one.' })
  await owner.submit({ email, password: chosen })
  expect(owner.page.path).toBe('/account')
  return owner
}

onEachDatabase('A stranger who registered with an address that is not theirs', (database) => {
  const app = useApp(database, { emailsPerClient: 100_000 })

  it('gets nothing from the owner’s email: its button asks for a password that the owner does not know', async () => {
    const { stranger, email } = await squatted(app())
    const owner = app().visitor()
    await owner.open(await linkTo(app(), email, 'verify-email'))
    expect(owner.page.html).toContain('<a class="aside-link" href="/forgot-password">I do not know this password</a>')
    for (const password of ['', 'violet tram lamp', 'any other password']) {
      await owner.submit({ password })
      expect(owner.page.path).toBe('/verify-email/confirm')
    }
    expect((await stranger.open('/account')).html).toContain('>Not verified<')
  })

  it('V7.4.3 loses every session, link and pending change when the owner recovers the account', async () => {
    const { stranger, victim, email } = await squatted(app())
    const phone = app().visitor('198.51.100.8')
    await phone.logIn(victim)
    const copy = app().visitor()
    copy.cookies = new Map(stranger.cookies)
    const own = `mallory-${email}`
    expect((await stranger.form('/account/email', { new_email: own })).status).toBe(200)
    const change = await linkTo(app(), own, 'confirm-email')
    const verification = await linkTo(app(), email, 'verify-email')
    await app().visitor('198.51.100.9').json('POST', '/api/v1/forgot-password', { email })
    const reset = await linkTo(app(), email, 'reset-password')
    app().clock.pass(minutes(1))

    const owner = await recover(app(), email)
    await stranger.open('/account')
    expect(stranger.page).toMatchObject({
      path: '/login',
      notice: expect.stringContaining('You were logged out here because your password was'),
    })
    for (const browser of [stranger, phone, copy]) expect(await statusOf(browser)).toBe(401)
    for (const link of [change, verification, reset]) {
      // To the owner the first link says that there is nothing left to confirm.
      const others = link === verification ? [] : [owner]
      for (const browser of [stranger, app().visitor(), ...others]) {
        await browser.open(link)
        expect(browser.page.heading, link).toBe('This link no longer works')
      }
    }
    for (const typed of [email, own]) {
      const answer = await stranger.json('POST', '/api/v1/login', { email: typed, password: known })
      expect(answer.status, typed).toBe(401)
    }

    await owner.open('/account')
    expect(owner.page.html).toContain('>Verified<')
    expect(owner.page.html).not.toContain('Waiting for verification')
    expect((await emailsTo(app(), own)).map(({ kind }) => kind)).toEqual(['confirm-email'])
  })

  it('loses the name they gave: the owner’s emails and pages do not use it', async () => {
    const { email } = await squatted(app())
    const owner = await recover(app(), email)
    expect(await owner.account()).toMatchObject({ name: email.split('@')[0] })
    for (const message of await emailsTo(app(), email)) expect(JSON.stringify(message)).not.toContain('Mallory')
  })

  it('loses the values of the custom fields, too, and no consent stays that the owner never gave', async () => {
    const fields = customFields.parse([
      { name: 'company', label: 'Company', type: 'text' },
      { name: 'terms', label: 'Terms', type: 'checkbox', required: true },
    ])
    const asking = await makeApp(database, { fields, emailsPerClient: 100_000 })
    const victim = someone({ name: 'Mallory', password: known })
    const { status } = await asking
      .visitor()
      .json('POST', '/api/v1/register', { ...victim, company: 'Call 0800', terms: true })
    expect(status).toBe(201)
    const owner = await recover(asking, victim.email ?? '')
    expect((await owner.json('GET', '/api/v1/export')).body).toMatchObject({ account: { fields: {} } })
    await asking.close()
  })

  it('keeps the address from nobody by closing the account: anyone who comes for it gets it, and the way back is gone', async () => {
    const { stranger, email } = await squatted(app())
    await stranger.json('POST', '/api/v1/delete', { current_password: known })
    const wayBack = await linkTo(app(), email, 'account-deletion-scheduled')
    const owner = app().visitor()
    await owner.register({ email, name: 'Ada' })
    await stranger.open(wayBack)
    expect(stranger.page.heading).toBe('This link no longer works')
    expect((await stranger.json('POST', '/api/v1/login', { email, password: known })).status).toBe(401)
    await purge(app().services)
    expect(await owner.account()).toMatchObject({ name: 'Ada', email })
  })

  it('comes back with the account where nobody came for the address meanwhile', async () => {
    const { stranger, email } = await squatted(app())
    await stranger.json('POST', '/api/v1/delete', { current_password: known })
    await stranger.open(await linkTo(app(), email, 'account-deletion-scheduled'))
    await stranger.submit({})
    expect(stranger.page.notice).toBe('Your account was restored. Log in to continue.')
    expect((await app().visitor().json('POST', '/api/v1/register', someone({ email }))).status).toBe(422)
  })

  it('V15.4.2 of 16 who come for such an address at once one gets it', async () => {
    const { stranger, email } = await squatted(app())
    await stranger.json('POST', '/api/v1/delete', { current_password: known })
    const all = await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        app()
          .visitor()
          .json('POST', '/api/v1/register', someone({ email, password: `amber ferry ${index}` })),
      ),
    )
    expect(all.map(({ status }) => status).sort()).toEqual([201, ...Array(15).fill(422)])
  })

  it('V2.4.1 floods nobody’s mailbox: twenty notices a day go to an address that nobody has confirmed, whatever account has it', async () => {
    const email = `nobody-asked-${Math.random().toString(36).slice(2)}@example.org`
    for (let round = 0; round < 5; round += 1) {
      const stranger = app().visitor()
      await stranger.register({ email, password: known })
      for (let time = 0; time < 8; time += 1) {
        await stranger.json('POST', '/api/v1/profile', { name: `Mallory ${time}` })
        await app().visitor().json('POST', '/api/v1/login', { email, password: known })
      }
      await stranger.json('POST', '/api/v1/delete', { current_password: known })
    }
    const emails = await emailsTo(app(), email)
    expect(emails.filter(({ kind }) => kind !== 'verify-email')).toHaveLength(20)
    app().clock.pass(days(1))
    const stranger = app().visitor()
    await stranger.register({ email, password: known })
    await stranger.json('POST', '/api/v1/profile', { name: 'Mallory once more' })
    expect((await emailsTo(app(), email)).at(-1)?.kind).toBe('name-changed')
  })

  it('who asks for the change again afterwards has no session to ask with', async () => {
    const { stranger, email } = await squatted(app())
    await stranger.open('/account/email')
    const { page } = stranger
    expect(page.heading).toBe('Change your email address')
    await recover(app(), email)
    const answer = await stranger.submitOnly({ new_email: `mallory-${email}` })
    expect(answer.headers.get('location')).not.toContain('/account/email?')
    expect(await emailsTo(app(), `mallory-${email}`)).toEqual([])
  })

  it('cannot get in afterwards when the owner confirms the address with the password, which they know', async () => {
    // For example: a friend set the account up and gave the owner the password.
    const { stranger, victim, email } = await squatted(app())
    const own = `mallory-${email}`
    await stranger.form('/account/email', { new_email: own })
    const change = await linkTo(app(), own, 'confirm-email')
    const owner = app().visitor()
    await owner.open(await linkTo(app(), email, 'verify-email'))
    await owner.submit({ password: victim.password ?? '' })
    expect(owner.page).toMatchObject({ path: '/account', notice: `${email} is verified.` })
    expect(owner.page.html).not.toContain('Waiting for verification')

    await stranger.open('/account')
    expect(stranger.page).toMatchObject({
      path: '/login',
      notice: 'You were logged out here because your email address was verified.',
    })
    for (const browser of [stranger, owner]) {
      await browser.open(change)
      expect(browser.page.heading).toBe('This link no longer works')
    }
    expect(await statusOf(owner)).toBe(200)
  })

  it('can register where nobody has, and never where someone has: the owner’s email says nothing about the stranger', async () => {
    const { email } = await squatted(app())
    const owner = app().visitor()
    await owner.open('/register')
    await owner.submit(someone({ email }))
    expect(owner.page.summary).toEqual(['An account with this email address already exists'])
    const emails = await emailsTo(app(), email)
    expect(emails).toHaveLength(1)
    for (const { text, subject } of emails) expect(text + subject).not.toContain('Mallory')
  })
})
