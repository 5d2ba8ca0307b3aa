import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { type TestApp, useApp } from '../../../tests/support/make-app.ts'
import { textOf, type Visitor } from '../../../tests/support/visitor.ts'
import { recordOf } from '../../identity/audit/rules.ts'
import { auditRows } from '../../identity/audit/storage.ts'
import { days, minutes } from '../../time.ts'

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0'

const idOf = async (browser: Visitor) => Buffer.from(String((await browser.account()).id).replaceAll('-', ''), 'hex')

const rowsOf = ({ html }: { html: string }) =>
  [...((html.split('<ol class="events">')[1] ?? '').split('</ol>')[0]?.matchAll(/<li.*?>(.*?)<\/li>/gs) ?? [])].map(
    ([, row = '']) => textOf(row.replaceAll('<', ' <')).replace(/\s+/g, ' ').trim(),
  )

/** That many log-ins, a minute apart, each from an address of its own. */
async function history({ services, clock }: TestApp, account: Buffer, many: number): Promise<void> {
  const { db } = services.database
  for (let number = 1; number <= many; number += 1) {
    clock.pass(minutes(1))
    const source = { clientAddress: `198.51.100.${number}`, device: {}, requestId: 'x' }
    await auditRows.insert(db, recordOf('login.succeeded', source, { account }, clock.now()))
    // Ids of one millisecond stand in any order.
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

const addresses = ({ html }: { html: string }) => html.match(/198\.51\.100\.\d+/g) ?? []
const numbers = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, index) => `198.51.100.${from - index}`)

const linkOf = ({ html }: { html: string }, rel: 'prev' | 'next') =>
  new RegExp(`rel="${rel}" href="([^"]+)"`).exec(html)?.[1]?.replaceAll('&amp;', '&')

onEachDatabase('The page of all activity', (database) => {
  const app = useApp(database)

  it('says what happened, when, on which device, and from where; the account page has six rows and the way here', async () => {
    const browser = app().visitor('203.0.113.9')
    const ada = await browser.register()
    app().clock.pass(minutes(5))
    const login = { accept: 'application/json', 'content-type': 'application/json', 'user-agent': firefox }
    await app().visitor('198.51.100.7').send('POST', '/api/v1/login', JSON.stringify(ada), login)
    app().clock.pass(minutes(2))
    await browser.open('/account')
    expect(browser.page.html).toContain('href="/account/activity">See all activity</a>')
    await browser.open('/account/activity')
    expect(browser.page.heading).toBe('Account activity')
    expect(rowsOf(browser.page)).toEqual([
      'Logged in 2 minutes ago Firefox on Windows · 198.51.100.7 · 22 November 2026 at 09:05 UTC',
      'Registered 7 minutes ago Unknown device · 203.0.113.9 · 22 November 2026 at 09:00 UTC',
    ])
    await history(app(), await idOf(browser), 10)
    await browser.open('/account')
    expect(rowsOf(browser.page).length).toBeLessThanOrEqual(6)
  })

  it('is paged: twenty a page, back and forth, and what happens meanwhile moves nothing', async () => {
    const browser = app().visitor()
    await browser.register()
    const id = await idOf(browser)
    await history(app(), id, 45)
    const first = await browser.open('/account/activity')
    expect([addresses(first), linkOf(first, 'prev')]).toEqual([numbers(45, 26), undefined])
    await history(app(), id, 0)
    const second = await browser.open(linkOf(first, 'next') ?? '')
    expect(addresses(second)).toEqual(numbers(25, 6))
    const third = await browser.open(linkOf(second, 'next') ?? '')
    expect([addresses(third), linkOf(third, 'next')]).toEqual([numbers(5, 1), undefined])
    expect(third.html).toContain('Registered')
    expect(addresses(await browser.open(linkOf(third, 'prev') ?? ''))).toEqual(numbers(25, 6))
    const back = await browser.open(linkOf(second, 'prev') ?? '')
    expect([addresses(back), linkOf(back, 'prev')]).toEqual([numbers(45, 26), undefined])
  })

  it.each(['?before=x', '?after=x', '?before=', '?before=00000000-0000-0000-0000-000000000000', '?before=a&before=b'])(
    'begins at the top where the address says %s',
    async (query) => {
      const browser = app().visitor()
      await browser.register()
      const page = await browser.open(`/account/activity${query}`)
      expect([page.status, rowsOf(page).length]).toEqual([200, 1])
    },
  )

  it('V8.2.2 V8.2.3 is for its owner only: nobody else sees a row or an address of it, whatever they ask beside', async () => {
    const ada = app().visitor('203.0.113.77')
    await ada.register()
    await history(app(), await idOf(ada), 3)
    const [row] = (await ada.json('GET', '/api/v1/account/activity')).body.events as { id: string }[]
    const eve = app().visitor()
    await eve.register()
    for (const query of ['', `?before=${row?.id}`, `?after=${row?.id}`]) {
      const page = await eve.open(`/account/activity${query}`)
      const told = page.html + JSON.stringify(await eve.json('GET', `/api/v1/account/activity${query}`))
      expect(told).not.toMatch(/198\.51\.100|203\.0\.113\.77/)
    }
    expect((await app().visitor().json('GET', '/api/v1/account/activity')).status).toBe(401)
  })

  it('is the same for programs, a page at a time', async () => {
    const browser = app().visitor()
    await browser.register()
    await history(app(), await idOf(browser), 25)
    const first = await browser.json('GET', '/api/v1/account/activity')
    const events = first.body.events as Record<string, unknown>[]
    expect(events).toHaveLength(20)
    expect(events[0]).toEqual({
      id: expect.any(String),
      at: new Date(app().clock.now()).toISOString(),
      event: 'login.succeeded',
      outcome: 'succeeded',
      device: 'Unknown device',
      client_address: '198.51.100.25',
    })
    expect(first.body.next).toBe(events.at(-1)?.id)
    const second = await browser.json('GET', `/api/v1/account/activity?before=${first.body.next}`)
    expect(second.body).toMatchObject({ next: null })
    expect(second.body.events).toHaveLength(6)
  })

  it('V14.2.4 no longer shows what the record has deleted', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    app().clock.pass(days(400))
    await browser.logIn(ada)
    await app().services.audit.purge()
    await browser.open('/account/activity')
    expect(rowsOf(browser.page).map((row) => row.split(' ')[0])).toEqual(['Logged'])
  })
})
