// Each form over each detour: what was typed and is no secret, what was ticked, and the page that was wanted are there again.
// The forms are those that the capabilities declare: a new one fails here until it has a row.
import { expect, it } from 'vitest'
import type { z } from 'zod'
import { capabilities } from '../src/app.ts'
import { createInvitation } from '../src/capabilities/invitations/make.rules.ts'
import { hours, minutes } from '../src/time.ts'
import { Authenticator } from './support/authenticator.ts'
import { onSqlite } from './support/databases.ts'
import { linkTo } from './support/emails.ts'
import { type TestApp, useApp } from './support/make-app.ts'
import { addPasskey, originOf } from './support/passkeys.ts'
import { someoneWithApp, verify } from './support/second-factor.ts'
import { type Fields, someone, textOf, type Visitor } from './support/visitor.ts'

const wanted = '/account/password?from=mail#part'
const toWanted = `?return_to=${encodeURIComponent(wanted)}`
const wrong = 'wrong tram lamp'

/** Secrets are never kept, and what a button or a hidden field says is on the page anyway. */
const notKept = [
  ...['password', 'current_password', 'new_password', 'code', 'recovery_code', 'answer', 'setup', 'codes'],
  ...[
    'saved',
    'remove',
    'action',
    'kept_email',
    'meant_email',
    'passkey',
    'session',
    'others',
    'trusted',
    'connection',
  ],
]

interface Row {
  /** `link`: the page behind a link of an email; `step`: a step of a log-in. */
  of: 'visitor' | 'account' | 'link' | 'step'
  /** Sent with a mistake in it. */
  typed: Fields
  held: Fields
  /** Leads to the page with the form. */
  open(app: TestApp, browser: Visitor): Promise<Fields>
  /** Where that is another address than that of the page. */
  action?: string
}

const visitor = (path: string) => async (_: TestApp, browser: Visitor) => {
  await browser.open(path + toWanted)
  return someone()
}

const account = (path: string) => async (app: TestApp, browser: Visitor) => {
  const person = await browser.register()
  await verify(app, person)
  await browser.open(path)
  return person
}

const rows: Record<string, Row> = {
  login: {
    of: 'visitor',
    open: visitor('/login'),
    typed: { email: 'ada@example.org', password: wrong, remember: 'yes' },
    held: { email: 'ada@example.org', remember: 'yes', return_to: wanted },
  },
  'passkey, log in': {
    of: 'visitor',
    open: visitor('/login'),
    action: '/login/passkey',
    typed: { answer: '{}', remember: 'yes' },
    held: { remember: 'yes', return_to: wanted },
  },
  registration: {
    of: 'visitor',
    open: visitor('/register'),
    typed: { name: 'Ada "Countess" King', email: 'ada@example.org', password: 'short' },
    held: { name: 'Ada "Countess" King', email: 'ada@example.org', return_to: wanted },
  },
  'registration, passkey': {
    of: 'visitor',
    open: visitor('/register'),
    action: '/register/passkey',
    typed: { name: 'Ada "Countess" King', email: 'ada@example', answer: '{}' },
    held: { name: 'Ada "Countess" King', email: 'ada@example', return_to: wanted },
  },
  'password-reset, ask': {
    of: 'visitor',
    open: visitor('/forgot-password'),
    typed: { email: 'ada@example' },
    held: { email: 'ada@example', return_to: wanted },
  },
  profile: {
    of: 'account',
    open: account('/account/profile'),
    typed: { name: 'A'.repeat(200) },
    held: { name: 'A'.repeat(200) },
  },
  'email-change': {
    of: 'account',
    open: account('/account/email'),
    typed: { new_email: 'countess@example' },
    held: { new_email: 'countess@example' },
  },
  reauthentication: {
    of: 'account',
    open: account(`/reauthenticate${toWanted}`),
    typed: { current_password: wrong },
    held: { return_to: wanted },
  },
  'two-factor, set up': {
    of: 'account',
    open: account(`/account/two-factor${toWanted}`),
    typed: { code: '000000' },
    held: { return_to: wanted },
  },
  'passkey, rename': {
    of: 'account',
    open: async (app, browser) => {
      const person = await account('/account')(app, browser)
      await addPasskey(browser, new Authenticator(originOf(app)))
      return person
    },
    typed: { passkey_name: 'K'.repeat(200) },
    held: { passkey_name: 'K'.repeat(200) },
  },
  invitation: {
    of: 'link',
    open: openInvitation,
    typed: { name: 'Ada "Countess" King', email: 'ada@example.org', password: 'short' },
    held: { name: 'Ada "Countess" King', email: 'ada@example.org' },
  },
  'email-change, undo': {
    of: 'link',
    open: openUndo,
    typed: { email: 'other@example.org' },
    held: { email: 'other@example.org' },
  },
  'two-factor': {
    of: 'step',
    open: async (app, browser) => {
      const { person } = await someoneWithApp(app)
      await browser.logIn(person)
      return person
    },
    typed: { code: '000000', trust: 'yes' },
    held: { trust: 'yes' },
  },
}

