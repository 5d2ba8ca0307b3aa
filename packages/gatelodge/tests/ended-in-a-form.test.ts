// A session that ends in the middle of a form: the page says so, and what was typed is there after the log-in, for its owner
// alone and once. Secrets are never kept.
import { expect, it } from 'vitest'
import { capabilities } from '../src/app.ts'
import { makeAdministratorLink } from '../src/capabilities/admin/link.rules.ts'
import { newId } from '../src/identity/ids.ts'
import { hours, minutes, seconds } from '../src/time.ts'
import { loggedIn } from '../src/web/session/guards.ts'
import { Authenticator } from './support/authenticator.ts'
import { onSqlite } from './support/databases.ts'
import { type TestApp, useApp } from './support/make-app.ts'
import { addPasskey, originOf } from './support/passkeys.ts'
import { enrol, shown, verify } from './support/second-factor.ts'
import { type Fields, textOf, type Visitor } from './support/visitor.ts'

const nextPassword = 'amber ferry clock'
const kept = 'Nothing was saved. Log in, and what you typed will be there.'
const notSaved = 'What you just sent was not saved. Send it again after this.'

interface Form {
  typed: Fields
  /** Of it, what is there again. */
  again?: string
  /** What the account needs first. @returns the query of the page, if it has one. */
  prepare?: (app: TestApp, browser: Visitor, ada: Fields) => Promise<string>
  /** Where what the page was opened with is over before the session is. */
  livesShorter?: boolean
}

async function withApp(app: TestApp, browser: Visitor, ada: Fields) {
  await verify(app, ada)
  ada.key = (await enrol(app, browser)).key
  return ''
}

async function withPasskey(app: TestApp, browser: Visitor, ada: Fields) {
  await verify(app, ada)
  await addPasskey(browser, new Authenticator(originOf(app)))
  return `?passkey=${/name="passkey" value="([\w-]+)"/.exec(browser.page.html)?.[1]}`
}

async function withConnection({ services }: TestApp, _: Visitor, ada: Fields) {
  const { email = '' } = ada
  const { accounts, connections, database } = services
  const account = await accounts.findByAddress(database.db, { given: email, normalised: email })
  if (!account) throw new Error(`there is no account of ${email}`)
  await connections.rows.insert(database.db, {
    ...{ id: newId(), accountId: account.id, provider: 'work', issuer: 'https://id.example.org', subject: email },
    ...{ email, createdAt: 0, lastUsedAt: null },
  })
  return ''
}

async function withVerifiedAddress(app: TestApp, _: Visitor, ada: Fields) {
  await verify(app, ada)
  return ''
}

async function withAdministratorLink({ services }: TestApp, browser: Visitor) {
  const source = { clientAddress: '', device: { isCommandLine: true as const }, requestId: '' }
  const { address } = await makeAdministratorLink(services, source)
  await browser.open(new URL(address).pathname)
  return ''
}

/** Each form that needs a session: what is typed. */
const forms: Record<string, Form> = {
  '/account/profile': { typed: { name: 'Ada "Countess" King' }, again: 'Ada "Countess" King' },
  '/account/email': { typed: { new_email: 'countess@example.org' }, again: 'countess@example.org' },
  '/account/password': { typed: { current_password: 'violet tram lamp', new_password: nextPassword } },
  '/account/delete': { typed: { current_password: 'violet tram lamp' } },
  '/account/devices': { typed: { others: 'yes' } },
  '/account/two-factor': { typed: { code: '123456' } },
  '/account/recovery-codes': { typed: {}, prepare: withApp },
  '/account/passkeys': { typed: { after_password: 'on' }, prepare: withVerifiedAddress },
  '/account/connections': { typed: {}, prepare: withConnection },
  '/account/passkeys/add': { typed: { answer: '{}' }, prepare: withVerifiedAddress },
  '/account/passkeys/rename': { typed: { passkey_name: 'My "key"' }, again: 'My "key"', prepare: withPasskey },
  '/account/passkeys/remove': { typed: {}, prepare: withPasskey },
  '/become-administrator': { typed: {}, prepare: withAdministratorLink, livesShorter: true },
  '/reauthenticate': { typed: { current_password: 'violet tram lamp' } },
  '/verify-email': { typed: {} },
}

/** A button of the account page, which asks again by itself. */
const onAccountPage = '/account/passkeys/offer'

