// An invitation that someone takes through a provider, by the front door.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { onEachDatabase, onSqlite } from '../../../tests/support/databases.ts'
import { emailsTo, linkTo } from '../../../tests/support/emails.ts'
import { type FakeProvider, startFakeProvider } from '../../../tests/support/fake-provider.ts'
import { accountOf, makeGroup } from '../../../tests/support/groups.ts'
import { makeApp, type TestApp } from '../../../tests/support/make-app.ts'
import type { Visitor } from '../../../tests/support/visitor.ts'
import { digest } from '../../identity/sealing.ts'
import { createAccount } from '../admin/create.rules.ts'
import { createInvitation, type InvitationOrder, type NewInvitation } from '../invitations/make.rules.ts'

const order: InvitationOrder = {
  actor: 'command',
  source: { clientAddress: '', device: { isCommandLine: true }, requestId: '' },
}
const start = '/login/with/fake?return_to=%2Finvitation'

let count = 0
const someone = (more: Record<string, unknown> = {}) => {
  count += 1
  return { sub: `sub-${count}`, email: `person-${count}@example.org`, email_verified: true, name: 'Grace', ...more }
}

async function linkOf({ services }: TestApp, wanted: Partial<import('zod').output<typeof NewInvitation>>) {
  const outcome = await createInvitation(services, order, { groups: [], uses: 1, ...wanted })
  if (outcome.kind !== 'done') throw new Error(outcome.kind)
  const { address = '' } = outcome
  return address === '' ? '' : new URL(address).pathname
}

async function invited(app: TestApp, email: string, wanted: Parameters<typeof linkOf>[1] = {}): Promise<string> {
  await linkOf(app, { ...wanted, email })
  return linkTo(app, email, 'invitation')
}

onEachDatabase('An invitation taken through a provider', (database) => {
  let provider: FakeProvider
  let app: TestApp
  beforeAll(async () => {
    provider = await startFakeProvider()
    app = await makeApp(database, { connections: [provider.setting()], registration: 'invitation' })
  })
  afterAll(async () => {
    await app.close()
    await provider.close()
  })

  it('V2.3.1 V15.4.2 of five people at the same moment with one for two, two get in', async () => {
    const link = await linkOf(app, { uses: 2 })
    const visitors = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const visitor = app.visitor()
        await visitor.open(link)
        await provider.logIn(visitor, someone(), {}, start)
        expect(visitor.page.path).toBe('/login/with/fake/register')
        return visitor
      }),
    )
    const ends = await Promise.all(visitors.map((visitor) => visitor.submit({ name: 'Grace' })))
    expect(ends.map(({ path }) => path).sort()).toEqual([
      ...['/account', '/account', '/invitation', '/invitation', '/invitation'],
    ])
    for (const { path, status, html } of ends)
      if (path === '/invitation') expect([status, html.includes('was already used')]).toEqual([410, true])
  })
})

