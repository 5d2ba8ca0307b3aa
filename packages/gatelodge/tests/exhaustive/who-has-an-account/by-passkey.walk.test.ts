// Whose passkey it is, and whose log-in under way, nobody learns who has not proved it: not from the words, not from how much
// there is to read, and not from how much work it was.
import { beforeEach, expect, it, vi } from 'vitest'
import { accounts } from '../../../src/identity/accounts/storage.ts'
import { random } from '../../../src/identity/sealing.ts'
import { minutes } from '../../../src/time.ts'
import type { Lies } from '../../support/authenticator.ts'
import { withPasskey } from '../../support/flows/passkeys.ts'
import { giveApp } from '../../support/give-app.ts'
import type { TestApp } from '../../support/make-app.ts'
import type { Fields, Visitor } from '../../support/visitor.ts'
import { onWalkedDatabases } from '../../support/walk.ts'
import { disable, leave, seenOf, useSpiedApp } from './seen.ts'
import { startAgain } from './work.ts'

vi.mock('@node-rs/argon2', async (original) => {
  const { noting } = await import('./work.ts')
  return noting(await original<typeof import('@node-rs/argon2')>())
})
beforeEach(() => void startAgain())

const right = 'violet tram lamp'
/** Who asks for nobody. */
const nobody = { email: 'nobody@example.org' }
let next = 10

/** Whose passkey is used. All that a stranger can send for one is a wrong answer. */
const keyOwners = {
  'an account': async () => {},
  'an account with an app': giveApp,
  'a disabled account': (app: TestApp, person: Fields) => disable(app, person),
  'an account that is being deleted': (app: TestApp, person: Fields) => leave(app, person),
} satisfies Record<string, (app: TestApp, person: Fields) => Promise<unknown>>

const lies: Record<string, Lies> = {
  'a wrong signature': { signature: Buffer.alloc(70, 1) },
  'another site': { rpId: 'example.org' },
  'another account': { userHandle: 'AAAAAAAAAAAAAAAAAAAAAA' },
}

onWalkedDatabases('Enumeration by passkeys', (database) => {
  const app = useSpiedApp(database, { emailsPerClient: 100_000 })

  /** A browser that asked, and what it sends. */
  async function answering(owner: keyof typeof keyOwners, lie: Lies) {
    next += 1
    const person = { name: 'Ada', email: `passk-${String(next).padStart(4, '0')}@example.org`, password: right }
    await app().visitor().json('POST', '/api/v1/register', person)
    const { key } = await withPasskey(app(), person)
    await keyOwners[owner](app(), person)
    const browser = app().visitor(`198.18.${100 + Math.floor(next / 100)}.${100 + (next % 100)}`)
    const asked = await browser.json('POST', '/api/v1/login/passkey/options', {})
    const answer = key.use(asked.body.options as object, lie)
    return { browser, person, body: { answer, challenge_token: asked.body.challenge_token } }
  }

  it.each(Object.keys(lies))('V6.3.8 a passkey with %s: all the same, whose it is', async (lie) => {
    const seen = []
    for (const owner of Object.keys(keyOwners) as (keyof typeof keyOwners)[]) {
      const { browser, person, body } = await answering(owner, lies[lie] ?? {})
      seen.push(await seenOf(app(), () => sendBody(browser, '/api/v1/login/passkey', body), person))
    }
    for (const one of seen) expect(one).toEqual(seen[0])
    expect(seen[0]?.told[0]?.status).toBe(401)
    expect(seen[0]?.statements.length).toBeGreaterThan(3)
  })

  it('V6.3.8 the question for a passkey costs nothing, and knows nobody', async () => {
    await answering('an account', {})
    const browser = app().visitor()
    const { told, statements } = await seenOf(
      app(),
      () => sendBody(browser, '/api/v1/login/passkey/options', {}),
      nobody,
    )
    expect([told[0]?.status, statements]).toEqual([200, []])
    expect(told[0]?.plain).toContain('"allowCredentials":[]')
  })

  it('V6.3.8 a token of a log-in that is over, made up, or of a disabled account: all the same', async () => {
    const states: Record<string, (token: string, person: Fields) => Promise<unknown>> = {
      'that is over': async () => app().clock.pass(minutes(10)),
      'that was cancelled': (login_token) => app().visitor().json('POST', '/api/v1/login/cancel', { login_token }),
      'of a disabled account': (_, person) => disable(app(), person),
      'of an account whose app was reset': async (_, person) => giveVersion(app(), person),
    }
    for (const typed of [{ code: '000000' }, { recovery_code: 'aaaa-bbbb-cccc-dddd' }]) {
      const made = { login_token: random(32).toString('base64url'), ...typed }
      const expected = await seenOf(app(), () => sendBody(app().visitor(), '/api/v1/two-factor', made), nobody)
      expect([expected.told[0]?.status, expected.hashes]).toEqual([401, []])
      for (const [title, change] of Object.entries(states)) {
        next += 1
        const person = { name: 'Ada', email: `token-${String(next).padStart(4, '0')}@example.org`, password: right }
        await app().visitor().json('POST', '/api/v1/register', person)
        await giveApp(app(), person)
        const due = await app()
          .visitor()
          .json('POST', '/api/v1/login', { ...person, session: 'bearer' })
        const login_token = String(due.body.login_token)
        await change(login_token, person)
        const sent = { login_token, ...typed }
        const seen = await seenOf(app(), () => sendBody(app().visitor(), '/api/v1/two-factor', sent), nobody)
        expect({ title, ...seen }).toEqual({ title, ...expected })
      }
    }
  })
})

async function sendBody(browser: Visitor, path: string, body: object): Promise<Response[]> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  return [await browser.send('POST', path, JSON.stringify(body), headers)]
}

/** What was proved before is worthless. */
async function giveVersion({ services }: TestApp, { email = '' }: Fields): Promise<void> {
  const { db } = services.database
  const account = await accounts.findByAddress(db, { given: email, normalised: email })
  if (account) await accounts.changeFactors(db, account.id)
}
