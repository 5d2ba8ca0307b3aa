import { expect, it } from 'vitest'
import { atEachLevel, onEachDatabase } from '../../../tests/support/databases.ts'
import { emailsTo, emailTo, linkTo } from '../../../tests/support/emails.ts'
import { type TestApp, useApp } from '../../../tests/support/make-app.ts'
import { type Fields, someone, textOf, type Visitor } from '../../../tests/support/visitor.ts'
import { hours, minutes } from '../../time.ts'
import { purgeRegistrations } from './purge.rules.ts'

const confirmFirst = { registration: 'confirm-first', emailsPerClient: 100_000 } as const
const deadHeading = 'This link no longer works'
const wrong = 'Password is not right. Check it and try again.'

/** Someone who has asked for an account, and the link in their email. */
async function newcomer(app: TestApp, fields: Partial<Fields> = {}) {
  const browser = app.visitor()
  const ada = someone(fields) as Record<'name' | 'email' | 'password', string>
  await browser.open('/register')
  await browser.submit(ada)
  expect(browser.page.path).toBe('/register/sent')
  return { ada, browser, link: await linkTo(app, ada.email, 'start-account') }
}

/** The same, and they have pressed the button. */
async function member(app: TestApp) {
  const { ada, browser, link } = await newcomer(app)
  await browser.open(link)
  await browser.submit({})
  expect(browser.page.path).toBe('/account')
  app.clock.pass(minutes(1))
  return { ada, browser, link }
}

async function accountsOf({ services }: TestApp, email: string) {
  const { db } = services.database
  return db.selectFrom('gatelodge_accounts').selectAll().where('email', '=', email).execute()
}

