// An open invitation where registration reveals no accounts: the email decides, and the start link takes the invitation along.
import { expect, it } from 'vitest'
import { atEachLevel, onSqlite } from '../../../tests/support/databases.ts'
import { emailsTo, emailTo, linkTo } from '../../../tests/support/emails.ts'
import { accountOf, makeGroup } from '../../../tests/support/groups.ts'
import { type TestApp, useApp } from '../../../tests/support/make-app.ts'
import { type Fields, someone, textOf, type Visitor } from '../../../tests/support/visitor.ts'
import { days, hours, minutes } from '../../time.ts'
import { listInvitations } from './list.rules.ts'
import { createInvitation, type InvitationOrder, type NewInvitation, revokeInvitation } from './make.rules.ts'

const order: InvitationOrder = {
  actor: 'command',
  source: { clientAddress: '', device: { isCommandLine: true }, requestId: '' },
}
const confirmFirst = { registration: 'confirm-first', emailsPerClient: 100_000 } as const

async function open({ services }: TestApp, wanted: Partial<import('zod').output<typeof NewInvitation>> = {}) {
  const outcome = await createInvitation(services, order, { groups: [], uses: 1, ...wanted })
  if (outcome.kind !== 'done') throw new Error(outcome.kind)
  return { id: outcome.invitation.id, link: new URL(outcome.address ?? '').pathname }
}

const tokenOf = (link: string) => link.split('/').at(-1)

async function used({ services }: TestApp): Promise<number | undefined> {
  const list = await listInvitations(services, { most: 1 })
  return list?.invitations[0]?.used
}

/** Sends the form behind it. @returns who was typed. */
async function ask(browser: Visitor, link: string, fields: Partial<Fields> = {}) {
  const person = someone(fields) as Record<'name' | 'email' | 'password', string>
  await browser.open(link)
  await browser.submit(person)
  return person
}

/** They have asked, and have their email. */
async function newcomer(app: TestApp, link: string) {
  const browser = app.visitor()
  const person = await ask(browser, link)
  expect(browser.page.path).toBe('/register/sent')
  return { browser, person, start: await linkTo(app, person.email, 'start-account') }
}

/** An account that is there, verified. */
async function member(app: TestApp) {
  const { browser, person, start } = await newcomer(app, (await open(app)).link)
  await browser.open(start)
  await browser.submit({})
  expect(browser.page.path).toBe('/account')
  app.clock.pass(minutes(1))
  return person
}

