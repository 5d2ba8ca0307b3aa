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
  someoneWithPasskeyAlone,
  tokenOn,
} from '../../../tests/support/passkeys.ts'
import { enrol, verify } from '../../../tests/support/second-factor.ts'
import type { Fields } from '../../../tests/support/visitor.ts'
import { minutes } from '../../time.ts'

onEachDatabase('The owner’s passkeys', (database) => {
  const app = useApp(database, { emailsPerClient: 100_000 })

  async function accountOf({ email = '' }: Fields) {
    const { accounts, database } = app().services
    const account = await accounts.findByAddress(database.db, { given: email, normalised: email })
    if (!account) throw new Error(`no account of ${email}`)
    return account
  }
  const rowsOf = async (person: Fields) =>
    app().services.passkeys.ofAccount(app().services.database.db, (await accountOf(person)).id)

  it('are added, listed with what is known of them, renamed and removed, each with a record and an email', async () => {
    const { browser, person, key } = await someoneWithPasskey(app(), { aaguid: 'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4' })
    await browser.submit({ passkey_name: 'My <phone>' })
    expect(browser.page.path).toBe('/account/passkeys')
    expect(browser.page.html).toContain(
      '<b><bdi translate="no">My &lt;phone&gt;</bdi></b> <span class="badge">Synced</span>',
    )
    await logInWithPasskey(app().visitor(), key)
    expect((await browser.open('/account/passkeys')).html).toContain('Last used')
    const [row] = await rowsOf(person)
    expect(row).toMatchObject({
      name: 'My <phone>',
      isVerifying: true,
      rpId: 'localhost',
      transports: ['hybrid', 'internal'],
    })
    const id = /rename\?passkey=([\w-]+)/.exec(browser.page.html)?.[1]
    await browser.open(`/account/passkeys/remove?passkey=${id}`)
    expect(browser.page.html).toContain('Your device or password manager may still list it.')
    await browser.submit({})
    expect(browser.page.html).toContain('You have no passkeys yet.')
    const { id: accountId } = await accountOf(person)
    const { audit, emails, database } = app().services
    const events = (await audit.someOf(accountId)).map(({ event }) => event)
    const kinds = (await emails.ofAccount(database.db, accountId)).map(({ kind }) => kind)
    for (const what of ['added', 'renamed', 'removed']) {
      expect(events.filter((event) => event === `passkey.${what}`)).toHaveLength(1)
      expect(kinds.filter((kind) => kind === `passkey-${what}`)).toHaveLength(1)
    }
    const stranger = app().visitor()
    await logInWithPasskey(stranger, key)
    expect(stranger.page).toMatchObject({
      path: '/login',
      notice: expect.stringContaining('does not know that passkey'),
    })
    expect(stranger.page.html).toContain(`data-unknown="{&quot;rpId&quot;:&quot;localhost&quot;`)
  })

  it('get a first name from the authenticator', async () => {
    const { person } = await someoneWithPasskey(app(), { aaguid: 'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4' })
    expect(await rowsOf(person)).toMatchObject([{ name: 'Google Password Manager' }])
  })

  it('V7.5.1 ask for a proof within ten minutes, wherever they are changed', async () => {
    const { browser } = await someoneWithPasskey(app())
    const id = /name="passkey" value="([\w-]+)"/.exec(browser.page.html)?.[1]
    const token = /name="form_token" value="([\w-]+)"/.exec(browser.page.html)?.[1] ?? ''
    app().clock.pass(minutes(11))
    for (const path of ['add', 'add/options', 'rename', 'remove']) {
      const body = new URLSearchParams({ form_token: token, passkey: id ?? '', passkey_name: 'Mine', answer: '{}' })
      const answer = await browser.send('POST', `/account/passkeys/${path}`, body)
      expect(answer.headers.get('location'), path).toMatch(/^\/reauthenticate/)
    }
    expect((await browser.open('/account/passkeys')).status).toBe(200)
  })

  it('V7.4.3 the first factor of an account ends its other sessions, a further one does not', async () => {
    const here = app().visitor()
    const person = await here.register()
    await verify(app(), person)
    const there = app().visitor()
    await there.logIn(person)
    const before = here.sessionCookie
    await addPasskey(here, new Authenticator(originOf(app())))
    expect(here.page.notice).toContain('all other devices were logged out')
    expect(here.sessionCookie).not.toBe(before)
    expect((await there.open('/account')).path).toBe('/login')
    await there.logIn(person)
    await addPasskey(here, new Authenticator(originOf(app())))
    expect((await there.open('/account')).path).toBe('/account')
    expect(await rowsOf(person)).toHaveLength(2)
  })

  it('V7.5.1 adding one proves nothing: the ten minutes go on from the proof before it', async () => {
    const browser = app().visitor()
    await verify(app(), await browser.register())
    app().clock.pass(minutes(9))
    await addPasskey(browser, new Authenticator(originOf(app())))
    expect(browser.page.path).toBe('/account/passkeys/rename')
    app().clock.pass(minutes(2))
    expect((await browser.open('/account/passkeys/add')).path).toBe('/reauthenticate')
  })

  it('hanko#504 Expensify/App#86065: the browser gets all passkeys of the account, so that none is overwritten', async () => {
    const { browser, person, key } = await someoneWithPasskey(app())
    await addPasskey(browser, new Authenticator(originOf(app())))
    await browser.open('/account/passkeys/add')
    const options = await optionsFor(browser, '/account/passkeys/add', tokenOn(browser.page))
    const ids = (await rowsOf(person)).map(({ credentialId }) => credentialId)
    expect((options.excludeCredentials as { id: string }[]).map(({ id }) => id)).toEqual(ids)
    expect(() => key.make(options)).toThrow('InvalidStateError')
  })

  it('are unique over all accounts: what another account has is refused, and nothing is changed', async () => {
    const ada = await someoneWithPasskey(app())
    const eve = app().visitor()
    await verify(app(), await eve.register())
    await eve.open('/account/passkeys/add')
    const token = tokenOn(eve.page)
    const options = await optionsFor(eve, '/account/passkeys/add', token)
    const [credential] = ada.key.credentials
    const stolen = ada.key.make(options)
    const answer = { ...stolen, id: credential?.id ?? '', rawId: credential?.id ?? '' }
    await sendAnswer(eve, '/account/passkeys/add', answer, { form_token: token ?? '' })
    expect(eve.page.notice).toBe('The passkey was not added. Try again.')
    expect(await rowsOf(ada.person)).toHaveLength(1)
  })

  it('V6.3.4 are not for an address that nobody has verified, where the site sends emails', async () => {
    const browser = app().visitor()
    const person = await browser.register()
    const key = new Authenticator(originOf(app()))
    expect((await browser.open('/account/passkeys')).html).toContain('Verify your email address first.')
    await browser.open('/account/passkeys')
    const token = /name="form_token" value="([\w-]+)"/.exec(browser.page.html)?.[1] ?? ''
    const options = await optionsFor(browser, '/account/passkeys/add', token)
    await sendAnswer(browser, '/account/passkeys/add', key.make(options), { form_token: token })
    expect(await rowsOf(person)).toEqual([])
  })

  it('the last way in stays: an account without a password keeps its last passkey, of many who ask at once', async () => {
    const { browser, person } = await someoneWithPasskeyAlone(app())
    await addPasskey(browser, new Authenticator(originOf(app())))
    await browser.open('/account/passkeys')
    const ids = [...browser.page.html.matchAll(/remove\?passkey=([\w-]+)/g)].map((match) => match[1] ?? '')
    const token = /name="form_token" value="([\w-]+)"/.exec(browser.page.html)?.[1] ?? ''
    const asked = Array.from({ length: 16 }, (_, at) =>
      browser.send(
        'POST',
        '/account/passkeys/remove',
        new URLSearchParams({ form_token: token, passkey: ids[at % 2] ?? '' }),
      ),
    )
    await Promise.all(asked)
    expect(await rowsOf(person)).toHaveLength(1)
  })

  it('V6.3.7 who took over an account by its address finds no passkey of the stranger before', async () => {
    const browser = app().visitor()
    const person = await browser.register()
    const account = await accountOf(person)
    const { secondFactors, database } = app().services
    const { key } = await someoneWithPasskey(app())
    const [credential] = key.credentials
    await database.db
      .updateTable('gatelodge_passkeys')
      .set({ account_id: account.id })
      .where('credential_id', '=', credential?.id ?? '')
      .execute()
    await database.transact(
      (trx) => secondFactors.removeAll(trx, account.id),
      async () => undefined,
    )
    expect(await rowsOf(person)).toEqual([])
    expect((await accountOf(person)).factorVersion).toBe(account.factorVersion + 1)
  })

  it('removing the app keeps the passkeys, and a change of passkeys voids what was proved before', async () => {
    const { browser, person } = await someoneWithPasskey(app())
    const { factorVersion } = await accountOf(person)
    await addPasskey(browser, new Authenticator(originOf(app())))
    expect((await accountOf(person)).factorVersion).toBe(factorVersion + 1)
    await enrol(app(), browser)
    await browser.open('/account/two-factor')
    await browser.submit({})
    expect(browser.page.path).toBe('/account')
    expect(await rowsOf(person)).toHaveLength(2)
  })

  it('a log-in under way is worthless once a passkey was added', async () => {
    const { browser, person } = await someoneWithPasskey(app())
    await enrol(app(), browser)
    const there = app().visitor()
    await there.logIn(person)
    expect(there.page.path).toBe('/two-factor')
    await addPasskey(browser, new Authenticator(originOf(app())))
    expect((await there.open('/two-factor')).path).toBe('/login')
  })

  it('addresses of the host say where passkeys are managed, and where else they may be used', async () => {
    const endpoints = await app().visitor().send('GET', '/.well-known/passkey-endpoints')
    expect(endpoints.status).toBe(200)
    expect(endpoints.headers.get('content-type')).toBe('application/json')
    const at = originOf(app())
    expect(await endpoints.json()).toEqual({ enroll: `${at}/account/passkeys/add`, manage: `${at}/account/passkeys` })
    expect(await (await app().visitor().send('GET', '/.well-known/webauthn')).json()).toEqual({ origins: [] })
  })
})
