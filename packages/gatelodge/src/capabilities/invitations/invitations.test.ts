import { describe, expect, it } from 'vitest'
import { atEachLevel, onEachDatabase, onSqlite } from '../../../tests/support/databases.ts'
import { emailsTo, emailTo, linkTo } from '../../../tests/support/emails.ts'
import { accountOf } from '../../../tests/support/groups.ts'
import { type TestApp, useApp } from '../../../tests/support/make-app.ts'
import { type Fields, someone, type Visitor } from '../../../tests/support/visitor.ts'
import { purge } from '../../background-jobs.ts'
import type { Invitation } from '../../identity/invitations/storage.ts'
import { days, hours, minutes } from '../../time.ts'
import { removeClosedAccounts } from '../account-deletion/removal.rules.ts'
import { listInvitations } from './list.rules.ts'
import { createInvitation, type InvitationOrder, type NewInvitation, revokeInvitation } from './make.rules.ts'

const order: InvitationOrder = {
  actor: 'command',
  source: { clientAddress: '', device: { isCommandLine: true }, requestId: '' },
}
const path = '/invitation'

type Wanted = Partial<import('zod').output<typeof NewInvitation>>

async function invite({ services }: TestApp, wanted: Wanted = {}) {
  const outcome = await createInvitation(services, order, { groups: [], uses: 1, ...wanted })
  if (outcome.kind !== 'done') throw new Error(outcome.kind)
  return outcome
}

/** The link of an open invitation, as it was shown to the person who made it. */
async function openLink(app: TestApp, wanted: Wanted = {}): Promise<string> {
  const { address = '' } = await invite(app, wanted)
  return new URL(address).pathname
}

/** Of an invitation that was sent. */
async function linkFor(app: TestApp, email: string, wanted: Wanted = {}): Promise<string> {
  await invite(app, { ...wanted, email })
  return linkTo(app, email, 'invitation')
}

async function group({ services }: TestApp, name: string): Promise<string> {
  const { database, groups } = services
  if (!(await groups.find(database.db, name)))
    await database.transact(
      (trx) => groups.create(trx, name, ''),
      async () => undefined,
    )
  return name
}

async function stored({ services }: TestApp): Promise<Invitation> {
  const list = await listInvitations(services, { most: 1 })
  return list?.invitations[0] as Invitation
}

async function recorded({ services }: TestApp, account: Buffer) {
  const rows = await services.audit.someOf(account)
  return rows.map(({ event, actor, reason }) => ({ event, actor, reason }))
}

async function register(browser: Visitor, link: string, fields: Partial<Fields> = {}): Promise<Fields> {
  const person = someone(fields)
  await browser.open(link)
  await browser.submit(person)
  return person
}