onSqlite('Where an invitation is needed', (database) => {
  let provider: FakeProvider
  let app: TestApp
  beforeAll(async () => {
    provider = await startFakeProvider()
    const connections = [provider.setting(), provider.setting({ name: 'known', label: 'Known', registers: false })]
    app = await makeApp(database, { connections, registration: 'invitation' })
    await makeGroup(app, 'editors')
  })
  afterAll(async () => {
    await app.close()
    await provider.close()
  })

  async function take(visitor: Visitor, link: string, claims = someone(), from = start) {
    await visitor.open(link)
    return provider.logIn(visitor, claims, {}, from)
  }

  it('the page of an invitation has the buttons, and leads back to itself', async () => {
    const { html } = await app.visitor().open(await linkOf(app, {}))
    expect(html).toContain('href="/login/with/fake?return_to=%2Finvitation"')
  })

  it('V6.8.1 makes an account in its groups for the address that it was sent to, verified, and the record says by whom', async () => {
    const claims = someone()
    const visitor = app.visitor()
    const page = await take(visitor, await invited(app, claims.email, { groups: ['editors'] }), claims)
    expect(page.path).toBe('/login/with/fake/register')
    const done = await visitor.submit({ name: 'Grace' })
    expect([done.path, done.notice]).toEqual(['/account', 'Your account is ready.'])
    const { email } = claims
    expect(await visitor.account()).toMatchObject({ email, email_verified: true, groups: ['editors'] })
    const { id } = await accountOf(app, { email })
    const events = (await app.services.audit.someOf(id)).map(({ event, actor }) => [event, actor].join(' ').trim())
    expect(events).toEqual([
      ...['invitation.accepted command', 'group.joined command', 'email.verified', 'connection.added'],
      'registration.succeeded',
    ])
    expect((await emailsTo(app, email)).map(({ kind }) => kind)).toEqual(['invitation'])
    expect((await provider.logIn(app.visitor(), claims)).path).toBe('/account')
  })

  it('gives the account the address of the invitation, whatever address the provider has', async () => {
    const visitor = app.visitor()
    const link = await invited(app, 'invited@example.org')
    const page = await take(visitor, link, someone({ email: 'private@example.com', email_verified: false }))
    expect(page.html).toContain('invited@example.org')
    await visitor.submit({ name: 'Grace' })
    expect(await visitor.account()).toMatchObject({ email: 'invited@example.org', email_verified: true })
    const nothing = app.visitor()
    await take(nothing, await invited(app, 'also@example.org'), someone({ email: undefined }))
    await nothing.submit({ name: 'Grace' })
    expect(await nothing.account()).toMatchObject({ email: 'also@example.org', email_verified: true })
  })

  it('of an open one, the address is verified where the provider says so, and else by an email', async () => {
    for (const email_verified of [true, false]) {
      const claims = someone({ email_verified })
      const visitor = app.visitor()
      await take(visitor, await linkOf(app, {}), claims)
      await visitor.submit({ name: 'Grace' })
      expect(await visitor.account()).toMatchObject({ email: claims.email, email_verified })
      const kinds = (await emailsTo(app, claims.email)).map(({ kind }) => kind)
      expect(kinds).toEqual(email_verified ? [] : ['verify-email'])
    }
  })

  it('leads someone who has an account back to the invitation, which adds its groups', async () => {
    const claims = someone()
    const visitor = app.visitor()
    await take(visitor, await linkOf(app, {}), claims)
    await visitor.submit({ name: 'Grace' })
    const again = app.visitor()
    const page = await take(again, await linkOf(app, { groups: ['editors'] }), claims)
    expect([page.path, page.heading]).toEqual(['/invitation', 'Accept the invitation?'])
    await again.submit({})
    expect(await again.account()).toMatchObject({ groups: ['editors'] })
  })

  it('asks the owner of the invited address to log in, where the provider calls them something else', async () => {
    const owner = app.visitor()
    const claims = someone()
    await take(owner, await invited(app, claims.email), claims)
    await owner.submit({ name: 'Grace' })
    const link = await invited(app, claims.email, { groups: ['editors'] })
    const stranger = app.visitor()
    const page = await take(stranger, link, someone())
    expect([page.path, page.notice]).toEqual(['/login', expect.stringContaining('An account with this address exists')])
    expect(page.html).toContain('value="/invitation"')
  })

  it('lets nobody in without one: not by the button of the log-in page, not with one that is over, not where nobody registers', async () => {
    const visitor = app.visitor()
    await visitor.open(await linkOf(app, {}))
    const page = await provider.logIn(visitor, someone())
    expect([page.path, page.notice]).toEqual(['/login', expect.stringContaining('There is no account for you here')])

    const link = await linkOf(app, {})
    const [quick, late] = [app.visitor(), app.visitor()]
    await take(late, link)
    await take(quick, link)
    expect((await quick.submit({ name: 'Grace' })).path).toBe('/account')
    expect((await late.submit({ name: 'Grace' })).path).toBe('/invitation')
    expect((await take(app.visitor(), link)).path).toBe('/invitation')
    const known = '/login/with/known?return_to=%2Finvitation'
    expect((await take(app.visitor(), await linkOf(app, {}), someone(), known)).notice).toContain('There is no account')
    expect((await take(app.visitor(), '/invitation/made-up')).path).toBe('/invitation')
  })

  it('takes the link that this browser came with, whatever another tab opens meanwhile', async () => {
    const visitor = app.visitor()
    const claims = someone()
    await visitor.open(await linkOf(app, { groups: ['editors'] }))
    const back = await provider.goThere(visitor, claims, {}, start)
    await visitor.open(await linkOf(app, {}))
    await visitor.open(back)
    await visitor.submit({ name: 'Grace' })
    expect(await visitor.account()).toMatchObject({ groups: ['editors'] })
  })
})

