// `gatelodge.test.loginAs` is for the tests of other people's apps; here it is tried as they would.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createTestLogin } from '../../src/embed/test-login.ts'
import type { Gatelodge } from '../../src/index.ts'
import { onEachDatabase } from '../support/databases.ts'
import { openGatelodge } from '../support/embed.ts'
import { makeApp, throwawayDatabase } from '../support/make-app.ts'
import { someone } from '../support/visitor.ts'

onEachDatabase('loginAs', (database) => {
  const hooks: string[] = []
  let gatelodge: Gatelodge
  beforeAll(async () => {
    gatelodge = await openGatelodge(database, {
      hooks: {
        onRegistered: ({ account }) => hooks.push(`registered ${account.name}`),
        onLoggedIn: ({ account }) => hooks.push(`logged in ${account.name}`),
      },
    })
  })
  afterAll(() => gatelodge.close())

  const accountPage = async (headers: Record<string, string>) =>
    (await gatelodge.fetch(new Request('http://localhost:3000/account', { headers }))) as Response

  it('creates a person who is logged in for session(), guards and our pages, and calls the hooks of the app', async () => {
    const { email } = someone()
    const { account, cookie, headers } = await gatelodge.test.loginAs({ email: email as string, name: 'Grace Hopper' })
    expect(account).toMatchObject({ name: 'Grace Hopper', email, emailVerified: true })
    expect(headers).toEqual({ cookie })
    expect((await gatelodge.session(new Headers(headers)))?.account).toEqual(account)
    expect(await gatelodge.fetch.requireAccount(new Request('http://localhost/', { headers }))).toMatchObject({
      account,
    })
    expect(await (await accountPage(headers)).text()).toContain('<bdi translate="no">Grace Hopper</bdi>')
    expect(hooks.splice(0)).toEqual(['registered Grace Hopper', 'logged in Grace Hopper'])
  })

  it('finds whom it has made before, for a session of their own', async () => {
    const { email } = someone() as { email: string }
    const [first, second] = await Promise.all([gatelodge.test.loginAs({ email }), gatelodge.test.loginAs({ email })])
    expect(second.account).toEqual(first.account)
    expect(second.cookie).not.toBe(first.cookie)
    expect(hooks.splice(0).filter((told) => told.startsWith('registered'))).toHaveLength(1)
    expect((await accountPage(first.headers)).status).toBe(200)
  })
})

describe('loginAs', () => {
  afterEach(() => void vi.unstubAllEnvs())

  it('says what is wrong with an address or a name', async () => {
    const gatelodge = await openGatelodge(throwawayDatabase())
    await expect(gatelodge.test.loginAs({ email: 'grace' })).rejects.toThrow('"grace" is no email address')
    await expect(gatelodge.test.loginAs({ email: 'grace@example.org', name: ' ' })).rejects.toThrow('is no name')
    await gatelodge.close()
  })

  it('lets nobody into an account that is disabled, or that has to be confirmed first', async () => {
    const app = await makeApp(throwawayDatabase(), { requireVerifiedEmail: true })
    const loginAs = createTestLogin(app.services)
    const person = someone() as { email: string }
    await app.visitor().json('POST', '/api/v1/register', person)
    await expect(loginAs(person)).rejects.toThrow('may not be entered')
    const other = someone() as { email: string }
    expect((await loginAs(other)).account.emailVerified).toBe(true)
    const { db } = app.services.database
    await db.updateTable('gatelodge_accounts').set({ disabled_at: 1 }).where('email', '=', other.email).execute()
    await expect(loginAs(other)).rejects.toThrow('may not be entered')
    await app.close()
  })

  it('V13.4.2 refuses in production, by the setting and by NODE_ENV, and makes nobody', async () => {
    const grace = { email: 'grace@example.org' }
    const here = throwawayDatabase()
    const safe = { mode: 'production', baseUrl: 'https://acme.example', trustedProxies: '127.0.0.1' } as const
    const produced = await openGatelodge(here, safe)
    await expect(produced.test.loginAs(grace)).rejects.toThrow('production')
    await produced.close()

    const made: string[] = []
    const gatelodge = await openGatelodge(here, { hooks: { onRegistered: ({ account }) => made.push(account.email) } })
    vi.stubEnv('NODE_ENV', 'production')
    await expect(gatelodge.test.loginAs(grace)).rejects.toThrow('production')
    vi.unstubAllEnvs()
    expect(made).toEqual([])
    // It was not there before: nobody was made above.
    await gatelodge.test.loginAs(grace)
    expect(made).toEqual([grace.email])
    await gatelodge.close()
  })
})
