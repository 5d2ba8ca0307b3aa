// Logging in with a passkey: right answers, and every way in which an answer can be wrong.
import { expect, it } from 'vitest'
import { Authenticator, type Lies } from '../../../tests/support/authenticator.ts'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { makeApp, useApp } from '../../../tests/support/make-app.ts'
import {
  addPasskey,
  logInWithPasskey,
  optionsFor,
  originOf,
  sendAnswer,
  someoneWithPasskey,
  tokenOn,
} from '../../../tests/support/passkeys.ts'
import { Program } from '../../../tests/support/program.ts'
import { enrol, verify } from '../../../tests/support/second-factor.ts'
import type { Fields } from '../../../tests/support/visitor.ts'
import { minutes } from '../../time.ts'

const refused = 'You could not be logged in with that passkey. Try again, or log in another way.'

onEachDatabase('A log-in with a passkey', (database) => {
  const app = useApp(database)
  const reasons = () =>
    app()
      .logged.filter(({ msg }) => msg === 'login.failed')
      .map(({ reason }) => reason)

  it('V6.3.3 pocket-id 4743d59: counts as both factors where the device checked its owner, and is one where it did not', async () => {
    const { browser, key } = await someoneWithPasskey(app())
    await enrol(app(), browser)
    const there = app().visitor()
    await logInWithPasskey(there, key)
    expect(there.page.path).toBe('/account')
    expect(app().logged).toContainEqual(
      expect.objectContaining({ msg: 'login.succeeded', methods: ['mfa', 'swk', 'user'] }),
    )
    const elsewhere = app().visitor()
    await logInWithPasskey(elsewhere, key, { isVerified: false })
    expect(elsewhere.page.path).toBe('/two-factor')
    expect(elsewhere.sessionCookie).toBeUndefined()
  })

  it('keeps the box and the way: remembered, and back to the page that was wanted', async () => {
    const { key } = await someoneWithPasskey(app())
    const browser = app().visitor()
    const options = await optionsFor(browser, '/login/passkey')
    const fields = { answer: JSON.stringify(key.use(options)), remember: 'yes', return_to: '/account/devices' }
    const answer = await browser.send('POST', '/login/passkey', new URLSearchParams(fields))
    expect(answer.headers.get('location')).toMatch(/^\/account\/devices/)
    expect(answer.headers.getSetCookie().join()).toMatch(/gatelodge=[^;]+;[^,]*Max-Age=7776000/)
  })

  const lies: [string, string, Lies][] = [
    ['of another origin', 'invalid', { origin: 'https://gatelodge.example' }],
    ['of another site', 'invalid', { rpId: 'example.org' }],
    ['of another type', 'invalid', { type: 'webauthn.create' }],
    ['CVE-2026-28787: to a challenge that is not ours', 'challenge', { challenge: 'AAAAAAAAAAAAAAAAAAAAAA' }],
    ['in a frame of another site', 'invalid', { crossOrigin: true }],
    ['in a frame below another site', 'invalid', { crossOrigin: true, topOrigin: 'https://evil.example' }],
    ['while nobody was there', 'invalid', { isPresent: false }],
    ['that says it is backed up and may not be', 'invalid', { isSyncable: false, isSynced: true }],
    ['that may be synced no more', 'invalid', { isSyncable: false, isSynced: false }],
    ['without saying whose it is', 'foreign', { userHandle: null }],
    ['that names another account', 'foreign', { userHandle: 'AAAAAAAAAAAAAAAAAAAAAA' }],
    ['with another signature', 'invalid', { signature: Buffer.alloc(70, 1) }],
    ['with an empty signature', 'invalid', { signature: Buffer.alloc(0) }],
  ]
  it.each(lies)('an answer %s is refused (%s), and nothing of it is kept', async (_, reason, lie) => {
    const { key } = await someoneWithPasskey(app())
    const browser = app().visitor()
    await logInWithPasskey(browser, key, lie)
    expect(browser.page).toMatchObject({ path: '/login', notice: refused })
    expect(browser.sessionCookie).toBeUndefined()
    expect(reasons().at(-1)).toBe(`passkey-${reason}`)
  })

  it.each([
    ['no JSON', 'x'],
    ['a list', '[]'],
    ['nothing', ''],
    ['null', 'null'],
    ['another type', JSON.stringify({ id: 'a', rawId: 'a', type: 'password', response: {} })],
    ['no base64url', JSON.stringify({ id: '<>', rawId: '<>', type: 'public-key', response: {} })],
    ['too long', JSON.stringify({ id: 'a'.repeat(40_000) })],
  ])('an answer that is %s is refused', async (_, answer) => {
    const browser = app().visitor()
    await optionsFor(browser, '/login/passkey')
    const sent = await browser.send('POST', '/login/passkey', new URLSearchParams({ answer }))
    expect(sent.status).toBe(303)
    expect(reasons().at(-1)).toBe('passkey-unreadable')
  })

  it('V6.7.2 better-auth#6192: the same answer twice opens one session', async () => {
    const { key } = await someoneWithPasskey(app())
    const browser = app().visitor()
    const answer = key.use(await optionsFor(browser, '/login/passkey'))
    const cookies = new Map(browser.cookies)
    await sendAnswer(browser, '/login/passkey', answer)
    expect(browser.page.path).toBe('/account')
    const other = app().visitor()
    other.cookies = cookies
    await sendAnswer(other, '/login/passkey', answer)
    expect(other.page).toMatchObject({ path: '/login', notice: refused })
  })

  it('LibreChat PR #14715: of sixteen at once with one answer, one gets in', async () => {
    const { key, person } = await someoneWithPasskey(app())
    const first = app().visitor()
    const answer = key.use(await optionsFor(first, '/login/passkey'))
    const browsers = Array.from({ length: 16 }, () => app().visitor())
    for (const one of browsers) one.cookies = new Map(first.cookies)
    await Promise.all(browsers.map((one) => sendAnswer(one, '/login/passkey', answer)))
    const inside = await Promise.all(browsers.map((one) => one.account()))
    expect(inside.filter(({ email }) => email === person.email)).toHaveLength(1)
  })

  it('better-auth PR #9993: a challenge is for its ceremony, its browser and five minutes', async () => {
    const { browser, key } = await someoneWithPasskey(app())
    await browser.open('/account/passkeys/add')
    const adding = (await optionsFor(browser, '/account/passkeys/add', tokenOn(browser.page))).challenge as string
    const there = app().visitor()
    await logInWithPasskey(there, key, { challenge: adding })
    expect(reasons().at(-1)).toBe('passkey-challenge')

    const options = await optionsFor(there, '/login/passkey')
    const other = app().visitor()
    await optionsFor(other, '/login/passkey')
    await sendAnswer(other, '/login/passkey', key.use(options))
    expect(reasons().at(-1)).toBe('passkey-challenge')
    const nobody = app().visitor()
    await sendAnswer(nobody, '/login/passkey', key.use(options))
    expect(reasons().at(-1)).toBe('passkey-challenge')

    const late = await optionsFor(there, '/login/passkey')
    app().clock.pass(minutes(5))
    await sendAnswer(there, '/login/passkey', key.use(late))
    expect(reasons().at(-1)).toBe('passkey-expired')
    await logInWithPasskey(there, key)
    expect(there.page.path).toBe('/account')
  })

  it('a challenge of a log-in makes no passkey', async () => {
    const { browser, key } = await someoneWithPasskey(app())
    const login = (await optionsFor(app().visitor(), '/login/passkey')).challenge as string
    await addPasskey(browser, new Authenticator(key.origin), { challenge: login })
    expect(browser.page.notice).toBe('The passkey was not added. Try again.')
  })

  it('HackerOne 3780149, securo-finance#534: a counter is kept, its way back is a signal, and one that never counts works', async () => {
    const { browser, key, person } = await someoneWithPasskey(app(), { isSyncable: false })
    await logInWithPasskey(app().visitor(), key, { counter: 3 })
    await logInWithPasskey(app().visitor(), key, { counter: 10 })
    const { accounts, audit, database, passkeys } = app().services
    const { email = '' } = person
    const { id } = (await accounts.findByAddress(database.db, { given: email, normalised: email })) ?? {
      id: Buffer.alloc(0),
    }
    expect((await passkeys.ofAccount(database.db, id))[0]?.counter).toBe(10)
    const copies = async () => (await audit.someOf(id)).filter(({ event }) => event === 'passkey.copy-suspected').length
    expect(await copies()).toBe(0)
    const copy = app().visitor()
    await logInWithPasskey(copy, key, { counter: 3 })
    expect(copy.page.path).toBe('/account')
    expect(await copies()).toBe(1)
    expect((await passkeys.ofAccount(database.db, id))[0]?.counter).toBe(10)
    expect((await browser.open('/account')).html).toContain('Passkey may have been copied')
    const synced = await someoneWithPasskey(app())
    for (let times = 0; times < 3; times += 1) {
      const there = app().visitor()
      await logInWithPasskey(there, synced.key)
      expect(there.page.path).toBe('/account')
    }
  })

  it('V6.3.8 is refused for an account that is disabled, in the same words as for a wrong answer', async () => {
    const { key, person } = await someoneWithPasskey(app())
    const { db } = app().services.database
    await db
      .updateTable('gatelodge_accounts')
      .set({ disabled_at: 1 })
      .where('email', '=', person.email ?? '')
      .execute()
    const browser = app().visitor()
    await logInWithPasskey(browser, key)
    expect(browser.page).toMatchObject({ path: '/login', notice: refused })
    expect(reasons().at(-1)).toBe('passkey-disabled')
  })

  it('is for programs as well: the options and the answer as JSON, bound to a token instead of a cookie', async () => {
    const { key, person } = await someoneWithPasskey(app())
    const program = new Program(app())
    const asked = await program.post('/login/passkey/options')
    const { options, challenge_token } = asked.body as { options: object; challenge_token: string }
    const answer = key.use(options)
    const other = await new Program(app()).post('/login/passkey', { answer, challenge_token: 'x', session: 'bearer' })
    expect(other).toMatchObject({ status: 401, body: { code: 'passkey-refused' } })
    const { status, body } = await program.post('/login/passkey', { answer, challenge_token, session: 'bearer' })
    expect(status).toBe(200)
    const mine = new Program(app(), (body as { token: string }).token)
    expect((await mine.get('/session')).body).toMatchObject({ account: { email: person.email } })
    const again = await program.post('/login/passkey', { answer, challenge_token, session: 'bearer' })
    expect(again.status).toBe(401)
  })

  it('a program adds, lists, renames and removes passkeys', async () => {
    const browser = app().visitor()
    const person = await browser.register()
    await verify(app(), person)
    const { body } = await new Program(app()).post('/login', { ...loginOf(person), session: 'bearer' })
    const program = new Program(app(), (body as { token: string }).token)
    const key = new Authenticator(originOf(app()))
    const { options } = (await program.post('/passkeys/options')).body as { options: object }
    const added = await program.post('/passkeys', { answer: key.make(options) })
    expect(added.status).toBe(200)
    const { token, passkey } = added.body as { token: string; passkey: string }
    program.token = token
    expect((await program.post('/passkeys/rename', { passkey, passkey_name: 'Phone' })).status).toBe(204)
    expect((await program.get('/passkeys')).body).toMatchObject({
      passkeys: [{ id: passkey, name: 'Phone', synced: true }],
    })
    expect((await program.post('/passkeys/rename', { passkey, passkey_name: '' })).status).toBe(422)
    expect((await program.post('/passkeys/remove', { passkey })).status).toBe(204)
    expect((await program.post('/passkeys/remove', { passkey })).status).toBe(404)
  })

  it('V13.1.3 wrong answers from one network come to an end', async () => {
    const strict = await makeApp(database, { loginFailuresPerAddress: 2 })
    const { key } = await someoneWithPasskey(strict)
    for (let times = 0; times < 2; times += 1)
      await logInWithPasskey(strict.visitor('203.0.113.5'), key, { isPresent: false })
    const browser = strict.visitor('203.0.113.5')
    const options = await optionsFor(browser, '/login/passkey')
    const body = new URLSearchParams({ answer: JSON.stringify(key.use(options)) })
    const answer = await browser.send('POST', '/login/passkey', body)
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    await strict.close()
  })

  it('the site demands a second factor: a passkey that checks its owner is one, another is not', async () => {
    const { key } = await someoneWithPasskey(app())
    const strict = await makeApp(database, { secondFactor: 'required' })
    const browser = strict.visitor()
    await logInWithPasskey(browser, key)
    expect(browser.page.path).toBe('/account')
    const other = strict.visitor()
    await logInWithPasskey(other, key, { isVerified: false })
    expect(other.page.path).toBe('/two-factor/set-up')
    await strict.close()
  })
})

