// Emails leave: what arrives at a real mail server, exactly once, anyone who sends them and whatever happens meanwhile.
import { expect, it } from 'vitest'
import { onEachDatabase } from '../../tests/support/databases.ts'
import { allEmails, deliveryOf, writeEmail } from '../../tests/support/delivery.ts'
import { emailTo } from '../../tests/support/emails.ts'
import { useMailServer } from '../../tests/support/mail-server.ts'
import { makeApp, type TestApp, useApp } from '../../tests/support/make-app.ts'
import { someone } from '../../tests/support/visitor.ts'
import { hours, minutes, seconds } from '../time.ts'
import { NotSent, type Transport } from './smtp.ts'

const awkward = 'Gräfin "Ada" <Lovelace>, x@y; z'

onEachDatabase('An email', (database) => {
  const mail = useMailServer()
  const withMail = (more = {}) =>
    makeApp(database, { smtpUrl: mail.url, mailFrom: 'hello@books.example', siteName: 'Söhne, Books', ...more })
  /** With nothing left to send from the test before. */
  const makeWithMail = async (more = {}) => {
    const app = await withMail(more)
    await app.services.database.db.deleteFrom('gatelodge_emails').execute()
    return app
  }

  it('arrives as text and HTML, at one recipient, with the headers of an email that nobody answers', async () => {
    const app = await makeWithMail({ supportEmail: 'help@books.example' })
    await writeEmail(app, { to: { name: awkward, address: 'ada@example.org' } })
    const office = deliveryOf(app)
    expect(await office.deliver()).toBe(1)
    const [{ envelope, message, raw } = fail()] = mail.arrived
    expect(envelope).toEqual({ from: 'hello@books.example', to: ['ada@example.org'] })
    expect(message.to).toMatchObject({ value: [{ name: awkward, address: 'ada@example.org' }] })
    expect(message.from?.value).toEqual([{ name: 'Söhne, Books', address: 'hello@books.example' }])
    expect(message.replyTo?.value).toEqual([{ name: 'Söhne, Books', address: 'help@books.example' }])
    expect(message.headers.get('auto-submitted')).toBe('auto-generated')
    expect(message.subject).toBe('Reset your password at Söhne, Books')
    expect(message.date?.getTime()).toBe(app.clock.now())
    expect(raw).toMatch(/^content-type: multipart\/alternative/im)
    expect(message.text).toContain('http://localhost:3000/reset-password/a-token\n')
    expect(message.html).toContain('href="http://localhost:3000/reset-password/a-token"')
    expect(message.attachments).toEqual([])
    const [row] = await allEmails(app)
    expect(row).toMatchObject({ sealed: '', dueAt: null, sentAt: app.clock.now(), tries: 1, failure: null })
    expect(app.logged).toContainEqual(expect.objectContaining({ msg: 'email.sent', email: 'reset-password', tries: 1 }))
    expect(JSON.stringify(app.logged)).not.toContain('ada@example.org')
    await office.close()
    await app.close()
  })

  it.each([
    ['with ASCII only', 'Ada', '7bit'],
    ['with other signs', 'Gräfin Ada', 'base64'],
  ])('%s has its link whole in one line, however it is encoded', async (_, name, encoding) => {
    const baseUrl = 'https://accounts.a-rather-long-name-of-a-host.example.org'
    const app = await makeWithMail({ baseUrl, siteName: 'Books' })
    const token = 'kQ-tOkEn_'.repeat(5).slice(0, 43)
    await writeEmail(app, { to: { name, address: `${'a'.repeat(64)}@example.org` }, link: { token, life: hours(1) } })
    const office = deliveryOf(app)
    await office.deliver()
    const [{ raw, message } = fail()] = mail.arrived
    const [, headers = '', body = ''] =
      /\r\n(content-type: text\/plain[\s\S]*?)\r\n\r\n([\s\S]*?)\r\n--/i.exec(raw) ?? []
    expect(headers).toMatch(new RegExp(`^content-transfer-encoding: ${encoding}$`, 'im'))
    expect(headers).not.toMatch(/flowed/i)
    const words = encoding === 'base64' ? String(Buffer.from(body, 'base64')) : body
    const lines = words.split(/\r?\n/)
    expect(lines).toContain(`${baseUrl}/reset-password/${token}`)
    expect(lines.filter((line) => line.length > 76 && line.includes(' '))).toEqual([])
    expect(message.text?.replaceAll('\n', ' ')).toContain(`If this was not you, ignore this email.`)
    await office.close()
    await app.close()
  })

  it.each([
    ['a line break and a header', 'Ada\r\nBcc: eve@evil.example'],
    ['a line break and a body', 'Ada\r\n\r\nEve was here'],
    ['a bare line feed', 'Ada\nBcc: eve@evil.example'],
    ['a bare carriage return', 'Ada\rBcc: eve@evil.example'],
    ['NUL', 'Ada\0Bcc: eve@evil.example'],
    ['a comma', 'Ada, eve@evil.example'],
    ['a semicolon and a group', 'friends: eve@evil.example;'],
    ['an address in brackets', 'Ada <eve@evil.example>'],
    ['quotes', '"Ada" <eve@evil.example>, "'],
  ])('V1.3.11 whose name has %s goes to its one recipient, with no header more', async (_, name) => {
    const app = await makeWithMail()
    await writeEmail(app)
    await writeEmail(app, { to: { name, address: 'ada@example.org' } })
    const office = deliveryOf(app)
    await office.deliver()
    const [plain = fail(), hostile = fail()] = mail.arrived
    expect(hostile.envelope).toEqual(plain.envelope)
    expect([...hostile.message.headers.keys()].sort()).toEqual([...plain.message.headers.keys()].sort())
    expect(hostile.message.to).toMatchObject({ value: [{ address: 'ada@example.org' }] })
    expect(hostile.message.headerLines.filter(({ line }) => /^(bcc|cc|to):/i.test(line))).toHaveLength(1)
    await office.close()
    await app.close()
  })

  it.each([
    'ada@example.org, eve@evil.example',
    'ada@example.org;eve@evil.example',
    'ada@example.org\r\nRCPT TO:<eve@evil.example>',
    'ada@example.org\nBcc: eve@evil.example',
    'ada@example.org\0eve@evil.example',
    'ada <eve@evil.example>',
    '<eve@evil.example>ada@example.org',
    'friends: ada@example.org, eve@evil.example;',
  ])('V1.3.11 to what is no address reaches nobody else: %j', async (address) => {
    const app = await makeWithMail()
    // Past the forms, which refuse each of them.
    await writeEmail(app, { to: { name: '', address } })
    const office = deliveryOf(app)
    await office.deliver()
    for (const { envelope, message } of mail.arrived) {
      expect(envelope.to).toHaveLength(1)
      expect(envelope.to[0]).not.toMatch(/^<?eve@evil\.example>?$/)
      expect(message.headers.has('bcc')).toBe(false)
    }
    await office.close()
    await app.close()
  })

  it('V1.3.11 goes to the address that is stored, however it was typed this time', async () => {
    const app = await makeWithMail()
    const ada = await app.visitor().register()
    const office = deliveryOf(app)
    await office.deliver()
    mail.arrived.length = 0
    const visitor = app.visitor()
    app.clock.pass(hours(1))
    await visitor.open('/forgot-password')
    await visitor.submit({ email: ` ${ada.email?.toUpperCase()} ` })
    await office.deliver()
    expect(mail.arrived.map(({ envelope }) => envelope.to)).toEqual([[ada.email]])
    await office.close()
    await app.close()
  })

  it('has the same Message-ID at each try, and another one has another', async () => {
    const app = await makeWithMail()
    const tried: string[] = []
    const reluctant = async (): Promise<Transport> => ({
      async send({ messageId }) {
        tried.push(messageId)
        throw new NotSent('not now', 'later')
      },
      close() {},
    })
    await writeEmail(app)
    for (let round = 0; round < 3; round += 1) {
      await deliveryOf(app, { connect: reluctant }).deliver()
      app.clock.pass(hours(4))
    }
    expect(tried).toHaveLength(3)
    expect(new Set(tried).size).toBe(1)
    await writeEmail(app)
    const office = deliveryOf(app)
    expect(await office.deliver()).toBe(2)
    const ids = mail.arrived.map(({ message }) => message.messageId)
    expect(ids).toContain(tried[0])
    expect(new Set(ids).size).toBe(2)
    for (const id of ids) expect(id).toMatch(/^<[\da-f-]{36}@books\.example>$/)
    await office.close()
    await app.close()
  })

  it('is sent once by several copies that look at the same moment', async () => {
    const app = await makeWithMail()
    for (let count = 0; count < 40; count += 1)
      await writeEmail(app, { to: { name: '', address: `reader-${count}@example.org` } })
    const offices = Array.from({ length: 4 }, () => deliveryOf(app))
    const rounds = offices.flatMap((office) => Array.from({ length: 4 }, () => office.deliver()))
    await Promise.all(rounds)
    // Anyone who found all of them taken stopped; the next tick tells.
    await Promise.all(offices.map((office) => office.deliver()))
    const readers = mail.arrived.map(({ envelope }) => envelope.to[0])
    expect(readers).toHaveLength(40)
    expect(new Set(readers).size).toBe(40)
    for (const row of await allEmails(app)) expect(row).toMatchObject({ tries: 1, sealed: '' })
    for (const office of offices) await office.close()
    await app.close()
  })

  it('goes again in its time where the copy that had taken it died', async () => {
    const app = await makeWithMail()
    await writeEmail(app)
    // It never comes back from sending.
    void deliveryOf(app, { connect: () => new Promise(() => {}) }).deliver()
    await untilTaken(app)
    const office = deliveryOf(app)
    expect(await office.deliver()).toBe(0)
    app.clock.pass(minutes(5) - 1)
    expect(await office.deliver()).toBe(0)
    app.clock.pass(1)
    // It may have been sent: the copy that had it gets two minutes to say so.
    expect(await office.deliver()).toBe(0)
    app.clock.pass(minutes(2) - 1)
    expect(await office.deliver()).toBe(0)
    app.clock.pass(1)
    expect(await office.deliver()).toBe(1)
    expect(mail.arrived).toHaveLength(1)
    await office.close()
    await app.close()
  })

  it('stays sent where a copy that had slept meanwhile could not send it', async () => {
    const app = await makeWithMail()
    await writeEmail(app)
    let wake = (_: Error) => {}
    const sleeper = new Promise<never>((_, reject) => {
      wake = reject
    })
    const sleeping = deliveryOf(app, { connect: async () => ({ send: () => sleeper, close() {} }) }).deliver()
    await untilTaken(app)
    app.clock.pass(minutes(5))
    const office = deliveryOf(app)
    expect(await office.deliver()).toBe(0)
    app.clock.pass(minutes(2))
    expect(await office.deliver()).toBe(1)
    wake(new NotSent('too late', 'later'))
    expect(await sleeping).toBe(0)
    app.clock.pass(hours(5))
    expect(await office.deliver()).toBe(0)
    expect(await allEmails(app)).toMatchObject([{ dueAt: null, failedAt: null, failure: null }])
    await office.close()
    await app.close()
  })

  it('is reported in the next round where the database was away when it had been sent', async () => {
    const app = await makeWithMail()
    await writeEmail(app)
    const { copyOf, lose } = switchable(app)
    const office = copyOf()
    lose('sent')
    expect(await office.deliver()).toBe(0)
    expect(mail.arrived).toHaveLength(1)
    lose()
    expect(await office.deliver()).toBe(1)
    expect(mail.arrived).toHaveLength(1)
    expect(await allEmails(app)).toMatchObject([{ sealed: '', dueAt: null, tries: 1, failure: null }])
    expect(app.logged.filter(({ msg }) => msg === 'email.sent')).toHaveLength(1)
    await office.close()
    await app.close()
  })

  it('is reported before the end where the copy that sent it stops', async () => {
    const app = await makeWithMail()
    await writeEmail(app)
    const { copyOf, lose } = switchable(app)
    const office = copyOf()
    lose('sent')
    await office.deliver()
    lose()
    await office.close()
    expect(await allEmails(app)).toMatchObject([{ sealed: '', dueAt: null, tries: 1 }])
    await app.close()
  })

  it.each([4, 5, 6, 7, 30])(
    'is sent once by two copies where no write succeeds for %i minutes after it was sent, whichever of them is first then',
    async (away) => {
      for (const isOwnerFirst of [true, false]) {
        mail.arrived.length = 0
        const app = await makeWithMail()
        await writeEmail(app)
        const { copyOf, lose } = switchable(app)
        const [owner, other] = [copyOf(), copyOf()]
        lose('sent')
        await owner.deliver()
        lose('all')
        const round = async () => {
          app.clock.pass(seconds(15))
          for (const office of isOwnerFirst ? [owner, other] : [other, owner]) await office.deliver()
        }
        for (let rounds = 0; rounds < away * 4; rounds += 1) await round()
        lose()
        for (let rounds = 0; rounds < 40; rounds += 1) await round()
        expect(mail.arrived).toHaveLength(1)
        expect(await allEmails(app)).toMatchObject([{ sealed: '', dueAt: null, failedAt: null }])
        await owner.close()
        await other.close()
        await app.close()
      }
    },
  )

  it('is not sent once its link has expired', async () => {
    const app = await makeWithMail()
    await writeEmail(app, { link: { token: 'a-token', life: hours(1) } })
    app.clock.pass(hours(1))
    const office = deliveryOf(app)
    expect(await office.deliver()).toBe(0)
    expect(mail.arrived).toEqual([])
    expect(await allEmails(app)).toMatchObject([{ sealed: '', failedAt: app.clock.now(), failure: 'too late' }])
    await app.close()
  })

  it('is marked where the secret that sealed it is gone', async () => {
    const app = await makeWithMail()
    await writeEmail(app)
    const other = await withMail({ secret: ['another-secret-0123456789-abcdefghijklm'] })
    expect(await deliveryOf(other).deliver()).toBe(0)
    expect(await allEmails(app)).toMatchObject([{ sealed: '', failure: 'sealed with another secret' }])
    expect(other.logged).toContainEqual(expect.objectContaining({ level: 'warn', msg: 'email.failed' }))
    await other.close()
    await app.close()
  })
})

