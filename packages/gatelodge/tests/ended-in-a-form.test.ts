// A session that ends in the middle of a form: the page says so, and what was typed is there after the log-in, for its owner
// alone and once. Secrets are never kept.
import { expect, it } from 'vitest'
import { hours, minutes } from '../src/time.ts'
import { onEachDatabase } from './support/databases.ts'
import { type TestApp, useApp } from './support/make-app.ts'
import { type Fields, textOf, type Visitor } from './support/visitor.ts'

const nextPassword = 'amber ferry clock'
const kept = 'Nothing was saved. Log in, and what you typed will be there.'
const notSaved = 'What you just sent was not saved. Send it again after this.'

/** Each form of the account area: what is typed, and of it what is there again. */
const forms: Record<string, { typed: Fields; shown?: string }> = {
  '/account/profile': { typed: { name: 'Ada "Countess" King' }, shown: 'Ada "Countess" King' },
  '/account/email': { typed: { new_email: 'countess@example.org' }, shown: 'countess@example.org' },
  '/account/password': { typed: { current_password: 'violet tram lamp', new_password: nextPassword } },
  '/account/delete': { typed: { current_password: 'violet tram lamp' } },
  '/account/devices': { typed: { others: 'yes' } },
  '/account/two-factor': { typed: { code: '123456' } },
}

type End = (app: TestApp, ada: Fields) => Promise<unknown>

const ends: Record<string, End> = {
  'nobody used it': async (app) => app.clock.pass(hours(13)),
  'another device ended it': async (app, ada) => {
    const other = app.visitor()
    await other.logIn(ada)
    await other.open('/account/devices')
    await other.submit({ others: 'yes' }, '/account/devices')
  },
  'the password was changed elsewhere': async (app, ada) => {
    const other = app.visitor()
    await other.logIn(ada)
    await other.open('/account/password')
    await other.submit({ current_password: ada.password ?? '', new_password: nextPassword })
    ada.password = nextPassword
  },
}

onEachDatabase('A session that ended in the middle of a form', (database) => {
  const app = useApp(database, { registrationsPerAddress: 10_000 })

  /** The page was open when the session ended, and is sent. */
  async function sendTooLate(path: string, typed: Fields, end: End) {
    const browser = app().visitor()
    const ada = await browser.register()
    await browser.open(path)
    const before = browser.page.html
    await end(app(), ada)
    await browser.submit(typed, path)
    return { browser, ada, before }
  }

  const visitorCookie = (browser: Visitor) => {
    const [, value = ''] = [...browser.cookies].find(([name]) => name.startsWith('gatelodge-visitor')) ?? []
    return app().services.sealing.open('visit cookie', value) ?? ''
  }

  const all = Object.entries(forms).flatMap(([path, form]) =>
    Object.entries(ends).map(([why, end]) => ({ path, why, end, ...form })),
  )

  it.each(all)('at $path, because $why: the page says what became of it', async ({ path, end, typed, shown }) => {
    const { browser, ada } = await sendTooLate(path, typed, end)
    expect(browser.page.path).toBe('/login')
    expect(browser.page.notice).toMatch(/^You were logged out/)
    expect(textOf(browser.page.html)).toContain(shown ? kept : notSaved)
    for (const secret of ['violet tram lamp', nextPassword, '123456']) {
      expect(browser.page.html).not.toContain(secret)
      expect(visitorCookie(browser)).not.toContain(secret)
    }
    await browser.submit(ada)
    expect(browser.page.path).toBe(path)
    if (!shown) return
    const value = () =>
      textOf(
        /<main.*<\/main>/s
          .exec(browser.page.html)?.[0]
          .match(/ value="[^"]*"/g)
          ?.join() ?? '',
      )
    expect(value()).toContain(shown)
    await browser.open(path)
    expect(value()).not.toContain(shown)
  })

  it('is nothing that another account sees', async () => {
    const { browser } = await sendTooLate('/account/profile', { name: 'Secret Name' }, ends['nobody used it'] as End)
    const eve = await app().visitor().register()
    await browser.submit(eve)
    expect(browser.page.path).toBe('/account/profile')
    expect(browser.page.html).not.toContain('Secret Name')
    expect(visitorCookie(browser)).not.toContain('Secret Name')
  })

  it('survives a wrong password, and is forgotten an hour later', async () => {
    const late = () => sendTooLate('/account/profile', { name: 'Countess' }, ends['nobody used it'] as End)
    const one = await late()
    await one.browser.submit({ ...one.ada, password: 'wrong tram lamp' })
    await one.browser.submit(one.ada)
    expect(one.browser.page.html).toContain('value="Countess"')
    const other = await late()
    app().clock.pass(minutes(61))
    await other.browser.open('/login?return_to=%2Faccount%2Fprofile')
    await other.browser.submit(other.ada)
    expect(other.browser.page.path).toBe('/account/profile')
    expect(other.browser.page.html).not.toContain('value="Countess"')
  })

  it('V3.3.5 keeps no more than fits into a cookie', async () => {
    const long = { name: `${'"é\u0001🌲'.repeat(2_000)}` }
    const browser = app().visitor()
    await browser.register()
    await browser.open('/account/profile')
    app().clock.pass(hours(13))
    const answer = await browser.submitOnly(long, '/account/profile')
    expect(answer.status).toBe(303)
    for (const line of answer.headers.getSetCookie()) expect(line.length).toBeLessThan(4_096)
  })
})
