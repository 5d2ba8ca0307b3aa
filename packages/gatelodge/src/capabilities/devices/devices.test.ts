import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { type TestApp, useApp } from '../../../tests/support/make-app.ts'
import { type Fields, textOf, type Visitor } from '../../../tests/support/visitor.ts'
import { digest } from '../../identity/sealing.ts'
import { days, hours, minutes } from '../../time.ts'

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0'
const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1'

const samsung =
  'Mozilla/5.0 (Linux; Android 15; SM-S938B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36'

interface Listed {
  id: string
  device: string
  client_address: string
  since: string
  last_used: string
  is_here: boolean
}

const logIn = (browser: Visitor, person: Fields, userAgent = firefox) =>
  browser.send('POST', '/api/v1/login', JSON.stringify(person), {
    accept: 'application/json',
    'content-type': 'application/json',
    'user-agent': userAgent,
  })

/** A browser of that person, logged in. */
async function elsewhere(app: TestApp, person: Fields, { from = '127.0.0.1', userAgent = firefox } = {}) {
  const browser = app.visitor(from)
  expect((await logIn(browser, person, userAgent)).status).toBe(200)
  return browser
}

const listOf = async (browser: Visitor) => (await browser.json('GET', '/api/v1/devices')).body.devices as Listed[]
const end = (browser: Visitor, id: string) => browser.json('POST', '/api/v1/devices/end', { id })
const endOthers = (browser: Visitor) => browser.json('POST', '/api/v1/devices/end-others', {})
const isIn = async (browser: Visitor) => (await browser.json('GET', '/api/v1/session')).status === 200

/** Each device of the page as one line of words. */
const rowsOf = (html: string) =>
  [...html.matchAll(/<li>(.*?)<\/li>/gs)].map(([, row = '']) =>
    textOf(row.replace(/<\/(?:p|div)>/g, ' '))
      .replace(/\s+/g, ' ')
      .trim(),
  )

async function recorded({ services }: TestApp, event: string): Promise<number> {
  const { db } = services.database
  return (await db.selectFrom('gatelodge_audit').select('id').where('event', '=', event).execute()).length
}

