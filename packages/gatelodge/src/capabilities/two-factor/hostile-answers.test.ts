// Every way in which an answer of a passkey can be wrong, where it is a second factor and in reauthentication. Those of a log-in and
// of a new passkey are tried in passkeys/login.test.ts.
import { expect, it } from 'vitest'
import type { Lies } from '../../../tests/support/authenticator.ts'
import { onSqlite } from '../../../tests/support/databases.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import { logInWithPasskey, optionsFor, someoneWithPasskey } from '../../../tests/support/passkeys.ts'
import { enrol } from '../../../tests/support/second-factor.ts'
import type { Fields, Visitor } from '../../../tests/support/visitor.ts'

onSqlite('A hostile answer', (database) => {
  const app = useApp(database)
  const lies: [string, Lies][] = [
    ['of another origin', { origin: 'https://evil.example' }],
    ['of another site', { rpId: 'evil.example' }],
    ['of another type', { type: 'webauthn.create' }],
    ['to a challenge that is not ours', { challenge: 'AAAAAAAAAAAAAAAAAAAAAA' }],
    ['in a frame of another site', { crossOrigin: true, topOrigin: 'https://evil.example' }],
    ['while nobody was there', { isPresent: false }],
    ['that says it is backed up and may not be', { isSyncable: false, isSynced: true }],
    ['that may be synced no more', { isSyncable: false, isSynced: false }],
    ['that names another account', { userHandle: 'AAAAAAAAAAAAAAAAAAAAAA' }],
    ['that names another passkey', { id: 'AAAAAAAAAAAAAAAAAAAAAA' }],
    ['with another signature', { signature: Buffer.alloc(70, 1) }],
    ['with an empty signature', { signature: Buffer.alloc(0) }],
  ]
  const ways = { step: '/two-factor', reauthentication: '/two-factor/reauthenticate' }
  const cases = Object.keys(ways).flatMap((way) => lies.map(([title, lie]) => ({ way, title, lie })))

  /** A browser that is asked there, and whose passkey it has. */
  async function askedAt(way: string) {
    const owner = await someoneWithPasskey(app())
    await enrol(app(), owner.browser)
    if (way !== 'step') return { ...owner, isInside: true }
    const browser = app().visitor()
    await browser.logIn(owner.person)
    return { ...owner, browser, isInside: false }
  }

  const optionsAt = async (browser: Visitor, path: string) =>
    (await browser.json('POST', `/api/v1${path}/options`, {})).body.options as { challenge: string }

  it.each(cases)('V6.7.2 $title is refused in the $way, and nothing of it is kept', async ({ way, lie }) => {
    const { browser, key, person, isInside } = await askedAt(way)
    const path = ways[way as keyof typeof ways]
    const answer = key.use(await optionsAt(browser, path), lie)
    const before = [await rowsOf(person), browser.sessionCookie]
    const { status, body } = await browser.json('POST', `/api/v1${path}`, { answer })
    expect([status, body.errors]).toEqual([422, [expect.objectContaining({ field: 'answer', code: 'wrong' })]])
    expect([await rowsOf(person), browser.sessionCookie]).toEqual(before)
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(isInside ? 200 : 401)
  })

  it('V6.7.2 a challenge of one ceremony is none of another, whichever they are', async () => {
    const asked = await askedAt('step')
    const inside = app().visitor()
    await logInWithPasskey(inside, asked.key)
    const challenges = {
      'log-in': (await optionsFor(app().visitor(), '/login/passkey')).challenge as string,
      'another log-in under way': (await optionsAt((await askedAt('step')).browser, '/two-factor')).challenge,
      reauthentication: (await optionsAt(inside, '/two-factor/reauthenticate')).challenge,
      'a new passkey': (await optionsAt(inside, '/passkeys')).challenge,
    }
    for (const [title, challenge] of Object.entries(challenges)) {
      const answer = asked.key.use(await optionsAt(asked.browser, '/two-factor'), { challenge })
      const { status } = await asked.browser.json('POST', '/api/v1/two-factor', { answer })
      // Four of the five that a log-in under way takes.
      expect(status, title).toBe(422)
    }
    for (const title of ['log-in', 'another log-in under way', 'a new passkey'] as const) {
      const options = await optionsAt(inside, '/two-factor/reauthenticate')
      const answer = asked.key.use(options, { challenge: challenges[title] })
      const { status } = await inside.json('POST', '/api/v1/two-factor/reauthenticate', { answer })
      expect(status, title).toBe(422)
    }
  })

  it('a counter that goes back is a signal at the step and in reauthentication, too', async () => {
    const owner = await someoneWithPasskey(app(), { isSyncable: false })
    await enrol(app(), owner.browser)
    const copies = async () => {
      const { audit } = app().services
      const [{ accountId } = { accountId: Buffer.alloc(0) }] = await rowsOf(owner.person)
      return (await audit.someOf(accountId)).filter(({ event }) => event === 'passkey.copy-suspected').length
    }
    await logInWithPasskey(app().visitor(), owner.key, { counter: 9 })
    const browser = app().visitor()
    await browser.logIn(owner.person)
    const atStep = owner.key.use(await optionsAt(browser, '/two-factor'), { counter: 3 })
    expect((await browser.json('POST', '/api/v1/two-factor', { answer: atStep })).status).toBe(200)
    expect(await copies()).toBe(1)
    const again = owner.key.use(await optionsAt(browser, '/two-factor/reauthenticate'), { counter: 9 })
    expect((await browser.json('POST', '/api/v1/two-factor/reauthenticate', { answer: again })).status).toBe(200)
    expect(await copies()).toBe(2)
    expect(await rowsOf(owner.person)).toMatchObject([{ counter: 9 }])
  })

  async function rowsOf({ email = '' }: Fields) {
    const { accounts, database, passkeys } = app().services
    const account = await accounts.findByAddress(database.db, { given: email, normalised: email })
    return account ? passkeys.ofAccount(database.db, account.id) : []
  }
})