onEachDatabase('An invitation', (database) => {
  const app = useApp(database)

  it('V6.3.1 V2.3.1 by email: leads to an account with that address, verified, in its groups, and logs in', async () => {
    const editors = await group(app(), 'editors')
    const { email = '', ...person } = someone()
    const link = await linkFor(app(), email, { groups: [editors] })
    const browser = app().visitor()
    await browser.open(link)
    expect(browser.page).toMatchObject({ path, heading: 'You are invited', status: 200 })
    expect(browser.page.html).toContain(email)
    expect(browser.page.html).not.toContain('name="email"')
    // Another address beside it means nothing.
    await browser.submit({ ...person, email: 'stranger@example.org' } as Fields)
    expect(browser.page).toMatchObject({ path: '/account', notice: 'Your account is ready.' })
    expect(await browser.account()).toMatchObject({ email, email_verified: true, groups: ['editors'] })
    const account = await accountOf(app(), { email })
    const id = expect.stringMatching(/^[\da-f-]{36}$/)
    expect(await recorded(app(), account.id)).toEqual([
      { event: 'invitation.accepted', actor: 'command', reason: id },
      { event: 'group.joined', actor: 'command', reason: 'editors' },
      { event: 'email.verified', actor: null, reason: 'invitation' },
      { event: 'registration.succeeded', actor: null, reason: null },
    ])
    expect(await stored(app())).toMatchObject({ used: 1, email: null })
    // Nothing has to be verified any more.
    expect((await emailsTo(app(), email)).map(({ kind }) => kind)).toEqual(['invitation'])
  })

  it('without an address: the person chooses one, which is not verified by it', async () => {
    const link = await openLink(app())
    const browser = app().visitor()
    const person = await register(browser, link)
    expect(browser.page.path).toBe('/account')
    expect(await browser.account()).toMatchObject({ email: person.email, email_verified: false, groups: [] })
    expect((await emailTo(app(), person.email ?? '', 'verify-email')).subject).toContain('Verify')
  })

  it('V3.5.3 is used by no GET: a scanner may open the link as often as it likes', async () => {
    const link = await openLink(app())
    for (let time = 0; time < 3; time += 1) {
      const scanner = app().visitor()
      await scanner.open(link)
      expect(scanner.page.heading).toBe('You are invited')
      expect((await scanner.send('HEAD', link)).status).toBe(303)
    }
    const browser = app().visitor()
    await register(browser, link)
    expect(browser.page.path).toBe('/account')
  })

  it('adds an account that is logged in to its groups, and counts a use', async () => {
    const [one, other] = [await group(app(), 'one'), await group(app(), 'other')]
    const link = await openLink(app(), { groups: [one, other] })
    const browser = app().visitor()
    const ada = await browser.register()
    await browser.open(link)
    expect(browser.page).toMatchObject({ heading: 'Accept the invitation?' })
    expect(browser.page.html).toContain(ada.email)
    await browser.submit({})
    expect(browser.page).toMatchObject({ path: '/account', notice: 'You have accepted the invitation.' })
    expect(await browser.account()).toMatchObject({ groups: ['one', 'other'] })
    expect(await stored(app())).toMatchObject({ used: 1 })
    const account = await accountOf(app(), ada)
    expect((await recorded(app(), account.id)).slice(-3).map(({ event }) => event)).toEqual([
      'invitation.accepted',
      'group.joined',
      'group.joined',
    ])
  })

  it('is used up by nobody who has all that it gives', async () => {
    const link = await openLink(app(), { groups: [await group(app(), 'one')], uses: 2 })
    const browser = app().visitor()
    await browser.register()
    for (let time = 0; time < 2; time += 1) {
      await browser.open(link)
      await browser.submit({})
      expect(browser.page.notice).toBe('You have accepted the invitation.')
    }
    expect(await stored(app())).toMatchObject({ used: 1 })
  })

  it('V6.3.8 whose address has an account: the email is the same, and its link asks to log in', async () => {
    const ada = await app().visitor().register()
    const editors = await group(app(), 'editors')
    const { email = '' } = ada
    const known = await invite(app(), { email, groups: [editors] })
    const other = someone()
    const unknown = await invite(app(), { email: other.email ?? '', groups: [editors] })
    expect(Object.keys(known)).toEqual(Object.keys(unknown))
    const texts = await Promise.all(
      [ada, other].map(async (one) => (await emailTo(app(), one.email ?? '', 'invitation')).text),
    )
    const blank = (text = '') => text.replace(/ada-\S+@example\.org|\/invitation\/\S+/g, '…')
    expect(blank(texts[0])).toBe(blank(texts[1]))

    const browser = app().visitor()
    await browser.open(await linkTo(app(), email, 'invitation'))
    expect(browser.page.html).toContain('You already have an account with this address')
    expect(browser.page.html).toContain('href="/login?return_to=%2Finvitation"')
    await browser.open('/login?return_to=%2Finvitation')
    await browser.submit({ email, password: ada.password ?? '' })
    expect(browser.page).toMatchObject({ path, heading: 'Accept the invitation?' })
    await browser.submit({})
    // The link came by email, so the address is verified by it.
    expect(await browser.account()).toMatchObject({ groups: ['editors'], email_verified: true })
  })

  it('V8.2.2 is for its address alone: another account cannot take it', async () => {
    const { email = '' } = someone()
    const link = await linkFor(app(), email, { groups: [await group(app(), 'editors')] })
    const browser = app().visitor()
    const ada = await browser.register()
    await browser.open(link)
    expect(browser.page.html).toContain('for another email address')
    expect(browser.page.html).not.toContain(email)
    expect(browser.page.html).not.toContain('Accept invitation<')
    const token = link.split('/').at(-1)
    expect(await browser.json('POST', '/api/v1/invitation/accept', { token })).toMatchObject({
      status: 403,
      body: { code: 'other-address' },
    })
    expect((await accountOf(app(), ada)).groups).toEqual([])
    expect(await stored(app())).toMatchObject({ used: 0 })
  })

  it('V2.3.1 takes what a registration takes: everything wrong is said at once, and nothing is used', async () => {
    const link = await openLink(app())
    const browser = app().visitor()
    await browser.open(link)
    await browser.submit({ name: '', email: 'no address', password: 'short' })
    expect(browser.page.path).toBe(path)
    expect(browser.page.summary).toEqual([
      'Enter your name',
      'Enter an email address like name@example.org',
      'Password must be at least 8 characters',
    ])
    const taken = await app().visitor().register()
    await browser.submit(taken)
    expect(browser.page.summary).toEqual(['An account with this email address already exists'])
    expect(browser.page.html).toContain(`value="${taken.email}"`)
    expect(browser.page.html).not.toContain(taken.password)
    expect(await stored(app())).toMatchObject({ used: 0 })
  })

  it('works without a group that was deleted meanwhile', async () => {
    const link = await openLink(app(), { groups: [await group(app(), 'short-lived'), await group(app(), 'one')] })
    await app().services.groups.close('short-lived')
    const browser = app().visitor()
    await register(browser, link)
    expect(await browser.account()).toMatchObject({ groups: ['one'] })
  })

  it('V8.2.1 makes no administrator, whatever is asked for or stands in its row', async () => {
    const refused = await createInvitation(app().services, order, { groups: ['administrators'], uses: 1 })
    expect(refused).toEqual({ kind: 'no-administrators' })
    const link = await openLink(app(), { groups: [await group(app(), 'one')] })
    const { db } = app().services.database
    const { id } = await stored(app())
    await db
      .updateTable('gatelodge_invitations')
      .set({ group_names: 'administrators,one' })
      .where('id', '=', id)
      .execute()
    const browser = app().visitor()
    await register(browser, link)
    expect(await browser.account()).toMatchObject({ groups: ['one'] })
  })

  it('is removed with the account that has its address', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    const { id } = await accountOf(app(), ada)
    const { database, accounts, clock } = app().services
    await accounts.setVerified(database.db, id, clock.now())
    await invite(app(), { email: ada.email ?? '' })
    await accounts.close(database.db, id, clock.now())
    await removeClosedAccounts(app().services)
    const rows = await database.db.selectFrom('gatelodge_invitations').select('email').execute()
    expect(rows.map(({ email }) => email)).not.toContain(ada.email)
  })
})

