// The activity of the whole site in the console, by the front door.
import { stringify } from 'uuid'
import { expect, it } from 'vitest'
import { someAdministrator } from '../../../tests/support/administrators.ts'
import { onEachDatabase, onSqlite } from '../../../tests/support/databases.ts'
import { accountOf } from '../../../tests/support/groups.ts'
import { type TestApp, useApp } from '../../../tests/support/make-app.ts'
import { textOf, type Visitor } from '../../../tests/support/visitor.ts'
import { recordOf } from '../../identity/audit/rules.ts'
import { auditRows } from '../../identity/audit/storage.ts'
import { newId } from '../../identity/ids.ts'
import { hours, minutes } from '../../time.ts'

const path = '/admin/activity'

const nextOn = ({ html }: { html: string }) => /rel="next" href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
const rowsOn = ({ html }: { html: string }) =>
  [...html.matchAll(/<li class="whole">(.*?)<\/li>/gs)].map(([, row = '']) => textOf(row))

const file = async (browser: Visitor, query = '') => {
  await browser.open(`${path}/download${query}`)
  const answer = await browser.submitOnly({})
  const text = await answer.text()
  return { answer, text, rows: text.split('\r\n').slice(1, -1) }
}

const write = ({ services, clock }: TestApp, event: Parameters<typeof recordOf>[0], told = {}) => {
  const source = { clientAddress: '192.0.2.1', device: {}, requestId: 'x' }
  return auditRows.insert(services.database.db, recordOf(event, source, told, clock.now()))
}

