// Chapters V12 and V13: how the product is run. The samples of the guide are read and tried.
import { randomBytes } from 'node:crypto'
import { createSecureContext, DEFAULT_MIN_VERSION } from 'node:tls'
import { describe, expect, inject, it } from 'vitest'
import { ask, onEachDatabase, onMysql } from '../support/databases.ts'
import { document, filesWith } from '../support/documents.ts'
import { makeApp, throwawayDatabase, useApp } from '../support/make-app.ts'
import { someone } from '../support/visitor.ts'

const guide = document('docs/running/production.md')

describe('The guide', () => {
  it('V12.1.1 has TLS 1.2 and 1.3 only, and Node speaks no older one to the database', () => {
    const protocols = [...guide.matchAll(/ssl_protocols +(.*);/g)].map(([, list]) => list)
    expect(protocols).toEqual(['TLSv1.2 TLSv1.3'])
    expect(DEFAULT_MIN_VERSION).toBe('TLSv1.2')
    expect(filesWith(/minVersion|secureProtocol|TLSv1\b/)).toEqual([])
  })

  it('V12.1.2 has suites with forward secrecy and authenticated ciphers only', () => {
    const [, list = ''] = /ssl_ciphers +(.*);/.exec(guide) ?? []
    expect(() => createSecureContext({ ciphers: list })).not.toThrow()
    for (const suite of list.split(':')) expect(suite).toMatch(/^ECDHE\+(?:AESGCM|CHACHA20)$/)
  })

  it('V15.2.5 fences the process: no root, no new rights, a disk that it cannot write, no network but what it needs', () => {
    const unit = document('packaging/systemd/gatelodge.service')
    for (const line of [
      'User=gatelodge',
      'NoNewPrivileges=yes',
      'ProtectSystem=strict',
      'ProtectHome=yes',
      'PrivateTmp=yes',
      'CapabilityBoundingSet=',
      'IPAddressDeny=any',
      'UMask=0077',
    ])
      expect(unit.split('\n')).toContain(line)
    expect(unit).toContain('--disallow-code-generation-from-strings')
  })
})

onMysql('The database', (database) => {
  /** The statements of the guide, for a database and users of this test. */
  async function grant(user: string, rights: RegExp): Promise<string> {
    const name = new URL(database.url).pathname.slice(1)
    const [, words = ''] = rights.exec(guide) ?? []
    expect(words).toMatch(/^SELECT, INSERT/)
    const password = randomBytes(12).toString('hex')
    await ask(inject('mysqlUrl'), `create user '${user}'@'%' identified by '${password}'`)
    await ask(inject('mysqlUrl'), `grant ${words} on ${name}.* to '${user}'@'%'`)
    const url = new URL(database.url)
    url.username = user
    url.password = password
    return url.href
  }

  it('V13.2.2 V13.2.1 is asked by a user who may only read and write rows; another one makes the tables', async () => {
    const number = randomBytes(4).toString('hex')
    const maker = await grant(`m${number}`, /GRANT (SELECT[^\n]*) ON gatelodge\.\* TO 'gatelodge_migrate'/)
    const runner = await grant(`r${number}`, /GRANT (SELECT[^\n]*) ON gatelodge\.\* TO 'gatelodge'@/)
    await (await makeApp({ url: maker })).close()
    const app = await makeApp({ url: runner }, { migrate: false })
    const browser = app.visitor()
    const ada = await browser.register()
    await browser.json('POST', '/api/v1/password', {
      current_password: ada.password,
      new_password: 'lantern river moss',
    })
    await browser.logOut()
    expect((await browser.logIn({ ...ada, password: 'lantern river moss' })).path).toBe('/account')
    await app.services.sessions.lastSeen.write()
    await app.services.sessions.purge()
    await expect(app.services.database.db.schema.dropTable('gatelodge_sessions').execute()).rejects.toThrow(/denied/)
    await app.close()
    for (const user of ['m', 'r']) await ask(inject('mysqlUrl'), `drop user '${user}${number}'@'%'`)
  })

  it('V13.2.1 is not reached without a name and a password that it knows', async () => {
    const url = new URL(database.url)
    url.username = 'nobody-that-it-knows'
    await expect(makeApp({ url: url.href })).rejects.toThrow(/refuses us/)
  })
})

