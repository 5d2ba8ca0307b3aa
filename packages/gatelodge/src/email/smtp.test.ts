// Mail servers that are away, hang, refuse or lie: pages answer as ever, and no email is lost or sent to the wrong server.
import { expect, it } from 'vitest'
import { onEachDatabase, type TestDatabase } from '../../tests/support/databases.ts'
import { allEmails, deliveryOf, writeEmail } from '../../tests/support/delivery.ts'
import {
  type Mood,
  type MoodyServer,
  shortWaits,
  startMailServer,
  startMoodyServer,
} from '../../tests/support/mail-server.ts'
import { makeApp, type TestApp } from '../../tests/support/make-app.ts'
import { freePort } from '../../tests/support/mysql-server.ts'
import { someone } from '../../tests/support/visitor.ts'
import { hours, minutes } from '../time.ts'
import { connectSmtp } from './smtp.ts'

/** This machine, by a name that is none of its own: there, TLS is demanded. */
const far = '[::ffff:127.0.0.1]'

const appFor = async (database: TestDatabase, smtpUrl: string) => {
  const app = await makeApp(database, { smtpUrl, mailFrom: 'hello@example.org' })
  await app.services.database.db.deleteFrom('gatelodge_emails').execute()
  return app
}

let clients = 0
/** So many emails may be asked for from one address. */
const client = () => `192.0.2.${++clients % 250}`

/** Waits as short as a test can afford, for servers that let one wait. */
const impatient = ({ services }: TestApp) => ({
  connect: () => connectSmtp(services.settings, shortWaits),
})

onEachDatabase('While the mail server', (database) => {
  const unused = async () => ({ url: `smtp://localhost:${await freePort()}`, close: async () => {} })
  const moody =
    (mood: Mood, host = 'localhost') =>
    async () => {
      const server = await startMoodyServer(mood)
      const user = mood.offers?.some((one) => one.startsWith('AUTH')) ? 'user:password@' : ''
      return { url: `smtp://${user}${host}:${server.port}`, close: () => server.close() }
    }

  it.each<[string, () => Promise<{ url: string; close(): Promise<void> }>, RegExp]>([
    ['refuses the connection', unused, /^ESOCKET|^ECONN/],
    ['hangs before its greeting', moody({ hangsAt: 'greeting' }), /^ETIMEDOUT/],
    ['hangs at EHLO', moody({ hangsAt: 'EHLO' }), /^ETIMEDOUT/],
    ['hangs at STARTTLS', moody({ hangsAt: 'STARTTLS', offers: ['STARTTLS'] }, far), /^ETIMEDOUT/],
    ['hangs at AUTH', moody({ hangsAt: 'AUTH', offers: ['AUTH PLAIN'] }), /^ETIMEDOUT/],
    ['hangs at MAIL', moody({ hangsAt: 'MAIL' }), /^ETIMEDOUT/],
    ['hangs at RCPT', moody({ hangsAt: 'RCPT' }), /^ETIMEDOUT/],
    ['hangs at DATA', moody({ hangsAt: 'DATA' }), /^ETIMEDOUT/],
    ['hangs after DATA', moody({ hangsAt: 'after DATA' }), /^ETIMEDOUT/],
    ['drops the connection at once', moody({ dropsAt: 'greeting' }), /^ECONNECTION/],
    ['drops the connection at RCPT', moody({ dropsAt: 'RCPT' }), /^ECONNECTION/],
    ['drops the connection after DATA', moody({ dropsAt: 'after DATA' }), /^ECONNECTION/],
    ['knows no such user of its own', moody({ says: { AUTH: '535 no' }, offers: ['AUTH PLAIN'] }), /^EAUTH .*535/],
    ['wants another sender', moody({ says: { MAIL: '550 no' } }), /^EENVELOPE MAIL FROM 550/],
    ['greets with 421', moody({ says: { greeting: '421 busy' } }), /421/],
    ['speaks no SMTP', moody({ says: { greeting: 'HTTP/1.1 400 Bad Request' } }), /^E[A-Z]+/],
  ])('V16.5.2 %s, people register and ask for a new password as ever, and emails wait', async (_, open, reason) => {
    const { url, close } = await open()
    const app = await appFor(database, url)
    const office = deliveryOf(app, impatient(app))
    const from = client()
    const ada = await app.visitor(from).register()
    expect(await office.deliver()).toBe(0)
    await app.visitor(from).register()
    app.clock.pass(minutes(2))
    const visitor = app.visitor(from)
    await visitor.open('/forgot-password')
    await visitor.submit({ email: ada.email ?? '' })
    expect(visitor.page).toMatchObject({ status: 200, path: '/forgot-password/sent', summary: [] })
    const sent = visitor.page.html
    await visitor.open('/forgot-password')
    await visitor.submit({ email: someone().email ?? '' })
    expect(sent).toContain(ada.email)
    const withoutAddress = (html: string) => html.replace(/[\w.+-]+@example\.org/g, '')
    expect(withoutAddress(visitor.page.html)).toBe(withoutAddress(sent))

    expect(await office.deliver()).toBe(0)
    const written = (await allEmails(app)).filter(({ goodUntil }) => goodUntil > 0)
    expect(written.map(({ kind }) => kind)).toEqual(['verify-email', 'verify-email', 'reset-password'])
    for (const row of written) {
      expect(row).toMatchObject({ sentAt: null, failedAt: null, failure: expect.stringMatching(reason) })
      expect(row.dueAt).toBeGreaterThan(app.clock.now())
      expect(row.sealed).not.toBe('')
    }
    expect(JSON.stringify(app.logged)).not.toMatch(/@example\.org|password@/)
    await office.close()
    await app.close()
    await close()
  })
})