atEachLevel('16 at once with an invitation', (database, replaced) => {
  const app = useApp(database, {}, replaced)

  it.each([1, 5])('V15.4.2 V2.3.4 for %i: exactly so many accounts, each in the group', async (uses) => {
    const name = await group(app(), `group-${uses}`)
    const link = await openLink(app(), { uses, groups: [name] })
    const browsers = Array.from({ length: 16 }, () => app().visitor())
    const people = browsers.map(() => someone())
    const answers = await Promise.all(
      browsers.map(async (browser, at) => {
        const body = { token: link.split('/').at(-1), ...people[at] }
        return (await browser.json('POST', '/api/v1/invitation/register', body)).status
      }),
    )
    expect(answers.filter((status) => status === 201)).toHaveLength(uses)
    expect(answers.filter((status) => status === 410)).toHaveLength(16 - uses)
    const members = await app().services.groups.someMembers(name)
    expect(members).toHaveLength(uses)
    const { db } = app().services.database
    const rows = await db.selectFrom('gatelodge_accounts').select('email').execute()
    const made = rows.filter(({ email }) => people.some((one) => one.email === email))
    expect(made).toHaveLength(uses)
    expect(await stored(app())).toMatchObject({ used: uses })
  })

  it('V15.4.2 of which accounts that are there take the groups: as many as it is for', async () => {
    const name = await group(app(), 'taken-by-many')
    const link = await openLink(app(), { uses: 3, groups: [name] })
    const token = link.split('/').at(-1)
    const browsers = Array.from({ length: 8 }, () => app().visitor())
    for (const browser of browsers) await browser.register()
    const answers = await Promise.all(
      browsers.map(async (browser) => (await browser.json('POST', '/api/v1/invitation/accept', { token })).status),
    )
    expect(answers.filter((status) => status === 204)).toHaveLength(3)
    expect(await app().services.groups.someMembers(name)).toHaveLength(3)
  })
})