onEachDatabase('The list of devices', (database) => {
  const app = useApp(database)

  it('V7.5.2 shows each session with browser, system, address and time of last use, this device first', async () => {
    const here = app().visitor('198.51.100.7')
    const ada = await here.register()
    app().clock.pass(hours(3))
    await elsewhere(app(), ada, { from: '203.0.113.9', userAgent: safari })
    app().clock.pass(days(2) / 12)
    await here.open('/account/devices')
    expect(here.page.heading).toBe('Your devices')
    expect(rowsOf(here.page.html)).toEqual([
      'Unknown device This device 198.51.100.7 · Logged in 7 hours ago · Last used 7 hours ago',
      'Safari on iOS 203.0.113.9 · Logged in 4 hours ago · Last used 4 hours ago Log out',
    ])
    expect(here.page.html).toContain('aria-label="Log out Safari on iOS"')
    expect(here.page.html).toMatch(/<time datetime="2026-11-22T09:00:00.000Z" title="2026-11-22 09:00 UTC">/)
    expect(await listOf(here)).toEqual([
      {
        id: expect.any(String),
        device: 'Unknown device',
        client_address: '198.51.100.7',
        since: expect.stringMatching(/^2026-11-22T\d\d:\d\d:\d\d\.\d{3}Z$/),
        last_used: expect.stringMatching(/Z$/),
        is_here: true,
      },
      expect.objectContaining({ device: 'Safari on iOS', client_address: '203.0.113.9', is_here: false }),
    ])
  })

  it('says so where there is only this one, and has nothing to end', async () => {
    const browser = app().visitor()
    await browser.register()
    await browser.open('/account/devices')
    expect(browser.page.html).toContain('You are logged in only on this device.')
    expect(browser.page.html).not.toContain('name="others"')
    expect(rowsOf(browser.page.html)).toHaveLength(1)
  })

  it('V14.2.6 holds no token and no hash of one, neither on the page nor in JSON', async () => {
    const here = app().visitor()
    const ada = await here.register()
    const there = await elsewhere(app(), ada)
    const secrets = [here, there].flatMap(({ sessionCookie = '' }) => {
      const hash = digest(sessionCookie)
      return [sessionCookie, hash.toString('hex'), hash.toString('base64'), hash.toString('base64url')]
    })
    await here.open('/account/devices')
    const told = here.page.html + JSON.stringify((await here.json('GET', '/api/v1/devices')).body)
    expect(secrets.filter((secret) => secret === '' || told.includes(secret))).toEqual([])
    expect(Object.keys((await listOf(here))[0] ?? {}).sort()).toEqual([
      'client_address',
      'device',
      'id',
      'is_here',
      'last_used',
      'since',
    ])
  })

  it('is for anyone who is logged in, and kept nowhere', async () => {
    const stranger = app().visitor()
    expect((await stranger.send('GET', '/account/devices')).headers.get('location')).toBe(
      '/login?return_to=%2Faccount%2Fdevices',
    )
    expect((await endOthers(stranger)).status).toBe(401)
    const browser = app().visitor()
    await browser.register()
    await browser.open('/account/devices')
    expect(browser.page.headers.get('cache-control')).toBe('no-store')
  })

  it('does not list expired sessions', async () => {
    const ada = await app().visitor().register()
    app().clock.pass(hours(13))
    const here = await elsewhere(app(), ada)
    expect(await listOf(here)).toHaveLength(1)
  })

  it.each([
    ['Samsung Internet on Android', samsung],
    ['Firefox on Windows', firefox],
    ['Safari on iOS', safari],
    ['Unknown device', 'curl'],
    ['Unknown device', ''],
  ])('calls a device %s', async (name, userAgent) => {
    const here = app().visitor()
    const ada = await here.register()
    await elsewhere(app(), ada, { userAgent })
    expect((await listOf(here)).find(({ is_here }) => !is_here)?.device).toBe(name)
  })

  it.each([
    ['markup', '<script>alert(1)</script> Firefox/1.0'],
    ['free words', 'Your password has expired, go to evil.example'],
    ['a browser that nobody knows', 'Mozilla/5.0 (X11; Pirate 1.0) Evil"onload=x/1.0'],
    ['a very long one', `Mozilla/5.0 ${'(a;'.repeat(2_000)}`],
    ['emails beyond ASCII', '\u00e4\u00f6\u00fc\u00ff'],
  ])('shows nothing of %s that a browser says of itself', async (_, userAgent) => {
    const here = app().visitor()
    const ada = await here.register()
    await elsewhere(app(), ada, { userAgent })
    await here.open('/account/devices')
    const names = (await listOf(here)).map(({ device }) => device)
    for (const name of names) expect(name).toMatch(/^[A-Za-z ]{1,60}$/)
    expect(here.page.html).not.toMatch(/alert\(|evil|Pirate|onload|\(a;/i)
  })
})

onEachDatabase('Many devices', (database) => {
  const app = useApp(database)

  /** One that was used last a minute after the one before. */
  async function with45(): Promise<Visitor> {
    const ada = await app().visitor().register()
    let here = app().visitor()
    for (let number = 1; number <= 44; number += 1) {
      app().clock.pass(minutes(1))
      here = await elsewhere(app(), ada, { from: `198.51.100.${number}` })
    }
    return here
  }

  const addresses = (html: string) => html.match(/198\.51\.100\.\d+|127\.0\.0\.1/g) ?? []
  const numbers = (from: number, to: number) =>
    Array.from({ length: from - to + 1 }, (_, index) => `198.51.100.${from - index}`)
  const linkOf = (html: string, rel: string) =>
    new RegExp(`rel="${rel}" href="([^"]+)"`).exec(html)?.[1]?.replaceAll('&amp;', '&')

  it('stand on pages of twenty, this one on top of the first, with a way back and forth', async () => {
    const here = await with45()
    await here.open('/account')
    expect(here.page.html).toContain('<span>45 devices</span>')
    const first = (await here.open('/account/devices')).html
    expect([addresses(first), linkOf(first, 'prev')]).toEqual([numbers(44, 25), undefined])
    expect(first.indexOf('This device')).toBeLessThan(first.indexOf('198.51.100.43'))
    const second = (await here.open(linkOf(first, 'next') ?? '')).html
    expect(addresses(second)).toEqual(numbers(24, 5))
    expect([second.includes('This device'), second.includes('Log out all other devices')]).toEqual([false, true])
    const third = (await here.open(linkOf(second, 'next') ?? '')).html
    expect([addresses(third), linkOf(third, 'next')]).toEqual([[...numbers(4, 1), '127.0.0.1'], undefined])
    expect(addresses((await here.open(linkOf(third, 'prev') ?? '')).html)).toEqual(numbers(24, 5))
    expect(addresses((await here.open(linkOf(second, 'prev') ?? '')).html)).toEqual(numbers(44, 25))
    // A session that ends meanwhile makes no gap in the list.
    const { id = '' } = (await listOf(here)).at(-1) ?? {}
    expect((await end(here, id)).status).toBe(204)
    expect(addresses((await here.open(linkOf(first, 'next') ?? '')).html)).toEqual(numbers(24, 5))
    for (const query of [
      'before=x',
      'after=1.x',
      'before=99999999999999999999.x',
      'before=1.00000000-0000-0000-0000-000000000000',
    ])
      expect((await here.open(`/account/devices?${query}`)).html, query).toContain('This device')
  })

  it('come to programs by the page, each of them once', async () => {
    const here = await with45()
    const found: Listed[] = []
    let next: unknown = ''
    while (next !== null) {
      const { body } = await here.json('GET', `/api/v1/devices${next && `?before=${next}`}`)
      found.push(...(body.devices as Listed[]))
      next = body.next
    }
    expect(new Set(found.map(({ id }) => id)).size).toBe(45)
    expect(found.filter(({ is_here }) => is_here)).toHaveLength(1)
    expect(found).toHaveLength(45)
  })
})

/** The form on top; the last one is that of a single device. */
const allOthers = { session: '', others: 'yes' }

onEachDatabase('Ending a device', (database) => {
  const app = useApp(database)

  it('V7.5.2 logs that one out, and no other', async () => {
    const here = app().visitor()
    const ada = await here.register()
    const phone = await elsewhere(app(), ada, { userAgent: safari })
    const desk = await elsewhere(app(), ada)
    const { id = '' } = (await listOf(here)).find(({ device }) => device === 'Safari on iOS') ?? {}
    await here.open('/account/devices')
    await here.submit({ session: id, others: '' }, '/account/devices')
    expect(here.page).toMatchObject({ path: '/account/devices', notice: 'The device was logged out.' })
    expect([await isIn(here), await isIn(phone), await isIn(desk)]).toEqual([true, false, true])
    expect(rowsOf(here.page.html)).toHaveLength(2)
    expect((await end(here, id)).status).toBe(404)
  })

  it('V7.5.2 V7.4.3 logs all others out at once', async () => {
    const here = app().visitor()
    const ada = await here.register()
    const others = [await elsewhere(app(), ada), await elsewhere(app(), ada)]
    await here.open('/account/devices')
    await here.submit(allOthers)
    expect(here.page).toMatchObject({ path: '/account/devices', notice: 'All other devices were logged out.' })
    expect(await isIn(here)).toBe(true)
    for (const browser of others) expect(await isIn(browser)).toBe(false)
    expect(here.page.html).toContain('You are logged in only on this device.')
  })

  it('V7.5.1 V7.5.2 asks for the password where it was not typed within ten minutes', async () => {
    const here = app().visitor()
    const ada = await here.register()
    const there = await elsewhere(app(), ada)
    const { id = '' } = (await listOf(here)).find(({ is_here }) => !is_here) ?? {}
    app().clock.pass(minutes(10))
    for (const answer of [await end(here, id), await endOthers(here)])
      expect(answer).toMatchObject({ status: 403, body: { code: 'reauthentication-required' } })
    await here.open('/account/devices')
    await here.submit(allOthers)
    expect(here.page).toMatchObject({ path: '/reauthenticate', heading: 'Confirm your password' })
    expect(await isIn(there)).toBe(true)
    await here.submit({ current_password: ada.password ?? '' })
    expect(here.page.path).toBe('/account/devices')
    await here.submit(allOthers)
    expect(here.page.notice).toBe('All other devices were logged out.')
    expect([await isIn(here), await isIn(there)]).toEqual([true, false])
  })

  it('V8.2.2 finds nothing of another account, nothing made up, and changes nothing', async () => {
    const eve = app().visitor()
    await eve.register()
    const here = app().visitor()
    const ada = await here.register()
    const there = await elsewhere(app(), ada)
    const ids = (await listOf(here)).map(({ id }) => id)
    const madeUp = ['00000000-0000-7000-8000-000000000000', 'x', '', ' ', "' or 1=1 --", `${ids[0]} `, '../../account']
    const before = await recorded(app(), 'session.ended')
    for (const session of [...ids, ...madeUp])
      expect(await end(eve, session)).toMatchObject({ status: 404, body: { code: 'not-found' } })
    await eve.open('/account/devices')
    for (const session of ids) {
      await eve.submit({ session }, '/account/devices')
      expect(eve.page).toMatchObject({ path: '/account/devices', notice: undefined })
    }
    expect((await endOthers(eve)).status).toBe(204)
    expect([await isIn(eve), await isIn(here), await isIn(there)]).toEqual([true, true, true])
    expect(await recorded(app(), 'session.ended')).toBe(before)
  })

  it('V15.4.2 16 at once end it once, and are recorded once', async () => {
    const here = app().visitor()
    const ada = await here.register()
    await elsewhere(app(), ada)
    const { id = '' } = (await listOf(here)).find(({ is_here }) => !is_here) ?? {}
    const before = await recorded(app(), 'session.ended')
    const all = await Promise.all(Array.from({ length: 16 }, () => end(here, id)))
    expect(all.filter(({ status }) => status === 204)).toHaveLength(1)
    expect(all.filter(({ status }) => status === 404)).toHaveLength(15)
    expect(await recorded(app(), 'session.ended')).toBe(before + 1)
  })

  it('V15.4.2 16 at once end all others once, and are recorded once', async () => {
    const here = app().visitor()
    const ada = await here.register()
    await elsewhere(app(), ada)
    const before = await recorded(app(), 'sessions.ended')
    const all = await Promise.all(Array.from({ length: 16 }, () => endOthers(here)))
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([204]))
    expect(await recorded(app(), 'sessions.ended')).toBe(before + 1)
    expect(await isIn(here)).toBe(true)
  })

  it('V15.4.2 of 16 devices that log all others out at once, one stays in', async () => {
    const ada = await app().visitor().register()
    const all = await Promise.all(Array.from({ length: 16 }, () => elsewhere(app(), ada)))
    const statuses = await Promise.all(all.map(async (browser) => (await endOthers(browser)).status))
    expect(statuses.filter((status) => status === 204)).toHaveLength(1)
    expect(statuses.filter((status) => status === 401)).toHaveLength(15)
    const left = await Promise.all(all.map(isIn))
    expect(left.filter(Boolean)).toHaveLength(1)
  })

  it('reaches sessions that began before devices were listed, and shows them decently', async () => {
    const here = app().visitor()
    const ada = await here.register()
    const there = await elsewhere(app(), ada)
    const unknown = {
      id: null,
      device: null,
      client_address: null,
      reauthenticated_at: null,
      ended_at: null,
      ended_by: null,
    }
    const { db } = app().services.database
    const hashes = [here, there].map(({ sessionCookie = '' }) => digest(sessionCookie))
    await db.updateTable('gatelodge_sessions').set(unknown).where('token_hash', 'in', hashes).execute()
    await here.open('/account/devices')
    expect(rowsOf(here.page.html)).toEqual([
      'Unknown device This device IP address unknown · Logged in just now · Last used just now',
      // Without an id it cannot be named, so there is no button that ends it alone.
      'Unknown device IP address unknown · Logged in just now · Last used just now',
    ])
    expect((await listOf(here)).map(({ id, device, client_address }) => [id, device, client_address])).toEqual([
      ['', 'Unknown device', ''],
      ['', 'Unknown device', ''],
    ])
    // Nobody knows when the password was typed there.
    expect((await endOthers(here)).body.code).toBe('reauthentication-required')
    await here.json('POST', '/api/v1/password/confirm', { current_password: ada.password })
    expect((await end(here, '')).status).toBe(404)
    expect((await endOthers(here)).status).toBe(204)
    expect([await isIn(here), await isIn(there)]).toEqual([true, false])
  })
})