const loginOf = ({ email, password }: Fields) => ({ email, password })

/** COSE on P-256, of coordinates of that many bytes, with what else is given. */
function keyOf(x: number, y: number, more = ''): Buffer {
  const bytes = (length: number) =>
    `${length < 256 ? '58' : '59'}${length.toString(16).padStart(length < 256 ? 2 : 4, '0')}${'11'.repeat(length)}`
  return Buffer.from(`a${5 + more.length / 4}01020326${more}200121${bytes(x)}22${bytes(y)}`, 'hex')
}

/** COSE, of a modulus of that many bytes and an exponent. */
function rsaKey(length: number, exponent: string): Buffer {
  const modulus = `59${length.toString(16).padStart(4, '0')}${'b5'.repeat(length)}`
  return Buffer.from(`a401030339010020${modulus}214${exponent.length / 2}${exponent}`, 'hex')
}

onEachDatabase('A new passkey', (database) => {
  const app = useApp(database)
  const lies: [string, Lies][] = [
    ['of another origin', { origin: 'https://evil.example' }],
    ['of another site', { rpId: 'evil.example' }],
    ['of another type', { type: 'webauthn.get' }],
    ['made while nobody was there', { isPresent: false }],
    ['with an algorithm of another kind of key', { algorithm: -8 }],
    ['backed up and not to be backed up', { isSyncable: false, isSynced: true }],
    ['with another id than it has', { id: 'AAAA' }],
    ['with no attestation object', { attestationObject: Buffer.alloc(0) }],
    ['with CBOR that nests ten thousand deep', { attestationObject: Buffer.alloc(10_000, 0x81) }],
    ['with CBOR that promises gigabytes', { attestationObject: Buffer.from('5b0000000fffffffff', 'hex') }],
    ['with a frame of another site', { crossOrigin: true }],
    ['with bytes behind its key', { trailing: Buffer.from('a0', 'hex') }],
    ['with a key that says one thing twice', { publicKey: keyOf(32, 32, '0326') }],
    ['with a key that no column holds', { publicKey: keyOf(32, 4_000) }],
    ['with a coordinate that is cut off', { publicKey: keyOf(31, 32) }],
    ['with a point that is on no curve', { publicKey: keyOf(32, 32) }],
    ['with a key of RSA that no one can check', { publicKey: rsaKey(2_900, '010001') }],
    ['with a key of RSA that anyone signs for', { publicKey: rsaKey(256, '01') }],
    [
      'with a key of Ed25519 that is too short',
      { publicKey: Buffer.from(`a401010327200621581f${'11'.repeat(31)}`, 'hex') },
    ],
  ]
  it.each(lies)('%s is refused, and nothing is stored', async (_, lie) => {
    const browser = app().visitor()
    await verify(app(), await browser.register())
    await addPasskey(browser, new Authenticator(originOf(app())), lie)
    expect(browser.page).toMatchObject({ status: 200, notice: 'The passkey was not added. Try again.' })
    expect((await browser.open('/account/passkeys')).html).toContain('You have no passkeys yet.')
  })

  it('with an algorithm that was not asked for is refused, and the page and the API say that it is the device', async () => {
    const browser = app().visitor()
    await verify(app(), await browser.register())
    const key = new Authenticator(originOf(app()))
    await addPasskey(browser, key, { algorithm: -35 })
    expect(browser.page.path).toBe('/account/passkeys/add')
    expect(browser.page.notice).toBe(
      'The passkey was not added: that device makes keys of a kind that this site does not accept. Use another device.',
    )
    const { body } = await browser.json('POST', '/api/v1/passkeys/options', {})
    const answer = key.make(body.options as object, { algorithm: -35 })
    const told = await browser.json('POST', '/api/v1/passkeys', { answer })
    expect([told.status, told.body.code]).toEqual([422, 'passkey-algorithm'])
    expect((await browser.open('/account/passkeys')).html).toContain('You have no passkeys yet.')
  })

  it('what it says about its maker is not read: an unknown statement is taken off, and the passkey works', async () => {
    const browser = app().visitor()
    await verify(app(), await browser.register())
    const key = new Authenticator(originOf(app()))
    await addPasskey(browser, key, { format: 'tpm' })
    expect(browser.page.path).toBe('/account/passkeys/rename')
    const there = app().visitor()
    await logInWithPasskey(there, key)
    expect(there.page.path).toBe('/account')
  })
})
