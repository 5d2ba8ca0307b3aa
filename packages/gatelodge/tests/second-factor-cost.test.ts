// What a log-in with a code of an app costs the database, beside one without; and that the guarded page costs nothing more.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fromDriver } from '../src/database/connect.ts'
import { createGuard } from '../src/embed/guard.ts'
import { onEachDatabase, openDriver } from './support/databases.ts'
import { makeApp, type TestApp } from './support/make-app.ts'
import { optionsFor, sendAnswer, someoneWithPasskey } from './support/passkeys.ts'
import { shown, someoneWithApp } from './support/second-factor.ts'
import { spied } from './support/spied-database.ts'

onEachDatabase('The cost of a second factor', (database) => {
  let app: TestApp
  let sent: string[] = []
  beforeAll(async () => {
    const driver = spied(openDriver(database), (send, text) => {
      sent.push(text)
      return send()
    })
    app = await makeApp(database, {}, { database: fromDriver(driver) })
  })
  afterAll(() => app.close())

  async function cost(work: () => Promise<unknown>) {
    sent = []
    await work()
    const isEdge = (text: string) => /^\s*(?:begin|start transaction|commit|rollback|set )/i.test(text)
    return {
      transactions: sent.filter((text) => /^\s*(?:begin|start transaction)/i.test(text)).length,
      statements: sent.filter((text) => !isEdge(text)),
    }
  }

  it('a log-in takes at most one transaction and eight statements more', async () => {
    const plain = app.visitor()
    const person = await plain.register()
    await plain.logOut()
    const { email = '', password = '' } = person
    await plain.open('/login')
    const without = await cost(() => plain.submitOnly({ email, password }))

    const { browser, person: owner, key } = await someoneWithApp(app)
    await browser.logOut()
    await browser.open('/login')
    const first = await cost(() => browser.submitOnly({ email: owner.email ?? '', password: owner.password ?? '' }))
    await browser.open('/two-factor')
    const second = await cost(async () => {
      const answer = await browser.submitOnly({ code: shown(app, key) })
      expect(answer.headers.get('location')).toBe('/account')
    })
    expect(without.transactions).toBe(1)
    expect(first.transactions + second.transactions).toBeLessThanOrEqual(2)
    const more = first.statements.length + second.statements.length - without.statements.length
    expect(
      more,
      [...without.statements, '---', ...first.statements, '---', ...second.statements].join('\n'),
    ).toBeLessThanOrEqual(8)
  })

  it('the account page takes as many statements with a second factor as without', async () => {
    const plain = app.visitor()
    await plain.register()
    const { browser } = await someoneWithApp(app)
    const [without, withFactor] = [
      await cost(() => plain.send('GET', '/account')),
      await cost(() => browser.send('GET', '/account')),
    ]
    expect(withFactor.statements.length).toBe(without.statements.length)
    expect(without.statements.length).toBeGreaterThan(0)
  })

  it('a guarded page costs nothing more, whether it asks for a second factor or not', async () => {
    const { browser } = await someoneWithApp(app)
    const guard = createGuard(app.services)
    const asking = new Headers({ accept: 'text/html', cookie: `gatelodge=${browser.sessionCookie}` })
    const request = { asking, method: 'GET', target: '/notes' }
    const [without, withFactor] = [
      await cost(() => guard(request, { account: true })),
      await cost(async () => {
        expect(await guard(request, { account: true, secondFactor: true })).toHaveProperty('session')
      }),
    ]
    expect([without.statements.length, withFactor.statements.length]).toEqual([1, 1])
  })

  it('a log-in with a passkey takes one transaction, and at most four statements more than one with a password', async () => {
    const plain = app.visitor()
    const { email = '', password = '' } = await plain.register()
    await plain.logOut()
    await plain.open('/login')
    const byPassword = await cost(() => plain.submitOnly({ email, password }))
    const { browser, key } = await someoneWithPasskey(app)
    await browser.logOut()
    const options = await cost(() => optionsFor(browser, '/login/passkey'))
    const answer = key.use(await optionsFor(browser, '/login/passkey'))
    const byPasskey = await cost(() => sendAnswer(browser, '/login/passkey', answer))
    expect([options.statements, byPasskey.transactions]).toEqual([[], 1])
    // The challenge, and what the key told; and the page that it leads to.
    expect(byPasskey.statements.length).toBeLessThanOrEqual(byPassword.statements.length + 4)
    expect(browser.page.path).toBe('/account')
  })
})
