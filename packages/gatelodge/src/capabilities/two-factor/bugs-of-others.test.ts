// What went wrong with second factors elsewhere, and is held by no other test here. docs/security/second-factor-bugs.md has all.
import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { setDisabled } from '../../../tests/support/disable.ts'
import { openLink } from '../../../tests/support/flows/links.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import { enrol, keyOn, shown, someoneWithApp, verify } from '../../../tests/support/second-factor.ts'
import type { Fields, Visitor } from '../../../tests/support/visitor.ts'
import { parseAddress } from '../../identity/accounts/address.ts'
import { minutes, seconds } from '../../time.ts'

onEachDatabase('What went wrong with second factors elsewhere', (database) => {
  const app = useApp(database)

  const isLoggedIn = async (browser: Visitor, headers: Fields = {}) =>
    (await browser.send('GET', '/api/v1/session', undefined, headers)).status === 200
  const accountOf = async ({ email = '' }: Fields) => {
    const { accounts, database } = app().services
    const account = await accounts.findByAddress(database.db, { given: email, normalised: email })
    if (!account) throw new Error(`there is no account of ${email}`)
    return account
  }

  it('better-auth#9122 CVE-2026-9091 kratos#4285: every way into an account with a factor asks for it', async () => {
    const { person, key, browser: owner } = await someoneWithApp(app())
    const { email = '', password = '' } = person
    const ways: Record<string, (browser: Visitor) => Promise<unknown>> = {
      'the form': (browser) => browser.logIn(person),
      'the form, remembered': (browser) => browser.logIn(person, { remember: 'yes' }),
      'JSON, for a cookie': (browser) => browser.json('POST', '/api/v1/login', { email, password, session: 'cookie' }),
      'JSON, for a token': async (browser) => {
        const { status, body } = await browser.json('POST', '/api/v1/login', { email, password, session: 'bearer' })
        expect([status, body.code, 'token' in body]).toEqual([403, 'second-factor-required', false])
        const asToken = { authorization: `Bearer ${body.login_token}` }
        expect(await isLoggedIn(browser, asToken)).toBe(false)
      },
      'a password that was reset by email': async (browser) => {
        await browser.open('/forgot-password')
        await browser.submit({ email })
        await browser.open(await openLink(app(), browser, person, 'reset-password'))
        await browser.submit({ new_password: password })
        await browser.logIn(person)
      },
      'registering once more': async (browser) => {
        await browser.open('/register')
        await browser.submit(person)
      },
      'coming back after a deletion': async (browser) => {
        await owner.logIn(person)
        app().clock.pass(seconds(30))
        await owner.submit({ code: shown(app(), key) })
        await owner.open('/account/delete')
        await owner.submit({ current_password: password })
        await browser.open(await openLink(app(), browser, person, 'account-deletion-scheduled'))
        await browser.submit({})
        await browser.logIn(person)
      },
    }
    for (const [way, come] of Object.entries(ways)) {
      const browser = app().visitor()
      await come(browser)
      expect(await isLoggedIn(browser), way).toBe(false)
      expect(browser.sessionCookie, way).toBeUndefined()
      app().clock.pass(minutes(1))
    }
  })

  it('hash#8622: a wrong code removes nothing, and codes that are left over demand nothing', async () => {
    const { browser, person, key, codes } = await someoneWithApp(app())
    app().clock.pass(minutes(11))
    for (const typed of [{ code: '000000' }, { recovery_code: 'aaaa-bbbb-cccc-dddd' }]) {
      await browser.open('/account/two-factor')
      await browser.submit({ remove: 'yes' }, '/account/two-factor')
      expect(browser.page.path).toBe('/reauthenticate')
      await browser.submit(typed)
      const asked = await browser.json('POST', '/api/v1/two-factor/remove', {})
      expect([asked.status, asked.body.code]).toEqual([403, 'reauthentication-required'])
    }
    expect((await accountOf(person)).hasSecondFactor).toBe(true)
    await browser.open('/reauthenticate?return_to=%2Faccount%2Ftwo-factor')
    await browser.submit({ code: shown(app(), key) })
    await browser.open('/account/two-factor')
    await browser.submit({ remove: 'yes' }, '/account/two-factor')
    // A row that some fault has left behind.
    const { db } = app().services.database
    const { id } = await accountOf(person)
    const left = { id: Buffer.alloc(16, 7), account_id: id, hash: 'x', created_at: 1, used_at: null, used_by: null }
    await db.insertInto('gatelodge_recovery_codes').values(left).execute()
    const other = app().visitor()
    expect((await other.logIn(person)).path).toBe('/account')
    // And a new set has nothing of the old one.
    await other.open('/account/two-factor')
    await enrol(app(), other)
    const third = app().visitor()
    await third.logIn(person)
    await third.open('/two-factor?by=recovery-code')
    await third.submit({ recovery_code: codes[0] ?? '' })
    expect(third.page.path).toBe('/two-factor')
    await db.deleteFrom('gatelodge_recovery_codes').where('id', '=', left.id).execute()
  })

  it('rodauth#376: an app that was shown and never confirmed counts for nothing, and no other one confirms it', async () => {
    const browser = app().visitor()
    const person = await browser.register()
    await verify(app(), person)
    await browser.open('/account/two-factor')
    const halfMade = keyOn(browser.page)
    const other = app().visitor()
    expect((await other.logIn(person)).path).toBe('/account')
    await other.open('/account/two-factor')
    const { key } = await enrol(app(), other)
    expect(key).not.toBe(halfMade)
    const third = app().visitor()
    await third.logIn(person)
    await third.submit({ code: shown(app(), halfMade) })
    expect(third.page.path).toBe('/two-factor')
    await third.submit({ code: shown(app(), key) })
    expect(third.page.path).toBe('/account')
  })

  it('pocket-id 978ac87: a disabled account renews nothing: no code, no recovery code, no trusted device', async () => {
    const { person, key, codes } = await someoneWithApp(app())
    const trusted = app().visitor()
    await trusted.logIn(person)
    await trusted.submit({ code: shown(app(), key), trust: 'yes' })
    await trusted.logOut()
    app().clock.pass(seconds(30))
    const [first, second] = [app().visitor(), app().visitor()]
    for (const browser of [first, second]) await browser.logIn(person)
    await second.open('/two-factor?by=recovery-code')
    const address = parseAddress(person.email ?? '')
    const { database } = app().services
    if (address) await setDisabled(database.db, address, app().clock.now())
    await first.submit({ code: shown(app(), key) })
    await second.submit({ recovery_code: codes[0] ?? '' })
    await trusted.logIn(person)
    for (const browser of [first, second, trusted]) {
      expect(await isLoggedIn(browser)).toBe(false)
      expect(browser.page.path).toBe('/login')
    }
  })

  it('authelia#1161: a phone 25 seconds slow works; 25 fast or 90 off, the page and the log say that it is the clock', async () => {
    const { person, key } = await someoneWithApp(app())
    // As a phone shows it, 25 seconds slow, 25 fast or 90 off: at the beginning of a step.
    const { clock } = app()
    clock.pass(seconds(30) - (clock.now() % seconds(30)) + seconds(10))
    const at = (away: number) => {
      const off = { clock: { now: () => clock.now() + seconds(away), pass: () => {} } }
      return shown(off, key)
    }
    for (const [away, isTaken] of [
      [25, false],
      [-90, false],
      [90, false],
      [-25, true],
    ] as const) {
      const browser = app().visitor()
      await browser.logIn(person)
      const lines = app().logged.length
      await browser.submit({ code: at(away) })
      expect(browser.page.path, `${away} s`).toBe(isTaken ? '/account' : '/two-factor')
      const said = app()
        .logged.slice(lines)
        .filter(({ msg }) => msg === 'two-factor.failed')
      expect(said.map(({ reason }) => reason)).toEqual(isTaken ? [] : [['clock']])
      if (!isTaken) expect(browser.page.summary[0]).toContain('Check that your phone sets its clock automatically')
    }
  })

  it('allauth 65.15.1: each page of the second factor answers, in every state of a browser', async () => {
    const plain = app().visitor()
    await verify(app(), await plain.register())
    const unverified = app().visitor()
    await unverified.register()
    const { browser: owner, person } = await someoneWithApp(app())
    const under = app().visitor()
    await under.logIn(person)
    const paths = [
      ...['/two-factor', '/two-factor?by=recovery-code', '/two-factor?by=x', '/two-factor/set-up'],
      ...['/account/two-factor', '/account/recovery-codes', '/login/continue', '/login'],
    ]
    for (const [who, browser] of Object.entries({ visitor: app().visitor(), plain, unverified, owner, under }))
      for (const path of paths)
        for (const method of ['GET', 'POST']) {
          const { status } = await browser.send(method, path)
          expect(status, `${method} ${path} by ${who}`).toBeLessThan(500)
        }
  })

  it('allauth 65.14.2: a made-up X-Forwarded-For starts no new count', async () => {
    const { person, key } = await someoneWithApp(app())
    let limited = 0
    for (let login = 0; login < 3; login += 1) {
      const guesser = app().visitor()
      await guesser.logIn(person)
      for (let time = 0; time < 5 && guesser.page.path === '/two-factor'; time += 1) {
        const form_token = /name="form_token" value="([^"]+)"/.exec(guesser.page.html)?.[1] ?? ''
        const sent = new URLSearchParams({ code: '000000', form_token })
        const forged = `198.51.100.${login * 10 + time}`
        const answer = await guesser.send('POST', '/two-factor', sent, {
          ...{ 'x-forwarded-for': forged, 'x-real-ip': forged, forwarded: `for=${forged}` },
        })
        if (answer.status === 429) limited += 1
        await guesser.open('/two-factor')
      }
    }
    expect(limited).toBe(5)
    expect(key).toHaveLength(32)
  })

  it('V15.4.2 calcom#10600: of sixteen log-ins with one recovery code at once, one gets a session', async () => {
    const { person, codes } = await someoneWithApp(app())
    const browsers: Visitor[] = []
    for (let count = 0; count < 16; count += 1) {
      const browser = app().visitor()
      await browser.logIn(person)
      await browser.open('/two-factor?by=recovery-code')
      browsers.push(browser)
    }
    await Promise.all(browsers.map((browser) => browser.submitOnly({ recovery_code: codes[3] ?? '' })))
    const inside = await Promise.all(browsers.map((browser) => isLoggedIn(browser)))
    expect(inside.filter(Boolean)).toHaveLength(1)
    const { secondFactors, database } = app().services
    const { recoveryCodesLeft } = await secondFactors.ofAccount(database.db, (await accountOf(person)).id)
    expect(recoveryCodesLeft).toBe(9)
  })
})