/** Its page is shown once: whatever comes between, the codes are gone, and with them the button that goes on. */
const shownOnce = ['recovery codes']

/** A press of a button or a tick alone, with which nothing is wrong; and what an administrator does in the console, on pages of its own. */
const buttons = [
  ...['passkey, after the password', 'act of an administrator', 'invitation, new', 'invitation, revoked'],
  ...['API key, new', 'API key, revoked', 'group', 'act on several accounts'],
]

/** Needs a provider: capabilities/connections tries it. */
const ofProviders = ['connection, register']

async function openInvitation({ services }: TestApp, browser: Visitor): Promise<Fields> {
  const source = { clientAddress: '', device: { isCommandLine: true as const }, requestId: '' }
  const outcome = await createInvitation(services, { actor: 'command', source }, { groups: [], uses: 1 })
  if (outcome.kind !== 'done') throw new Error(outcome.kind)
  await browser.open(new URL(outcome.address ?? '').pathname)
  return someone()
}

async function openUndo(app: TestApp, browser: Visitor): Promise<Fields> {
  const owner = app.visitor()
  const person = await account('/account/email')(app, owner)
  const new_email = someone().email ?? ''
  await owner.submit({ new_email })
  await owner.open(await linkTo(app, new_email, 'confirm-email'))
  await owner.submit({})
  await browser.open(await linkTo(app, person.email ?? '', 'email-changed'))
  return person
}

interface Walk {
  app: TestApp
  browser: Visitor
  person: Fields
  /** Sends the form of the page that is open. */
  send(more?: Fields): Promise<unknown>
}

type Detour = (walk: Walk) => Promise<unknown>

const aMistake: Detour = ({ send }) => send()

const aStaleToken: Detour = async ({ browser, send }) => {
  await send({ form_token: '' })
  expect(browser.page.status).toBe(403)
}

const detours: Record<Row['of'], Record<string, Detour>> = {
  visitor: {
    'a mistake': aMistake,
    'a page that was left open for a week': async ({ app, send }) => {
      app.clock.pass(hours(7 * 24))
      await send()
    },
    'cookies that were cleared': async ({ browser, send }) => {
      browser.cookies.clear()
      await send()
    },
    'a mistake, and each other page of visitors': async (walk) => {
      await aMistake(walk)
      for (const words of roundTrips[walk.browser.page.path] ?? []) await follow(walk.browser, words)
    },
  },
  account: {
    'a mistake': aMistake,
    'a stale token': aStaleToken,
    'a session that has ended': async ({ app, browser, person, send }) => {
      app.clock.pass(hours(13))
      await send()
      expect(browser.page.path).toBe('/login')
      await browser.submit({ ...person })
    },
    'a log-in that is no longer fresh': async ({ app, browser, person, send }) => {
      app.clock.pass(minutes(11))
      await send()
      const isAsked = browser.page.path === '/reauthenticate' && browser.page.summary.length === 0
      if (isAsked) await browser.submit({ current_password: person.password ?? '' })
    },
  },
  link: { 'a mistake': aMistake, 'a stale token': aStaleToken },
  step: { 'a mistake': aMistake, 'a stale token': aStaleToken },
}

/** From the page and back to it, by the words of the links. */
const roundTrips: Record<string, string[]> = {
  '/login': ['Register', 'Log in', 'Forgot your password?', 'Back to login'],
  '/register': ['Log in', 'Register', 'Log in', 'Forgot your password?', 'Back to login', 'Register'],
  '/forgot-password': ['Back to login', 'Register', 'Log in', 'Forgot your password?'],
}