onEachDatabase('An email that was not taken', (database) => {
  const begin = async (mood: Mood) => {
    const server = await startMoodyServer(mood)
    const app = await appFor(database, `smtp://localhost:${server.port}`)
    const office = deliveryOf(app)
    const end = async () => {
      await office.close()
      await app.close()
      await server.close()
    }
    return { app, office, server, end }
  }

  it('goes again after pauses that grow, and is marked after a day', async () => {
    const { app, office, end } = await begin({ says: { RCPT: '451 not now' } })
    await writeEmail(app)
    const started = app.clock.now()
    const pauses: number[] = []
    for (;;) {
      await office.deliver()
      const [row] = await allEmails(app)
      if (row?.dueAt === null || row === undefined) break
      pauses.push(row.dueAt - app.clock.now())
      // Nobody tries before.
      app.clock.pass(row.dueAt - app.clock.now() - 1)
      await office.deliver()
      expect((await allEmails(app))[0]?.tries).toBe(pauses.length)
      app.clock.pass(1)
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240, 240].map(minutes))
    expect(app.clock.now() - started).toBeLessThan(hours(24))
    expect(await allEmails(app)).toMatchObject([
      { failedAt: app.clock.now(), failure: 'EENVELOPE RCPT TO 451', tries: 13 },
    ])
    expect(app.logged.filter(({ msg }) => msg === 'email.delayed')).toHaveLength(12)
    expect(app.logged.filter(({ msg }) => msg === 'email.failed')).toHaveLength(1)
    await end()
  })

  it.each<[string, Mood, string]>([
    ['its reader', { says: { RCPT: '550 no such mailbox' } }, 'EENVELOPE RCPT TO 550'],
    ['its words', { says: { 'after DATA': '554 looks like spam' } }, 'EMESSAGE DATA 554'],
  ])('is marked at once where the server refuses %s for good, and the next one is sent', async (_, mood, failure) => {
    const { app, office, server, end } = await begin(mood)
    await writeEmail(app)
    expect(await office.deliver()).toBe(0)
    expect(await allEmails(app)).toMatchObject([{ dueAt: null, failedAt: app.clock.now(), failure }])
    server.mood = {}
    await writeEmail(app)
    expect(await office.deliver()).toBe(1)
    await end()
  })

  it('V14.2.7 keeps what a failed email says until its link expires, so that it can be sent again, and no longer', async () => {
    const { app, office, server, end } = await begin({ says: { RCPT: '550 no such mailbox' } })
    const { emails, database: db } = app.services
    await writeEmail(app, { link: { token: 'a-token', life: hours(1) } })
    await writeEmail(app, { link: { token: 'a-token', life: hours(2) } })
    await office.deliver()
    const [first, second] = await allEmails(app)
    const again = (email = first) => emails.sendAgain(db.db, email?.id ?? Buffer.alloc(16))
    expect([first?.sealed, second?.sealed]).not.toContain('')
    app.clock.pass(hours(1))
    expect(await again()).toBe(false)
    await emails.purge()
    expect((await allEmails(app)).map(({ sealed }) => sealed)).toEqual(['', second?.sealed])
    server.mood = {}
    // Of two who want it at once, one gets it.
    expect([await again(second), await again(second)]).toEqual([true, false])
    expect(await office.deliver()).toBe(1)
    expect((await allEmails(app))[1]).toMatchObject({ sealed: '', failedAt: null, sentAt: app.clock.now(), tries: 1 })
    await end()
  })

  it('is sent once the server, which said 4xx at first, takes it', async () => {
    const { app, office, server, end } = await begin({ says: { RCPT: '450 greylisted' } })
    await writeEmail(app)
    await office.deliver()
    server.mood = { says: { 'after DATA': '452 full' } }
    app.clock.pass(minutes(1))
    await office.deliver()
    server.mood = { dropsAt: 'after DATA' }
    app.clock.pass(minutes(2))
    await office.deliver()
    server.mood = {}
    app.clock.pass(minutes(4))
    expect(await office.deliver()).toBe(1)
    expect(server.taken).toHaveLength(1)
    expect(await allEmails(app)).toMatchObject([{ tries: 4, failure: null, sentAt: app.clock.now() }])
    await end()
  })

  it('does not hold up the others where the server refuses only its reader', async () => {
    const { app, office, server, end } = await begin({})
    for (let count = 0; count < 12; count += 1) await writeEmail(app)
    server.mood = { says: { RCPT: '450 not now' } }
    expect(await office.deliver()).toBe(0)
    expect((await allEmails(app)).map(({ tries }) => tries)).toEqual(Array(12).fill(1))
    await end()
  })

  it('is not followed by thousands where the server takes none at all', async () => {
    const { app, office, end } = await begin({ says: { greeting: '421 busy' } })
    for (let count = 0; count < 12; count += 1) await writeEmail(app)
    expect(await office.deliver()).toBe(0)
    expect((await allEmails(app)).filter(({ tries }) => tries > 0)).toHaveLength(5)
    await end()
  })
})