onSqlite('An open invitation where registration reveals no accounts', (database) => {
  it('V6.3.8 answers alike for each address that a provider does not prove, on the page and to programs', async () => {
    const provider = await startFakeProvider()
    const appRedirects = ['org.example.app:/done']
    const app = await makeApp(database, {
      ...{ connections: [provider.setting()], appRedirects, registration: 'confirm-first' },
    })
    const taken = someone()
    await provider.logIn(app.visitor(), taken, {}, '/login/with/fake')
    const owner = app.visitor()
    await provider.logIn(owner, taken)
    await owner.submit({ name: 'Grace' })
    expect(owner.page.path).toBe('/account')
    const link = await linkOf(app, { uses: 9 })
    const seen = []
    for (const email of [taken.email, 'nobody@example.org']) {
      const visitor = app.visitor()
      await visitor.open(link)
      const page = await provider.logIn(visitor, someone({ email, email_verified: false }), {}, start)
      seen.push([page.path, page.notice])
      expect(page.html).toContain('value="/invitation"')
    }
    expect(seen[0]).toEqual(['/login', expect.stringContaining('does not prove your email address')])
    expect(seen[1]).toEqual(seen[0])

    const verifier = 'v'.repeat(43)
    const query = new URLSearchParams({
      ...{ app_redirect: 'org.example.app:/done', app_challenge: digest(verifier).toString('base64url') },
    })
    const answers = []
    for (const email of [taken.email, 'nobody@example.org']) {
      const visitor = app.visitor()
      const claims = someone({ email, email_verified: false })
      const back = await provider.goThere(visitor, claims, {}, `/login/with/fake?${query}`)
      const code = new URL((await visitor.send('GET', back)).headers.get('location') ?? '').searchParams.get('code')
      const body = { code, code_verifier: verifier, create: true, invitation: link.split('/').at(-1) }
      const { status, body: told } = await app.visitor().json('POST', '/api/v1/login/provider', body)
      answers.push([status, told.code])
    }
    expect(answers[1]).toEqual(answers[0])
    await app.close()
    await provider.close()
  })
})

onSqlite('Who has an account', (database) => {
  let provider: FakeProvider
  let app: TestApp
  const appRedirects = ['org.example.app:/done']
  const verifier = 'v'.repeat(43)
  beforeAll(async () => {
    provider = await startFakeProvider()
    app = await makeApp(database, {
      ...{ connections: [provider.setting()], appRedirects, registration: 'confirm-first', emailsPerClient: 100_000 },
    })
  })
  afterAll(async () => {
    await app.close()
    await provider.close()
  })

  /** An address that the provider does not prove: of an account, or of nobody. */
  async function unproved(isKnown: boolean) {
    const claims = someone({ email_verified: false })
    const { services } = app
    const given = { email: claims.email, name: 'Ada', verified: true }
    if (isKnown) expect((await createAccount.run(services, order, Buffer.alloc(16), read(given))).kind).toBe('done')
    return claims
  }
  const read = (given: object) => createAccount.input.parse(given)

  const links: [string, () => Promise<string>][] = [
    ['that never was one', async () => `/invitation/${'x'.repeat(43)}`],
    ['for another address', () => invited(app, `invited-${Date.now()}-${Math.random()}@example.org`)],
  ]

  it.each(links)('V6.3.8 is not told in a browser by an invitation %s', async (_, linkFor) => {
    const ends = []
    for (const isKnown of [true, false]) {
      const visitor = app.visitor()
      await visitor.open(await linkFor())
      await provider.logIn(visitor, await unproved(isKnown), {}, start)
      const { path, status, notice, heading } = visitor.page
      ends.push({ path, status, notice, heading })
    }
    expect(ends[0]).toEqual(ends[1])
    expect(ends[0]?.path).not.toBe('/login')
  })

  it.each(links)('V6.3.8 is not told to a program by an invitation %s', async (_, linkFor) => {
    const ends = []
    for (const isKnown of [true, false]) {
      const invitation = (await linkFor()).split('/').at(-1)
      const query = { app_redirect: appRedirects[0] ?? '', app_challenge: digest(verifier).toString('base64url') }
      const visitor = app.visitor()
      const address = `/login/with/fake?${new URLSearchParams(query)}`
      const back = await provider.goThere(visitor, await unproved(isKnown), {}, address)
      const code = new URL((await visitor.send('GET', back)).headers.get('location') ?? '').searchParams.get('code')
      const wanted = { code, code_verifier: verifier, create: true, invitation }
      const { status, body } = await app.visitor().json('POST', '/api/v1/login/provider', wanted)
      ends.push([status, body.code])
    }
    expect(ends[0]).toEqual(ends[1])
  })

  it('V6.3.8 is not told by an open invitation where nobody registers', async () => {
    const closed = await makeApp(database, { connections: [provider.setting()], registration: 'closed' })
    const link = await linkOf(app, { uses: 9 })
    const ends = []
    for (const isKnown of [true, false]) {
      const visitor = closed.visitor()
      await visitor.open(link)
      await provider.logIn(visitor, await unproved(isKnown), {}, start)
      const { path, status, notice, heading } = visitor.page
      ends.push({ path, status, notice, heading })
    }
    await closed.close()
    expect(ends[0]).toEqual(ends[1])
  })
})

