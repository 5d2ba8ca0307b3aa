// What may happen once happens once, however many ask for it at the same moment.
import { expect, it } from 'vitest'
import { atEachLevel } from './support/databases.ts'
import { type TestApp, useApp } from './support/make-app.ts'
import { someone } from './support/visitor.ts'

function races(app: () => TestApp) {
  it('V2.3.4 V15.4.2 50 registrations of one address, spelled in five ways, make one account', async () => {
    const local = `race${Date.now()}`
    const spellings = [
      `${local}@exämple.org`,
      `${local.toUpperCase()}@EXÄMPLE.org`,
      ` ${local}@xn--exmple-cua.org`,
      `${local}@exa\u0308mple.org`,
      `${local}@ｅxämple.org`,
    ]
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        app()
          .visitor()
          .json(
            'POST',
            '/api/v1/register',
            someone({ email: spellings[index % 5] as string, password: `amber ferry ${index}` }),
          ),
      ),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(answers.filter(({ body }) => JSON.stringify(body).includes('"taken"'))).toHaveLength(49)
    const { db } = app().services.database
    const all = await db.selectFrom('gatelodge_accounts').selectAll().execute()
    const ours = all.filter(({ email }) => email.normalize('NFKC').toLowerCase().includes(local))
    expect(ours).toHaveLength(1)
    // Nothing half: as many passwords as accounts.
    const passwords = await db.selectFrom('gatelodge_passwords').select('account_id').execute()
    expect(passwords).toHaveLength(all.length)
  })

  it('V2.3.4 16 parallel password changes leave one winner, who is the only one still logged in', async () => {
    const first = app().visitor()
    const ada = await first.register()
    const browsers = await Promise.all(
      Array.from({ length: 16 }, async () => {
        const browser = app().visitor()
        await browser.json('POST', '/api/v1/login', ada)
        return browser
      }),
    )
    const tries = browsers.map(async (browser, index) => {
      const new_password = `amber ferry clock ${index}`
      const { status } = await browser.json('POST', '/api/v1/password', {
        current_password: ada.password,
        new_password,
      })
      return { status, new_password, browser }
    })
    const results = await Promise.all(tries)
    const winners = results.filter(({ status }) => status === 200)
    expect(winners).toHaveLength(1)
    const stillIn = await Promise.all(
      results.map(async ({ browser }) => (await browser.json('GET', '/api/v1/session')).status),
    )
    expect(stillIn.filter((status) => status === 200)).toHaveLength(1)
    const login = async (password: string) =>
      (
        await app()
          .visitor()
          .json('POST', '/api/v1/login', { ...ada, password })
      ).status
    expect(await login(winners[0]?.new_password ?? '')).toBe(200)
    expect(await login(ada.password ?? '')).toBe(401)
  })

  it('no session outlives a change of password that happens while it starts', async () => {
    const here = app().visitor()
    const ada = await here.register()
    const there = Array.from({ length: 16 }, () => app().visitor())
    const change = { current_password: ada.password, new_password: 'amber ferry clock' }
    await Promise.all([
      ...there.map((browser) => browser.json('POST', '/api/v1/login', ada)),
      here.json('POST', '/api/v1/password', change),
    ])
    const after = await Promise.all(there.map(async (browser) => (await browser.json('GET', '/api/v1/session')).status))
    expect(after.filter((status) => status !== 401)).toEqual([])
    expect((await here.json('GET', '/api/v1/session')).status).toBe(200)
  })

  it('16 logouts with one cookie are all answered, and leave nobody logged in', async () => {
    const browser = app().visitor()
    await browser.register()
    const copies = Array.from({ length: 16 }, () => {
      const copy = app().visitor()
      copy.cookies.set('gatelodge', browser.sessionCookie ?? '')
      return copy
    })
    const answers = await Promise.all(copies.map((copy) => copy.json('POST', '/api/v1/logout', {})))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]))
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(401)
  })

  it('V15.4.1 two people who ask at the same moment each see their own name', async () => {
    const people = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const browser = app().visitor()
        await browser.register({ name: `Person ${index}` })
        return browser
      }),
    )
    for (let round = 0; round < 5; round += 1) {
      const pages = await Promise.all(people.map((browser) => browser.open('/account')))
      expect(pages.map(({ heading }) => heading)).toEqual(people.map((_, index) => `Hello, Person ${index}`))
    }
  })
}

atEachLevel('At once', (database, replaced) => {
  races(useApp(database, {}, replaced))
})