/** As the routes say it, but for what a script asks. `/verify-email` is also for those whose log-in is under way. */
function guarded(): string[] {
  const routes = capabilities.flatMap((one) => one.routes.flatMap((part) => part.routes))
  const own = routes.filter(({ method, handler }) => method === 'POST' && handler === loggedIn)
  const all = [...new Set(own.map(({ path }) => path)), '/verify-email']
  return all.filter((path) => !path.endsWith('/options') && path !== onAccountPage)
}

type End = (app: TestApp, ada: Fields) => Promise<unknown>

/** The code of the app, if the account has one. */
async function passStep(app: TestApp, browser: Visitor, { key }: Fields): Promise<void> {
  if (key === undefined) return
  await browser.submit({ code: shown(app, key) })
  app.clock.pass(seconds(30))
}

const ends: Record<string, End> = {
  'nobody used it': async (app) => app.clock.pass(hours(13)),
  'another device ended it': async (app, ada) => {
    const other = app.visitor()
    await other.logIn(ada)
    await passStep(app, other, ada)
    await other.open('/account/devices')
    await other.submit({ others: 'yes' }, '/account/devices')
  },
  'the password was changed elsewhere': async (app, ada) => {
    const other = app.visitor()
    await other.logIn(ada)
    await passStep(app, other, ada)
    await other.open('/account/password')
    await other.submit({ current_password: ada.password ?? '', new_password: nextPassword })
    ada.password = nextPassword
  },
}

onSqlite('A session that ended in the middle of a form', (database) => {
  const app = useApp(database, { registrationsPerAddress: 10_000 })

  /** The page was open when the session ended, and is sent. */
  async function sendTooLate(path: string, { typed, prepare }: Form, end: End) {
    const browser = app().visitor()
    const ada = await browser.register()
    const address = path + ((await prepare?.(app(), browser, ada)) ?? '')
    await browser.open(address)
    expect([browser.page.status, browser.page.path]).toEqual([200, path])
    await end(app(), ada)
    await browser.submit(typed, address)
    return { browser, ada, address }
  }

  const visitorCookie = (browser: Visitor) => {
    const [, value = ''] = [...browser.cookies].find(([name]) => name.startsWith('gatelodge-visitor')) ?? []
    return app().services.sealing.open('visit cookie', value) ?? ''
  }

  it('has a row for each of them', () => {
    expect(Object.keys(forms).sort()).toEqual(guarded().sort())
  })

  const all = Object.entries(forms).flatMap(([path, form]) =>
    Object.entries(ends)
      .filter(([why]) => !(form.livesShorter && why === 'nobody used it'))
      .map(([why, end]) => ({ path, why, end, form })),
  )

  it.each(all)('at $path, because $why: the page says what became of it', async ({ path, end, form }) => {
    const { browser, ada, address } = await sendTooLate(path, form, end)
    expect(browser.page.path).toBe('/login')
    expect(browser.page.notice).toMatch(/^You were logged out/)
    expect(textOf(browser.page.html)).toContain(form.again ? kept : notSaved)
    for (const secret of ['violet tram lamp', nextPassword, '123456']) {
      expect(browser.page.html).not.toContain(secret)
      expect(visitorCookie(browser)).not.toContain(secret)
    }
    await browser.submit(ada)
    await passStep(app(), browser, ada)
    expect([browser.page.status, browser.page.path]).toEqual([200, path])
    if (!form.again) return
    const value = () => {
      const main = /<main.*<\/main>/s.exec(browser.page.html)?.[0] ?? ''
      const held = main.replaceAll(/<input type="checkbox"(?![^>]* checked)[^>]*>/g, '')
      return textOf(held.match(/ value="[^"]*"/g)?.join() ?? '')
    }
    expect(value()).toContain(textOf(form.again))
    await browser.open(address)
    expect(value()).not.toContain(form.again)
  })

  it('is nothing that another account sees', async () => {
    const { browser } = await sendTooLate(
      '/account/profile',
      { typed: { name: 'Secret Name' } },
      ends['nobody used it'] as End,
    )
    const eve = await app().visitor().register()
    await browser.submit(eve)
    expect(browser.page.path).toBe('/account/profile')
    expect(browser.page.html).not.toContain('Secret Name')
    expect(visitorCookie(browser)).not.toContain('Secret Name')
  })

  it('survives a wrong password, and is forgotten an hour later', async () => {
    const late = () => sendTooLate('/account/profile', { typed: { name: 'Countess' } }, ends['nobody used it'] as End)
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