onEachDatabase('A mail server elsewhere', (database) => {
  const tried = async (server: MoodyServer, host: string) => {
    const app = await appFor(database, `smtp://user:password@${host}:${server.port}`)
    await writeEmail(app)
    const office = deliveryOf(app)
    expect(await office.deliver()).toBe(0)
    const [row] = await allEmails(app)
    await office.close()
    await app.close()
    await server.close()
    return row
  }

  it('V12.3.1 that offers no TLS gets neither an email nor a password', async () => {
    const server = await startMoodyServer({ offers: ['AUTH PLAIN'], says: { STARTTLS: '502 what is that' } })
    expect(await tried(server, far)).toMatchObject({ sentAt: null, failure: expect.stringMatching(/^ETLS/) })
    expect(server.heard).not.toContain('AUTH')
    expect(server.heard).not.toContain('MAIL')
  })

  it('V12.3.2 whose certificate nobody vouches for gets neither an email nor a password', async () => {
    const server = await startMoodyServer({ offers: ['AUTH PLAIN', 'STARTTLS'] })
    expect(await tried(server, far)).toMatchObject({ sentAt: null, failure: expect.stringMatching(/^E/) })
    expect(server.heard).not.toContain('AUTH')
    expect(server.heard).not.toContain('MAIL')
  })

  it('V12.3.2 is not trusted over smtps either, even on this machine', async () => {
    const mail = await startMailServer({ secure: true })
    const app = await appFor(database, mail.url)
    await writeEmail(app)
    const office = deliveryOf(app)
    expect(await office.deliver()).toBe(0)
    expect(mail.arrived).toEqual([])
    await office.close()
    await app.close()
    await mail.close()
  })
})

onEachDatabase('The end of the process', (database) => {
  it('waits only a moment for a mail server that hangs, and the email goes again', async () => {
    const server = await startMoodyServer({ hangsAt: 'after DATA' })
    const app = await appFor(database, `smtp://localhost:${server.port}`)
    await writeEmail(app)
    const office = deliveryOf(app)
    const delivered = office.deliver()
    while (!server.heard.includes('DATA')) await new Promise((resolve) => setTimeout(resolve, 5))
    await office.close()
    expect(await delivered).toBe(0)
    expect(await allEmails(app)).toMatchObject([{ sentAt: null, failedAt: null, tries: 1 }])
    server.mood = {}
    app.clock.pass(minutes(1))
    const next = deliveryOf(app)
    expect(await next.deliver()).toBe(1)
    await next.close()
    await app.close()
    await server.close()
  })

  it('does not throw where the database is away, too', async () => {
    const app = await appFor(database, 'smtp://localhost:1')
    await writeEmail(app)
    const office = deliveryOf(app)
    await app.close()
    expect(await office.deliver()).toBe(0)
    await office.close()
  })
})
