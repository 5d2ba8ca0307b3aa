// What is recorded of each way in and out, and what a person sees of it.
import { expect, it, vi } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { type TestApp, useApp } from '../../../tests/support/make-app.ts'
import { someone } from '../../../tests/support/visitor.ts'
import { days, hours } from '../../time.ts'

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0'
const wrong = 'quiet amber windmill'
const newPassword = 'amber ferry clock'

async function recorded(app: TestApp) {
  const rows = await app.services.database.db.selectFrom('gatelodge_audit').selectAll().orderBy('id').execute()
  return rows.map((row) => ({
    at: Number(row.at),
    event: row.event,
    outcome: row.outcome,
    reason: row.reason,
    account: row.account_id?.toString('hex') ?? null,
    hash: row.address_hash,
    from: row.client_address,
    device: row.device,
    request: row.request_id,
  }))
}

onEachDatabase('The record', (database) => {
  const app = useApp(database, { loginFailuresPerAddress: 1_000 })

  /** The rows that came while something was done. */
  async function during(act: () => Promise<unknown>) {
    const before = (await recorded(app())).length
    await act()
    return (await recorded(app())).slice(before)
  }

  it('V16.2.1 V16.2.2 says when, what, whose, from where, by which device and in which request', async () => {
    const browser = app().visitor('2001:db8::17')
    const ada = someone()
    const headers = { 'content-type': 'application/json', accept: 'application/json', 'user-agent': firefox }
    const [row] = await during(() => browser.send('POST', '/api/v1/register', JSON.stringify(ada), headers))
    const id = (await browser.account()).id
    expect(row).toEqual({
      at: app().clock.now(),
      event: 'registration.succeeded',
      outcome: 'succeeded',
      reason: null,
      account: String(id).replaceAll('-', ''),
      hash: null,
      from: '2001:db8::17',
      device: '{"browser":"Firefox","system":"Windows"}',
      request: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-z]+$/),
    })
    const line = app().logged.find(({ msg, request }) => msg === 'registration.succeeded' && request === row?.request)
    expect(line).toMatchObject({ account: id })
  })

  it.each([
    ['curl/8.5.0', {}],
    ['Reader (Windows NT 10.0)', { system: 'Windows' }],
    [firefox, { browser: 'Firefox', system: 'Windows' }],
  ])('stores as data what calls itself %s', async (agent, device) => {
    const headers = { 'content-type': 'application/json', accept: 'application/json', 'user-agent': agent }
    const [row] = await during(() =>
      app().visitor().send('POST', '/api/v1/register', JSON.stringify(someone()), headers),
    )
    expect(JSON.parse(row?.device ?? '')).toEqual(device)
  })

  it('V16.3.1 has exactly one row for each try to get in or out, with its precise reason', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    const disabled = await app().visitor().register()
    const id = await app().services.passwords.findByAddress(app().services.database.db, disabled.email ?? '')
    const change = { current_password: ada.password, new_password: newPassword }
    const names = async (act: () => Promise<unknown>) =>
      (await during(act)).map(({ event, reason }) => [event, reason].filter(Boolean).join(' '))

    expect(
      await names(() =>
        app()
          .visitor()
          .json('POST', '/api/v1/register', { ...ada, password: newPassword }),
      ),
      // A registration of a known address is a try to log in as well.
    ).toEqual(['login.failed wrong', 'registration.refused taken'])
    expect(await names(() => app().visitor().json('POST', '/api/v1/login', someone()))).toEqual([
      'login.failed unknown',
    ])
    expect(
      await names(() =>
        app()
          .visitor()
          .json('POST', '/api/v1/login', { ...ada, password: wrong }),
      ),
    ).toEqual(['login.failed wrong'])
    expect(await names(() => browser.json('POST', '/api/v1/password', { ...change, current_password: wrong }))).toEqual(
      ['password.change-refused wrong'],
    )
    expect(await names(() => browser.json('POST', '/api/v1/password', change))).toEqual(['password.changed'])
    expect(await names(() => browser.json('POST', '/api/v1/logout', {}))).toEqual(['logout.succeeded'])
    expect(await names(() => browser.json('POST', '/api/v1/logout', {}))).toEqual([])
    expect(await names(() => browser.json('POST', '/api/v1/login', { ...ada, password: newPassword }))).toEqual([
      'login.succeeded',
    ])
    await app()
      .services.database.db.updateTable('gatelodge_accounts')
      .set({ disabled_at: 1 })
      .where('id', '=', id?.accountId ?? Buffer.alloc(0))
      .execute()
    expect(await names(() => app().visitor().json('POST', '/api/v1/login', disabled))).toEqual([
      'login.failed disabled',
    ])
  })

  it('V16.2.5 V14.2.4 keeps no address that was typed, only a keyed hash that is the same for the same one', async () => {
    const typed = `Someone.${Date.now()}@Example.org`
    const rows = await during(async () => {
      await app().visitor().json('POST', '/api/v1/login', { email: typed, password: wrong })
      await app()
        .visitor()
        .json('POST', '/api/v1/login', { email: ` ${typed.toLowerCase()}`, password: wrong })
      await app().visitor().json('POST', '/api/v1/login', { email: 'violet tram lamp', password: wrong })
    })
    const [first, again, other] = rows.map(({ hash }) => hash?.toString('hex'))
    expect(first).toMatch(/^[0-9a-f]{64}$/)
    expect(again).toBe(first)
    expect(other).not.toBe(first)
    expect(JSON.stringify(rows)).not.toMatch(/someone|violet/i)
    expect(JSON.stringify(app().logged)).not.toMatch(/someone\.|violet/i)
  })

  it('V2.3.3 is written together with the change that it reports, or neither is', async () => {
    const browser = app().visitor()
    const ada = someone()
    const write = vi.spyOn(app().services.audit, 'write').mockRejectedValueOnce(new Error('no space left'))
    expect(await during(() => browser.json('POST', '/api/v1/register', { ...ada, password: newPassword }))).toEqual([])
    expect((await app().visitor().json('POST', '/api/v1/login', ada)).status).toBe(401)
    expect((await browser.json('POST', '/api/v1/register', ada)).status).toBe(201)
    write.mockRestore()
  })

  it('V14.2.7 V16.4.2 is deleted when its time is over, the oldest first, and nothing else changes it', async () => {
    await app().visitor().register()
    const many = (await recorded(app())).length
    expect(await app().services.audit.purge()).toBe(0)
    app().clock.pass(days(179))
    await app().visitor().register()
    expect(await app().services.audit.purge()).toBe(0)
    app().clock.pass(days(1) + 1)
    expect(await app().services.audit.purge()).toBe(many)
    expect(await recorded(app())).toHaveLength(1)
  })
})