onEachDatabase('A name', (database) => {
  const app = useApp(database)

  it('is in no email before its address is confirmed: a stranger may have chosen it', async () => {
    const stranger = app().visitor('192.0.2.77')
    const typed = someone({ name: 'You won! Visit evil.example' })
    await stranger.register(typed)
    app().clock.pass(hours(1))
    const visitor = app().visitor('192.0.2.78')
    await visitor.open('/forgot-password')
    await visitor.submit({ email: typed.email ?? '' })
    const reset = await emailTo(app(), typed.email ?? '', 'reset-password')
    await stranger.open('/account/profile')
    await stranger.submit({ name: 'Call +44 1632 960000' })
    const notice = await emailTo(app(), typed.email ?? '', 'name-changed')
    for (const { text, to } of [reset, notice]) {
      expect(to.name).toBe('')
      expect(text).toMatch(/^Hello,\n/)
      expect(text).not.toMatch(/evil|960000/)
    }
  })
})

/** Until someone has an email in hand. */
async function untilTaken(app: Parameters<typeof allEmails>[0]): Promise<void> {
  while ((await allEmails(app)).every(({ tries }) => tries === 0)) await new Promise(setImmediate)
}

/** Copies on one database that takes no writes at times: those that say what was sent, or none, as while its primary is switched. */
function switchable(app: TestApp) {
  let lost: 'sent' | 'all' | undefined
  const { database } = app.services
  const db = new Proxy(database.db, {
    get(target, name) {
      // The only write outside of a transaction is that one, in this test.
      if (name === 'updateTable' && lost) throw new Error('the database takes no writes')
      const value = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const transact: typeof database.transact = (work, look) => {
    if (lost === 'all') throw new Error('the database takes no writes')
    return database.transact(work, look)
  }
  const services = { ...app.services, database: { ...database, db, transact } }
  return {
    copyOf: () => deliveryOf({ ...app, services } as typeof app),
    lose(what?: 'sent' | 'all') {
      lost = what
    },
  }
}

function fail(): never {
  throw new Error('nothing has arrived')
}