/** Follows a link of the page by its words. */
async function follow(browser: Visitor, words: string): Promise<void> {
  const links = [...browser.page.html.matchAll(/<a [^>]*href="([^"]+)"[^>]*>([^<]*)<\/a>/g)]
  const link = links.find(([, , text]) => textOf(text ?? '').trim() === words)?.[1]
  if (!link) throw new Error(`no link "${words}" at ${browser.page.path}`)
  await browser.open(textOf(link))
}

/** What the forms of the page hold, a box only if it is ticked. */
function heldOn({ page }: Visitor): Fields {
  const main = /<main.*<\/main>/s.exec(page.html)?.[0] ?? ''
  const inputs = [...main.matchAll(/<input[^>]*>/g)].map(([input]) => input)
  const shown = inputs.filter((input) => !input.includes('type="checkbox"') || / checked/.test(input))
  const part = (input: string, name: string) => textOf(new RegExp(` ${name}="([^"]*)"`).exec(input)?.[1] ?? '')
  return Object.fromEntries(shown.map((input) => [part(input, 'name'), part(input, 'value')]))
}

const forms: Record<string, z.ZodObject> = Object.assign({}, ...capabilities.map((one) => one.forms ?? {}))

const all = Object.entries(rows).flatMap(([form, row]) =>
  Object.entries(detours[row.of]).map(([over, detour]) => ({ form, over, row, detour })),
)

onSqlite('A form on a detour', (database) => {
  const app = useApp(database, { emailsPerAddressHour: 1_000, emailsPerClient: 10_000, registrationsPerAddress: 1_000 })

  it('has a row here, with each field that is no secret', () => {
    const fieldsOf = ({ shape }: z.ZodObject) => Object.keys(shape).filter((field) => !notKept.includes(field))
    const needed = Object.entries(forms).filter(
      ([name, form]) => fieldsOf(form).length > 0 && ![...shownOnce, ...buttons, ...ofProviders].includes(name),
    )
    const held = Object.entries(rows).map(([name, row]) => [name, Object.keys(row.held).sort()])
    expect(Object.fromEntries(held)).toEqual(
      Object.fromEntries(needed.map(([name, form]) => [name, fieldsOf(form).sort()])),
    )
  })

  it.each(all)('$form: nothing is lost over $over', async ({ row, detour }) => {
    const browser = app().visitor()
    const person = await row.open(app(), browser)
    const { path } = browser.page
    // With the query that the form itself has.
    const own = [...browser.page.html.matchAll(/<form[^>]* action="([^"]+)"/g)].at(-1)?.[1]
    const send = (more: Fields = {}) => browser.submit({ ...row.typed, ...more }, row.action ?? textOf(own ?? path))
    await detour({ app: app(), browser, person, send })
    expect(browser.page.path).toBe(path)
    expect(heldOn(browser)).toMatchObject(row.held)
    for (const secret of [wrong, 'short', '000000']) expect(heldOn(browser)).not.toContain(secret)
  })

  it('over the page that says that cookies are off, the page that was wanted is not lost', async () => {
    const browser = app().visitor()
    await browser.open(`/login${toWanted}`)
    const answer = await browser.submitOnly({ email: 'ada@example.org', password: wrong })
    const without = app().visitor()
    await without.open(answer.headers.get('location') ?? '')
    expect(without.page).toMatchObject({ status: 403, heading: 'Cookies are off' })
    await follow(without, 'Continue')
    expect(heldOn(without)).toMatchObject({ return_to: wanted })
  })

  it('a log-in that was given up at its step begins again with all of it', async () => {
    const { person } = await someoneWithApp(app())
    const browser = app().visitor()
    await browser.open(`/login${toWanted}`)
    await browser.submit({ email: person.email ?? '', password: person.password ?? '', remember: 'yes' })
    expect(browser.page.path).toBe('/two-factor')
    await browser.submit({}, '/login/cancel')
    expect(browser.page.path).toBe('/login')
    expect(heldOn(browser)).toMatchObject({ email: person.email, remember: 'yes', return_to: wanted })
  })
})
