// "This was not me": the way back to an old address, whatever anyone who changed it has done meanwhile.
import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { setDisabled } from '../../../tests/support/disable.ts'
import { emailsTo, emailTo, linkTo } from '../../../tests/support/emails.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import { codesOn, enrol, shown, someoneWithApp } from '../../../tests/support/second-factor.ts'
import { type Fields, someone, type Visitor } from '../../../tests/support/visitor.ts'
import { parseAddress } from '../../identity/accounts/address.ts'
import { newId } from '../../identity/ids.ts'
import { days, hours, minutes, seconds } from '../../time.ts'
import { addAdministrator } from '../admin/administrators.rules.ts'

const manyEmails = { emailsPerClient: 100_000 }
const newPassword = 'amber ferry clock'

onEachDatabase('The way back to an old address', (database) => {
  const app = useApp(database, manyEmails)

  async function changeAddress(browser: Visitor, to: string): Promise<void> {
    expect((await browser.form('/account/email', { new_email: to })).status).toBe(200)
    await browser.send('GET', await linkTo(app(), to, 'confirm-email'))
    expect((await browser.form('/confirm-email')).status).toBe(200)
  }

  interface Theft {
    ada: Fields
    /** Logged in, and has given the account an address of their own. */
    thief: Visitor
    thiefs: string
    link: string
  }

  async function theft(): Promise<Theft> {
    const owner = app().visitor()
    const ada = await owner.register()
    await owner.send('GET', await linkTo(app(), ada.email ?? '', 'verify-email'))
    expect((await owner.form('/verify-email/confirm')).status).toBe(200)
    const thief = app().visitor()
    await thief.logIn(ada)
    const thiefs = `thief-${ada.email}`
    await changeAddress(thief, thiefs)
    return { ada, thief, thiefs, link: await linkTo(app(), ada.email ?? '', 'email-changed') }
  }

  async function undo(link: string, { email }: Fields, browser = app().visitor()): Promise<number> {
    await browser.send('GET', link)
    return (await browser.form('/undo-email-change', { email })).status
  }

  const factorOf = async ({ email = '' }: Fields) => {
    const { accounts, audit, database } = app().services
    const account = await accounts.findByAddress(database.db, { given: email, normalised: email })
    const events = (await audit.someOf(account?.id as Buffer)).map(({ event }) => event)
    return { isOn: account?.hasSecondFactor, isRemoved: events.includes('two-factor.removed'), events }
  }

  async function resetAndLogIn({ email = '' }: Fields): Promise<string> {
    app().clock.pass(minutes(1))
    await app().visitor().json('POST', '/api/v1/forgot-password', { email })
    const browser = app().visitor()
    await browser.open(await linkTo(app(), email, 'reset-password'))
    await browser.submit({ new_password: newPassword })
    return (await browser.logIn({ email, password: newPassword })).path
  }

  it('V6.4.3 removes a second factor that was set up since, and the owner can log in', async () => {
    const { ada, thief, link } = await theft()
    await enrol(app(), thief)
    expect(await undo(link, ada)).toBe(200)
    expect(await factorOf(ada)).toMatchObject({ isOn: false, isRemoved: true })
    expect(await resetAndLogIn(ada)).toBe('/account')
  })

  it('V6.4.3 keeps a second factor from before the change', async () => {
    const { browser, person } = await someoneWithApp(app())
    await changeAddress(browser, `next-${person.email}`)
    expect(await undo(await linkTo(app(), person.email ?? '', 'email-changed'), person)).toBe(200)
    expect(await factorOf(person)).toMatchObject({ isOn: true, isRemoved: false })
  })

  it('V6.4.3 V7.4.3 disconnects the providers that were connected since, and no others', async () => {
    const { ada, thiefs, link } = await theft()
    const { accounts, connections, database: stored, clock, audit } = app().services
    const account = await accounts.findByAddress(stored.db, { given: thiefs, normalised: thiefs })
    const accountId = account?.id as Buffer
    const known = { accountId, issuer: 'https://id.example', email: null, lastUsedAt: null }
    for (const [provider, createdAt] of [
      ['theirs', clock.now()],
      ['own', clock.now() - days(1)],
    ] as const)
      await connections.rows.insert(stored.db, {
        ...{ ...known, id: newId(), provider, createdAt, subject: `${provider} ${ada.email}` },
      })
    expect(await undo(link, ada)).toBe(200)
    expect((await connections.rows.ofAccount(stored.db, accountId)).map(({ provider }) => provider)).toEqual(['own'])
    expect(await audit.latest({ account: accountId, events: ['connection.removed'], most: 9 })).toMatchObject([
      { reason: 'undone' },
    ])
  })

  it('V6.4.3 V8.4.2 takes no factor from an administrator: an old mailbox alone is not enough to run the site', async () => {
    const { ada, thief, thiefs, link } = await theft()
    await enrol(app(), thief)
    const { db } = app().services.database
    // As it stands where the address was changed by an administrator.
    await db
      .updateTable('gatelodge_accounts')
      .set({ member_of: 'administrators' })
      .where('email', '=', thiefs)
      .execute()
    expect(await undo(link, ada)).toBe(200)
    expect(await factorOf(ada)).toMatchObject({ isOn: true, isRemoved: false })
    expect(await resetAndLogIn(ada)).toBe('/two-factor')
  })

  it('V8.4.2 ends where the account becomes an administrator', async () => {
    const { ada, thiefs, link } = await theft()
    const { accounts, database: stored } = app().services
    const account = await accounts.findByAddress(stored.db, { given: thiefs, normalised: thiefs })
    const order = { actor: 'command', reason: 'a test', source: { clientAddress: '', device: {}, requestId: '' } }
    const outcome = await addAdministrator.run(app().services, order, account?.id as Buffer, {})
    expect(outcome.kind).toBe('done')
    const browser = app().visitor()
    expect((await browser.open(link)).html).toContain('This link no longer works')
    expect(await undo(link, ada)).not.toBe(200)
  })

  it('V6.4.3 V6.5.4 voids recovery codes that were made since, and keeps those from before', async () => {
    for (const isRenewed of [true, false]) {
      const owner = await someoneWithApp(app())
      const thief = app().visitor()
      await thief.logIn(owner.person)
      await thief.submit({ code: shown(app(), owner.key) })
      await changeAddress(thief, `next-${owner.person.email}`)
      let [code = ''] = owner.codes
      if (isRenewed) {
        await thief.open('/account/recovery-codes')
        await thief.submit({})
        code = codesOn(thief.page)[0] ?? ''
        expect(code).not.toBe('')
      }
      expect(await undo(await linkTo(app(), owner.person.email ?? '', 'email-changed'), owner.person)).toBe(200)
      expect(await resetAndLogIn(owner.person)).toBe('/two-factor')
      const browser = app().visitor()
      await browser.logIn({ ...owner.person, password: newPassword })
      expect(browser.page.html.includes('Use a recovery code')).toBe(!isRenewed)
      await browser.open('/two-factor?by=recovery-code')
      await browser.submit({ recovery_code: code })
      expect(browser.page.path).toBe(isRenewed ? '/two-factor' : '/account')
      const { events } = await factorOf(owner.person)
      expect(events.includes('recovery-codes.removed')).toBe(isRenewed)
      app().clock.pass(minutes(1))
      if (!isRenewed) continue
      // The app is the owner's own still.
      await browser.open('/two-factor')
      await browser.submit({ code: shown(app(), owner.key) })
      expect(browser.page.path).toBe('/account')
      await browser.open('/account/recovery-codes')
      expect(browser.page.html).toContain('You have 0 of 10 recovery codes left.')
      expect(browser.page.html).toContain('only a few recovery codes left')
    }
  })

  it('V6.3.7 V14.2.1 V3.5.3 stands in the email, and leads to a page at a path without a token', async () => {
    const { ada, link } = await theft()
    const { text } = await emailTo(app(), ada.email ?? '', 'email-changed')
    expect(text).toContain(`This was not me:\nhttp://localhost:3000${link}`)
    expect(text).toContain('The link works once and expires in 7 days.')
    const browser = app().visitor()
    for (const method of ['GET', 'HEAD', 'GET']) {
      const answer = await browser.send(method, link)
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/undo-email-change'])
    }
    await browser.open(link)
    expect(browser.page).toMatchObject({ status: 200, heading: 'Restore your old email address?' })
    await browser.submit({ email: ` ${ada.email}` })
    expect(browser.page).toMatchObject({ status: 200, path: '/forgot-password' })
    expect(browser.page.notice).toBe(`Your email address ${ada.email} was restored. Now set a new password.`)
    expect(browser.page.html).toContain(`value="${ada.email}"`)
    app().clock.pass(minutes(1))
    await browser.submit({ email: ada.email ?? '' })
    await browser.open(await linkTo(app(), ada.email ?? '', 'reset-password'))
    await browser.submit({ new_password: newPassword })
    expect((await browser.logIn({ ...ada, password: newPassword })).path).toBe('/account')
    expect(browser.page.html).toContain('Verified')
  })

  it('V7.4.3 ends all sessions and the password that someone knows, and emails the address that was in force', async () => {
    const { ada, thief, thiefs, link } = await theft()
    const bystander = app().visitor()
    await bystander.register()
    const copy = app().visitor()
    copy.cookies = new Map(bystander.cookies)
    expect(await undo(link, ada, bystander)).toBe(200)
    for (const browser of [thief, bystander, copy])
      expect((await browser.json('GET', '/api/v1/session')).status).toBe(401)
    for (const email of [ada.email ?? '', thiefs])
      expect(
        (
          await app()
            .visitor()
            .logIn({ ...ada, email })
        ).path,
      ).toBe('/login')
    const told = await emailTo(app(), thiefs, 'email-change-undone')
    expect(told.text).toContain(`changed from ${ada.email} to ${thiefs}`)
    expect(told.link).toBeUndefined()
    expect(await resetAndLogIn(ada)).toBe('/account')
  })

  it.each<[string, (theft: Theft) => Promise<unknown>]>([
    ['changed the address once more', ({ thief, ada }) => changeAddress(thief, `second-${ada.email}`)],
    [
      'changed the address once more, and back by the way of their own',
      async ({ thief, ada, thiefs }) => {
        await changeAddress(thief, `second-${ada.email}`)
        const own = await linkTo(app(), thiefs, 'email-changed')
        expect(await undo(own, { email: thiefs })).toBe(200)
      },
    ],
    [
      'set a new password by email',
      async ({ thiefs }) => expect(await resetAndLogIn({ email: thiefs })).toBe('/account'),
    ],
    [
      'changed the password',
      async ({ thief, ada }) => {
        const change = { current_password: ada.password, new_password: newPassword }
        expect((await thief.json('POST', '/api/v1/password', change)).status).toBe(200)
      },
    ],
    [
      'closed the account',
      async ({ thief, ada }) => {
        const closed = await thief.json('POST', '/api/v1/delete', { current_password: ada.password })
        expect(closed.status).toBe(204)
      },
    ],
    [
      'tried to register with the old address',
      async ({ ada }) => {
        const browser = app().visitor()
        await browser.open('/register')
        await browser.submit({ ...someone(), email: ada.email ?? '' })
        expect(browser.page.summary).toEqual([expect.stringMatching(/^This address was used by another account/)])
        // There is no account with it that anyone could log in to.
        expect(browser.page.html).not.toContain('Log in with this address instead')
      },
    ],
    [
      'asked for a change to another address',
      ({ thief, ada }) => thief.form('/account/email', { new_email: `third-${ada.email}` }),
    ],
  ])('works after anyone who has the account %s', async (_, act) => {
    const { link, ada, thief, thiefs } = await theft()
    await act({ link, ada, thief, thiefs })
    expect(await undo(link, ada)).toBe(200)
    expect((await thief.json('GET', '/api/v1/session')).status).toBe(401)
    // Nothing that came after it works any more.
    for (const address of [thiefs, `second-${ada.email}`, `third-${ada.email}`]) {
      for (const { kind, link: later } of await emailsTo(app(), address)) {
        if (kind === 'email-changed')
          expect(await undo(`/undo-email-change/${later?.token}`, { email: address })).toBe(410)
        if (kind !== 'confirm-email') continue
        await thief.send('GET', `/confirm-email/${later?.token}`)
        expect((await thief.form('/confirm-email')).status).toBe(410)
      }
    }
    expect(await resetAndLogIn(ada)).toBe('/account')
  })

  it('does not change the older way back', async () => {
    const { ada, thief, thiefs, link } = await theft()
    await changeAddress(thief, `second-${ada.email}`)
    expect(await undo(await linkTo(app(), thiefs, 'email-changed'), { email: thiefs })).toBe(200)
    expect(await undo(link, ada)).toBe(200)
    expect(await undo(link, ada)).toBe(410)
  })

  it('asks for the very address that the email went to', async () => {
    const { thief, ada, thiefs, link } = await theft()
    const browser = app().visitor()
    await browser.open(link)
    const attempt = async (email: string) => (await browser.submit({ email })).summary
    expect(await attempt(' ')).toEqual(['Enter your email address'])
    expect(await attempt('ada@example')).toEqual(['Enter an email address like name@example.org'])
    expect(await attempt(thiefs)).toEqual(['Enter the address that our email was sent to'])
    expect(browser.page.html).toContain(`value="${thiefs}"`)
    expect(browser.page.html).not.toContain(`"${ada.email}"`)
    expect((await thief.account()).email).toBe(thiefs)
  })

  it.each<[string, (theft: Theft) => Promise<string>]>([
    [
      'that is seven days old',
      async ({ link }) => {
        app().clock.pass(days(7))
        return link
      },
    ],
    [
      'that was used',
      async ({ ada, link }) => {
        expect(await undo(link, ada)).toBe(200)
        return link
      },
    ],
    ['that someone made up', async () => `/undo-email-change/${'A'.repeat(43)}`],
    [
      'for another purpose',
      async ({ thiefs }) =>
        (await linkTo(app(), thiefs, 'confirm-email')).replace('/confirm-email', '/undo-email-change'),
    ],
    [
      'of an account that the operator has disabled',
      async ({ thiefs, link }) => {
        const address = parseAddress(thiefs)
        const { database, clock } = app().services
        if (address) await setDisabled(database.db, address, clock.now())
        return link
      },
    ],
  ])('V9.2.2 a link %s puts nothing back', async (_, die) => {
    const situation = await theft()
    const link = await die(situation)
    const browser = app().visitor()
    await browser.open(link)
    expect(browser.page).toMatchObject({ status: 410, heading: 'This link no longer works' })
    expect(await undo(link, situation.ada)).toBe(410)
  })

  it('does not take the address from someone who has confirmed it meanwhile', async () => {
    const { ada, thief, thiefs, link } = await theft()
    const other = app().visitor()
    await other.register()
    await changeAddress(other, ada.email ?? '')
    expect(await undo(link, ada)).toBe(410)
    expect((await thief.account()).email).toBe(thiefs)
    expect((await other.account()).email).toBe(ada.email)
  })

  it('keeps the address for its owner for seven days, and no longer', async () => {
    const { ada } = await theft()
    const register = async () =>
      (
        await app()
          .visitor()
          .json('POST', '/api/v1/register', { ...someone(), email: ada.email })
      ).status
    app().clock.pass(days(7) - seconds(1))
    expect(await register()).toBe(422)
    app().clock.pass(seconds(1))
    expect(await register()).toBe(201)
  })

  it('is not given to an address that nobody has confirmed', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    await changeAddress(browser, `next-${ada.email}`)
    const message = await emailTo(app(), ada.email ?? '', 'email-changed')
    expect([message.link, message.text.includes('/undo-email-change')]).toEqual([undefined, false])
    expect(message.text).toContain('contact Gatelodge immediately')
    expect(
      (
        await app()
          .visitor()
          .json('POST', '/api/v1/register', { ...someone(), email: ada.email })
      ).status,
    ).toBe(201)
  })

  it('V2.3.4 V15.4.2 16 at once: one puts it back', async () => {
    const { ada, thiefs, link } = await theft()
    const statuses = await Promise.all(Array.from({ length: 16 }, () => undo(link, ada)))
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.filter((status) => status === 410)).toHaveLength(15)
    const told = (await emailsTo(app(), thiefs)).filter(({ kind }) => kind === 'email-change-undone')
    expect(told).toHaveLength(1)
  })

  it('V15.4.2 at the same moment as another change: the old address is back in the end', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { ada, thief, link } = await theft()
      const second = `second-${ada.email}`
      await thief.form('/account/email', { new_email: second })
      await thief.send('GET', await linkTo(app(), second, 'confirm-email'))
      const [undone] = await Promise.all([undo(link, ada), thief.form('/confirm-email')])
      expect(undone).toBe(200)
      expect((await thief.json('GET', '/api/v1/session')).status).toBe(401)
      expect(await resetAndLogIn(ada)).toBe('/account')
      app().clock.pass(hours(1))
    }
  })
})
