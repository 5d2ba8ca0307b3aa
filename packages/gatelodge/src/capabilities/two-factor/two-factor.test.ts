// The second factor as a step of the log-in; by HTTP, as people do it.
import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { linkTo } from '../../../tests/support/emails.ts'
import { emailsOf } from '../../../tests/support/flows/links.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import { codesOn, keyOn, shown, someoneWithApp, verify } from '../../../tests/support/second-factor.ts'
import type { Fields, Visitor } from '../../../tests/support/visitor.ts'
import { days, minutes, seconds } from '../../time.ts'

onEachDatabase('The second factor', (database) => {
  const app = useApp(database)

  /** A browser in which the password was right. */
  async function atTheStep(person: Fields, browser = app().visitor(), more: Fields = {}): Promise<Visitor> {
    await browser.logIn(person, more)
    expect(browser.page).toMatchObject({ path: '/two-factor', heading: 'Enter your code' })
    return browser
  }
  const later = () => app().clock.pass(seconds(30))
  const methodsOf = async (browser: Visitor) => {
    const { session } = (await browser.json('GET', '/api/v1/session')).body as { session: { methods: object } }
    return Object.keys(session.methods)
  }
  const events = async ({ email = '' }: Fields) => {
    const { audit, accounts, database } = app().services
    const account = await accounts.findByAddress(database.db, { given: email, normalised: email })
    return (await audit.someOf(account?.id as Buffer)).map(({ event }) => event)
  }

  it('V6.3.3 is asked behind the password, and its methods stand in the session', async () => {
    const { person, key } = await someoneWithApp(app())
    const browser = await atTheStep(person)
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(401)
    expect(browser.page.html).toMatch(/<input id="code"[^>]*autofocus/)
    expect(browser.page.html).not.toMatch(/maxlength/)
    await browser.submit({ code: shown(app(), key).replace(/(...)/, ' $1 - ') })
    expect(browser.page.path).toBe('/account')
    expect(await methodsOf(browser)).toEqual(['mfa', 'otp', 'pwd'])
  })

  it('V7.4.2 ends with the account: a log-in at this step does not go on where the account comes back', async () => {
    const { browser, person, key } = await someoneWithApp(app())
    const waiting = await atTheStep(person)
    expect((await browser.json('POST', '/api/v1/delete', { current_password: person.password })).status).toBe(204)
    await browser.open(await linkTo(app(), person.email ?? '', 'account-deletion-scheduled'))
    await browser.submit({})
    later()
    await waiting.submit({ code: shown(app(), key) }, '/two-factor')
    expect((await waiting.json('GET', '/api/v1/session')).status).toBe(401)
    expect((await waiting.open('/two-factor')).path).toBe('/login')
  })

  it('better-auth#8627 keycloak#44115: a recovery code alone is enough, one after another, and an email tells of each', async () => {
    const { person, codes } = await someoneWithApp(app())
    for (const [at, code] of codes.slice(0, 8).entries()) {
      const browser = await atTheStep(person)
      await browser.open('/two-factor?by=recovery-code')
      await browser.submit({ recovery_code: ` ${code.toUpperCase().replaceAll('-', ' ')}` })
      expect(browser.page.path, `code ${at}`).toBe('/account')
      const few = expect.stringContaining('You have only a few recovery codes left.')
      expect(browser.page.notice ?? '', `code ${at}`).toEqual(9 - at <= 3 ? few : '')
      await browser.open('/account/two-factor')
      expect(browser.page.html.includes('only a few recovery codes left')).toBe(9 - at <= 3)
      await browser.open('/account/recovery-codes')
      expect(browser.page.html).toContain(`You have ${9 - at} of 10 recovery codes left.`)
      expect(browser.page.html.includes('only a few recovery codes left')).toBe(9 - at <= 3)
    }
    expect(await emailsOf(app(), person, 'recovery-code-used')).toHaveLength(6)
    expect(await emailsOf(app(), person, 'recovery-codes-few')).toHaveLength(2)
    expect((await events(person)).filter((event) => event === 'recovery-codes.few')).toHaveLength(2)
  })

  it('calcom#10600: a recovery code without the right password does nothing, and is not used up', async () => {
    const { person, codes } = await someoneWithApp(app())
    const browser = app().visitor()
    await browser.logIn({ ...person, password: 'quiet amber windmill' })
    await browser.open('/two-factor?by=recovery-code')
    expect(browser.page.path).toBe('/login')
    const [code = ''] = codes
    const answer = await browser.submitOnly({ recovery_code: code }, '/two-factor')
    expect(answer.headers.get('location')).toBe('/login')
    const owner = await atTheStep(person)
    await owner.open('/two-factor?by=recovery-code')
    await owner.submit({ recovery_code: code })
    expect(owner.page.path).toBe('/account')
  })

  it('keycloak#13093 #42050: recovery codes are not offered where none is left', async () => {
    const { person, key } = await someoneWithApp(app())
    const browser = await atTheStep(person)
    expect(browser.page.html).toContain('Use a recovery code')
    const { db } = app().services.database
    const { accounts } = app().services
    const { email = '' } = person
    const account = await accounts.findByAddress(db, { given: email, normalised: email })
    await db
      .updateTable('gatelodge_recovery_codes')
      .set({ used_at: 1 })
      .where('account_id', '=', account?.id as Buffer)
      .execute()
    await browser.open('/two-factor')
    expect(browser.page.html).not.toContain('Use a recovery code')
    await browser.submit({ code: shown(app(), key) })
    expect(browser.page.path).toBe('/account')
  })

  it.each([
    ['', 'Enter the code from your app'],
    ['12345', 'The code has six digits. You entered fewer.'],
    ['1234567', 'The code has six digits. You entered more.'],
    ['12345x', 'The code from the app has only digits. Recovery codes are entered on another page.'],
    ['１２３４５６', 'Enter the code with the digits 0 to 9. Your keyboard is set to other digits.'],
  ])('accounts-js#1227: %j is refused kindly, and costs no try', async (code, words) => {
    const { person, key } = await someoneWithApp(app())
    const browser = await atTheStep(person)
    for (let time = 0; time < 6; time += 1) await browser.submit({ code })
    expect(browser.page).toMatchObject({ path: '/two-factor', summary: [words] })
    expect(browser.page.title).toMatch(/^Error: /)
    await browser.submit({ code: shown(app(), key) })
    expect(browser.page.path).toBe('/account')
  })

  it('authelia#1161: after a near miss the page says that the clock may be off', async () => {
    const { person, key } = await someoneWithApp(app())
    const browser = await atTheStep(person)
    await browser.submit({ code: shown(app(), key, 3) })
    expect(browser.page.summary[0]).toContain('Check that your phone sets its clock automatically')
    await browser.submit({ code: shown(app(), key, -1) })
    expect(browser.page.path).not.toBe('/account')
    later()
    await browser.submit({ code: shown(app(), key) })
    expect(browser.page.path).toBe('/account')
  })

  it('V6.5.1 CVE-2021-43177: the code of one log-in opens no other, and the page says so', async () => {
    const { person, key } = await someoneWithApp(app())
    const [one, other] = [await atTheStep(person), await atTheStep(person)]
    const code = shown(app(), key)
    await one.submit({ code })
    expect(one.page.path).toBe('/account')
    await other.submit({ code })
    expect(other.page.summary).toEqual(['This code was already used. Wait for the next one.'])
  })

  it('V15.4.2 of sixteen log-ins with one code at once, one gets a session', async () => {
    const { person, key } = await someoneWithApp(app())
    const browsers: Visitor[] = []
    for (let count = 0; count < 16; count += 1) browsers.push(await atTheStep(person))
    const code = shown(app(), key)
    await Promise.all(browsers.map((browser) => browser.submitOnly({ code })))
    const statuses = await Promise.all(
      browsers.map(async (browser) => (await browser.json('GET', '/api/v1/session')).status),
    )
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
  })

  it('V6.3.1 five wrong codes end a log-in, also sixteen at once, and a right one comes too late', async () => {
    const { person, key } = await someoneWithApp(app())
    const browser = await atTheStep(person)
    for (let time = 0; time < 4; time += 1) {
      await browser.submit({ code: '000000' })
      expect(browser.page.path).toBe('/two-factor')
    }
    const copy = app().visitor()
    copy.cookies = new Map(browser.cookies)
    await browser.submit({ code: '000000' })
    expect(browser.page).toMatchObject({ path: '/login', notice: 'Too many wrong codes. Log in again.' })
    await copy.open('/two-factor')
    expect(copy.page.path).toBe('/login')
    const second = await someoneWithApp(app())
    const crowd = await atTheStep(second.person)
    await Promise.all(Array.from({ length: 16 }, () => crowd.submitOnly({ code: '000000' })))
    expect((await events(second.person)).filter((event) => event === 'two-factor.failed')).toHaveLength(5)
    await crowd.open('/two-factor')
    expect(crowd.page.path).toBe('/login')
    expect(key).toBeDefined()
  })

  it('CVE-2026-76213: thirty wrong codes over six log-ins are ten and then waits; the owner gets an email, and gets in elsewhere', async () => {
    const { person, key, codes, browser: owner } = await someoneWithApp(app())
    let refused = 0
    for (let login = 0; login < 6; login += 1) {
      const guesser = app().visitor('192.0.2.7')
      await guesser.logIn(person)
      for (let time = 0; time < 5 && guesser.page.path === '/two-factor'; time += 1) {
        const answer = await guesser.submitOnly({ code: '000000' })
        if (answer.status === 429) {
          expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
          refused += 1
        }
        await guesser.open('/two-factor')
      }
    }
    expect(refused).toBe(20)
    const told = await events(person)
    expect(told.filter((event) => event === 'two-factor.failed')).toHaveLength(10)
    expect(told.filter((event) => event === 'two-factor.locked')).toHaveLength(1)
    expect(await emailsOf(app(), person, 'two-factor-locked')).toHaveLength(1)
    // A right code of the guesser has no more room than a wrong one.
    const stranger = await atTheStep(person)
    expect((await stranger.submitOnly({ code: shown(app(), key) })).status).toBe(429)
    // Recovery codes are outside that count.
    await stranger.open('/two-factor?by=recovery-code')
    await stranger.submit({ recovery_code: codes[0] ?? '' })
    expect(stranger.page.path).toBe('/account')
    // And so is a device on which the owner has logged in before.
    await owner.logOut()
    later()
    await atTheStep(person, owner)
    await owner.submit({ code: shown(app(), key) })
    expect(owner.page.path).toBe('/account')
  })

  it('waits grow up to fifteen minutes, and end by themselves', async () => {
    const { person, key } = await someoneWithApp(app())
    let waited = 0
    for (let wrong = 0; wrong < 20; ) {
      const guesser = await atTheStep(person)
      while (guesser.page.path === '/two-factor') {
        const answer = await guesser.submitOnly({ code: '000000' })
        if (answer.status === 429) {
          waited = Number(answer.headers.get('retry-after'))
          expect(waited).toBeLessThanOrEqual(900)
          app().clock.pass(seconds(waited))
        } else wrong += 1
        await guesser.open('/two-factor')
      }
    }
    expect(waited).toBe(900)
    app().clock.pass(minutes(15))
    const stranger = await atTheStep(person)
    await stranger.submit({ code: shown(app(), key) })
    expect(stranger.page.path).toBe('/account')
  })

  it('a server error spends no try', async () => {
    const { person, key } = await someoneWithApp(app())
    const browser = await atTheStep(person)
    const { database } = app().services
    const { transact } = database
    for (const code of ['000000', '000000', '000000', '000000', '000000', shown(app(), key)]) {
      database.transact = () => Promise.reject(new Error('the server fell over'))
      const answer = await browser.submitOnly({ code })
      database.transact = transact
      expect(answer.status).toBe(500)
      await browser.open('/two-factor')
      expect(browser.page.path).toBe('/two-factor')
    }
    expect((await events(person)).filter((event) => event === 'two-factor.failed')).toEqual([])
    await browser.submit({ code: shown(app(), key) })
    expect(browser.page.path).toBe('/account')
  })

  it('allauth: Cancel drops the log-in under way', async () => {
    const { person, key } = await someoneWithApp(app())
    const browser = await atTheStep(person)
    const copy = app().visitor()
    copy.cookies = new Map(browser.cookies)
    const form_token = /name="form_token" value="([^"]+)"/.exec(browser.page.html)?.[1] ?? ''
    await browser.submit({}, '/login/cancel')
    expect(browser.page).toMatchObject({ path: '/login', notice: 'The login was cancelled.' })
    const sent = new URLSearchParams({ code: shown(app(), key), form_token })
    const answer = await copy.send('POST', '/two-factor', sent)
    expect(answer.headers.get('location')).toBe('/login')
  })

  it('voidauth#327: "keep me logged in" and the page that was wanted survive the second factor', async () => {
    const { person, key } = await someoneWithApp(app())
    const browser = app().visitor()
    await browser.open('/account/profile')
    await browser.submit({ email: person.email ?? '', password: person.password ?? '', remember: 'yes' })
    expect(browser.page.path).toBe('/two-factor')
    const answer = await browser.submitOnly({ code: shown(app(), key) })
    expect(answer.headers.get('location')).toBe('/account/profile')
    const cookie = answer.headers.getSetCookie().find((line) => /^gatelodge=/.test(line))
    expect(cookie).toMatch(/Max-Age=\d{6,}/)
  })

  it('better-auth#2728: a trusted device is not asked for 30 days; its cookie stays what it is at the second log-in', async () => {
    const { person, key } = await someoneWithApp(app())
    const browser = await atTheStep(person)
    expect(browser.page.html).toMatch(/<input type="checkbox" id="trust" name="trust" value="yes"\/>/)
    const answer = await browser.submitOnly({ code: shown(app(), key), trust: 'yes' })
    const trust = answer.headers.getSetCookie().find((line) => line.startsWith('gatelodge-trust='))
    expect(trust).toMatch(/; Max-Age=2592000$/)
    await browser.logOut()
    app().clock.pass(days(29))
    await browser.open('/login')
    const second = await browser.submitOnly({ email: person.email ?? '', password: person.password ?? '' })
    expect(second.headers.get('location')).toBe('/account')
    expect(second.headers.getSetCookie().filter((line) => line.includes('-trust'))).toEqual([])
    expect(await methodsOf(browser)).toEqual(['pwd'])
    await browser.logOut()
    app().clock.pass(days(1))
    await atTheStep(person, browser)
  })

  it('there is no trust without the box, none for another account, and none after any change', async () => {
    const one = await someoneWithApp(app())
    const other = await someoneWithApp(app())
    const plain = await atTheStep(one.person)
    await plain.submit({ code: shown(app(), one.key) })
    await plain.logOut()
    later()
    await atTheStep(one.person, plain)
    await plain.submit({ code: shown(app(), one.key), trust: 'yes' })
    await plain.logOut()
    await atTheStep(other.person, plain)
    await plain.submit({}, '/login/cancel')
    await plain.logIn(one.person)
    expect(plain.page.path).toBe('/account')
    // A trusted device does not count as fresh proof.
    later()
    expect((await plain.open('/account/password')).path).toBe('/reauthenticate')
    await plain.submit({ code: shown(app(), one.key) })
    await plain.open('/account/password')
    await plain.submit({ current_password: one.person.password ?? '', new_password: 'amber ferry clock' })
    expect(plain.page.path).toBe('/account')
    await plain.logOut()
    await atTheStep({ ...one.person, password: 'amber ferry clock' }, plain)
  })

  it('a trusted device stands among the devices, and is trusted no more at a click', async () => {
    const { person, key, browser: owner } = await someoneWithApp(app())
    const browser = await atTheStep(person)
    await browser.submit({ code: shown(app(), key), trust: 'yes' })
    await owner.open('/account/devices')
    expect(owner.page.html).toContain('Trusted devices')
    const id = /name="trusted" value="([^"]+)"/.exec(owner.page.html)?.[1] ?? ''
    const stranger = await someoneWithApp(app())
    await stranger.browser.open('/account/devices')
    await stranger.browser.submit({ trusted: id }, '/account/devices')
    await owner.open('/account/devices')
    expect(owner.page.html).toContain(id)
    await owner.submit({ trusted: id }, '/account/devices')
    expect(owner.page.notice).toBe('The device is no longer trusted.')
    expect(owner.page.html).not.toContain('Trusted devices')
    expect((await events(person)).at(-1)).toBe('trusted-device.removed')
    await browser.logOut()
    await atTheStep(person, browser)
  })

  it('trust that is removed between the question and the answer does not count', async () => {
    const { person, key } = await someoneWithApp(app())
    const browser = await atTheStep(person)
    await browser.submit({ code: shown(app(), key), trust: 'yes' })
    await browser.logOut()
    const { secondFactors, database } = app().services
    const { isTrusted } = secondFactors.trusted
    secondFactors.trusted.isTrusted = async () => {
      await database.db.deleteFrom('gatelodge_trusted_devices').execute()
      return true
    }
    await browser.logIn(person)
    secondFactors.trusted.isTrusted = isTrusted
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(401)
  })

  it('kratos: reauthentication asks for a code where there is a second factor, never for the password alone', async () => {
    const { person, browser, key } = await someoneWithApp(app())
    app().clock.pass(minutes(10))
    await browser.open('/account/email')
    expect(browser.page.path).toBe('/reauthenticate')
    await browser.submit({ current_password: person.password ?? '' })
    expect(browser.page).toMatchObject({ path: '/reauthenticate', summary: ['Enter the code from your app'] })
    await browser.submit({ code: '000000' })
    expect(browser.page.summary).toEqual(['The code is not right. Enter the one that the app shows now.'])
    await browser.submit({ code: shown(app(), key) })
    expect(browser.page.path).toBe('/account/email')
    await browser.open('/reauthenticate')
    await browser.submit({ code: shown(app(), key) })
    expect(browser.page.summary).toEqual(['This code was already used. Wait for the next one.'])
    expect((await events(person)).filter((event) => event === 'two-factor.failed')).toHaveLength(2)
  })

  it('a session of a trusted device asks for a code before what guards the account', async () => {
    const { person, key } = await someoneWithApp(app())
    const browser = await atTheStep(person)
    await browser.submit({ code: shown(app(), key), trust: 'yes' })
    await browser.logOut()
    await browser.logIn(person)
    await browser.open('/account/email')
    expect(browser.page.path).toBe('/reauthenticate')
    later()
    await browser.submit({ code: shown(app(), key) })
    expect(browser.page.path).toBe('/account/email')
    expect(await methodsOf(browser)).toEqual(['mfa', 'otp', 'pwd'])
  })

  it('kratos#4285: a page of the account, the step of another log-in or a made-up cookie lead nowhere', async () => {
    const { person } = await someoneWithApp(app())
    const browser = await atTheStep(person)
    for (const path of ['/account', '/account/two-factor', '/account/recovery-codes', '/account/devices'])
      expect((await browser.open(path)).path).toBe('/login')
    expect((await browser.open('/login/continue')).path).toBe('/two-factor')
    expect((await browser.open('/two-factor/set-up')).path).toBe('/two-factor')
    const stranger = app().visitor()
    stranger.cookies.set('gatelodge-login', 'x'.repeat(43))
    expect((await stranger.open('/two-factor')).path).toBe('/login')
  })
})