onEachDatabase('The activity of the site', (database) => {
  const app = useApp(database)

  it('V8.4.2 V8.2.1 V7.5.1 is for administrators: to read without a fresh proof, to take along with one', async () => {
    const member = app().visitor()
    await member.register()
    for (const one of [path, `${path}/download`]) expect((await member.open(one)).status).toBe(404)
    const { browser } = await someAdministrator(app())
    app().clock.pass(minutes(11))
    expect((await browser.open(path)).heading).toBe('Activity')
    const asked = await browser.send('GET', `${path}/download?event=login`)
    expect(asked.headers.get('location')).toBe(
      '/reauthenticate?return_to=%2Fadmin%2Factivity%2Fdownload%3Fevent%3Dlogin',
    )
  })

  it('V3.5.1 V3.5.3 no link and no form of another site takes it along', async () => {
    const { browser } = await someAdministrator(app())
    const taken = async () =>
      (await app().services.audit.latest({ events: ['activity.downloaded', 'accounts.downloaded'], most: 9 })).length
    for (const one of [`${path}/download`, '/admin/accounts/download']) {
      await browser.open(one)
      for (const method of ['GET', 'HEAD']) {
        const answer = await browser.send(method, one, undefined, { 'sec-fetch-site': 'cross-site' })
        expect([answer.status, answer.headers.get('content-disposition')]).toEqual([200, null])
      }
      const from = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
      const form = 'application/x-www-form-urlencoded'
      expect((await browser.send('POST', one, '', { ...from, 'content-type': form })).status).toBe(403)
      expect((await browser.send('POST', one, '', { 'content-type': form })).status).toBe(403)
      expect(await taken()).toBe(0)
    }
    for (const one of [`${path}/download`, '/admin/accounts/download']) {
      await browser.open(one)
      const answer = await browser.submitOnly({})
      expect(answer.headers.get('content-disposition')).toContain('attachment')
      await answer.text()
    }
    expect(await taken()).toBe(2)
  })

  it('is filtered by event or its beginning, account and outcome, and each filter works with the others', async () => {
    const { browser } = await someAdministrator(app())
    const person = await app().visitor().register({ name: 'Zoe Zimmer' })
    const { id } = await accountOf(app(), person)
    for (let time = 0; time < 2; time += 1) await app().visitor().json('POST', '/api/v1/login', person)
    await app()
      .visitor()
      .json('POST', '/api/v1/login', { ...person, password: 'quiet amber windmill' })
    const found = async (asked: Record<string, string>) =>
      rowsOn(await browser.open(`${path}?${new URLSearchParams(asked)}`)).map((row) =>
        ['Logged in', 'Login failed', 'Registered'].find((one) => row.startsWith(one)),
      )
    const account = person.email ?? ''
    expect(await found({ account })).toEqual(['Login failed', 'Logged in', 'Logged in', 'Registered'])
    expect(await found({ account: stringify(id) })).toHaveLength(4)
    expect(await found({ account, event: 'login' })).toEqual(['Login failed', 'Logged in', 'Logged in'])
    expect(await found({ account, event: 'LOGIN.failed ' })).toEqual(['Login failed'])
    expect(await found({ account, outcome: 'refused' })).toEqual(['Login failed'])
    expect(await found({ account, event: 'login', outcome: 'asked' })).toEqual([])
    expect(browser.page.html).toContain('Nothing is recorded.')
    expect((await found({ event: 'login.' })).slice(0, 3)).toEqual(['Login failed', 'Logged in', 'Logged in'])
    expect(new Set(await found({ event: 'login.failed' }))).toEqual(new Set(['Login failed']))
    expect(await found({ account: 'nobody@example.org' })).toEqual([])
    expect(rowsOn(await browser.open(`${path}?event=registration.succeeded`))[0]).toContain(`Zoe Zimmer ${account}`)
  })

  it('finds what a release before this recorded, and what is recorded of an account that is gone', async () => {
    const { browser } = await someAdministrator(app())
    const account = newId()
    await write(app(), 'of-before.ended' as never, { account })
    for (const query of ['event=of-before.ended', `account=${stringify(account)}`]) {
      const [row] = rowsOn(await browser.open(`${path}?${query}`))
      expect(row).toMatch(/^of-before\.ended/)
      expect(row).toContain(`Account that no longer exists: ${stringify(account)}`)
    }
  })

  it('V1.2.4 V2.2.1 answers whatever stands in the address', async () => {
    const { browser } = await someAdministrator(app())
    for (const text of ['ü\'\\"--', '\0', '%', '\u{1f600}', 'a'.repeat(5_000), '<>;,', 'constructor'])
      for (const name of ['event', 'account', 'outcome', 'before'])
        for (const page of [path, `${path}/download`]) {
          const answer = await browser.send('GET', `${page}?${new URLSearchParams({ [name]: text })}`)
          await answer.arrayBuffer()
          expect(answer.status, `${page} ${name} ${text.slice(0, 9)}`).toBe(200)
        }
  })

  it('is paged by a cursor that keeps the filters', async () => {
    const { browser } = await someAdministrator(app())
    const account = newId()
    for (let count = 0; count < 26; count += 1) await write(app(), 'login.failed', { account, reason: `${count}` })
    const query = `event=login&account=${stringify(account)}`
    const first = await browser.open(`${path}?${query}`)
    expect(rowsOn(first)).toHaveLength(25)
    expect(nextOn(first)).toMatch(new RegExp(`^/admin/activity\\?${query}&before=[\\da-f-]{36}$`))
    const second = await browser.open(nextOn(first) ?? '')
    expect([rowsOn(second).length, nextOn(second), second.html.includes('First page')]).toEqual([1, undefined, true])
  })

  it('V1.2.10 V1.2.1 is no formula in the file and no markup on the page, whatever names and reasons hold', async () => {
    const { browser } = await someAdministrator(app())
    const name = '=HYPERLINK("http://x.example","a,b")<img src=x>'
    const person = await app().visitor().register({ name })
    const { id } = await accountOf(app(), person)
    const actor = '+cmd'
    for (const note of ['-1+1', '@SUM(1)', '\tx', '\rx', '\nx', '\0x', '\uff1d1+1', 'two\r\nlines', '<script>'])
      await write(app(), 'account.disabled', { account: id, actor, note })
    const agent = { 'content-type': 'application/json', 'user-agent': '=cmd|Firefox/140.0' }
    await app().visitor().send('POST', '/api/v1/login', JSON.stringify(person), agent)
    const { text, answer } = await file(browser, `?account=${stringify(id)}`)
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="gatelodge-activity.csv"')
    expect(text).toMatch(/^id,time,event,outcome,account,name,email,by,about,reason,device,ip_address\r\n/)
    expect(text).toContain(`,"'=HYPERLINK(""http://x.example"",""a,b"")<img src=x>",${person.email},`)
    for (const cell of [
      ",'+cmd,",
      ",'-1+1,",
      ",'@SUM(1),",
      ",'\tx,",
      `,"'\rx",`,
      `,"'\nx",`,
      ",'\0x,",
      ",'\uff1d1+1,",
      ',"two\r\nlines",',
    ])
      expect(text).toContain(cell)
    // No cell begins as a formula does, quoted or not.
    expect(text).not.toMatch(/(?:^|,|\n)"?[=+@\t\r-](?!\n)/)
    const { html } = await browser.open(`${path}?account=${stringify(id)}`)
    expect(html).not.toMatch(/<img|<script>/)
    expect(html).toContain('&lt;script&gt;')
  })
})

onSqlite('A file of the activity', (database) => {
  const app = useApp(database)

  it('V16.2.1 the file is in pieces, ends at 10,000 rows, and the record says who took which part along', async () => {
    const { browser } = await someAdministrator(app())
    const { db } = app().services.database
    const account = newId()
    const one = { at: 0, event: 'login.failed', account_id: account, client_address: '', device: '{}' }
    const rest = { outcome: 'refused', request_id: 'x', reason: null } as const
    for (let piece = 0; piece < 21; piece += 1)
      await db
        .insertInto('gatelodge_audit')
        .values(
          Array.from(
            { length: 500 },
            (_, index) => ({ id: newId(app().clock.now() + hours(piece) + index), ...one, ...rest }) as never,
          ),
        )
        .execute()
    const { rows } = await file(browser, `?event=login&account=${stringify(account)}`)
    expect(rows).toHaveLength(10_000)
    expect(new Set(rows).size).toBe(10_000)
    const { id: actor } = await browser.account()
    const [record] = await app().services.audit.latest({ events: ['activity.downloaded'], most: 1 })
    expect(record).toMatchObject({ actor, reason: `event=login&account=${stringify(account)}` })
  })
})