onEachDatabase('Registration by email', (database) => {
  const app = useApp(database, confirmFirst)

  it('stores no account and logs nobody in before the button behind the link is pressed', async () => {
    const { ada, browser, link } = await newcomer(app())
    expect(browser.page).toMatchObject({
      status: 200,
      heading: 'Check your email',
    })
    expect(textOf(browser.page.html)).toContain(`We sent an email to ${ada.email}. Open the link in it`)
    expect(browser.page.html).toContain('It works once and expires in 24 hours.')
    expect(browser.page.html).toContain('href="/dev/mailbox"')
    expect(browser.sessionCookie).toBeUndefined()
    expect((await app().visitor().json('POST', '/api/v1/login', ada)).status).toBe(401)
    for (const who of [browser, app().visitor()])
      for (const headers of [{}, { purpose: 'prefetch' }, { 'sec-purpose': 'prefetch;prerender' }])
        for (const method of ['GET', 'HEAD']) {
          expect((await who.send(method, link, undefined, headers)).status).toBe(303)
          expect((await who.send(method, '/register/start', undefined, headers)).status).toBe(200)
          expect(who.sessionCookie).toBeUndefined()
        }
    expect(await accountsOf(app(), ada.email)).toEqual([])

    await browser.open(link)
    expect(browser.page).toMatchObject({ path: '/register/start', heading: 'Finish creating your account' })
    expect(browser.page.html).toContain(`<p class="address" dir="ltr" translate="no">${ada.email}</p>`)
    expect(browser.page.html).not.toContain('type="password"')
    await browser.submit({})
    expect(browser.page).toMatchObject({
      path: '/account',
      heading: 'Hello, Ada Lovelace',
      notice: 'Welcome, Ada Lovelace. Your account is ready.',
    })
    expect(browser.page.html).toContain('>Verified<')
    expect((await app().visitor().logIn(ada)).path).toBe('/account')
  })

  it('gives the same answer, and the email to a known address says that it has an account, with links to log in', async () => {
    const { ada } = await member(app())
    const before = await accountsOf(app(), ada.email)
    const stranger = app().visitor()
    await stranger.open('/register')
    await stranger.submit({ ...ada, name: 'Mallory', password: 'quiet amber windmill' })
    expect(stranger.page).toMatchObject({
      path: '/register/sent',
      heading: 'Check your email',
    })
    expect(textOf(stranger.page.html)).toContain(`We sent an email to ${ada.email}. `)
    const message = await emailTo(app(), ada.email, 'already-registered')
    const { baseUrl } = app().services.settings
    expect(message.text).toContain(`Log in:\n${baseUrl}/login\n`)
    expect(message.text).toContain(`\n${baseUrl}/forgot-password\n`)
    expect(message.text).not.toContain('Mallory')
    expect(message.link).toBeUndefined()
    expect((await emailsTo(app(), ada.email)).map(({ kind }) => kind)).toEqual(['start-account', 'already-registered'])
    expect(await accountsOf(app(), ada.email)).toEqual(before)
    expect((await app().visitor().logIn(ada)).path).toBe('/account')
  })

  it('knows one address in many spellings, and writes to the one that its owner gave', async () => {
    const local = `ada${Date.now()}`
    const { browser, link } = await newcomer(app(), { email: `${local}@exämple.org` })
    await browser.open(link)
    await browser.submit({})
    app().clock.pass(minutes(1))
    await app()
      .visitor()
      .json('POST', '/api/v1/register', someone({ email: `${local.toUpperCase()}@XN--EXMPLE-CUA.ORG` }))
    expect((await emailsTo(app(), `${local}@exämple.org`)).map(({ kind }) => kind)).toEqual([
      'start-account',
      'already-registered',
    ])
  })

  it('V6.3.8 answers a program the same for both, and shows a person only the address from what was typed', async () => {
    const { ada } = await member(app())
    const answers = []
    for (const email of [ada.email, ada.email.replace('ada', 'eve')]) {
      answers.push(
        await app()
          .visitor()
          .json('POST', '/api/v1/register', { ...ada, email }),
      )
    }
    expect(answers[0]).toMatchObject({ status: 202, body: { next: 'read-email' } })
    expect(answers[1]).toEqual(answers[0])
    const browser = app().visitor()
    await browser.open('/register')
    const eve = someone()
    await browser.submit({ ...eve, email: `${' '.repeat(900)}${eve.email} ` })
    expect(textOf(browser.page.html)).toContain(`We sent an email to ${eve.email}. `)
  })

  it('says at once what is wrong with what was typed, which reveals nothing about the address', async () => {
    const { ada } = await member(app())
    for (const email of [ada.email, someone().email ?? '']) {
      const browser = app().visitor()
      await browser.open('/register')
      await browser.submit({ name: '', email, password: 'short' })
      expect(browser.page.summary).toEqual(['Enter your name', 'Password must be at least 8 characters'])
    }
    expect(await emailsTo(app(), ada.email)).toHaveLength(1)
  })

  it('puts nothing that a stranger typed into the email: they could send messages in our name', async () => {
    const name = 'Win a prize at https://evil.example today'
    const { ada } = await newcomer(app(), { name })
    const message = await emailTo(app(), ada.email, 'start-account')
    expect(message.to).toEqual({ name: '', address: ada.email })
    expect(JSON.stringify(message)).not.toContain('evil.example')
  })

  it('sends no second email within a minute and no fourth within an hour, and answers the same', async () => {
    const ada = someone()
    const ask = async () => {
      const browser = app().visitor()
      await browser.open('/register')
      await browser.submit(ada)
      expect(browser.page).toMatchObject({ path: '/register/sent', notice: undefined })
      return (await emailsTo(app(), ada.email ?? '')).length
    }
    expect([await ask(), await ask()]).toEqual([1, 1])
    for (const emails of [2, 3, 3, 3]) {
      app().clock.pass(minutes(1))
      expect(await ask()).toBe(emails)
    }
    app().clock.pass(hours(1))
    expect(await ask()).toBe(4)
  })
})