onEachDatabase('Recent activity', (database) => {
  const app = useApp(database)

  it('shows a person what happened to their account, when, and from which device, the newest first', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    const eve = app().visitor()
    await eve.send('POST', '/api/v1/login', JSON.stringify({ email: ada.email, password: wrong }), {
      'content-type': 'application/json',
      'user-agent': firefox,
    })
    app().clock.pass(hours(2))
    await app().services.audit.catchUp()
    await browser.open('/account/password')
    await browser.submit({ current_password: ada.password ?? '', new_password: newPassword })
    const events = [...browser.page.html.matchAll(/<li><span>(.*?)<\/span> <small>(.*?)<\/small>/g)]
    expect(events.map(([, what, where]) => [what, where?.replace(/<[^>]+>/g, '')])).toEqual([
      ['Password changed', 'Unknown device, just now'],
      ['Login failed', 'Firefox on Windows, 2 hours ago'],
      ['Registered', 'Unknown device, 2 hours ago'],
    ])
  })

  it('shows nothing of a refused try that was not recorded in the end, and each of the others once', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    const { audit, database } = app().services
    const write = vi.spyOn(database, 'transact').mockImplementationOnce(async (work, landed) => {
      await expect(
        database.transact(async (trx) => {
          await work(trx)
          throw new Error('no space left')
        }, landed),
      ).rejects.toThrow('no space left')
      return database.transact(work, landed)
    })
    expect(
      (
        await app()
          .visitor()
          .json('POST', '/api/v1/login', { ...ada, password: wrong })
      ).status,
    ).toBe(401)
    write.mockRestore()
    await audit.catchUp()
    await audit.catchUp()
    expect((await browser.open('/account')).html.match(/Login failed/g)).toHaveLength(1)
  })

  it('shows six of them, of nobody else, to each of many at once', async () => {
    const people = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const browser = app().visitor()
        const person = await browser.register({ name: `Person ${index}` })
        for (let time = 0; time < index % 8; time += 1) await app().visitor().json('POST', '/api/v1/login', person)
        return { browser, events: Math.min(6, 1 + (index % 8)) }
      }),
    )
    const pages = await Promise.all(people.map(({ browser }) => browser.open('/account')))
    expect(pages.map(({ html }) => html.match(/<li><span>/g)?.length)).toEqual(people.map(({ events }) => events))
  })

  it('V16.4.1 a stranger cannot push a log-in out of sight by failing again and again', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    await app().visitor('198.18.0.1').json('POST', '/api/v1/login', ada)
    for (let time = 0; time < 20; time += 1) {
      app().clock.pass(hours(0.5))
      await app()
        .visitor()
        .json('POST', '/api/v1/login', { ...ada, password: wrong })
      await app().services.audit.catchUp()
    }
    await browser.open('/account')
    const events = [...browser.page.html.matchAll(/<li><span>(.*?)<\/span> <small>(.*?)<\/small>/g)]
    expect(events.map(([, what]) => what)).toEqual([...Array(3).fill('Login failed'), 'Logged in', 'Registered'])
    // The newest of them stands in front.
    expect(events[0]?.[2]).toContain('just now')
  })

  it('V15.2.2 is brought up to date without holding up anyone', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    for (let time = 0; time < 4; time += 1)
      await app()
        .visitor()
        .json('POST', '/api/v1/login', { ...ada, password: 'wrong' })
    let turns = 0
    const count = () => {
      turns += 1
      counting = setImmediate(count)
    }
    let counting = setImmediate(count)
    await app().services.audit.catchUp()
    clearImmediate(counting)
    expect(turns).toBeGreaterThanOrEqual(4)
  })

  it('V1.2.1 shows as text what a browser says of itself', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    await browser.send('POST', '/login', '', {})
    for (const agent of [
      '<svg onload=1>/1.0 (X11; Linux)',
      '"><script>x</script>/9 Mozilla',
      `${'A'.repeat(5_000)}/1`,
    ]) {
      await app()
        .visitor()
        .send('POST', '/api/v1/login', JSON.stringify(ada), { 'content-type': 'application/json', 'user-agent': agent })
    }
    const { html } = await browser.open('/account')
    expect(html).not.toMatch(/<svg onload|<script>x/)
    expect(html.match(/<li><span>Logged in/g)).toHaveLength(3)
  })

  it('V1.2.1 V16.4.1 contains no words of a stranger, who may call their browser as they like', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    for (const agent of ['Locked! Call +1 555 0100/1 x', 'curl/8.1', 'Evil/1.0 (Windows NT 10.0) x', firefox]) {
      const headers = { 'content-type': 'application/json', 'user-agent': agent }
      await app()
        .visitor()
        .send('POST', '/api/v1/login', JSON.stringify({ ...ada, password: 'quiet amber windmill' }), headers)
    }
    expect((await recorded(app())).slice(-4).map(({ device }) => JSON.parse(device))).toEqual([
      {},
      {},
      { system: 'Windows' },
      { browser: 'Firefox', system: 'Windows' },
    ])
  })
})