onEachDatabase('In production', (database) => {
  const app = useApp(database, { mode: 'production', baseUrl: 'https://accounts.example.org' })

  it('V13.4.2 V16.5.1 a failure shows people and programs no stack, no statement and no name of ours', async () => {
    const { hashing } = app().services
    const verify = hashing.verify
    const browser = app().visitor()
    await browser.open('/login')
    hashing.verify = () => Promise.reject(new Error('gatelodge_passwords in node_modules/kysely'))
    const page = await browser.submit({ email: 'ada@example.org', password: 'x' })
    const { status, body } = await app()
      .visitor()
      .json('POST', '/api/v1/login', { email: 'ada@example.org', password: 'x' })
    hashing.verify = verify
    expect([page.status, status]).toEqual([500, 500])
    expect(body).toEqual({
      type: 'about:blank',
      title: 'Something went wrong on our side',
      status: 500,
      code: 'failed',
    })
    // People read a number to quote, and nothing else of it.
    const failed = app().logged.find(({ msg }) => msg === 'request.failed')
    expect(page.html).toContain(String(failed?.request))
    expect(page.html).not.toMatch(/gatelodge_|\bat \w+.*:\d+|node_modules|sql|kysely|hono/i)
  })

  it.each(['/metrics', '/debug', '/dev/mailbox', '/status', '/docs', '/graphql', '/server-status', '/health'])(
    'V13.4.5 V15.2.3 there is nothing at %s',
    async (path) => {
      expect((await app().visitor().send('GET', path)).status).toBe(404)
    },
  )

  it('V13.4.5 the API is described where it is there, and where it is switched off there is nothing of it', async () => {
    const asked = ['/api', '/api/with-key', '/api/openapi.json', '/api/v1/session', '/api/v1/nothing']
    const off = await makeApp(throwawayDatabase(), { api: false })
    for (const path of asked) {
      const answer = await off.visitor().send('GET', path)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
    }
    expect((await off.visitor().json('POST', '/api/v1/login', someone())).status).toBe(404)
    await off.close()
    const statuses = asked.map(async (path) => (await app().visitor().send('GET', path)).status)
    expect(await Promise.all(statuses)).toEqual([200, 200, 200, 401, 404])
  })

  it('V13.4.5 health says yes or no and nothing else', async () => {
    for (const path of ['/health/alive', '/health/ready']) {
      const answer = await app().visitor().send('GET', path)
      expect(await answer.text()).toBe('ok\n')
    }
  })

  it('V14.2.1 no address ever holds an email address, a password or a token, and none is taken from one', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    await browser.logOut()
    const query = new URLSearchParams({ ...ada, session: 'x' })
    expect((await browser.open(`/login?${query}`)).html).not.toContain(ada.email)
    await browser.open('/login')
    for (const password of ['wrong password', ada.password ?? '']) {
      const answer = await browser.submitOnly({ email: ada.email ?? '', password })
      expect(answer.headers.get('location')).toMatch(/^\/(?:login|account)$/)
      await browser.open('/login')
    }
    for (const path of ['/login', '/register', '/account', '/account/password', '/logout']) {
      const { html } = await browser.open(path)
      expect(html).not.toMatch(/<form(?![^>]*method="post")/)
      for (const [, to = ''] of html.matchAll(/(?:href|action)="([^"]+)"/g)) expect(to).not.toMatch(/@|token|password=/)
    }
  })

  it('V14.2.2 V14.3.2 nothing that was made for someone is kept by anyone', async () => {
    const browser = app().visitor()
    await browser.register()
    for (const path of ['/', '/login', '/account', '/account/password', '/logout', '/nothing', '/health/ready']) {
      for (const one of [browser, app().visitor()]) {
        const answer = await one.send('GET', path)
        expect(answer.headers.get('cache-control'), path).toBe('no-store')
      }
    }
  })
})