onSqlite('An open invitation where emails decide', (database) => {
  const app = useApp(database, confirmFirst)

  it('V6.3.8 gives the same page for a new address and a taken one, and each gets an email', async () => {
    const taken = await member(app())
    const { link } = await open(app(), { uses: 5 })
    const pages = []
    for (const email of [taken.email, taken.email.replace('ada', 'eve')]) {
      const browser = app().visitor()
      await ask(browser, link, { email })
      expect(browser.page).toMatchObject({ path: '/register/sent', status: 200, heading: 'Check your email' })
      expect(browser.sessionCookie).toBeUndefined()
      pages.push(textOf(browser.page.html).replaceAll(email, 'THE ADDRESS'))
    }
    expect(pages[1]).toBe(pages[0])
    const kinds = async (email: string) => (await emailsTo(app(), email)).map(({ kind }) => kind)
    expect(await kinds(taken.email)).toEqual(['start-account', 'invited-already-registered'])
    expect(await kinds(taken.email.replace('ada', 'eve'))).toEqual(['start-account'])
    expect((await emailTo(app(), taken.email, 'invited-already-registered')).text).toContain(
      'To accept the invitation, log in and open its link again.',
    )
    expect(await used(app())).toBe(0)
  })

  it('V6.3.8 answers programs alike', async () => {
    const taken = await member(app())
    const token = tokenOf((await open(app(), { uses: 5 })).link)
    const answers = []
    for (const email of [taken.email, someone().email])
      answers.push(
        await app()
          .visitor()
          .json('POST', '/api/v1/invitation/register', { token, ...someone({ email: email ?? '' }) }),
      )
    expect(answers[0]).toMatchObject({ status: 202, body: { next: 'read-email' } })
    expect(answers[1]).toEqual(answers[0])
  })

  it('the start link takes its groups along and counts one use, however often scanners open it', async () => {
    await makeGroup(app(), 'editors')
    const { id, link } = await open(app(), { groups: ['editors'], uses: 3 })
    const { browser, person, start } = await newcomer(app(), link)
    const scanner = app().visitor()
    for (const method of ['GET', 'HEAD', 'GET', 'HEAD']) {
      expect((await scanner.send(method, start)).status).toBe(303)
      expect((await scanner.send(method, '/register/start')).status).toBe(200)
    }
    expect(await used(app())).toBe(0)
    await browser.open(start)
    await browser.submit({})
    expect(browser.page).toMatchObject({ path: '/account', notice: 'Your account is ready.' })
    expect(await browser.account()).toMatchObject({ groups: ['editors'], email_verified: true })
    expect(await used(app())).toBe(1)
    const events = await app().services.audit.someOf((await accountOf(app(), person)).id)
    expect(events.map(({ event, actor, reason }) => [event, actor, reason])).toEqual([
      ['invitation.accepted', 'command', id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')],
      ['group.joined', 'command', 'editors'],
      ['registration.succeeded', null, null],
    ])
    await browser.open(start)
    expect(browser.page).toMatchObject({ status: 410, heading: 'This link no longer works' })
  })

  it('an email that is sent again keeps the invitation', async () => {
    await makeGroup(app(), 'again')
    const { browser, person } = await newcomer(app(), (await open(app(), { groups: ['again'] })).link)
    app().clock.pass(minutes(1))
    await browser.open('/register/sent')
    await browser.submit({}, '/register/sent')
    await browser.open(await linkTo(app(), person.email, 'start-account'))
    await browser.submit({})
    expect(await browser.account()).toMatchObject({ groups: ['again'] })
  })

  it('leads back to the invitation from the page that says where the email went', async () => {
    const { browser } = await newcomer(app(), (await open(app())).link)
    expect(browser.page.html).toContain('href="/invitation"')
    await browser.open('/invitation')
    expect(browser.page.heading).toBe('You are invited')
  })

  it.each([
    [
      'was already used',
      async ({ link }: { link: string }) => {
        const { browser, start } = await newcomer(app(), link)
        await browser.open(start)
        await browser.submit({})
        expect(browser.page.path).toBe('/account')
      },
    ],
    ['was revoked', async ({ id }: { id: Buffer }) => void (await revokeInvitation(app().services, order, id))],
  ] as const)('V6.4.1 says plainly that it %s in the meantime, before the button and after it', async (words, end) => {
    const invitation = await open(app())
    const [early, late] = [await newcomer(app(), invitation.link), await newcomer(app(), invitation.link)]
    await late.browser.open(late.start)
    expect(late.browser.page.heading).toBe('Finish creating your account')
    await end(invitation)
    await late.browser.submit({})
    for (const { browser, start } of [late, early]) {
      if (browser === early.browser) await browser.open(start)
      expect(browser.page).toMatchObject({ status: 410, heading: 'This link no longer works' })
      expect(browser.page.html).toContain(`This invitation ${words}.`)
      expect(browser.page.html).toContain('href="/register"')
    }
    const body = { token: tokenOf(late.start), password: late.person.password }
    const answer = await app().visitor().json('POST', '/api/v1/register/start', body)
    expect(answer).toMatchObject({ status: 410, body: { code: 'invalid-link' } })
    expect((await app().visitor().logIn(late.person)).path).toBe('/login')
  })

  it('V6.4.1 one that expires after it was asked for works as long as the start link, and no renewed link prolongs that', async () => {
    const { link } = await open(app(), { life: minutes(5), uses: 3 })
    const [soon, renewed] = [await newcomer(app(), link), await newcomer(app(), link)]
    app().clock.pass(minutes(50))
    await renewed.browser.open('/register/sent')
    await renewed.browser.submit({}, '/register/sent')
    const again = await linkTo(app(), renewed.person.email, 'start-account')
    expect(again).not.toBe(renewed.start)
    app().clock.pass(hours(23))
    await soon.browser.open(soon.start)
    await soon.browser.submit({})
    expect(soon.browser.page.path).toBe('/account')
    // The renewed link has a day of its own; the invitation has not.
    app().clock.pass(minutes(30))
    await renewed.browser.open(again)
    expect(renewed.browser.page).toMatchObject({ status: 410, heading: 'This link no longer works' })
    expect(renewed.browser.page.html).toContain('This invitation has expired.')
    expect(await used(app())).toBe(1)
  })

  it('V6.4.1 one that expired is revoked as long as start links carry it', async () => {
    await makeGroup(app(), 'staff')
    const { id, link } = await open(app(), { life: minutes(5), uses: 3, groups: ['staff'] })
    const { browser, start } = await newcomer(app(), link)
    app().clock.pass(minutes(6))
    const listed = async () => (await listInvitations(app().services, { most: 1 }))?.invitations[0]
    expect(await listed()).toMatchObject({ state: 'expired', isRevocable: true })
    expect(await revokeInvitation(app().services, order, id)).toEqual({ kind: 'done' })
    expect(await listed()).toMatchObject({ state: 'revoked', isRevocable: false })
    await browser.open(start)
    expect(browser.page).toMatchObject({ status: 410, heading: 'This link no longer works' })
    expect(browser.page.html).toContain('This invitation was revoked.')
    const late = await open(app(), { life: minutes(5) })
    app().clock.pass(days(1) + minutes(5))
    expect(await listed()).toMatchObject({ state: 'expired', isRevocable: false })
    expect(await revokeInvitation(app().services, order, late.id)).toEqual({ kind: 'over' })
  })

  it('V2.3.1 counts no use for anyone who presses the button of their link twice', async () => {
    const { link } = await open(app(), { uses: 5 })
    const { browser, start, person } = await newcomer(app(), link)
    const body = { token: tokenOf(start), password: person.password }
    const answers = await Promise.all([1, 2, 3].map(() => browser.json('POST', '/api/v1/register/start', body)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 410, 410])
    expect(await used(app())).toBe(1)
  })

  it('an invitation for one address still logs in at once: its link came by email', async () => {
    const { email = '', ...person } = someone()
    await createInvitation(app().services, order, { groups: [], uses: 1, email })
    const browser = app().visitor()
    await browser.open(await linkTo(app(), email, 'invitation'))
    await browser.submit(person as Fields)
    expect(browser.page.path).toBe('/account')
  })

  it('removes what nobody confirmed in time, and the invitation can be used by others', async () => {
    const { link } = await open(app(), { life: days(3) })
    const { start } = await newcomer(app(), link)
    app().clock.pass(hours(24))
    const late = app().visitor()
    await late.open(start)
    expect(late.page.status).toBe(410)
    const { browser, start: other } = await newcomer(app(), link)
    await browser.open(other)
    await browser.submit({})
    expect(browser.page.path).toBe('/account')
  })
})

atEachLevel('16 people at once with the start links of one invitation', (database, replaced) => {
  const app = useApp(database, confirmFirst, replaced)

  it.each([1, 5])('V15.4.2 V2.3.4 for %i: exactly so many accounts, each in the group', async (uses) => {
    const name = `group-${uses}`
    await makeGroup(app(), name)
    const { link } = await open(app(), { uses, groups: [name] })
    const people = Array.from({ length: 16 }, () => someone())
    const starts = []
    for (const person of people) {
      const asked = await app()
        .visitor()
        .json('POST', '/api/v1/invitation/register', { token: tokenOf(link), ...person })
      expect(asked.status).toBe(202)
      starts.push({ person, token: tokenOf(await linkTo(app(), person.email ?? '', 'start-account')) })
    }
    const answers = await Promise.all(
      starts.map(async ({ token, person: { password } }) => {
        return (await app().visitor().json('POST', '/api/v1/register/start', { token, password })).status
      }),
    )
    expect(answers.filter((status) => status === 201)).toHaveLength(uses)
    expect(answers.filter((status) => status === 410)).toHaveLength(16 - uses)
    expect(await app().services.groups.someMembers(name)).toHaveLength(uses)
    const rows = await app().services.database.db.selectFrom('gatelodge_accounts').select('email').execute()
    expect(rows.filter(({ email }) => people.some((one) => one.email === email))).toHaveLength(uses)
    expect(await used(app())).toBe(uses)
  })
})