onEachDatabase('The link that starts an account', (database) => {
  const app = useApp(database, confirmFirst)

  it('asks for the password in a browser in which nobody registered, and the right one logs in', async () => {
    const { ada, link } = await newcomer(app())
    const phone = app().visitor()
    await phone.open(link)
    expect(phone.page.html).toContain('id="password"')
    await phone.submit({ password: '' })
    expect(phone.page).toMatchObject({ path: '/register/start', summary: ['Enter your password'] })
    await phone.submit({ password: 'violet tram lump' })
    expect(phone.page).toMatchObject({ path: '/register/start', summary: [wrong] })
    expect(await accountsOf(app(), ada.email)).toEqual([])
    await phone.submit({ password: ada.password })
    expect(phone.page).toMatchObject({ path: '/account', heading: 'Hello, Ada Lovelace' })
  })

  it('V6.3.1 is rate-limited after five wrong passwords, however many come at once', async () => {
    const { ada, link } = await newcomer(app())
    const statuses = await Promise.all(
      Array.from({ length: 16 }, async () => {
        const browser = app().visitor()
        await browser.open(link)
        return (await browser.form('/register/start', { password: 'violet tram lump' })).status
      }),
    )
    expect(statuses.filter((status) => status === 422)).toHaveLength(5)
    expect(statuses.filter((status) => status === 429)).toHaveLength(11)
    const phone = app().visitor()
    await phone.open(link)
    const held = await phone.submitOnly({ password: ada.password })
    expect([held.status, held.headers.get('retry-after')]).toEqual([429, '1'])
    expect(await held.text()).toContain(`<p class="address" dir="ltr" translate="no">${ada.email}</p>`)
    app().clock.pass(1_000)
    await phone.submit({ password: ada.password })
    expect(phone.page.path).toBe('/account')
  })

  it('V6.3.1 gives a right password no room behind as many wrong ones', async () => {
    const { ada, link } = await newcomer(app())
    const phone = app().visitor()
    await phone.open(link)
    const { hashing } = app().services
    const verify = hashing.verify
    hashing.verify = async (...call) => {
      hashing.verify = verify
      const { email } = ada
      for (const _ of [1, 2, 3, 4, 5]) await app().visitor().json('POST', '/api/v1/login', { email, password: 'wrong' })
      return verify(...call)
    }
    expect((await phone.form('/register/start', { password: ada.password })).status).toBe(429)
    expect(await accountsOf(app(), ada.email)).toEqual([])
  })

  it('is invalid once it was used, its time is over or it was made up: one page and one message', async () => {
    const used = await member(app())
    const expired = await newcomer(app())
    app().clock.pass(hours(24))
    await purgeRegistrations(app().services)
    const late = await newcomer(app())
    app().clock.pass(hours(24))
    const links: Record<string, string> = {
      used: used.link,
      'expired and gone': expired.link,
      expired: late.link,
      'made up': `/register/start/${'A'.repeat(43)}`,
      'cut off': late.link.slice(0, -1),
      'of no form': '/register/start/%00%ff%3Cscript%3E',
    }
    const seen = new Set<string>()
    for (const [which, link] of Object.entries(links)) {
      const browser = app().visitor()
      await browser.open(link)
      expect(browser.page, which).toMatchObject({ status: 410, path: '/register/start', heading: deadHeading })
      expect(browser.page.html).toContain('Create the account again to get a new one.')
      seen.add(browser.page.html)
    }
    expect(seen.size).toBe(1)
    expect((await app().visitor().form('/register/start')).status).toBe(410)
    const { db } = app().services.database
    await purgeRegistrations(app().services)
    expect(await db.selectFrom('gatelodge_registrations').select('email').execute()).toEqual([])
  })

  it('keeps no link in the browser that used it', async () => {
    const { browser, link } = await member(app())
    expect((await browser.open('/register/start')).status).toBe(410)
    expect((await browser.open(link)).heading).toBe(deadHeading)
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(200)
  })

  it('of two people who want one address, the one whose link is pressed gets it, and the other’s is invalid', async () => {
    const stranger = await newcomer(app(), { name: 'Mallory', password: 'quiet amber windmill' })
    app().clock.pass(minutes(1))
    const owner = await newcomer(app(), { email: stranger.ada.email })
    // The owner reads both emails, and has typed the password of one.
    const phone = app().visitor()
    await phone.open(stranger.link)
    await phone.submit({ password: owner.ada.password })
    expect(phone.page.summary).toEqual([wrong])
    await phone.open(owner.link)
    await phone.submit({ password: owner.ada.password })
    expect(phone.page).toMatchObject({ path: '/account', heading: 'Hello, Ada Lovelace' })

    for (const browser of [stranger.browser, app().visitor()]) {
      await browser.open(stranger.link)
      expect(browser.page).toMatchObject({ status: 410, heading: deadHeading })
    }
    const { email } = owner.ada
    expect(
      (await stranger.browser.json('POST', '/api/v1/login', { email, password: 'quiet amber windmill' })).status,
    ).toBe(401)
    expect(await accountsOf(app(), email)).toHaveLength(1)
  })

  it('does not make an account for an address that has got one meanwhile', async () => {
    const { ada, browser, link } = await newcomer(app())
    const eve = app().visitor()
    const other = await member(app())
    await eve.logIn(other.ada)
    expect((await eve.form('/account/email', { new_email: ada.email })).status).toBe(200)
    await eve.open(await linkTo(app(), ada.email, 'confirm-email'))
    await eve.submit({})
    await browser.open(link)
    await browser.submit({})
    expect(browser.page).toMatchObject({ status: 410, heading: deadHeading })
    expect(browser.sessionCookie).toBeUndefined()
    expect(await accountsOf(app(), ada.email)).toHaveLength(1)
  })
})