onSqlite('A native app', (database) => {
  it('gives the invitation beside the code', async () => {
    const provider = await startFakeProvider()
    const appRedirects = ['org.example.app:/done']
    const app = await makeApp(database, {
      ...{ connections: [provider.setting()], appRedirects, registration: 'invitation' },
    })
    const verifier = 'v'.repeat(43)
    const query = new URLSearchParams({
      ...{ app_redirect: 'org.example.app:/done', app_challenge: digest(verifier).toString('base64url') },
    })
    const visitor = app.visitor()
    const back = await provider.goThere(visitor, someone(), {}, `/login/with/fake?${query}`)
    const code = new URL((await visitor.send('GET', back)).headers.get('location') ?? '').searchParams.get('code')
    const invitation = (await linkOf(app, {})).split('/').at(-1)
    const create = (more: object) =>
      app.visitor().json('POST', '/api/v1/login/provider', { code, code_verifier: verifier, create: true, ...more })
    expect((await create({})).body.code).toBe('registration-closed')
    expect((await create({ invitation: 'made-up' })).body.code).toBe('invalid-link')
    expect((await create({ invitation })).status).toBe(201)
    await app.close()
    await provider.close()
  })
})

onSqlite('Below a base path', (database) => {
  it('the link, the way back and the kept wishes stand, also through a second factor', async () => {
    const provider = await startFakeProvider()
    const app = await makeApp(database, { connections: [provider.setting()], basePath: '/auth' })
    const claims = someone()
    const visitor = app.visitor()
    await visitor.open(`/auth${await linkOf(app, {})}`.replace('/auth/auth', '/auth'))
    expect(visitor.page.html).toContain('href="/auth/login/with/fake?return_to=%2Fauth%2Finvitation"')
    await provider.logIn(visitor, claims, {}, '/auth/login/with/fake?return_to=%2Fauth%2Finvitation')
    expect(visitor.page.path).toBe('/auth/login/with/fake/register')
    await visitor.submit({ name: 'Grace' })
    expect(visitor.page.path).toBe('/auth/account')
    const { accounts, database: stored } = app.services
    await accounts.changeFactors(stored.db, (await accountOf(app, claims)).id, { hasApp: true })
    const again = app.visitor()
    await provider.logIn(again, claims, {}, '/auth/login/with/fake?return_to=%2Fauth%2Faccount%2Fdevices')
    expect(again.page.path).toBe('/auth/two-factor')
    const underWay = await app.services.loginsUnderWay.ofAccount((await accountOf(app, claims)).id)
    expect(underWay).toHaveLength(1)
    await app.close()
    await provider.close()
  })
})
