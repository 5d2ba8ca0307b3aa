import { chmodSync, mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { mailboxLink } from '../../../tests/support/data-folder.ts'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { emailsTo } from '../../../tests/support/emails.ts'
import { makeApp, useApp } from '../../../tests/support/make-app.ts'
import { textOf, Visitor } from '../../../tests/support/visitor.ts'
import { createApp } from '../../app.ts'
import { networkList } from '../../config/networks.ts'
import { mailboxKeyOf } from '../../config/secret.ts'
import { hours } from '../../time.ts'

const key = () => mailboxLink().split('=')[1] ?? ''

/** A browser that was given the key at some time. */
function withKey(visitor: Visitor): Visitor {
  visitor.cookies.set('gatelodge-mailbox', key())
  return visitor
}

const form = { 'content-type': 'application/x-www-form-urlencoded' }

onEachDatabase('The mailbox of development', (database) => {
  const app = useApp(database)

  /** The newest email's own page. */
  async function openNewest(visitor = app().visitor()) {
    const list = await visitor.open(mailboxLink())
    const path = /href="(\/dev\/mailbox\/[\w-]+)"/.exec(list.html)?.[1] ?? ''
    return { list, path, page: await visitor.open(path) }
  }

  it('says at first that it is empty', async () => {
    expect((await app().visitor().open(mailboxLink())).html).toContain('No emails yet.')
  })

  it('shows each email with its reader, its text and its headers, and is linked where one was promised', async () => {
    const visitor = app().visitor()
    const { email = '' } = await visitor.register()
    expect((await visitor.open('/verify-email')).html).toContain('href="/dev/mailbox"')
    const { list, page } = await openNewest()
    expect(list.html).toContain('Verify your email address for Gatelodge')
    expect(list.html).toContain(email)
    const [message] = await emailsTo(app(), email)
    expect(textOf(page.html)).toContain(message?.text.trim())
    expect(textOf(page.html)).toContain('From: Gatelodge <no-reply@localhost>')
    expect(textOf(page.html)).toContain(`To: ${email}`)
    expect(textOf(page.html)).toContain('Auto-Submitted: auto-generated')
  })

  it('has links that work', async () => {
    const visitor = app().visitor()
    await visitor.register()
    const { page } = await openNewest(visitor)
    const link = /<a href="(http:\/\/localhost:3000\/verify-email\/[\w-]+)"/.exec(page.html)?.[1] ?? ''
    await visitor.open(link)
    expect(visitor.page).toMatchObject({ status: 200, path: '/verify-email/confirm' })
  })

  it('shows the HTML of an email as mail programs do, and lets it do nothing else', async () => {
    await app().visitor().register()
    const reader = app().visitor()
    const { path } = await openNewest(reader)
    const answer = await reader.send('GET', `${path}/html`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    )
    expect(answer.headers.get('cache-control')).toContain('no-store')
    expect(await answer.text()).toMatch(/^<!doctype html>.*Verify email address/s)
  })

  it.each(['nonsense', '00000000-0000-7000-8000-000000000000', '../account'])('knows no email %j', async (id) => {
    const reader = app().visitor()
    await reader.open(mailboxLink())
    expect((await reader.open(`/dev/mailbox/${id}`)).status).toBe(404)
    expect((await reader.open(`/dev/mailbox/${id}/html`)).status).toBe(404)
  })

  it.each<[string, object]>([
    ['in production', { mode: 'production' }],
    [
      'in production with a mail server',
      { mode: 'production', smtpUrl: 'smtp://localhost', mailFrom: 'a@example.org' },
    ],
    ['in development at a public address', { baseUrl: 'https://accounts.example.org' }],
    ['where emails are sent', { smtpUrl: 'smtp://localhost', mailFrom: 'hello@example.org' }],
  ])('is not there %s', async (_, settings) => {
    await app().visitor().register()
    const { path } = await openNewest()
    const other = await makeApp(database, settings)
    for (const at of ['/dev/mailbox', mailboxLink(), path, `${path}/html`]) {
      expect((await withKey(other.visitor()).open(at)).status, at).toBe(404)
    }
    await other.close()
  })

  it.each<[string, string, object, object, number]>([
    ['a caller from elsewhere', '192.0.2.7', {}, {}, 404],
    ['IPv6 of this machine', '::1', {}, {}, 200],
    ['IPv4 of this machine in IPv6', '::ffff:127.0.0.1', {}, {}, 200],
    ['someone who speaks for others', '127.0.0.1', { 'x-forwarded-for': '127.0.0.1' }, {}, 404],
    [
      'a stranger behind our own proxy',
      '127.0.0.1',
      { 'x-forwarded-for': '192.0.2.7' },
      { trustedProxies: '127.0.0.1' },
      404,
    ],
    [
      'this machine behind our own proxy',
      '127.0.0.1',
      { 'x-forwarded-for': '127.0.0.1' },
      { trustedProxies: '127.0.0.1' },
      200,
    ],
    ...['forwarded', 'via', 'x-real-ip', 'x-forwarded-host', 'x-forwarded-proto'].map(
      (name): [string, string, object, object, number] => [
        `a proxy that says ${name}`,
        '127.0.0.1',
        { [name]: 'x' },
        {},
        404,
      ],
    ),
    ['the gateway of a container', '172.17.0.1', {}, { trustedProxies: '172.17.0.1' }, 200],
    ['such a gateway that nobody has listed', '172.17.0.1', {}, {}, 404],
  ])(
    'V13.4.2 is there for anyone who sits at this machine, whatever name they call: %s',
    async (_, peer, headers, given, status) => {
      await app().visitor().register()
      const { path } = await openNewest()
      const { trustedProxies } = { trustedProxies: '', ...given }
      const settings = trustedProxies ? { trustedProxies: networkList.parse(trustedProxies) } : {}
      const other = await makeApp(database, settings)
      const statuses = []
      for (const at of ['/dev/mailbox', path, `${path}/html`]) {
        statuses.push(
          (await withKey(other.visitor(peer)).send('GET', at, undefined, { host: 'localhost:3000', ...headers }))
            .status,
        )
      }
      expect(statuses).toEqual([status, status, status])
      await other.close()
    },
  )

  it('V13.4.2 is not shown to who is refused for a strange name, either', async () => {
    await app().visitor().register()
    const visitor = withKey(new Visitor(app().fetch, 'http://evil.example:3000'))
    const answer = await visitor.send('POST', '/dev/mailbox', 'x=1', form)
    expect([answer.status, (await answer.text()).includes('/dev/mailbox/')]).toEqual([403, false])
  })

  it('V13.4.2 is not there where the address of the connection is unknown', async () => {
    const { fetch } = createApp(app().services)
    const answers = await Promise.all(
      ['GET', 'POST'].map((method) =>
        fetch(
          new Request('http://localhost:3000/dev/mailbox', {
            method,
            headers: { cookie: `gatelodge-mailbox=${key()}` },
          }),
        ),
      ),
    )
    for (const answer of answers) expect(await answer.text()).not.toContain('/dev/mailbox/')
  })

  it('is not there for a strange site whose name leads to this machine', async () => {
    const fromSite = (origin: string) => withKey(new Visitor(app().fetch, origin))
    const statuses = async (origin: string) => {
      const { path } = await openNewest()
      return Promise.all(
        ['/dev/mailbox', path, `${path}/html`].map(async (at) => (await fromSite(origin).send('GET', at)).status),
      )
    }
    expect(await statuses('http://evil.example:3000')).toEqual([404, 404, 404])
    expect(await statuses('http://localhost.evil.example:3000')).toEqual([404, 404, 404])
    expect(await statuses('http://127.0.0.1:3000')).toEqual([200, 200, 200])
    expect(await statuses('http://[::1]:3000')).toEqual([200, 200, 200])
  })
})

onEachDatabase('The key of the mailbox', (database) => {
  const app = useApp(database)
  const told = 'The mailbox needs its key'

  /** The pages of an email that was written. */
  async function written(): Promise<string[]> {
    await app().visitor().register()
    const { html } = await app().visitor().open(mailboxLink())
    const path = /href="(\/dev\/mailbox\/[\w-]+)"/.exec(html)?.[1] ?? ''
    return ['/dev/mailbox', path, `${path}/html`]
  }

  it('V13.4.2 V8.3.1 is asked for on each page: a plain proxy on this machine looks like this machine', async () => {
    const pages = await written()
    const stranger = app().visitor()
    for (const at of pages) {
      const page = await stranger.open(at)
      expect([page.status, page.heading]).toEqual([403, told])
      expect(page.html).not.toContain('Verify your')
      expect((await stranger.json('GET', at)).status).toBe(404)
    }
    expect((await stranger.send('POST', '/dev/mailbox', 'x=1', form)).status).toBe(405)
  })

  it.each<[string, (key: string) => string]>([
    ['none', () => ''],
    ['a wrong one', () => 'A'.repeat(64)],
    ['the half of it', (right) => right.slice(0, 32)],
    ['more than it', (right) => `${right}x`],
    ['another case', (right) => right.toUpperCase()],
  ])('V13.4.2 has to be the very one: %s', async (_, changed) => {
    const [at = ''] = await written()
    const given = changed(key())
    const browser = app().visitor()
    const page = await browser.open(`${at}?key=${given}`)
    expect([page.status, page.heading, browser.cookies.has('gatelodge-mailbox')]).toEqual([403, told, false])
    browser.cookies.set('gatelodge-mailbox', given)
    expect((await browser.open(at)).status).toBe(403)
  })

  it('V14.2.1 goes from the link into a cookie, and out of the address; no page has it', async () => {
    const pages = await written()
    const browser = app().visitor()
    const answer = await browser.send('GET', mailboxLink())
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/dev/mailbox'])
    expect(answer.headers.get('cache-control')).toContain('no-store')
    expect(answer.headers.getSetCookie()).toEqual([
      `gatelodge-mailbox=${key()}; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000`,
    ])
    for (const at of pages) {
      const page = await browser.open(at)
      expect([page.status, page.html.includes(key())]).toEqual([200, false])
    }
    await browser.register()
    expect((await browser.open('/verify-email')).html).not.toContain(key())
    expect(JSON.stringify(app().logged)).not.toContain(key())
  })

  it('V13.3.1 is made once for a data folder, and only its owner may read it', () => {
    const dataDir = join(mkdtempSync(join(tmpdir(), 'gatelodge-key-')), 'data')
    const first = mailboxKeyOf({ dataDir, databaseUrl: '' })
    expect(first).toMatch(/^[\w-]{64}$/)
    expect(statSync(join(dataDir, 'mailbox-key')).mode & 0o777).toBe(0o600)
    expect(mailboxKeyOf({ dataDir, databaseUrl: '' })).toBe(first)
    chmodSync(join(dataDir, 'mailbox-key'), 0o644)
    expect(() => mailboxKeyOf({ dataDir, databaseUrl: '' })).toThrow(/chmod 600/)
  })
})

onEachDatabase('The links in an email', (database) => {
  it.each([
    ['Host', 'http://evil.example:3000', {}],
    ['X-Forwarded-Host', 'http://localhost:3000', { 'x-forwarded-host': 'evil.example' }],
    ['Forwarded', 'http://localhost:3000', { forwarded: 'host=evil.example;proto=https' }],
  ])('V4.1.3 lead to the site as it is configured, whatever %s says', async (_, origin, headers) => {
    const app = await makeApp(database, { trustedProxies: [] })
    const { email = '' } = await app.visitor().register()
    app.clock.pass(hours(1))
    const visitor = new Visitor(app.fetch, origin)
    await visitor.open('/forgot-password')
    const own = { origin: 'http://localhost:3000', ...headers }
    await visitor.send('POST', '/forgot-password', new URLSearchParams({ email }), own)
    const emails = await emailsTo(app, email)
    expect(emails.at(-1)?.kind).toBe('reset-password')
    for (const { text } of emails) {
      expect(text).not.toContain('evil')
      expect(text).toContain('http://localhost:3000/')
    }
    await app.close()
  })
})
