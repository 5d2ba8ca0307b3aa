// Attacks on passkeys that need more than one account, more than one answer, or a site that is asked by another name.
import { stringify } from 'uuid'
import { expect, it } from 'vitest'
import { Authenticator } from '../../../tests/support/authenticator.ts'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import {
  addPasskey,
  logInWithPasskey,
  optionsFor,
  originOf,
  sendAnswer,
  someoneWithPasskey,
  tokenOn,
} from '../../../tests/support/passkeys.ts'
import { verify } from '../../../tests/support/second-factor.ts'
import type { Fields } from '../../../tests/support/visitor.ts'
import { random } from '../../identity/sealing.ts'
import { minutes } from '../../time.ts'

onEachDatabase('Attacks on passkeys', (database) => {
  const app = useApp(database, { emailsPerClient: 100_000 })

  async function rowsOf({ email = '' }: Fields) {
    const { accounts, database, passkeys } = app().services
    const account = await accounts.findByAddress(database.db, { given: email, normalised: email })
    return account ? passkeys.ofAccount(database.db, account.id) : []
  }

  it('V8.2.2 the id of another account’s passkey renames and removes nothing, by page or by program', async () => {
    const [ada, eve] = [await someoneWithPasskey(app()), await someoneWithPasskey(app())]
    const before = await rowsOf(ada.person)
    const passkey = stringify(before[0]?.id ?? Buffer.alloc(16))
    for (const path of ['rename', 'remove']) {
      await eve.browser.open('/account/passkeys/add')
      const form_token = tokenOn(eve.browser.page) ?? ''
      const body = new URLSearchParams({ form_token, passkey, passkey_name: 'Mine now' })
      const form = await eve.browser.send('POST', `/account/passkeys/${path}`, body)
      expect(form.headers.get('location'), path).toBe('/account/passkeys')
      const shown = await eve.browser.send('GET', `/account/passkeys/${path}?passkey=${passkey}`)
      expect(shown.headers.get('location'), path).toBe('/account/passkeys')
      const typed = path === 'rename' ? { passkey, passkey_name: 'Mine now' } : { passkey }
      expect((await eve.browser.json('POST', `/api/v1/passkeys/${path}`, typed)).status, path).toBe(404)
    }
    expect(await rowsOf(ada.person)).toEqual(before)
  })

  it('the very same passkey in a second account is refused, and logs in the first', async () => {
    const ada = await someoneWithPasskey(app())
    const eve = app().visitor()
    const other = await eve.register()
    await verify(app(), other)
    const [again] = ada.key.credentials
    if (!again) throw new Error('there is no passkey')
    await addPasskey(eve, new Authenticator(originOf(app())), { again })
    expect(eve.page.path).toBe('/account/passkeys')
    expect(await rowsOf(other)).toEqual([])
    const browser = app().visitor()
    await logInWithPasskey(browser, ada.key)
    expect((await browser.account()).email).toBe(ada.person.email)
  })

  it('no POST of passkeys is taken from another site, or without the token of the session', async () => {
    const { browser, person, key } = await someoneWithPasskey(app())
    const before = await rowsOf(person)
    const passkey = stringify(before[0]?.id ?? Buffer.alloc(16))
    const fields = { passkey, passkey_name: 'Mine now', answer: '{}' }
    await browser.open('/account/passkeys/add')
    const form_token = tokenOn(browser.page) ?? ''
    const owners = ['add/options', 'add', 'rename', 'remove'].map((path) => `/account/passkeys/${path}`)
    for (const path of [
      ...owners,
      '/login/passkey/options',
      '/login/passkey',
      '/two-factor/options',
      '/reauthenticate/options',
    ]) {
      const body = new URLSearchParams({ ...fields, form_token })
      const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
      expect((await browser.send('POST', path, body, foreign)).status, path).toBe(403)
    }
    const stale: string[] = []
    for (const path of owners) {
      const answer = await browser.send('POST', path, new URLSearchParams(fields))
      // Told what to do, and nothing is done; the JSON of a script says no.
      if (answer.status === 303) stale.push(answer.headers.get('location') ?? '')
      else expect(answer.status, path).toBeGreaterThanOrEqual(400)
    }
    expect(await rowsOf(person)).toEqual(before)
    expect(new Set(stale)).toEqual(new Set(['/account/passkeys']))
    expect(key.credentials).toHaveLength(1)
  })

  it('one answer to the question of reauthentication, sixteen times at once, proves once', async () => {
    const { browser, key } = await someoneWithPasskey(app())
    app().clock.pass(minutes(11))
    await browser.open('/reauthenticate')
    const form_token = tokenOn(browser.page) ?? ''
    const answer = key.use(await optionsFor(browser, '/reauthenticate', form_token))
    const copies = Array.from({ length: 16 }, () => app().visitor())
    for (const copy of copies) copy.cookies = new Map(browser.cookies)
    await Promise.all(copies.map((copy) => sendAnswer(copy, '/reauthenticate', answer, { form_token })))
    const renewed = copies.map(({ sessionCookie }) => sessionCookie)
    const isNew = (one: string | undefined) => one !== undefined && one !== browser.sessionCookie
    expect(renewed.filter(isNew)).toHaveLength(1)
  })

  it('LibreChat PR #14715: of two answers that were judged at once, the lower counter never wins', async () => {
    const { person, key } = await someoneWithPasskey(app(), { isSyncable: false })
    const { passkeys, database } = app().services
    const asking = { ceremony: 'log-in', by: random(32) } as const
    const judged = []
    for (const counter of [5, 6]) {
      const one = await passkeys.judgeUse(key.use(passkeys.askForUse(asking), { counter }), asking)
      if (one.kind === 'wrong') throw new Error(one.reason)
      judged.push(one)
    }
    for (const one of judged.reverse()) expect(await one.take(database.db)).toBe(true)
    expect(await rowsOf(person)).toMatchObject([{ counter: 6 }])
  })

  it('an answer that waited for its check is none once the rows of old challenges went', async () => {
    const { key } = await someoneWithPasskey(app())
    const { passkeys, database } = app().services
    const asking = { ceremony: 'log-in', by: random(32) } as const
    const answer = key.use(passkeys.askForUse(asking))
    const [first, second] = [await passkeys.judgeUse(answer, asking), await passkeys.judgeUse(answer, asking)]
    if (first.kind === 'wrong' || second.kind === 'wrong') throw new Error('refused')
    expect(await first.take(database.db)).toBe(true)
    app().clock.pass(minutes(5))
    await passkeys.purge()
    expect(await second.take(database.db)).toBe(false)
    app().clock.pass(minutes(6))
    expect(await passkeys.purge()).toBeGreaterThan(0)
  })

  it('privacyidea#4391: the first use with a counter of 0 works, and is no sign of a copy', async () => {
    for (const isSyncable of [true, false]) {
      const { key, person } = await someoneWithPasskey(app(), { isSyncable })
      const browser = app().visitor()
      await logInWithPasskey(browser, key, { counter: 0 })
      expect(browser.page.path).toBe('/account')
      expect(await rowsOf(person)).toMatchObject([{ counter: 0 }])
      expect(browser.page.html).not.toContain('may have been copied')
    }
  })

  it('logto 1e77967e7c: passkeys are for the host of the base URL, by whichever name the site is asked', async () => {
    const { browser } = await someoneWithPasskey(app())
    await browser.open('/account/passkeys/add')
    const body = () => new URLSearchParams({ form_token: tokenOn(browser.page) ?? '' })
    for (const host of ['evil.example', 'localhost.evil.example']) {
      const named = { accept: 'application/json', host, 'x-forwarded-host': host }
      const forUse = await app().visitor().send('POST', '/login/passkey/options', new URLSearchParams(), named)
      const forNew = await browser.send('POST', '/account/passkeys/add/options', body(), named)
      expect(await forUse.json()).toMatchObject({ rpId: 'localhost' })
      expect(await forNew.json()).toMatchObject({ rp: { id: 'localhost' } })
    }
  })

  it('bitwarden/clients#10930: no page that asks for a passkey is shown in a frame', async () => {
    const { browser } = await someoneWithPasskey(app())
    const visitor = app().visitor()
    const pages = [
      await visitor.send('GET', '/login'),
      await browser.send('GET', '/account/passkeys/add'),
      await browser.send('GET', '/reauthenticate'),
    ]
    for (const page of pages) {
      expect(page.status).toBe(200)
      expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    }
  })

  it('V6.3.8 nothing that a visitor is asked tells whether anyone has a passkey', async () => {
    await someoneWithPasskey(app())
    const keysOf = async () => {
      const { challenge, ...rest } = await optionsFor(app().visitor(), '/login/passkey')
      expect(challenge).toHaveLength(72)
      return rest
    }
    expect(await keysOf()).toEqual({ ...(await keysOf()), allowCredentials: [] })
  })
})