atEachLevel('16 starts at once', (database, replaced) => {
  const app = useApp(database, confirmFirst, replaced)
  const start = async (browser: Visitor, fields: Fields = {}) => browser.form('/register/start', fields)

  it('V2.3.4 V15.4.2 with one link: one account, one session, one record', async () => {
    const { ada, browser, link } = await newcomer(app())
    const copies = await Promise.all(
      Array.from({ length: 16 }, async () => {
        const copy = app().visitor()
        copy.cookies = new Map(browser.cookies)
        await copy.open(link)
        return copy
      }),
    )
    const statuses = await Promise.all(copies.map(async (copy) => (await start(copy)).status))
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.filter((status) => status === 410)).toHaveLength(15)
    await startedOnce(app(), ada.email, copies)
  })

  it('V2.3.4 V15.4.2 with two links to one address: one account, and its password is the one of its link', async () => {
    const first = await newcomer(app())
    app().clock.pass(minutes(1))
    const second = await newcomer(app(), { email: first.ada.email, password: 'quiet amber windmill' })
    const browsers = await Promise.all(
      Array.from({ length: 16 }, async (_, index) => {
        const copy = app().visitor()
        const own = index % 2 ? first : second
        copy.cookies = new Map(own.browser.cookies)
        await copy.open(own.link)
        return copy
      }),
    )
    const statuses = await Promise.all(browsers.map(async (browser) => (await start(browser)).status))
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.filter((status) => status === 410)).toHaveLength(15)
    await startedOnce(app(), first.ada.email, browsers)
    const works = statuses.indexOf(200) % 2 ? first : second
    expect((await app().visitor().json('POST', '/api/v1/login', works.ada)).status).toBe(200)
  })
})

async function startedOnce(app: TestApp, email: string, browsers: Visitor[]): Promise<void> {
  const { db } = app.services.database
  const [account, ...others] = await accountsOf(app, email)
  if (!account) throw new Error('nobody has an account')
  expect(others).toEqual([])
  const sessions = await db.selectFrom('gatelodge_sessions').selectAll().where('account_id', '=', account.id).execute()
  expect(sessions).toHaveLength(1)
  const records = await db.selectFrom('gatelodge_audit').selectAll().where('account_id', '=', account.id).execute()
  expect(records.map(({ event }) => event)).toEqual(['registration.succeeded'])
  const left = await db.selectFrom('gatelodge_registrations').selectAll().where('email', '=', email).execute()
  expect(left).toEqual([])
  const statuses = await Promise.all(
    browsers.map(async (browser) => (await browser.json('GET', '/api/v1/session')).status),
  )
  expect(statuses.filter((status) => status === 200)).toHaveLength(1)
}

onEachDatabase('The email of a registration, sent again', (database) => {
  const app = useApp(database, confirmFirst)
  const shown = ({ page }: Visitor, email: string) =>
    textOf(/<main.*<\/main>/s.exec(page.html)?.[0] ?? '').replaceAll(email, 'the address')

  it('brings a new link, and the one before is invalid', async () => {
    const { ada, browser, link } = await newcomer(app())
    expect(textOf(browser.page.html)).toContain('You can send it again in 1 minute.')
    app().clock.pass(minutes(1))
    await browser.submit({})
    expect(browser.page).toMatchObject({
      path: '/register/sent',
      notice: 'You asked for the email again. It can take a few minutes to arrive.',
    })
    const other = await linkTo(app(), ada.email, 'start-account')
    expect(other).not.toBe(link)
    expect((await browser.open(link)).heading).toBe(deadHeading)
    await browser.open(other)
    await browser.submit({})
    expect(browser.page).toMatchObject({ path: '/account', heading: 'Hello, Ada Lovelace' })
  })

  it('is not sent within a minute, and then the link before still works', async () => {
    const { ada, browser, link } = await newcomer(app())
    await browser.submit({})
    expect(browser.page).toMatchObject({ path: '/register/sent', notice: undefined })
    expect(await emailsTo(app(), ada.email)).toHaveLength(1)
    await browser.open(link)
    await browser.submit({})
    expect(browser.page.path).toBe('/account')
  })

  it('V6.3.8 gets the same answer where the address has an account, whose owner gets an email', async () => {
    const { ada } = await member(app())
    const pages = []
    for (const person of [ada, someone()]) {
      const email = person.email ?? ''
      const browser = app().visitor()
      await browser.open('/register')
      await browser.submit({ ...person, name: 'Mallory', password: 'quiet amber windmill' })
      const seen = [shown(browser, email)]
      for (const wait of [minutes(1), minutes(0.5), minutes(1), minutes(1)]) {
        app().clock.pass(wait)
        await browser.submit({})
        seen.push(shown(browser, email))
      }
      pages.push(seen)
    }
    expect(pages[0]).toEqual(pages[1])
    const kinds = (await emailsTo(app(), ada.email)).map(({ kind }) => kind)
    expect(kinds).toEqual(['start-account', 'already-registered', 'already-registered'])
  })

  it('cannot be asked for by a browser that has not registered', async () => {
    const browser = app().visitor()
    const answer = await browser.send('POST', '/register/sent', new URLSearchParams())
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/register'])
  })
})
