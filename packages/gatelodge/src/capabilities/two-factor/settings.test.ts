// Setting up and removing a second factor, and the recovery codes; by HTTP, as people do it.
import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { emailsOf, openLink } from '../../../tests/support/flows/links.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import { codesOn, enrol, keyOn, shown, someoneWithApp, verify } from '../../../tests/support/second-factor.ts'
import type { Fields, Visitor } from '../../../tests/support/visitor.ts'
import { minutes, seconds } from '../../time.ts'

onEachDatabase('Setting up two-factor authentication', (database) => {
  const app = useApp(database)

  async function verified(): Promise<{ browser: Visitor; person: Fields }> {
    const browser = app().visitor()
    const person = await browser.register()
    await verify(app(), person)
    return { browser, person }
  }

  const accountOf = async ({ email = '' }: Fields) => {
    const { accounts, database } = app().services
    return accounts.findByAddress(database.db, { given: email, normalised: email })
  }
  const events = async (person: Fields) => {
    const { audit } = app().services
    return (await audit.someOf((await accountOf(person))?.id as Buffer)).map(({ event }) => event)
  }

  it('V6.3.3 shows a QR code, the key in groups and a link, and is on only after a right code', async () => {
    const { browser, person } = await verified()
    await browser.open('/account')
    expect(browser.page.html).toMatch(/Two-factor authentication<\/dt><dd><span>Off</)
    await browser.open('/account/two-factor')
    const key = keyOn(browser.page)
    expect(key).toHaveLength(32)
    expect(browser.page.html).toMatch(/<p class="code" dir="ltr">(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}</)
    expect(browser.page.html).toMatch(/<svg class="qr" viewBox="[\d ]+" role="img" aria-label="QR code for/)
    expect(browser.page.html).toContain(`secret=${key}`)
    expect(browser.page.html).toMatch(/<input id="code"[^>]*inputmode="numeric" autocomplete="one-time-code"/)
    await browser.submit({ code: '000000' })
    expect(browser.page.summary).toEqual(['The code is not right. Enter the one that the app shows now.'])
    // The same key, or anyone who has scanned it would have to begin again; also where the page is loaded once more.
    expect(keyOn(browser.page)).toBe(key)
    expect(keyOn(await browser.open('/account/two-factor'))).toBe(key)
    expect((await accountOf(person))?.hasSecondFactor).toBe(false)
    await browser.submit({ code: shown(app(), key) })
    expect(browser.page).toMatchObject({ path: '/account/recovery-codes', status: 200 })
    expect(browser.page.notice).toMatch(/^Two-factor authentication is on/)
    expect((await accountOf(person))?.hasSecondFactor).toBe(true)
    expect(await emailsOf(app(), person, 'two-factor-added')).toHaveLength(1)
    expect((await events(person)).at(-1)).toBe('two-factor.added')
    await browser.open('/account')
    expect(browser.page.html).toMatch(
      /Two-factor authentication<\/dt><dd><span>App codes on, 10 of 10 recovery codes left</,
    )
  })

  it('V7.4.3 the first factor ends all other sessions, and this one goes on under a new token', async () => {
    const { browser, person } = await verified()
    const other = app().visitor()
    await other.logIn(person)
    const before = browser.sessionCookie
    await enrol(app(), browser)
    expect(browser.sessionCookie).not.toBe(before)
    const { methods } = (await browser.json('GET', '/api/v1/session')).body.session as { methods: object }
    expect(Object.keys(methods)).toEqual(['mfa', 'otp', 'pwd'])
    await other.open('/account')
    expect(other.page).toMatchObject({ path: '/login' })
    expect(other.page.notice).toBe(
      'You were logged out here because two-factor authentication or a passkey was changed.',
    )
  })

  it('V7.5.1 asks for the password first where it was not typed within ten minutes, and keeps what was scanned', async () => {
    const { browser, person } = await verified()
    await browser.open('/account/two-factor')
    const key = keyOn(browser.page)
    app().clock.pass(minutes(10))
    await browser.submit({ code: shown(app(), key) })
    expect(browser.page.path).toBe('/reauthenticate')
    await browser.submit({ current_password: person.password ?? '' })
    expect(browser.page.path).toBe('/account/two-factor')
    expect(keyOn(browser.page)).toBe(key)
    expect(browser.page.html).not.toMatch(/name="code"[^>]* value="\d/)
    await browser.submit({ code: shown(app(), key) })
    expect(browser.page.path).toBe('/account/recovery-codes')
    app().clock.pass(minutes(10))
    const late = app().visitor()
    await late.register()
    app().clock.pass(minutes(10))
    expect((await late.open('/account/two-factor')).html).toContain('Verify your email address first')
  })

  it('allauth: nobody adds a factor before the address is verified', async () => {
    const browser = app().visitor()
    const person = await browser.register()
    await browser.open('/account/two-factor')
    expect(browser.page.html).toContain('Verify your email address first.')
    expect(keyOn(browser.page)).toBe('')
    const { setup, key } = await keyOf(person)
    await browser.open('/account/two-factor')
    await browser.submit({ setup, code: shown(app(), key) }, '/account/two-factor')
    expect((await accountOf(person))?.hasSecondFactor).toBe(false)
  })

  /** As the page would hand it over. */
  async function keyOf(person: Fields) {
    const { setUp } = await import('./enrol.rules.ts')
    const account = await accountOf(person)
    if (!account) throw new Error('no such account')
    return setUp(app().services, account, Buffer.alloc(32))
  }

  it('a key that was made for another account is not taken', async () => {
    const { browser, person } = await verified()
    const other = await verified()
    const { setup, key } = await keyOf(other.person)
    await browser.open('/account/two-factor')
    await browser.submit({ setup, code: shown(app(), key) })
    expect(browser.page.summary).toHaveLength(1)
    expect((await accountOf(person))?.hasSecondFactor).toBe(false)
  })

  it('kratos#2401: is removed and set up again in one session; in two tabs one of them wins', async () => {
    const { browser, key } = await someoneWithApp(app())
    await browser.open('/account/two-factor')
    await browser.submit({}, '/account/two-factor')
    expect(browser.page).toMatchObject({ path: '/account', notice: 'Two-factor authentication was turned off.' })
    await browser.open('/account/two-factor')
    const again = keyOn(browser.page)
    expect(again).not.toBe(key)
    const [first, second] = await Promise.all(
      [0, -1].map((away) => browser.submitOnly({ code: shown(app(), again, away) })),
    )
    expect([first?.status, second?.status]).toEqual([303, 303])
    const places = [first, second].map((answer) => answer?.headers.get('location'))
    expect(places.filter((place) => place === '/account/recovery-codes')).toHaveLength(1)
  })

  it('V6.5.6 is removed by its owner alone, with all that belongs to it, and an email says so', async () => {
    const { browser, person, codes } = await someoneWithApp(app())
    app().clock.pass(minutes(10))
    await browser.open('/account/two-factor')
    await browser.submit({}, '/account/two-factor')
    // Not the password alone: a code.
    expect(browser.page).toMatchObject({ path: '/reauthenticate' })
    expect(browser.page.html).not.toContain('name="current_password"')
    await browser.open('/reauthenticate?return_to=%2Faccount%2Ftwo-factor&by=recovery-code')
    await browser.submit({ recovery_code: codes[0] ?? '' })
    expect(browser.page.path).toBe('/account/two-factor')
    await browser.submit({}, '/account/two-factor')
    expect(browser.page.notice).toBe('Two-factor authentication was turned off.')
    expect(await emailsOf(app(), person, 'two-factor-removed')).toHaveLength(1)
    expect(await events(person)).toEqual(expect.arrayContaining(['recovery-code.used', 'two-factor.removed']))
    const account = await accountOf(person)
    expect(await app().services.secondFactors.ofAccount(app().services.database.db, account?.id as Buffer)).toEqual({
      recoveryCodesLeft: 0,
    })
    // hashintel/hash#8622: nothing that is left behind asks for anything.
    const other = app().visitor()
    expect((await other.logIn(person)).path).toBe('/account')
  })

  it('allauth 65.16: recovery codes are shown once, can be had as a file, and are made again', async () => {
    const { browser, person, codes } = await someoneWithApp(app())
    expect(codesOn(browser.page)).toEqual(codes)
    const file = await browser.submitOnly({ codes: codes.join(' '), saved: '' }, '/account/recovery-codes')
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="recovery-codes.txt"')
    expect(await file.text()).toBe(['Recovery codes for Gatelodge', '', ...codes, ''].join('\n'))
    await browser.submit({ saved: 'yes' })
    expect(browser.page.path).toBe('/account/two-factor')
    expect(browser.page.html).toContain('10 of 10 left')
    await browser.open('/account/recovery-codes')
    expect(codesOn(browser.page)).toEqual([])
    expect(browser.page.html).toContain('You have 10 of 10 recovery codes left.')
    await browser.submit({})
    const renewed = codesOn(browser.page)
    expect(renewed).toHaveLength(10)
    expect(renewed.filter((code) => codes.includes(code))).toEqual([])
    expect(await emailsOf(app(), person, 'recovery-codes-renewed')).toHaveLength(1)
    expect((await events(person)).at(-1)).toBe('recovery-codes.renewed')
    await browser.open('/account/recovery-codes')
    expect(codesOn(browser.page)).toEqual([])
  })

  it('what is no list of codes is no file', async () => {
    const { browser } = await someoneWithApp(app())
    for (const codes of ['x', '<script>', `${'aaaa-bbbb-cccc-dddd '.repeat(9)}evil`]) {
      const answer = await browser.submitOnly({ codes, saved: '' }, '/account/recovery-codes')
      expect(answer.status).toBe(303)
    }
  })

  it('new codes of one account are never shown to another', async () => {
    const { browser } = await verified()
    await browser.open('/account/two-factor')
    await browser.submitOnly({ code: shown(app(), keyOn(browser.page)) })
    const other = app().visitor()
    await other.register()
    for (const [name, value] of browser.cookies) if (name.includes('visitor')) other.cookies.set(name, value)
    await other.open('/account/recovery-codes')
    expect(codesOn(other.page)).toEqual([])
  })

  it('V6.4.3 a password that is reset by email removes no factor of a verified address', async () => {
    const { person, key } = await someoneWithApp(app())
    const lost = app().visitor()
    await lost.open('/forgot-password')
    await lost.submit({ email: person.email ?? '' })
    await lost.open(await openLink(app(), lost, person, 'reset-password'))
    await lost.submit({ new_password: 'amber ferry clock' })
    await lost.logIn({ ...person, password: 'amber ferry clock' })
    expect(lost.page.path).toBe('/two-factor')
    await lost.submit({ code: shown(app(), key) })
    expect(lost.page.path).toBe('/account')
  })

  it('a reset or a verification that first verifies an address removes each factor made before it', async () => {
    for (const by of ['reset', 'verification'] as const) {
      const { browser, person } = await someoneWithApp(app())
      const account = await accountOf(person)
      const { db } = app().services.database
      await db
        .updateTable('gatelodge_accounts')
        .set({ verified_at: null })
        .where('id', '=', account?.id as Buffer)
        .execute()
      const owner = app().visitor()
      if (by === 'reset') {
        await owner.open('/forgot-password')
        await owner.submit({ email: person.email ?? '' })
        await owner.open(await openLink(app(), owner, person, 'reset-password'))
        await owner.submit({ new_password: person.password ?? '' })
      } else {
        await owner.open(await openLink(app(), owner, person, 'verify-email'))
        await owner.submit({ password: person.password ?? '' })
      }
      expect(await accountOf(person), by).toMatchObject({ hasSecondFactor: false, factorVersion: 3 })
      expect(await events(person), by).toContain('two-factor.removed')
      expect((await browser.json('GET', '/account')).status, by).toBe(401)
    }
  })

  it('V7.5.1 the password alone neither changes the password nor deletes the account', async () => {
    const { browser, person, key } = await someoneWithApp(app())
    const current_password = person.password ?? ''
    const new_password = 'amber ferry clock'
    for (const [path, typed] of [
      ['/account/delete', { current_password }],
      ['/account/password', { current_password, new_password }],
    ] as const) {
      await browser.open(path)
      expect(browser.page.path).toBe(path)
      app().clock.pass(minutes(11))
      await browser.submit(typed)
      expect(browser.page.path, `POST ${path}`).toBe('/reauthenticate')
      await browser.open(path)
      expect(browser.page.path, `GET ${path}`).toBe('/reauthenticate')
      const asked = await browser.json('POST', path.replace('/account', '/api/v1'), typed)
      expect([asked.status, asked.body.code]).toEqual([403, 'reauthentication-required'])
      await browser.submit({ code: shown(app(), key) })
      expect(browser.page.path).toBe(path)
    }
    await browser.submit({ current_password, new_password })
    expect(browser.page).toMatchObject({
      path: '/account',
      notice: expect.stringMatching(/^Your password was changed/),
    })
    expect((await accountOf(person))?.deletesAt).toBeNull()
  })

  it('of sixteen removals at once one is recorded', async () => {
    const { browser, person } = await someoneWithApp(app())
    await browser.open('/account/two-factor')
    await Promise.all(Array.from({ length: 16 }, () => browser.submitOnly({}, '/account/two-factor')))
    expect((await events(person)).filter((event) => event === 'two-factor.removed')).toHaveLength(1)
    app().clock.pass(seconds(1))
  })
})

onEachDatabase('Where second factors are off', (database) => {
  const app = useApp(database, { secondFactor: 'off' })

  it('nobody can set one up, and the account says nothing of it', async () => {
    const browser = app().visitor()
    await browser.register()
    expect(browser.page.html).not.toContain('Two-factor')
    await browser.open('/account/two-factor')
    expect(browser.page.html).toContain('Two-factor authentication is turned off on this site.')
  })
})

onEachDatabase('Where no emails are sent', (database) => {
  const app = useApp(database, { baseUrl: 'https://accounts.example.org' })

  it('an address that nobody can verify bars no factor', async () => {
    const browser = app().visitor()
    await browser.register()
    expect((await enrol(app(), browser)).codes).toHaveLength(10)
  })
})
