// Passwords that people should not choose, by HTTP: refused where one is chosen, and nowhere else.
import { expect, it } from 'vitest'
import { onEachDatabase } from './support/databases.ts'
import { useApp } from './support/make-app.ts'
import { rows, sha1, useRangeServer } from './support/range-server.ts'
import { someone, type Visitor } from './support/visitor.ts'

const better = 'Choose another: a few random words work well.'
const common = `This password is too common and easy to guess. ${better}`
const personal = `This password is easy to guess from your name, your address or this site’s name. ${better}`
const sequence = `This password is a simple pattern, easy to guess. ${better}`
const breached = `This password appeared in a data breach, so it is easy to guess. ${better}`

async function tryToRegister(browser: Visitor, fields: Record<string, string>) {
  await browser.open('/register')
  await browser.submit(someone(fields))
  return browser.page.summary
}

async function tryToChange(browser: Visitor, new_password: string) {
  await browser.open('/account/password')
  await browser.submit({ current_password: 'violet tram lamp', new_password })
  return browser.page.summary
}

onEachDatabase('A password that is easy to guess', (database) => {
  let people = 0
  const app = useApp(database, { siteName: 'Acme Books', baseUrl: 'http://books.acme.test' })

  it.each([
    ['V6.2.4 one of the most common', 'iloveyou', common],
    ['V6.2.4 the same in capitals', 'ILOVEYOU', common],
    ['V6.2.11 V6.1.2 the name of the site', 'AcmeBooks2026!', personal],
    ['V6.2.11 V6.1.2 the host of the site', 'books.acme.test', personal],
    ['V6.2.11 the name of the person', 'ada-l0v3lac3', personal],
    ['V6.2.11 the address of the person', 'king@mail.example', personal],
    ['a row of keys', 'qwertzuiop', sequence],
  ])('%s: refused when registering and when changing, with the reason', async (_, password, reason) => {
    people += 1
    const ada = { name: 'Ada Lovelace', email: `king.${people}@mail.example` }
    const browser = app().visitor()
    expect(await tryToRegister(browser, { ...ada, password })).toEqual([reason])
    await browser.register({ ...ada })
    expect(await tryToChange(browser, password)).toEqual([reason])
    expect(await tryToChange(browser, 'ada likes violet trams')).toEqual([])
    expect(browser.page.path).toBe('/account')
  })

  it('is shown together with all other problems, and programs get a code', async () => {
    const browser = app().visitor()
    const both = await tryToRegister(browser, { name: '', password: 'iloveyou' })
    expect(both).toEqual(['Enter your name', common])
    const answer = await browser.json('POST', '/api/v1/register', someone({ password: 'iloveyou' }))
    const errors = [{ field: 'password', code: 'common', message: common }]
    expect(answer).toMatchObject({ status: 422, body: { code: 'fields', errors } })
  })

  it('V6.2.4 still logs in a person who chose it earlier', async () => {
    const ada = await app().visitor().register()
    const { database, passwords, hashing } = app().services
    const credential = await passwords.findByAddress(database.db, ada.email ?? '')
    if (!credential) throw new Error('no such account')
    await passwords.renewHash(database.db, credential, await hashing.hash('iloveyou'))
    expect(
      (
        await app()
          .visitor()
          .logIn({ ...ada, password: 'iloveyou' })
      ).path,
    ).toBe('/account')
  })
})

onEachDatabase('A password that was in a breach', (database) => {
  const range = useRangeServer()
  const settings = {
    get breachCheckUrl() {
      return range.url
    },
  }
  const app = useApp(database, settings)

  it('V6.2.12 is refused when registering and when changing, where a server is asked', async () => {
    range.answer = (_, response) => response.end(rows({ 'amber ferry clock': 3 }))
    const browser = app().visitor()
    expect(await tryToRegister(browser, { password: 'amber ferry clock' })).toEqual([breached])
    await browser.register()
    expect(await tryToChange(browser, 'amber ferry clock')).toEqual([breached])
    const asked = ['amber ferry clock', 'violet tram lamp', 'amber ferry clock']
    expect(range.asked.map(({ path }) => path)).toEqual(asked.map((one) => `/range/${sha1(one).slice(0, 5)}`))
  })

  it('is asked about only where nothing here spoke against it', async () => {
    for (const password of ['short', 'iloveyou', 'ada lovelace', 'qwertyuiop'])
      await tryToRegister(app().visitor(), { password })
    expect(range.asked).toEqual([])
  })

  it('is asked about while nothing is locked', async () => {
    const browser = app().visitor()
    await browser.register()
    const { database } = app().services
    range.answer = async (_, response) => {
      await database.transact(
        async (trx) => trx.updateTable('gatelodge_accounts').set({ disabled_at: null }).execute(),
        async () => undefined,
      )
      response.end(rows({}))
    }
    expect(await tryToChange(browser, 'amber ferry clock')).toEqual([])
    expect(app().logged.filter(({ msg }) => msg === 'breach-check.failed')).toEqual([])
  })

  it('V6.2.12 V15.3.2 passes where the server sends us elsewhere, and the log says so without a word about it', async () => {
    range.answer = (_, response) => response.writeHead(302, { location: '/elsewhere' }).end()
    await app().visitor().register({ password: 'amber ferry clock' })
    const lines = app().logged.filter(({ msg }) => msg === 'breach-check.failed')
    expect(lines).toEqual([{ level: 'warn', time: expect.any(String), reason: 'redirect', msg: 'breach-check.failed' }])
    expect(JSON.stringify(app().logged)).not.toContain(sha1('amber ferry clock').slice(0, 5))
  })
})