onEachDatabase('Where a second factor is required', (database) => {
  const app = useApp(database, { secondFactor: 'required' })

  it('V6.3.3 the next log-in sets it up, behind a verified address; then it goes on to where it was going', async () => {
    const browser = app().visitor()
    await browser.open('/register')
    const { someone } = await import('../../../tests/support/visitor.ts')
    const person = someone()
    await browser.submit(person)
    expect(browser.page.path).toBe('/verify-email')
    await verify(app(), person)
    await browser.open('/account/profile')
    await browser.submit({ email: person.email ?? '', password: person.password ?? '' })
    expect(browser.page.path).toBe('/two-factor/set-up')
    expect((await browser.open('/account')).path).toBe('/login')
    await browser.open('/two-factor/set-up')
    const key = keyOn(browser.page)
    await browser.submit({ code: '000000' })
    expect(browser.page).toMatchObject({ path: '/two-factor/set-up' })
    expect(browser.page.summary).toHaveLength(1)
    expect(keyOn(browser.page)).toBe(key)
    await browser.submit({ code: shown(app(), key) })
    expect(browser.page.path).toBe('/account/recovery-codes')
    expect(codesOn(browser.page)).toHaveLength(10)
    await browser.submit({ saved: 'yes', return_to: '/account/profile' })
    expect(browser.page.path).toBe('/account/profile')
    await browser.logOut()
    app().clock.pass(seconds(30))
    await browser.logIn(person)
    expect(browser.page.path).toBe('/two-factor')
    await browser.submit({ code: shown(app(), key) })
    expect(browser.page.path).toBe('/account')
  })
})