onSqlite('An invitation that does not work', (database) => {
  const app = useApp(database)

  async function page(link: string): Promise<Visitor> {
    const browser = app().visitor()
    await browser.open(link)
    expect(browser.page).toMatchObject({ status: 410, heading: 'This link no longer works' })
    return browser
  }

  it('V6.4.1 says that it expired', async () => {
    const link = await openLink(app(), { life: hours(1) })
    app().clock.pass(hours(1))
    expect((await page(link)).page.html).toContain('This invitation has expired.')
  })

  it('V6.4.1 says that it was used', async () => {
    const link = await openLink(app())
    await register(app().visitor(), link)
    expect((await page(link)).page.html).toContain('This invitation was already used.')
  })

  it('V6.4.1 says that it was revoked, once', async () => {
    const link = await openLink(app())
    const { id } = await stored(app())
    expect(await revokeInvitation(app().services, order, id)).toEqual({ kind: 'done' })
    expect(await revokeInvitation(app().services, order, id)).toEqual({ kind: 'over' })
    expect(await revokeInvitation(app().services, order, Buffer.alloc(16))).toEqual({ kind: 'no-invitation' })
    expect((await page(link)).page.html).toContain('This invitation was revoked.')
  })

  it('V6.4.1 says that nobody knows it, and answers programs alike for every reason', async () => {
    expect((await page(`${path}/${'A'.repeat(43)}`)).page.html).toContain('We do not know this invitation.')
    const answer = await app()
      .visitor()
      .json('POST', '/api/v1/invitation/register', { token: 'A'.repeat(43), ...someone() })
    expect(answer).toMatchObject({ status: 410, body: { code: 'invalid-link' } })
  })

  it('V2.3.1 while its form was open: says so, and makes no account', async () => {
    const link = await openLink(app())
    const browser = app().visitor()
    await browser.open(link)
    await revokeInvitation(app().services, order, (await stored(app())).id)
    const person = someone()
    const answer = await browser.submitOnly(person)
    expect(answer.status).toBe(410)
    expect(await answer.text()).toContain('This invitation was revoked.')
    expect((await browser.json('POST', '/api/v1/login', person)).status).toBe(401)
  })

  it('V14.2.4 is removed 30 days after it expired', async () => {
    await app().services.database.db.deleteFrom('gatelodge_invitations').execute()
    await invite(app(), { email: 'left@example.org' })
    app().clock.pass(days(36))
    await purge(app().services)
    expect((await listInvitations(app().services, { most: 1_000 }))?.invitations).toHaveLength(1)
    app().clock.pass(days(1))
    await purge(app().services)
    expect((await listInvitations(app().services, { most: 1_000 }))?.invitations).toEqual([])
  })
})

onSqlite('Making an invitation', (database) => {
  const app = useApp(database)
  const make = (wanted: Wanted, by = order) => createInvitation(app().services, by, { groups: [], uses: 1, ...wanted })

  it('shows the link only where it went to nobody, and stores a hash of it', async () => {
    const { address = '' } = await invite(app())
    const token = address.split('/').at(-1) ?? ''
    expect(address).toMatch(/^http:\/\/localhost:3000\/invitation\/[\w-]{43}$/)
    expect(JSON.stringify(await stored(app()))).not.toContain(token)
    expect(await invite(app(), { email: 'grace@example.org' })).not.toHaveProperty('address')
    const { text, subject } = await emailTo(app(), 'grace@example.org', 'invitation')
    expect(subject).toBe('You are invited to Gatelodge')
    expect(text).toContain('expires in 7 days')
  })

  it('refuses what makes no sense', async () => {
    await group(app(), 'editors')
    expect(await make({ email: 'no address' })).toEqual({ kind: 'bad-address' })
    expect(await make({ email: 'ada@example.org', uses: 2 })).toEqual({ kind: 'one-use' })
    expect(await make({ groups: ['editors', 'nobody-made-it'] })).toEqual({ kind: 'no-group', group: 'nobody-made-it' })
    expect(await make({ groups: ['a b'] })).toEqual({ kind: 'no-group', group: 'a b' })
  })

  it('V6.3.1 V2.4.1 writes eight emails a day to one address, and 200 an hour for one administrator', async () => {
    const kinds = async (count: number, wanted: (at: number) => Wanted, by = order) => {
      const found = []
      for (let at = 0; at < count; at += 1) found.push((await make(wanted(at), by)).kind)
      return found.filter((kind) => kind === 'done').length
    }
    expect(await kinds(10, () => ({ email: 'flooded@example.org' }))).toBe(8)
    const administrator = { ...order, actor: '0190163d-8694-739b-aea5-966c26f8ad91' }
    expect(await kinds(202, () => ({}), administrator)).toBe(200)
    app().clock.pass(hours(1))
    expect(await kinds(1, () => ({}), administrator)).toBe(1)
    // Its owner may still ask for what they need.
    const browser = app().visitor()
    await browser.register({ email: 'flooded@example.org' })
    expect(await emailsTo(app(), 'flooded@example.org')).toHaveLength(9)
  })

  it('is listed, the newest in front, a page at a time, with what became of it', async () => {
    app().clock.pass(days(40))
    await purge(app().services)
    const links = [await openLink(app()), await openLink(app(), { life: minutes(5) }), await openLink(app())]
    await register(app().visitor(), links[0] ?? '')
    app().clock.pass(minutes(5))
    const first = await listInvitations(app().services, { most: 2 })
    expect(first?.invitations.map(({ state }) => state)).toEqual(['open', 'expired'])
    const second = await listInvitations(app().services, { most: 2, before: first?.next })
    expect(second?.invitations.map(({ state }) => state)).toEqual(['used'])
    expect(second?.next).toBeUndefined()
    expect(await listInvitations(app().services, { most: 2, before: 'x' })).toBeUndefined()
  })
})

describe('With registration: invitation', () => {
  onSqlite('Registration', (database) => {
    const app = useApp(database, { registration: 'invitation' })

    it('V2.3.1 has a page of its own in the place of the form, and refuses what is sent', async () => {
      const browser = app().visitor()
      await browser.open('/register')
      expect(browser.page).toMatchObject({ status: 200, heading: 'You need an invitation' })
      expect(browser.page.html).not.toContain('<form')
      const person = someone()
      expect((await browser.send('POST', '/register', new URLSearchParams(person))).headers.get('location')).toBe(
        '/register',
      )
      expect(await browser.json('POST', '/api/v1/register', person)).toMatchObject({
        status: 403,
        body: { code: 'invitation-required' },
      })
      expect((await browser.json('POST', '/api/v1/login', person)).status).toBe(401)
    })

    it('takes people who have one', async () => {
      const browser = app().visitor()
      await register(browser, await openLink(app()))
      expect(browser.page.path).toBe('/account')
    })
  })

  onSqlite('Registration that is closed', (database) => {
    const app = useApp(database, { registration: 'closed' })

    it('V2.3.1 takes nobody, not even with an invitation; accounts that are there can accept one', async () => {
      const link = await openLink(app())
      const browser = app().visitor()
      await browser.open(link)
      expect(browser.page.html).toContain('does not accept new registrations')
      const body = { token: link.split('/').at(-1), ...someone() }
      expect(await browser.json('POST', '/api/v1/invitation/register', body)).toMatchObject({
        status: 403,
        body: { code: 'registration-closed' },
      })
    })
  })
})
